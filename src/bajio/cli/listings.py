"""Commands that list what there is: regions, indicators, ..., sources, plugins, schemas."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from bajio.cli.answer_output import asked_language, said
from bajio.cli.options import (
    DATA,
    SECONDS,
    DocumentCommand,
    Known,
    registry_of,
)
from bajio.cli.terminals import progress_of
from bajio.errors import InvalidValue, UnknownCode
from bajio.facts.areas import Areas
from bajio.registry import Registry
from bajio.report.escapes import terminal
from bajio.words.phrasebook import say, usual_language

if TYPE_CHECKING:
    from bajio.report.reports import Document

#: Seconds that one law, or the loading of all plugins, may take if nothing else is said.
_PATIENCE = 120


#: What is listed that has names, which are taken as codes are.
_NAMED = ("areas", "peers", "regions")
#: What kinds of areas are called beside their codes.
_KINDS = {
    "country": ("countries", "país", "países", "pais", "paises"),
    "state": ("states", "estado", "estados"),
    "municipality": ("municipalities", "municipio", "municipios"),
}


def _found(name: str, text: str, registry: Registry) -> Mapping[str, Any]:
    """The areas, by code, that a text names; or the one region or peer group."""
    if name == "regions":
        return {text: registry.region(text)}
    if name == "peers":
        return {text: registry.peer_group(text)}
    if text in registry.areas:
        return {text: registry.areas[text]}
    areas, known = registry.areas, registry.recogniser
    for find in (known.named, partial(_of_kind, areas=areas), known.holding):
        codes = (thing if isinstance(thing, str) else thing.code for thing in find(text))
        result = {code: areas[code] for code in codes if code in areas}
        if result:
            return result
    return {text: areas[text]}


def _of_kind(text: str, areas: Areas) -> list[str]:
    """The codes of all areas of a kind, by its name in English or Spanish, of one or of several."""
    word = text.strip().casefold()
    kind = next((kind for kind, names in _KINDS.items() if word in names), word)
    areas.load(kind)
    return [code for code in areas if areas[code].kind == kind]


def _listing(
    name: str, noun: str, example: str, known: Callable[[Registry], Mapping[str, Any]]
) -> click.Command:
    """A command that lists things of one kind, or shows one of them."""

    @click.argument("code", required=False, type=Known("CODE", (_attribute(name),)))
    @DATA
    def command(code: str | None, registry: Registry) -> "Document":
        from bajio.report.listing_report import entry_report, listing_report

        things = known(registry)
        if code is None:
            return listing_report(name, things, registry)
        things_found = _found(name, code, registry) if name in _NAMED else {code: things.get(code)}
        if len(things_found) > 1:
            return listing_report(name, things_found, registry)
        [thing] = things_found.values()
        if thing is None:
            raise UnknownCode(noun, code, things, f"`bajio {name}` lists them")
        return entry_report(name, thing, registry)

    article = "an" if noun[0] in "aeiou" else "a"
    command.__doc__ = (
        f"List the {noun}s, or show one.\n\n\b\nExamples:\n"
        f"  bajio {name}\n  bajio {name} {example} --format json"
    )
    short = f"The {noun}s that there are, or {article} {noun} by its code."
    return click.command(name, DocumentCommand, short_help=short)(command)


def _attribute(name: str) -> str:
    """Where a registry has what a command lists."""
    if name in {"measures", "sources"}:
        return f"dataset.{name}"
    return {"peers": "peer_groups", "claims": "claim_sets"}.get(name, name)


@click.command(
    "plugins", DocumentCommand, short_help="What is loaded, from where, and what failed."
)
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Run the laws on all that the plugins provide.")
@click.option(
    "--patience",
    type=SECONDS,
    metavar="SECONDS",
    help=f"How long --check gives each law, and the loading; {_PATIENCE} if not given.",
)
@click.pass_context
def plugins_command(
    ctx: click.Context, name: str | None, check: bool, patience: float | None
) -> "Document | tuple[Document, int]":
    """List the plugins: name, distribution, version, origin, what each provides, load time.

    With --check, every law is tried on what they provide, and the exit status is 1 where one is
    broken, or none could be tried. With the NAME of a plugin it is about that one alone.

    \b
    Examples:
      bajio plugins
      bajio plugins --check
      bajio --plugin mine.py plugins mine.py --check --format json
    """
    from bajio.report.plugin_report import plugins_report

    if patience is not None and not check:
        raise InvalidValue("--patience goes with --check only")
    if check:
        return _checked(ctx, name, float(_PATIENCE if patience is None else patience))
    registry = registry_of(ctx)
    names = _plugin_names(registry, name)
    return plugins_report(plugin for plugin in registry.plugins if plugin.plugin.name in names)


def _plugin_names(registry: Registry, name: str | None) -> tuple[str, ...]:
    """The names of all plugins, or the one that is asked for.

    Raises:
        UnknownCode: no plugin has it.
    """
    names = tuple(loaded.plugin.name for loaded in registry.plugins)
    if name is None:
        return names
    if name not in names:
        raise UnknownCode("plugin", name, names, "`bajio plugins` lists them")
    return (name,)


def _checked(ctx: click.Context, name: str | None, patience: float) -> "tuple[Document, int]":
    """Try the laws on what plugins provide; what is broken is told after the answer."""
    from bajio.cli import law_check
    from bajio.report.plugin_report import check_report

    language = asked_language() or usual_language()
    progress = progress_of(ctx)
    registry = law_check.loaded(lambda: registry_of(ctx), patience)

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress.tell(say("progress.checked", language, done=done, total=total))

    names = _plugin_names(registry, name)
    rows, wrong = law_check.report(registry, patience, tell, plugins=names)
    told = [terminal("\n".join(["", *map(said, text.splitlines())])) for text in wrong]
    for one in reversed(told):  # the last is called first
        ctx.call_on_close(partial(click.echo, one, err=True))
    failures = registry.failures
    if name is not None:
        own = (loaded for loaded in registry.plugins if loaded.plugin.name == name)
        failures = tuple(failure for loaded in own for failure in loaded.failures)
    is_wrong = wrong or any(not failure.used for failure in failures)
    return check_report(rows), int(bool(is_wrong))


def _answers(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names of answers, for the shell."""
    from bajio.report.schemas import answer_schemas

    return [name for name in answer_schemas() if name.startswith(incomplete)]


