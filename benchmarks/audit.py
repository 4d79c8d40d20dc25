"""What an audit costs, against a profile of the same indicators.

    python benchmarks/audit.py [--rounds 15]

Both start from a registry that knows nothing yet, so that each reads its data; they take turns,
and the ratio is that of the medians of the processor's time. Then the same as commands, each a
process of its own. Then a file of a hundred claims on ten regions, from the file to the page.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import bajio

SET, REGION, YEAR = "san-miguel", "bajio", 2018
#: Of a hundred claims: each region with each indicator and how its number is printed.
REGIONS = (
    *("bajio", "sur-sureste", "banxico-norte", "megalopolis", "banxico-sur"),
    *("MX-JAL", "MX-NLE", "MX-PUE", "MX-VER", "MX-CAM+MX-ROO+MX-YUC"),
)
PRINTED = {
    "population": "over 11 million",
    "area": "roughly 109 thousand",
    "gdp": "a little over 89 billion",
    "gdp-growth": "between 2 and 3 %",
    "gdp-per-capita": "under 10 thousand",
    "population-density": "over 100",
    "fdi": "over 3 billion",
    "exports": "almost 40 billion",
    "remittances": "about 4 billion",
    "employment": "more than 5 million",
}
#: Seconds that such a file may take on two cores, from its file to its page.
MOST_SECONDS = 5


def indicators() -> list[str]:
    """The indicators that an audit of the set looks at: those that its claims name, and gdp-ppp.

    The audit reads GDP at purchasing power as well, to tell a slip of the price basis.
    """
    claims = bajio.Registry.default().claim_sets[SET].claims
    named = [code for claim in claims for code in (claim.indicator, claim.weights, *claim.related)]
    return [*dict.fromkeys(code for code in named if code), "gdp-ppp"]


def timed(ask: Callable[[], object]) -> float:
    """The processor's time that a question takes, in seconds."""
    began = process_time()
    ask()
    return process_time() - began


def fresh(codes: list[str]) -> tuple[Callable[[], object], Callable[[], object]]:
    """A profile and an audit, each from a registry of its own."""
    return (
        lambda: bajio.profile(REGION, year=YEAR, indicators=codes, registry=bajio.Registry.load()),
        lambda: bajio.audit(SET, registry=bajio.Registry.load()),
    )


def command(*arguments: str) -> Callable[[], object]:
    """A command of bajio, run as a process."""
    words = [sys.executable, "-m", "bajio", *arguments, "--format", "json"]
    return lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def process_seconds(ask: Callable[[], object]) -> float:
    """The processor's time that the processes of a question take, in seconds."""
    before = os.times()
    ask()
    after = os.times()
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system


def report(
    name: str,
    clock: Callable[[Callable[[], object]], float],
    asks: tuple[Callable[[], object], Callable[[], object]],
    rounds: int,
) -> None:
    """Take turns, and print medians and their ratio."""
    for ask in asks:
        ask()
    pairs = [(clock(asks[0]), clock(asks[1])) for _ in range(rounds)]
    profile, audit = (median(times) for times in zip(*pairs, strict=True))
    print(
        f"{name}: profile {profile * 1000:.0f} ms, audit {audit * 1000:.0f} ms, "
        f"ratio {audit / profile:.2f}"
    )


def many(folder: Path) -> Path:
    """A file of a hundred claims."""
    lines = ['code = "many"', 'title = "Many"', f"year = {YEAR}"]
    for region, (code, printed) in product(REGIONS, PRINTED.items()):
        lines += ["[[claims]]", f'id = "c{len(lines)}"', 'statement = "As printed."']
        lines += [f'subject = "{region}"', f'indicator = "{code}"', f'printed = "{printed}"']
    path = folder / "many.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def report_many(rounds: int) -> None:
    """Print what a file of a hundred claims takes, from its file to its page, as a process."""
    with TemporaryDirectory() as folder:
        path = many(Path(folder))
        words = [sys.executable, "-m", "bajio", "audit", str(path), "--format", "html"]
        seconds = []
        for _ in range(rounds):
            began = perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
            seconds.append(perf_counter() - began)
    count, found = len(REGIONS) * len(PRINTED), median(seconds)
    met = "met" if found <= MOST_SECONDS else "missed"
    print(f"{count} claims, from file to page: {found:.1f} s of at most {MOST_SECONDS} s: {met}")


def main() -> None:
    """Print the ratio of an audit to a profile of the same indicators."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    codes = indicators()
    print(f"{SET}: {len(bajio.Registry.default().claim_sets[SET])} claims, {len(codes)} indicators")
    report("from nothing", timed, fresh(codes), rounds)
    commands = (
        command("profile", REGION, "--year", str(YEAR), "--indicators", ",".join(codes)),
        command("audit", SET),
    )
    report("as a command", process_seconds, commands, rounds)
    report_many(min(rounds, 5))


if __name__ == "__main__":
    main()
