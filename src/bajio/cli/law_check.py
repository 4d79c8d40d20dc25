"""`bajio plugins --check`: every law tried on what plugins provide, none for too long."""

import sys
from collections.abc import Callable, Container, Iterator
from contextlib import closing, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from bajio.errors import InvalidValue
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.testing.kit import LawFinding, Subject

_Answer = TypeVar("_Answer")

#: How often a thread that is overdue is told to end, and the seconds that it is given each time.
_TIMES, _GRACE = 10, 0.5


class _OverdueError(Exception):
    """Something took longer than it was allowed to; says where it was."""


class _Stop(KeyboardInterrupt):
    """What ends a thread that is overdue: nothing that catches errors of plugins catches it."""


class _Maker:
    """Makes calls one after another, none for too long, in a thread of its own.

    The thread is the same as long as nothing is overdue: Hypothesis looks for a new one through all
    that is in memory.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._calls: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
        self._ends: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
        self._thread = Thread(target=_make, args=(self._calls, self._ends), daemon=True)
        self._thread.start()

    def within(self, seconds: float, call: Callable[[], _Answer]) -> _Answer:
        """What a call gives, unless it takes too long.

        Raises:
            _OverdueError: it does; what it was doing is stopped, as far as Python can stop it.
        """
        self._calls.put(call)
        answer: _Answer
        try:
            answer, error = self._ends.get(timeout=seconds)
        except Empty:
            place = _place(self._thread)
            self._calls.put(None)
            _stop(self._thread)
            self._begin()
            raise _OverdueError(f"not done after {seconds:g} s, at {place}") from None
        if error is not None:
            raise error
        return answer

    def close(self) -> None:
        """End the thread."""
        self._calls.put(None)
        self._thread.join(_GRACE)


def _make(
    calls: "SimpleQueue[Callable[[], Any] | None]",
    ends: "SimpleQueue[tuple[Any, BaseException | None]]",
) -> None:
    """Make each call; put what it gives, or what it raises, among the ends."""
    with suppress(_Stop):
        while call := calls.get():
            try:
                ends.put((call(), None))
            except BaseException as error:  # noqa: BLE001  # told in the thread that waits
                ends.put((None, error))


def _place(thread: Thread) -> str:
    """The line that a thread is at."""
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001  # its documented use
    return f"{frame.f_code.co_filename}, line {frame.f_lineno}" if frame else "its end"


def _stop(thread: Thread) -> None:
    with suppress(ImportError, AttributeError):  # of an interpreter that has no such thing
        from ctypes import c_ulong, py_object, pythonapi

        for _ in range(_TIMES):  # what comes while an object is finalised is lost
            pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread.ident or 0), py_object(_Stop))
            thread.join(_GRACE)
            if not thread.is_alive():
                return


def loaded(load: Callable[[], Registry], patience: float) -> Registry:
    """A registry with all that its plugins provide.

    Raises:
        InvalidValue: that takes too long.
    """

    def everything() -> Registry:
        registry = load()
        assert registry.plugins
        return registry

    try:
        with closing(_Maker()) as maker:
            return maker.within(patience, everything)
    except _OverdueError as error:
        raise InvalidValue(
            f"a plugin is {error}: leave it out by BAJIO_PLUGINS, or allow --patience SECONDS"
        ) from None


def checked(
    registry: Registry,
    patience: float,
    progress: Callable[[int, int], object] = lambda *_: None,
    plugins: Container[str] | None = None,
) -> Iterator[tuple[str, str, list[str], "list[LawFinding]"]]:
    """Each thing that each plugin provides: the plugin, its code, the laws there are, the findings.

    Args:
        registry: with the plugins.
        patience: seconds for each law.
        progress: called with how many things are done, and how many there are.
        plugins: the names of those that are checked; all, if not given.

    Raises:
        InvalidValue: there is no Hypothesis.
    """
    try:
        from bajio.testing.kit import code_of, laws_of, subjects
    except ImportError:
        raise InvalidValue("--check needs Hypothesis: pip install 'bajio[testing]'") from None
    every = [
        (plugin, thing)
        for plugin, things in subjects(registry, built_ins=True).items()
        if plugins is None or plugin in plugins
        for thing in things
    ]
    with closing(_Maker()) as maker:
        for done, (plugin, thing) in enumerate(every):
            progress(done, len(every))
            laws = [law.code for law in laws_of(thing)]
            yield plugin, code_of(thing), laws, _findings(thing, registry, maker, patience)


def _findings(
    thing: "Subject", registry: Registry, maker: _Maker, patience: float
) -> "list[LawFinding]":
    from bajio.testing.kit import LawFinding, TrialState, trials

    result: list[LawFinding] = []
    for trial in trials(thing, registry):
        try:
            result.append(maker.within(patience, trial.run))
        except _OverdueError as error:
            result.append(LawFinding(trial.subject, trial.law, TrialState.BROKEN, f"it is {error}"))
            break  # what does not end once does not end under the other laws either
    return result


def report(
    registry: Registry,
    patience: float,
    progress: Callable[[int, int], object] = lambda *_: None,
    plugins: Container[str] | None = None,
) -> "tuple[list[dict[str, Any]], list[str]]":
    """A row for each thing, with the laws by how they fared; and what is wrong, in full."""
    rows: list[dict[str, Any]] = []
    wrong: list[str] = []
    for plugin, code, laws, findings in checked(registry, patience, progress, plugins):
        from bajio.testing.kit import TrialState  # which there is, where anything was checked

        by_state: dict[str, list[str]] = {str(state): [] for state in TrialState}
        for finding in findings:
            by_state[str(finding.state)].append(finding.law.code)
        tried = {finding.law.code for finding in findings}
        inapplicable = [law for law in laws if law not in tried]
        rows.append({"plugin": plugin, "code": code, **by_state, "inapplicable": inapplicable})
        wrong += [str(finding) for finding in findings if finding.state is TrialState.BROKEN]
        if not by_state[TrialState.KEPT] and not by_state[TrialState.BROKEN]:
            wrong.append(f"{code}: no law could be tried on it, so nothing speaks for it")
    return rows, wrong
