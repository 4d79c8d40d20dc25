"""Parts of a search that several processes decide on, one part after another.

Threads stand in one another's way here: numpy lets go of the interpreter for some microseconds
only. The other processes are Pythons of their own, which are forked from nothing and import no
program of the user's: they are told by a pipe what is searched, and which part is next. Where one
cannot be had, or ends before it should, its part is done by the process that searches.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Self

from attrs import define, field

#: What the other process runs: a module whose function `serve` reads its pipe.
_PROGRAM = (
    "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from bajio.engines.array.part_server import serve; serve()"
)
#: Each has a processor: a library of linear algebra that takes them all would be in the way.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
#: Processes that are worth it, and seconds between two looks at what has come.
_MOST, _OFTEN = 8, 0.1


def other_processors() -> int:
    """How many processors there are beside the one that this process is on."""
    try:
        count = len(os.sched_getaffinity(0))  # those that this process may use
    except AttributeError:  # not on every system
        count = os.cpu_count() or 1
    is_python = "py" in os.path.basename(sys.executable or "").lower()  # and no program it is in
    return min(count, _MOST) - 1 if is_python else 0


@define(eq=False)
class SharedParts:
    """Parts, by their numbers, that this process and others take one after another.

    Attributes:
        count: of parts.
        told: what the others have to know, pickled.
        bound: goes to another process with each part; set anew by whoever has better.

    Examples:
        >>> with SharedParts(2, b"") as parts:
        ...     parts.next(), parts.next(), parts.next(), list(parts.arrived())
        (0, 1, None, [])
    """

    count: int
    told: bytes = field(repr=False)
    bound: float = float("inf")
    _next: int = field(init=False, default=0)
    _away: int = field(init=False, default=0)
    _lost: list[int] = field(init=False, factory=list)
    _lock: Lock = field(init=False, factory=Lock)
    _arrived: SimpleQueue[Any] = field(init=False, factory=SimpleQueue)
    _started: list[tuple[subprocess.Popen[bytes], Thread]] = field(init=False, factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the others, whatever they are at."""
        for process, _thread in self._started:
            process.kill()
        for _process, thread in self._started:
            thread.join()

    def start(self, processes: int) -> None:
        """Let other processes take parts as well, as soon as they can."""
        for _ in range(processes):
            try:
                process = subprocess.Popen(  # noqa: S603  # this Python, with what is above
                    [sys.executable, "-P", "-c", _PROGRAM],  # nothing of the folder it is in
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, **_ONE_THREAD},
                )
                thread = Thread(target=self._attend, args=(process,), daemon=True)
                thread.start()
            except (OSError, RuntimeError):  # no process, or no thread, can be had
                return
            self._started.append((process, thread))

    def next(self) -> int | None:
        """The part to decide on next in this process; `None` where all are taken."""
        with self._lock:
            return self._taken()

    def _taken(self) -> int | None:
        if self._lost:
            return self._lost.pop()
        if self._next == self.count:
            return None
        self._next += 1
        return self._next - 1

    def arrived(self) -> Iterator[Any]:
        """What others have found in parts, as far as it has come."""
        with suppress(Empty):
            while True:
                yield self._came(block=False)

    @property
    def is_awaited(self) -> bool:
        """Whether others are at a part, or one was lost."""
        return bool(self._away or self._lost)

    def awaited(self) -> Iterator[Any]:
        """What comes next of what others find; after a while `None`, so far nothing."""
        try:
            yield self._came(block=True)
        except Empty:
            yield None

    def _came(self, *, block: bool) -> Any:
        part, found = self._arrived.get(block, _OFTEN)
        with self._lock:
            self._away -= 1
            if found is None:
                self._lost.append(part)
        return found

    def _attend(self, process: subprocess.Popen[bytes]) -> None:
        """Give parts to another process until there are none, or it ends."""
        part = None
        with suppress(OSError), process:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(Exception):  # whatever it is that ails the other
                pickle.dump(sys.path, process.stdin)
                process.stdin.write(self.told)
                process.stdin.flush()
                pickle.load(process.stdout)  # noqa: S301  # of a process of ours: it is ready
                while (part := self._given()) is not None:
                    pickle.dump((part, self.bound), process.stdin)
                    process.stdin.flush()
                    found = pickle.load(process.stdout)  # noqa: S301  # the same
                    self._arrived.put((part, found))
            process.kill()
        if part is not None:
            self._arrived.put((part, None))

    def _given(self) -> int | None:
        """The next part for another process, which it is at from now on."""
        with self._lock:
            part = self._taken()
            self._away += part is not None
            return part
