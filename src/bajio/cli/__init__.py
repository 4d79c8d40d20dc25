"""The command line: results on stdout, messages on stderr, exit status 0, 1 or 2."""

import gc
import os
import sys
import warnings
from collections.abc import Sequence

from bajio.errors import BajioError

BAD_INPUT = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: those of the process, if not given.

    Returns:
        The exit status: 0 something asked was answered, 2 nothing was, or the input is wrong.
    """
    gc.disable()  # a process that answers once and ends has no garbage worth looking for
    import click

    from bajio.cli.commands import commands

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _show
            status = commands.main(
                args=None if arguments is None else list(arguments),
                prog_name="bajio",
                standalone_mode=False,
            )
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stderr.write(f"{error.format_message()}\n")
        return BAD_INPUT
    except click.ClickException as error:
        return _fail(" ".join(error.format_message().split()))
    except BajioError as error:
        return _fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def _show(message: Warning | str, *_: object, **__: object) -> None:
    sys.stderr.write(f"bajio: {message}\n")


def _fail(message: str) -> int:
    sys.stderr.write(f"bajio: {message}\n")
    return BAD_INPUT
