"""The group of all commands, each of which is loaded when it is asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module

import click

from bajio.errors import nearest

#: The modules of the commands, in the order in which they are listed.
_MODULES = {
    "region_questions": ("profile", "rank", "compare", "series", "explain"),
    "analyses": ("sensitivity", "difference", "composite"),
    "structures": ("specialisations", "near", "decompose"),
    "plots": ("plot",),
    "searches": ("search",),
    "audits": ("audit",),
    "table_commands": ("import", "check"),
    "revisions": ("diff",),
    "portraits": ("report",),
    "explorers": ("explore",),
    "tool_servers": ("serve-mcp",),
    "citations": ("cite",),
    "locks": ("lock", "replay"),
    "listings": (
        "areas",
        "regions",
        "indicators",
        "measures",
        "peers",
        "claims",
        "sources",
        "plugins",
        "schema",
    ),
    "scaffold": ("new-plugin",),
}


class _Unloaded(Mapping[str, click.Command]):
    """Commands by name, each imported with its module when it is looked up.

    One question imports what it asks with, not what all others would.
    """

    def __init__(self, modules: Mapping[str, tuple[str, ...]]) -> None:
        self._module_of = {name: module for module, names in modules.items() for name in names}

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"bajio.cli.{self._module_of[name]}")
        by_name: dict[str, click.Command] = {one.name: one for one in module.COMMANDS}
        command = by_name[name]
        command.context_class = _Context
        return command

    def __contains__(self, name: object) -> bool:
        return name in self._module_of

    def __iter__(self) -> Iterator[str]:
        return iter(self._module_of)

    def __len__(self) -> int:
        return len(self._module_of)


class _Context(click.Context):
    """A context whose help is in the language that the command line asks for."""

    def make_formatter(self) -> click.HelpFormatter:
        from bajio.cli.help_pages import HelpPage

        return HelpPage(self.find_root().obj, self.terminal_width, self.max_content_width)


class _Commands(click.Group):
    """Commands in the order in which they are given; an unknown one names the nearest."""

    context_class = _Context

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


def _language(ctx: click.Context, parameter: click.Parameter, language: str | None) -> None:
    from bajio.cli.writing import ask_language

    ask_language(ctx, parameter, language)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from bajio.version import __version__

        click.echo(f"bajio {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    commands=_Unloaded(_MODULES),
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
    help="A plain Python file with a plugin, or TOML with definitions; can be repeated.",
)
@click.option(
    "--lang",
    metavar="en|es",
    expose_value=False,
    callback=_language,
    help="The language of the answer; that of BAJIO_LANG, or of the locale, if not given.",
)
def commands(plugin: tuple[str, ...]) -> None:
    """What if this region were a country? Answered from data, exactly, with its sources."""
