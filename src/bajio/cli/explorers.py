"""The command that opens the explorer: answers as a page, to be asked by choosing on a map."""

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

import click

from bajio.cli.answer_output import answers_only, asked_language, said
from bajio.cli.options import DATA, LANG, Known, Whole, registry_of
from bajio.errors import MissingExtra

if TYPE_CHECKING:
    from bajio.explorer.page_server import PageServer

_PORTS = 65_535


@click.command("explore", short_help="A page to choose members on a map; the answers follow.")
@click.argument("region", required=False, type=Known("[REGION]", ("regions",)))
@click.option(
    "--among",
    type=Known("GROUP", ("peer_groups", "regions")),
    help="The areas to choose from: a group, a region, codes joined by '+', a country for its "
    "states, a state for its municipalities; as in `bajio search`, if not given.",
)
@click.option("--port", type=Whole(0, _PORTS), default=0, help="The port; a free one if not given.")
@click.option("--no-browser", is_flag=True, help="Only say where the page is.")
@DATA
@LANG
@click.pass_context
def explore_command(
    ctx: click.Context,
    region: str | None,
    among: str | None,
    port: int,
    no_browser: bool,
    data: tuple[str, ...],
) -> None:
    """Open a page on which members are chosen, on a map or in a list, beginning with REGION.

    Profile, ranks and charts follow, of one alliance or of two side by side, each with the command
    that answers the same. Only this machine can see the page; Ctrl-C ends it.

    \b
    Examples:
      bajio explore
      bajio explore sur-sureste --lang es
      bajio explore --among MX-GUA --no-browser --port 8000
      bajio explore great-lakes --data examples/packs/united-states
    """
    from bajio.report.charts import pictures

    if not pictures.are_there():
        raise MissingExtra("explore", "vl-convert-python", "the explorer")
    from bajio.explorer.page_server import PageServer
    from bajio.explorer.views import ground_of
    from bajio.words.phrasebook import usual_language

    with answers_only():
        plugins: tuple[str, ...] = ctx.find_root().params.get("plugin", ())
        ground = ground_of(
            registry_of(ctx, data),
            region,
            among,
            language=asked_language() or usual_language(),
            before=tuple(word for path in plugins for word in ("--plugin", path)),
            after=tuple(word for path in data for word in ("--data", path)),
        )
        server = PageServer(ground, port)
    _serve(server, browser=not no_browser)


def _serve(server: "PageServer", *, browser: bool) -> None:
    """Serve until somebody ends it by Ctrl-C."""
    with server:
        click.echo(server.address)
        click.echo(f"bajio: {said('Ctrl-C ends it')}", err=True)
        if browser:  # in a thread, as some browsers run in this very terminal
            Thread(target=_opened, args=(server.address,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def _opened(address: str) -> None:
    import webbrowser

    webbrowser.open(address)


COMMANDS = (explore_command,)
