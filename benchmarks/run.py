"""How fast bajio is, as ratios to what its users would do or load without it.

`python benchmarks/run.py` checks that all contenders give the same answers, times them in turns,
and prints a table: medians, ratios, goals. It fails on wrong answers only, never on times.
What it measures bajio against is installed by `pip install '.[benchmarks]'`.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from outcomes import Growth, Order, Outcome, WrongAnswerError

REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
CHARTS = REPORT.with_suffix("")
BEGIN, END = "<!-- results: written by benchmarks/run.py --write -->", "<!-- end of results -->"
HEADINGS = ("What is measured", "bajio", "Against", "Ratio", "Goal", "Outcome")
GROWTH_HEADINGS = ("What grows", "How much", "Time", "Time for each", "Peak memory")
ORDER_HEADINGS = ("What grows", "From", "To", "Time", "Stated", "Exponent")
WIDE_FIRST = 52


class Subject(NamedTuple):
    """What belongs together.

    Attributes:
        code: what it is asked for by, and the name of the module that measures it.
        title: its heading.
        libraries: what it needs, beside bajio.
    """

    code: str
    title: str
    libraries: tuple[str, ...]


SUBJECTS = (
    Subject("one_region", "One region", ("pandas",)),
    Subject("many_regions", "Many regions at once", ("numpy", "pandas", "polars")),
    Subject("alliances", "All alliances", ("numpy",)),
    Subject("own_files", "Files of your own", ("narwhals", "polars")),
    Subject("tables", "Tables of your own", ("narwhals", "polars", "duckdb", "pyarrow")),
    Subject("growth", "How each question grows", ("numpy",)),
)
Shown = Outcome | Growth | Order
LIBRARIES = (
    "attrs",
    "pluggy",
    "click",
    "pint",
    "numpy",
    "pandas",
    "narwhals",
    "polars",
    "duckdb",
    "pyarrow",
    "pyspark",
)


def main() -> int:
    """Run the benchmarks: 0 where all answers agree, 1 where they do not."""
    options = arguments()
    began = f"{datetime.now(UTC):%Y-%m-%d}{load_of_others()}"
    shown: dict[Subject, list[Shown]] = {}
    try:
        for subject in chosen(options.only):
            headings = ORDER_HEADINGS if subject.code == "growth" else HEADINGS
            print(f"\n{subject.title}\n{line(headings)}")
            shown[subject] = []
            for one in import_module(subject.code).run_all(quick=options.quick):
                shown[subject].append(one)
                print("\n".join(map(line, rows(one))), flush=True)
    except WrongAnswerError as wrong:
        print(f"wrong answer: {wrong}", file=sys.stderr)
        return 1
    print(f"\n{circumstances(began)}")
    if options.write:
        write(shown, began)
    return 0


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    codes = [subject.code for subject in SUBJECTS]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds: answers, rough times")
    parser.add_argument("--write", action="store_true", help=f"put the tables in {REPORT.name}")
    parser.add_argument("--only", nargs="+", choices=codes, default=codes, help="some subjects")
    options = parser.parse_args()
    if options.write and (options.quick or options.only != codes):
        parser.error("--write takes all subjects with all their rounds")
    if options.write and find_spec("pyspark") is None:
        parser.error("--write measures PySpark too: pip install '.[benchmarks,spark]'")
    return options


def chosen(codes: list[str]) -> Iterator[Subject]:
    """The subjects that are asked for, where their libraries are there."""
    for subject in SUBJECTS:
        lacking = [name for name in subject.libraries if find_spec(name) is None]
        if subject.code in codes and lacking:
            sys.exit(f"{subject.title} needs {', '.join(lacking)}: pip install '.[benchmarks]'")
        if subject.code in codes:
            yield subject


def rows(shown: Shown) -> list[tuple[str, ...]]:
    """What was measured, in words and figures, by line."""
    if isinstance(shown, Growth):
        return growth_cells(shown)
    return [cells(shown) if isinstance(shown, Outcome) else order_cells(shown)]


def cells(outcome: Outcome) -> tuple[str, ...]:
    """An outcome in words and figures."""
    verdict, goal = "", ""
    if outcome.goal:
        verdict = "met" if outcome.ratio <= outcome.goal else "missed"
        goal = f"≤ {outcome.goal:g}"
    return (
        outcome.name,
        amount(outcome.own, outcome.unit),
        amount(outcome.other, outcome.unit),
        f"{outcome.ratio:.2f}",
        goal,
        verdict,
    )


def growth_cells(growth: Growth) -> list[tuple[str, ...]]:
    """A line for each size."""
    return [
        (
            growth.name,
            f"{size:,} {growth.size}",
            amount(seconds),
            f"{seconds / size * 1e9:,.0f} ns",
            amount(peak, "MiB"),
        )
        for size, seconds, peak in zip(growth.sizes, growth.seconds, growth.peaks, strict=True)
    ]


def order_cells(order: Order) -> tuple[str, ...]:
    """A question, and how it grows."""
    return (
        order.name,
        f"{order.sizes[0]:,}",
        f"{order.sizes[-1]:,}",
        amount(order.seconds[-1]),
        order.stated,
        f"{order.exponent:.2f}",
    )


def amount(given: float, unit: str = "s") -> str:
    """Seconds, as milliseconds where they are few, or MiB."""
    if unit == "MiB":
        return f"{given:,.0f} MiB"
    return f"{given:,.1f} s" if given >= 10 else f"{given * 1000:,.1f} ms"


def line(row: tuple[str, ...]) -> str:
    """A line of a table for a terminal."""
    first, *others = row
    return (first.ljust(WIDE_FIRST) + "".join(cell.rjust(12) for cell in others)).rstrip()


def load_of_others() -> str:
    """How busy the machine is before anything is timed, where it tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f", its load {os.getloadavg()[0]:.1f} before"


