"""How fast bajio is, as ratios to what its users would do or load without it.

`python benchmarks/run.py` checks that all contenders give the same answers, times them in turns,
and prints a table: medians, ratios, goals. It fails on wrong answers only, never on times.
What needs pandas is left out where there is none: `pip install '.[benchmarks]'`.
"""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import contests
from contests import Outcome, WrongAnswerError

REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- results: written by benchmarks/run.py --write -->", "<!-- end of results -->"
HEADINGS = ("What is measured", "bajio", "Against", "Ratio", "Goal", "Outcome")
LIBRARIES = ("attrs", "pluggy", "click", "pint", "pandas", "numpy", "pyarrow")
WIDE_FIRST = 50


def main() -> int:
    """Run the benchmarks: 0 where all answers agree, 1 where they do not."""
    options = arguments()
    has_pandas = find_spec("pandas") is not None
    if options.write and not has_pandas:
        sys.exit("--write needs pandas: pip install '.[benchmarks]'")
    outcomes: list[Outcome] = []
    load = load_of_others()
    print(line(HEADINGS))
    try:
        for outcome in contests.run_all(quick=options.quick, with_pandas=has_pandas):
            outcomes.append(outcome)
            print(line(cells(outcome)), flush=True)
    except WrongAnswerError as wrong:
        print(f"wrong answer: {wrong}", file=sys.stderr)
        return 1
    print(circumstances(outcomes, load))
    if not has_pandas:
        print("What needs pandas was left out: pip install '.[benchmarks]'")
    if options.write:
        write(outcomes, load)
    return 0


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds: answers, rough times")
    parser.add_argument("--write", action="store_true", help=f"put the table in {REPORT.name}")
    options = parser.parse_args()
    if options.quick and options.write:
        parser.error("--quick is too rough to be written down: leave one of the two out")
    return options


def cells(outcome: Outcome) -> tuple[str, ...]:
    """An outcome in words and figures."""
    verdict, goal = "", ""
    if outcome.goal:
        verdict = "met" if outcome.ratio <= outcome.goal else "missed"
        goal = f"≤ {outcome.goal:g}"
    return (
        outcome.name,
        f"{outcome.own * 1000:.1f} ms",
        f"{outcome.other * 1000:.1f} ms",
        f"{outcome.ratio:.2f}",
        goal,
        verdict,
    )


def line(row: tuple[str, ...]) -> str:
    """A line of the table for a terminal."""
    first, *others = row
    return (first.ljust(WIDE_FIRST) + "".join(cell.rjust(10) for cell in others)).rstrip()


def load_of_others() -> str:
    """How busy the machine is before anything is timed, where it tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f", its load {os.getloadavg()[0]:.1f} before"


def circumstances(outcomes: list[Outcome], load: str) -> str:
    """Where, when and with what the times were taken."""
    present = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if find_spec(name))
    rounds = {outcome.rounds for outcome in outcomes}
    return (
        f"Medians of {min(rounds)} rounds or more, {datetime.now(UTC):%Y-%m-%d}, "
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} "
        f"{platform.machine()} with {os.cpu_count()} processors{load}; "
        f"bajio {version('bajio')}, {present}."
    )


def write(outcomes: list[Outcome], load: str) -> None:
    """Put the table between the marks in the document."""
    rows = [HEADINGS, ("---", "---:", "---:", "---:", "---:", "---"), *map(cells, outcomes)]
    table = "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| – |") for row in rows)
    before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    text = f"{before}{BEGIN}\n{table}\n\n{circumstances(outcomes, load)}\n{END}{after}"
    REPORT.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
