"""What an audit costs, against a profile of the same indicators.

    python benchmarks/audit.py [--rounds 15]

Both start from a registry that knows nothing yet, so that each reads its data; they take turns,
and the ratio is that of the medians of the processor's time. Then the same as commands, each a
process of its own.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import bajio

SET, REGION, YEAR = "san-miguel", "bajio", 2018


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


if __name__ == "__main__":
    main()