@click.command(
    "schema", DocumentCommand, short_help="What an answer holds in JSON and CSV, as JSON Schema."
)
@click.argument("answer", required=False, shell_complete=_answers)
def schema_command(answer: str | None) -> "Document":
    """List the answers that have a schema, or show the schema of one.

    With --format json it is a JSON Schema of what the command of that name answers with
    --format json; its `x-csv-columns` are the columns of CSV. A table has its keys.

    \b
    Examples:
      bajio schema
      bajio schema profile
      bajio schema profile --output profile.schema.json
    """
    from bajio.report.schemas import schema_report, schemas_report

    return schemas_report() if answer is None else schema_report(answer)


COMMANDS = (
    _listing(
        "areas", "area", "MX-JAL", lambda registry: {one.code: one for one in registry.areas.few}
    ),
    _listing("regions", "region", "bajio", lambda registry: registry.regions),
    _listing("indicators", "indicator", "gdp", lambda registry: registry.indicators),
    _listing("measures", "measure", "fdi", lambda registry: registry.dataset.measures),
    _listing("peers", "peer group", "oecd", lambda registry: registry.peer_groups),
    _listing("claims", "claim set", "san-miguel", lambda registry: registry.claim_sets),
    _listing("sources", "source", "inegi-pibe", lambda registry: registry.dataset.sources),
    plugins_command,
    schema_command,
)
