"""What commands cost as processes of their own, against the same at another commit.

    git worktree add --detach ../before COMMIT
    python benchmarks/commands.py ../before [--rounds 15] [--only profile]

Both trees are compiled first and take turns; what is compared is the least processor time of each,
which a machine that others keep busy changes least. Command lines that another commit does not
know are left out, and named.
"""

import argparse
import compileall
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from stopwatch import environment

HERE = Path(__file__).parent.parent
COMMANDS = (
    "profile bajio --year 2018",
    "profile bajio",
    "profile bajio --year 2018 --indicators gdp-per-capita",
    "profile bajio --year 2018 --format json",
    "rank bajio gdp --year 2018",
    "compare bajio sur-sureste --year 2022",
    "series bajio gdp --years 2003-2024",
    "explain bajio gdp-per-capita --year 2018",
    "audit san-miguel",
    "search --near population=BEL --size 4 --contiguous --year 2018",
    "sensitivity bajio gdp --year 2018",
    "specialisations bajio --year 2018",
    "regions",
    "indicators",
    "measures",
    "plugins",
    "profile --help",
    "--help",
)


def started(command: str) -> Sequence[str]:
    """How a command is started; without one, bajio is imported and no more."""
    if not command:
        return sys.executable, "-c", "import bajio"
    return sys.executable, "-m", "bajio", *command.split()


def milliseconds(tree: Path, command: str) -> float:
    """The processor's time that a command takes, of the user and of the system.

    Raises:
        CalledProcessError: it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        started(command),
        env=environment(PYTHONPATH=str(tree / "src")),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def row(command: str, trees: Sequence[Path], rounds: int) -> str:
    """A line of the table: the least times of both trees, and their ratio."""
    name = f"`bajio {command}`" if command else "`import bajio`"
    try:
        times_by_round = [[milliseconds(tree, command) for tree in trees] for _ in range(rounds)]
    except subprocess.CalledProcessError:
        return f"| {name} | – | – | fails |"
    now, before = (min(times) for times in zip(*times_by_round, strict=True))
    return f"| {name} | {now:.0f} ms | {before:.0f} ms | {now / before:.2f} |"


def main() -> None:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="the tree of another commit")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="commands that begin so")
    given = parser.parse_args()
    trees = HERE, given.before.resolve()
    for tree in trees:
        compileall.compile_dir(tree / "src", quiet=1)
    print(
        f"{os.cpu_count()} processors, least of {given.rounds} runs, which take turns", end="\n\n"
    )
    print("| What | Now | Before | Ratio |\n| --- | ---: | ---: | ---: |")
    for command in ("", *COMMANDS):
        if command.startswith(given.only):
            print(row(command, trees, given.rounds), flush=True)


if __name__ == "__main__":
    main()
