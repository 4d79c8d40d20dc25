"""The group of all commands."""

import click

from bajio.cli.analyses import ANALYSES
from bajio.cli.audits import audit_command
from bajio.cli.listings import LISTINGS
from bajio.cli.questions import QUESTIONS
from bajio.cli.scaffold import new_plugin_command
from bajio.cli.search import search_command
from bajio.cli.structure import STRUCTURE
from bajio.errors import nearest


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
        from bajio.version import __version__

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
@click.option(
    "--plugin",
    multiple=True,
    metavar="FILE",
    help="A plain Python file with a plugin; can be repeated.",
)
def commands(plugin: tuple[str, ...]) -> None:
    """What if this region were a country? Answered from data, exactly, with its sources."""


for _command in (
    *QUESTIONS,
    *ANALYSES,
    *STRUCTURE,
    search_command,
    audit_command,
    *LISTINGS,
    new_plugin_command,
):
    commands.add_command(_command)
