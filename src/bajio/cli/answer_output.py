"""Where answers go: to stdout, which is theirs alone, or to a file whose ending names a format."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

import click

from bajio.cli.terminals import takes_colour
from bajio.errors import InvalidValue, shown
from bajio.files import write_file
from bajio.report.formats import BINARY, format_by_ending, known_endings, rendered
from bajio.words.phrasebook import phrasebook, usual_language

if TYPE_CHECKING:
    from bajio.report.reports import Document

_LANG = "bajio.language"
#: What tells Excel that a text is UTF-8.
_MARK = "\ufeff"
_STDOUT, _STDERR = 1, 2


@contextmanager
def answers_only() -> Iterator[None]:
    """Keep stdout for the answer: what plugins print meanwhile goes to stderr.

    So does what they, or programs that they start, write to its file descriptor.
    """
    stream, before = sys.stdout, None
    with suppress(OSError, ValueError, AttributeError):  # it is closed, or no file at all
        if stream.fileno() == _STDOUT:
            stream.flush()
            before = os.dup(_STDOUT)
            os.dup2(_STDERR, _STDOUT)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        if before is not None:
            with suppress(OSError):
                stream.flush()  # what was kept for it meanwhile
            os.dup2(before, _STDOUT)
            os.close(before)


def format_of(output: str | None, asked: str | None, *, excel: bool = False) -> str:
    """The format of an answer: the one that is asked for, or that a file's ending names; a table.

    Args:
        output: the file, if it goes to one.
        asked: the format that was named, if one was.
        excel: whether it is for Excel, as CSV alone can be.

    Raises:
        InvalidValue: the ending names no format, or another one than that asked for.

    Examples:
        >>> format_of("x.csv", None), format_of("x.csv", "csv"), format_of(None, None)
        ('csv', 'csv', 'table')
        >>> format_of("x.pptx", None)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: --output 'x.pptx': no format ends in .pptx: it can be .txt, ...
    """
    ending = os.path.splitext(output or "")[1].casefold()
    named = format_by_ending(ending) if ending else None
    if ending and named is None and asked is None:
        text = f"--output {shown(output)}: no format ends in {ending[:20]}"
        raise InvalidValue(f"{text}: it can be {known_endings()}")
    if asked is not None and named is not None and asked != named:
        raise InvalidValue(f"--output {shown(output)} is no {asked}: leave --format {asked} out")
    output_format = asked or named or "table"
    if excel and output_format != "csv":
        raise InvalidValue(f"--excel is for csv, and the answer is written as {output_format}")
    return output_format


def ask_language(ctx: click.Context, _param: click.Parameter, language: str | None) -> None:
    """Keep the language that `--lang` names for when the answer is written.

    Raises:
        InvalidValue: there are no words of it.
    """
    if language is not None:
        ctx.meta[_LANG] = phrasebook(language).code


def asked_language() -> str | None:
    """The language that `--lang` names, where it was given."""
    ctx = click.get_current_context(silent=True)
    language: str | None = None if ctx is None else ctx.meta.get(_LANG)
    return language


def said(message: str) -> str:
    """What a command says beside its answer, in the language that is asked for."""
    from bajio.words.messages import message_text

    return message_text(message, asked_language() or usual_language())


def terminal_width(output: str | None) -> int | None:
    """How wide the terminal is that an answer is shown on; `None` where it goes elsewhere."""
    if output is not None or sys.stdout is None or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def content_of(
    document: "Document", output_format: str, output: str | None, *, excel: bool = False
) -> str | bytes:
    """What an answer is in a format, in the language that is asked for.

    Args:
        document: the answer.
        output_format: how it is written.
        output: the file that it goes to; stdout if there is none.
        excel: whether CSV begins with the mark by which Excel knows UTF-8.

    Raises:
        InvalidValue: it is none for a terminal.
    """
    if output is None and output_format in BINARY:
        raise InvalidValue(f"{output_format} goes to a file: give --output FILE.{output_format}")
    width = terminal_width(output)
    is_coloured = output_format == "table" and output is None and takes_colour(sys.stdout)
    with answers_only():  # names of what plugins provide may be loaded now
        spoken = document.shown_in(asked_language() or usual_language())
        if is_coloured:
            from bajio.report.terminal import styled

            return styled(spoken, width)
        content = rendered(spoken, output_format, width)
        return f"{_MARK}{content}" if excel and isinstance(content, str) else content


def put(content: str | bytes, output: str | None = None, *, overwrite: bool = False) -> None:
    """Write what an answer is to a file, or to stdout.

    Raises:
        InvalidValue: the file cannot be written; what was there is as it was. Or stdout is closed.
    """
    if output is not None:
        ended = f"{content}\n" if isinstance(content, str) else content
        write_file(output, ended, overwrite=overwrite)
        return
    if sys.stdout is None:
        raise InvalidValue("the answer cannot be written: stdout is closed; give --output FILE")
    to = sys.stdout
    click.echo(content, file=to, nl=isinstance(content, str), color=takes_colour(to))
