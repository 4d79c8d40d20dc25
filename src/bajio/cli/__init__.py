"""The command line: results on stdout, messages on stderr, exit status 0, 1 or 2."""

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import pairwise

from bajio.errors import BajioError, InvalidValue, bounded, in_options, shown

BAD_INPUT = 2
_INTERRUPTED = 130
_EXAMPLE = "`bajio --plugin mine.py profile bajio`"
#: Where it is set, an error that nobody thought of shows where it was.
_TRACEBACK = "BAJIO_TRACEBACK"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: those of the process, if not given.

    Returns:
        The exit status: 0 something asked was answered, 1 a claim or a law is broken, 2 nothing
        was answered, or the input is wrong.
    """
    try:
        with _writing_any_name(), warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _show
            return _run(arguments)
    except BajioError as error:
        return _fail(_spoken(in_options(str(error)), arguments))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        return _unread(error) if error.filename is not None else _unwritten(error)
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            raise
        kind = type(error).__name__
        return _fail(f"this should not have happened: {kind}: {bounded(str(error))}; please report")


def _spoken(message: str, arguments: Sequence[str] | None) -> str:
    """Why nothing was answered, in the language that is asked for where it has words for it."""
    from bajio.words.phrasebook import languages, usual_language
    from bajio.words.reasons import reason_text

    words = sys.argv if arguments is None else arguments
    asked = [after for word, after in pairwise(words) if word == "--lang" and after in languages()]
    try:
        return reason_text(message, asked[-1] if asked else usual_language())
    except InvalidValue:  # the variable names no language, which may be what the message tells
        return message


def _run(arguments: Sequence[str] | None) -> int:
    import click

    from bajio.cli.commands import commands

    try:
        given = None if arguments is None else list(arguments)
        for word in given or ():
            if "\0" in word:  # which no shell can give, and no file's name can have
                raise InvalidValue(f"{shown(word)} has a NUL in it")
        status = commands.main(args=given, prog_name="bajio", standalone_mode=False)
        if sys.stdout is not None:  # which it is where the caller closed it
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        return BAD_INPUT
    except click.ClickException as error:
        message = error.format_message()
        if getattr(error, "option_name", "") == "--plugin":
            message = f"{message.rstrip('.')}: it goes before the command, as in {_EXAMPLE}"
        return _fail(message)
    except click.Abort:
        return _INTERRUPTED
    return status if isinstance(status, int) else 0


@contextmanager
def _writing_any_name() -> Iterator[None]:
    """Have a pipe or a file in UTF-8, and a terminal show a mark for what it has no letter for."""
    stream = sys.stdout
    if not isinstance(stream, TextIOWrapper):
        yield
        return
    encoding, errors = stream.encoding, stream.errors
    stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        yield
    finally:
        with suppress(OSError, ValueError):  # it may be closed, or full
            stream.reconfigure(encoding=encoding, errors=errors)


def _unread(error: OSError) -> int:
    return _fail(f"cannot use {bounded(str(error.filename))!r}: {error.strerror or error}")


def _unwritten(error: OSError) -> int:
    """End quietly where nobody reads on; what is left of the answer is dropped."""
    with suppress(OSError, ValueError, AttributeError):  # it may be closed, or no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    return _fail(f"the answer cannot be written: {error.strerror or error}")


def _show(message: Warning | str, *_: object, **__: object) -> None:
    _fail(str(message))


def _fail(message: str) -> int:
    from bajio.cli.terminals import marked
    from bajio.report.escapes import line

    told = line(" ".join(bounded(message).split()))
    _say(f"{marked('bajio:', sys.stderr)} {told}")
    return BAD_INPUT


def _say(text: str) -> None:
    if sys.stderr is not None:  # which it is where the caller closed it
        _clear_progress()
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{text}\n")


def _clear_progress() -> None:
    """Leave the line of progress to what is said in its place."""
    from click import get_current_context

    from bajio.cli.terminals import progress_of

    progress = progress_of(get_current_context(silent=True))
    if progress is not None:
        progress.clear()
