"""What terminals get beside the answer: colour where they take it, and how far long work is."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import TextIO

import click

from bajio.words.phrasebook import say

_META = "bajio.progress"
#: Seconds before progress is shown, and between two states of it.
_QUIET, _OFTEN = 1.0, 0.2
#: Terminals that show what steers them as it is written.
_PLAIN = frozenset({"dumb", "unknown"})
_BOLD_RED = "\x1b[1;31m{}\x1b[0m"


def takes_colour(stream: TextIO | None) -> bool:
    """Whether a stream is to have colours: a terminal that knows them, or where they are forced.

    `NO_COLOR` forbids them, whatever else is said; `FORCE_COLOR` and `CLICOLOR_FORCE` want them
    anywhere; `CLICOLOR=0`, and a `TERM` that is dumb, mean a terminal without.
    """
    said = os.environ.get
    if said("NO_COLOR") or said("FORCE_COLOR") == "0":
        return False
    if said("FORCE_COLOR") or said("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    if said("TERM") in _PLAIN or said("CLICOLOR") == "0" or stream is None:
        return False
    try:
        return stream.isatty()
    except ValueError:  # it is closed
        return False


def marked(word: str, stream: TextIO | None) -> str:
    """A word before a message, as a stream shows it."""
    return _BOLD_RED.format(word) if takes_colour(stream) else word


class Progress:
    """A line on a terminal that says how far work is, once it takes longer than a moment."""

    def __init__(self, stream: TextIO, text: str, width: int) -> None:
        """Begin to wait.

        Args:
            stream: of the terminal.
            text: what is being done.
            width: of the terminal.
        """
        self._stream = stream
        self._told = text
        self._width = width
        self._began = monotonic()
        self._shown = 0
        self._ended = Event()
        self._writing = Lock()
        Thread(target=self._run, daemon=True).start()

    def tell(self, text: str) -> None:
        """What is being done from now on, or how far it is."""
        self._told = text

    def clear(self) -> None:
        """Leave the line empty, for something else to be written; it comes again."""
        with self._writing:
            self._clear()

    def end(self) -> None:
        """Leave the line empty for good."""
        with self._writing:
            self._ended.set()
            self._clear()

    def _run(self) -> None:
        wait = _QUIET
        while not self._ended.wait(wait):
            with self._writing:
                if not self._ended.is_set():
                    self._show()
            wait = _OFTEN

    def _show(self) -> None:
        seconds = int(monotonic() - self._began)
        text = f"{self._told} · {seconds} s"
        if len(text) >= self._width:
            text = f"{text[: max(self._width - 2, 0)]}…"
        self._write(f"\r{text:<{self._shown}}")
        self._shown = len(text)

    def _clear(self) -> None:
        if self._shown:
            self._write(f"\r{'':<{self._shown}}\r")
            self._shown = 0

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # it may be closed by now
            self._stream.write(text)
            self._stream.flush()


@contextmanager
def progress_shown(ctx: click.Context, text: str) -> Iterator[Progress | None]:
    """Show on stderr what is being done, where that is a terminal; the outermost one shows."""
    stream = sys.stderr
    if _META in ctx.meta or stream is None or not stream.isatty():
        yield ctx.meta.get(_META)
        return
    from shutil import get_terminal_size

    progress = Progress(stream, text, get_terminal_size().columns)
    ctx.meta[_META] = progress
    try:
        yield progress
    finally:
        del ctx.meta[_META]
        progress.end()


def progress_of(ctx: click.Context | None) -> Progress | None:
    """The progress that is being shown, if any is."""
    return None if ctx is None else ctx.meta.get(_META)


def searched(language: str, examined: int, total: int | None) -> str:
    """How far a search is, in words.

    Examples:
        >>> searched("es", 3_500, 10_000)
        '35 % de 10,000 conjuntos de áreas (Ctrl-C da lo mejor hasta ahora)'
    """
    if total:
        part = 100 * examined // total
        done = say("progress.part", language, part=part, total=f"{total:,}")
    else:
        done = say("progress.sets", language, examined=f"{examined:,}")
    return say("progress.stoppable", language, done=done)