def circumstances(began: str) -> str:
    """Where, when and with what the times were taken."""
    present = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if find_spec(name))
    return (
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} "
        f"{platform.machine()} with {os.cpu_count()} processors, {began}; "
        f"bajio {version('bajio')}, {present}."
    )


def write(shown: dict[Subject, list[Shown]], began: str) -> None:
    """Put the tables between the marks in the document, and the charts beside it."""
    CHARTS.mkdir(exist_ok=True)
    parts = [part for subject, measured in shown.items() for part in section(subject, measured)]
    before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    told = "\n".join(parts)
    REPORT.write_text(f"{before}{BEGIN}\n{told}\n{circumstances(began)}\n{END}{after}", "utf-8")


def section(subject: Subject, measured: list[Shown]) -> Iterator[str]:
    """What a subject showed, as tables in Markdown; and its charts."""
    import charts

    outcomes = [one for one in measured if isinstance(one, Outcome)]
    growths = [one for one in measured if isinstance(one, Growth)]
    orders = [one for one in measured if isinstance(one, Order)]
    yield f"### {subject.title}\n"
    if outcomes:
        yield table(HEADINGS, map(cells, outcomes))
        charts.ratios(outcomes, CHARTS / f"{subject.code}.svg")
        yield picture(f"{subject.title}: ratios and goals", f"{subject.code}.svg")
    if growths:
        yield table(GROWTH_HEADINGS, (row for one in growths for row in rows(one)))
        name = f"{subject.code}-growth.svg"
        charts.growths(growths, CHARTS / name)
        yield picture(f"{subject.title}: time and memory as work grows", name)
    if orders:
        yield table(ORDER_HEADINGS, map(order_cells, orders))
        charts.exponents(orders, CHARTS / f"{subject.code}.svg")
        yield picture(f"{subject.title}: exponents, measured and stated", f"{subject.code}.svg")


def table(headings: tuple[str, ...], lines: Iterator[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    marks = ("---", *["---:"] * (len(headings) - 1))
    every = (headings, marks, *lines)
    return "".join(f"| {' | '.join(cell or '–' for cell in row)} |\n" for row in every)


def picture(words: str, name: str) -> str:
    """A picture in Markdown, from beside the document."""
    return f"![{words}]({CHARTS.name}/{name})\n"


if __name__ == "__main__":
    sys.exit(main())
