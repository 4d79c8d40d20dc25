"""The command line: results on stdout, messages on stderr, exit status 0, 1 or 2."""

import gc
import os
import sys
from collections.abc import Sequence

import click

from bajio.cli.listings import LISTINGS
from bajio.cli.questions import QUESTIONS
from bajio.errors import BajioError, nearest

BAD_INPUT = 2
_INTERRUPTED = 130


class _Commands(click.Group):
    """Commands in the order in which they are added; an unknown one names the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            close = nearest(args[0], self.commands)
            advice = f"did you mean {close[0]!r}?" if close else "see `bajio --help`"
            raise click.UsageError(f"unknown command {args[0]!r}: {advice}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from bajio import __version__

        click.echo(f"bajio {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: bajio profile bajio",
)
@click.option(
    "--version",
    is_flag=True,
    callback=_version,
    is_eager=True,
    expose_value=False,
    help="Show the version.",
)
def commands() -> None:
    """What if this region were a country? Answered from data, exactly, with its sources."""


for _command in (*QUESTIONS, *LISTINGS):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: those of the process, if not given.

    Returns:
        The exit status: 0 something asked was answered, 2 nothing was, or the input is wrong.
    """
    gc.disable()  # a process that answers once and ends has no garbage worth looking for
    try:
        status = commands.main(
            args=None if arguments is None else list(arguments),
            prog_name="bajio",
            standalone_mode=False,
        )
        sys.stdout.flush()
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


def _fail(message: str) -> int:
    click.echo(f"bajio: {message}", err=True)
    return BAD_INPUT
