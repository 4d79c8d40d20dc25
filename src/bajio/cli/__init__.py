"""The command line: results on stdout, messages on stderr, exit status 0, 1 or 2."""

import atexit
import gc
import os
import sys
import warnings
from collections.abc import Sequence
from io import TextIOWrapper

from bajio.errors import BajioError

BAD_INPUT = 2
_INTERRUPTED = 130
_EXAMPLE = "`bajio --plugin mine.py profile bajio`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: those of the process, if not given.

    Returns:
        The exit status: 0 something asked was answered, 2 nothing was, or the input is wrong.
    """
    gc.disable()  # a process that answers once and ends has no garbage worth looking for,
    atexit.register(gc.freeze)  # nor at its end
    import click

    from bajio.cli.commands import commands

    _write_any_name()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _show
            status = commands.main(
                args=None if arguments is None else list(arguments),
                prog_name="bajio",
                standalone_mode=False,
            )
        if sys.stdout is not None:  # which it is where the caller closed it
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stderr.write(f"{error.format_message()}\n")
        return BAD_INPUT
    except click.ClickException as error:
        message = " ".join(error.format_message().split())
        if getattr(error, "option_name", "") == "--plugin":
            message = f"{message.rstrip('.')}: it goes before the command, as in {_EXAMPLE}"
        return _fail(message)
    except BajioError as error:
        return _fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except OSError as error:
        return _unwritten(error)
    return status if isinstance(status, int) else 0


def _write_any_name() -> None:
    """Have a pipe or a file in UTF-8, and a terminal show a mark for what it has no letter for."""
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="replace")


def _unwritten(error: OSError) -> int:
    """End quietly where nobody reads on; what is left of the answer is dropped."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    return _fail(f"the answer cannot be written: {error.strerror or error}")


def _show(message: Warning | str, *_: object, **__: object) -> None:
    sys.stderr.write(f"bajio: {message}\n")


def _fail(message: str) -> int:
    sys.stderr.write(f"bajio: {message}\n")
    return BAD_INPUT
