"""The command line: results on stdout, messages on stderr, exit status 0, 1 or 2."""

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import TextIOWrapper
from itertools import pairwise

from bajio.errors import BajioError, InvalidValue, bounded, shown

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
    words = sys.argv if arguments is None else arguments
    with _writing_any_name(sys.stderr):
        try:
            with _writing_any_name(sys.stdout), warnings.catch_warnings():
                warnings.simplefilter("always", UserWarning)
                warnings.showwarning = lambda message, *_, **__: _tell(str(message), words)
                return _run(arguments, words)
        except BajioError as error:
            return _fail(str(error), words)
        except KeyboardInterrupt:
            return _INTERRUPTED
        except OSError as error:
            if error.filename is not None:
                return _fail(_unread(error), words)
            return _unwritten(error, words)
        except Exception as error:
            if os.environ.get(_TRACEBACK):
                raise
            kind, told = type(error).__name__, bounded(str(error))
            return _fail(f"this should not have happened: {kind}: {told}; please report", words)


def _asked_language(words: Sequence[str]) -> str:
    """The language that words of the command line ask for, before they are read one by one.

    Examples:
        >>> _asked_language(["rank", "--lang", "es"]), _asked_language(["rank", "--lang=en"])
        ('es', 'en')
    """
    from bajio.words.phrasebook import ENGLISH, languages, usual_language

    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    known = [language for language in asked if language in languages()]
    try:
        return known[-1] if known else usual_language()
    except InvalidValue:  # the variable names no language, which the command will tell
        return ENGLISH


def _run(arguments: Sequence[str] | None, words: Sequence[str]) -> int:
    import click

    from bajio.cli.commands import commands

    try:
        given = None if arguments is None else list(arguments)
        for word in given or ():
            if "\0" in word:  # which no shell can give, and no file's name can have
                raise InvalidValue(f"{shown(word)} has a NUL in it")
        asked = partial(_asked_language, words)  # of help, where that is asked for
        status = commands.main(args=given, prog_name="bajio", standalone_mode=False, obj=asked)
        if sys.stdout is not None:  # which it is where the caller closed it
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        return BAD_INPUT
    except click.ClickException as error:
        message = error.format_message()
        if getattr(error, "option_name", "") == "--plugin":
            message = f"{message.rstrip('.')}: it goes before the command, as in {_EXAMPLE}"
        return _fail(message, words)
    except click.Abort:
        return _INTERRUPTED
    return status if isinstance(status, int) else 0


@contextmanager
def _writing_any_name(stream: object) -> Iterator[None]:
    """Have a pipe or a file in UTF-8, and a terminal show a mark for what it has no letter for."""
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


def _unread(error: OSError) -> str:
    return f"cannot use {bounded(str(error.filename))!r}: {error.strerror or error}"


def _unwritten(error: OSError, words: Sequence[str]) -> int:
    """End quietly where nobody reads on; what is left of the answer is dropped."""
    with suppress(OSError, ValueError, AttributeError):  # it may be closed, or no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    return _fail(f"the answer cannot be written: {error.strerror or error}", words)


def _fail(message: str, words: Sequence[str]) -> int:
    """Tell why nothing was answered."""
    _tell(message, words)
    return BAD_INPUT


def _tell(message: str, words: Sequence[str]) -> None:
    """Tell something in the language that words of the command line ask for."""
    from bajio.cli.terminals import marked
    from bajio.report.escapes import line
    from bajio.words.messages import refusal_text

    refusal = line(" ".join(refusal_text(bounded(message), _asked_language(words)).split()))
    _say(f"{marked('bajio:', sys.stderr)} {refusal}")


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
