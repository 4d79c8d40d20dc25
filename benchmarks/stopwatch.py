"""Timing side by side: the contenders take turns, so that a slow moment strikes all of them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

Run = Callable[[], object]
KIB_OF_A_MIB = 1024


def race(contenders: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """Seconds of each contender, one a round, after a run that is not counted."""
    for run in contenders.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            began = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - began)
    return seconds


def environment(**more: str) -> dict[str, str]:
    """What processes are started with: no setting of Python's, no restriction of plugins.

    So modules are compiled by the first run and read compiled by those that count,
    as they are on any user's machine.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "BAJIO_"))
    }
    return kept | more


def process(*arguments: str, **more: str) -> Run:
    """A whole process of this interpreter's environment, from start to end."""
    return lambda: output(*arguments, **more)


def output(*arguments: str, **more: str) -> str:
    """What a process prints.

    Raises:
        CalledProcessError: it fails; what it wrote to stderr is shown.
    """
    done = subprocess.run(
        arguments, env=environment(**more), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def python(program: str) -> tuple[str, ...]:
    """The command that runs a line of Python."""
    return sys.executable, "-c", program


def each_in_turn(things: Sequence[object], use: Callable[[object], object]) -> Run:
    """A run that uses the next thing each time it is called."""
    left: Iterator[object] = iter(things)
    return lambda: use(next(left))


def peak() -> float:
    """The most memory that this process has held, in MiB.

    Where the system tells, without what the process held that started it.
    """
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            [line] = [one for one in status if one.startswith("VmHWM")]
        return int(line.split()[1]) / KIB_OF_A_MIB
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_OF_A_MIB
