"""The group of all commands, each of which is loaded when it is asked for."""

from importlib import import_module

import click

from bajio.cli.answer_output import ask_language
from bajio.errors import nearest
from bajio.version import __version__

#: The module of the commands that are listed first: all that stand in no other.
_FIRST = "bajio.cli.region_questions"
#: The modules of the others, in the order in which they are listed.
_MODULES = {
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
_MODULE_OF = {name: f"bajio.cli.{module}" for module, names in _MODULES.items() for name in names}


class _Context(click.Context):
    """A context whose help is in the language that the command line asks for."""

    def make_formatter(self) -> click.HelpFormatter:
        from bajio.cli.help_pages import HelpPage

        asked = self.find_root().obj  # gives the language, where the command line made it
        language = None if asked is None else asked()
        return HelpPage(language, self.terminal_width, self.max_content_width)


class _Commands(click.Group):
    """Commands in the order in which they are given; an unknown one names the nearest.

    Each is imported with its module when it is looked up: one question imports what it asks with,
    not what all others would.
    """

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*(one.name for one in import_module(_FIRST).COMMANDS), *_MODULE_OF]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands or cmd_name.startswith("-"):  # which is an option, or none
            return self.commands.get(cmd_name)
        by_name: dict[str, click.Command] = {
            one.name: one for one in import_module(_MODULE_OF.get(cmd_name, _FIRST)).COMMANDS
        }
        if cmd_name in by_name:
            command = self.commands[cmd_name] = by_name[cmd_name]
            command.context_class = _Context
            for option in getattr(command, "shared", ()):  # not made for those beside it
                option(command)
            return command
        close = nearest(cmd_name, self.list_commands(ctx))
        advice = f"did you mean {close[0]!r}?" if close else "see `bajio --help`"
        raise click.UsageError(f"unknown command {cmd_name!r}: {advice}")


#: All commands, with the options that go before them.
commands = _Commands(
    "bajio",
    help="What if this region were a country? Answered from data, exactly, with its sources.",
    epilog="Start with: bajio profile bajio",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for option in (
    click.version_option(__version__, message=f"bajio {__version__}", help="Show the version."),
    click.option(
        "--plugin",
        multiple=True,
        metavar="FILE",
        help="A plain Python file with a plugin, or TOML with definitions; can be repeated.",
    ),
    click.option(
        "--lang",
        metavar="en|es",
        expose_value=False,
        callback=ask_language,
        help="The language of the answer; that of BAJIO_LANG, or of the locale, if not given.",
    ),
):
    option(commands)
