"""The command that serves questions as tools, to programs that speak the Model Context Protocol."""

from importlib.util import find_spec

import click

from bajio.cli.answer_output import answers_only, asked_language
from bajio.cli.options import DATA, LANG, registry_of
from bajio.errors import MissingExtra
from bajio.words.phrasebook import usual_language


@click.command("serve-mcp", short_help="Questions as tools for programs, over stdio.")
@DATA
@LANG
@click.pass_context
def serve_mcp_command(ctx: click.Context, data: tuple[str, ...]) -> None:
    """Serve profile, rank, explain, compare, series, search, audit and listings as MCP tools.

    A client starts this command, speaks to it by stdin and stdout, and ends it. Answers have the
    schemas that `bajio schema` shows; their size is bounded.

    \b
    Examples:
      bajio serve-mcp
      bajio serve-mcp --data camas
    """
    if find_spec("mcp") is None:
        raise MissingExtra("mcp", "mcp", "serving tools")
    from bajio.mcp_server.stdio_server import serve

    with answers_only():
        registry = registry_of(ctx, data)
    serve(registry, asked_language() or usual_language())


COMMANDS = (serve_mcp_command,)
