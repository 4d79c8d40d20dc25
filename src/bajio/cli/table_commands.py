"""`bajio import` and `bajio check`: tables of one's own, understood, checked and brought in."""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from bajio.cli.answer_output import answers_only, content_of, put, said
from bajio.cli.definition_check import definition_faults, expected_of, is_definitions, pack_faults
from bajio.cli.options import (
    DATA,
    FORMAT,
    LANG,
    DocumentCommand,
    Word,
    registry_of,
)
from bajio.cli.terminals import progress_shown
from bajio.errors import (
    BajioError,
    InvalidClaim,
    InvalidData,
    InvalidValue,
    in_options,
    shown,
    some,
)
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.readers.sheet_readings import Fault
    from bajio.registry.own_tables import OwnTable
    from bajio.report.reports import Document

_KINDS = ("extensive", "intensive")
_TIMES = ("flow", "stock", "end", "timeless")
_LAYOUT = (
    click.option(
        "--numbers", type=Word("convention", ("mx", "us", "eu")), help="1,234.5 or 1.234,5."
    ),
    click.option("--sheet", metavar="NAME", help="The sheet, if several hold tables."),
    click.option("--areas", metavar="COLUMN", help="Where areas stand, if it is not found."),
    click.option("--periods", metavar="COLUMN", help="Where periods stand, if it is not found."),
    click.option("--values", metavar="COLUMN", help="Which figures, if there are several."),
    click.option("--period", metavar="PERIOD", help="Of all figures, if the table names none."),
    click.option(
        "--where", multiple=True, metavar="COLUMN=VALUE", help="Rows of one category; repeatable."
    ),
    click.option(
        "--frequency", type=Word("frequency", ("A", "Q", "M")), help="Of a column of dates."
    ),
)
_MEASURE = (
    click.option(
        "--measure", metavar="CODE", help="What its figures are of, as population or beds."
    ),
    click.option("--label", metavar="TEXT", help="What a new measure is called."),
    click.option("--unit", metavar="UNIT", help="What one of it is; 1 for a plain number."),
    click.option("--kind", type=Word("kind", _KINDS), help="Whether it adds up over areas."),
    click.option(
        "--time", type=Word("kind over time", _TIMES), help="Whether it adds up over time."
    ),
    click.option("--weight", metavar="MEASURE", help="What an intensive measure is weighed by."),
    click.option("--source", metavar="TEXT", help="Who published the figures."),
    click.option("--edition", metavar="TEXT", help="Of the figures."),
    click.option("--scale", metavar="NUMBER", help="thousand, million, billion or a number."),
)


def _options(
    command: Callable[..., Any], *every: Sequence[Callable[..., Any]]
) -> Callable[..., Any]:
    for option in reversed([option_made for group in every for option_made in group]):
        command = option(command)
    return command


def _meant(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `preview_table` that options stand for."""
    meant = {name: value for name, value in arguments.items() if value is not None}
    categories = {}
    for text in meant.pop("where", ()):
        column, separator, value = text.partition("=")
        if not (column and separator):
            raise InvalidValue(f"--where {shown(text)}: write COLUMN=VALUE")
        categories[column.strip()] = value.strip()
    return meant | ({"where": categories} if categories else {})


def _import(
    file: str,
    data: Sequence[str],
    force: bool,
    output: str | None,
    **value: Any,
) -> int:
    """Read a table as you have it, and write a data package that --data takes.

    What is understood is shown: which column is what, which rows are left out and why, which names
    became which areas. What cannot be told is asked for; nothing is written until all is said.

    \b
    Examples:
      bajio import camas.xlsx
      bajio import camas.xlsx --measure beds --label Camas --unit 1 --kind extensive \\
          --time stock --source "Secretaría de Salud" --output camas
      bajio profile bajio --data camas
      bajio import leitos.csv --data examples/packs/brazil
    """
    from bajio.readers.package_writer import write_package
    from bajio.registry.own_tables import preview_table
    from bajio.report.import_report import import_report

    ctx = click.get_current_context()
    shape = value.pop("output_format")
    on_error, measure = value.pop("on_error"), value.pop("measure")
    meant = _meant(value)
    with answers_only(), progress_shown(ctx, "bajio import"):
        registry = registry_of(ctx, data)
        table = preview_table(file, measure, registry=registry, **meant)

    def tell(written: str = "") -> None:
        with answers_only():
            report = import_report(table, registry, written)
        put(content_of(report, shape, None))

    while table.wanted and sys.stdin.isatty() and sys.stderr.isatty():
        tell()
        answered = dict(meant)
        named = _ask(table, measure, answered)
        try:
            with answers_only():
                table = preview_table(file, named, registry=registry, **answered)
        except InvalidValue as error:  # it is asked for again
            click.echo(f"bajio: {in_options(said(str(error)))}", err=True)
            continue
        measure, meant = named, answered
    harmful = [fault for fault in table.faults if not fault.harmless]
    refused = bool(table.wanted or (harmful and on_error != "skip"))
    if output is not None and not refused:
        write_package(table.dataset(on_error), output, overwrite=force)
    tell("" if refused or output is None else output)
    if output is not None and refused:
        click.echo(f"bajio: {said(f'nothing is written to {output}')}", err=True)
    return 2 if refused else 0


def _ask(table: "OwnTable", measure: str | None, meant: dict[str, Any]) -> str | None:
    """Ask on the terminal for what cannot be told."""
    for wanted in table.wanted:
        choices = (
            click.Choice([str(choice) for choice in wanted.choices]) if wanted.choices else None
        )
        text = click.prompt(f"{wanted.option} ({said(wanted.reason)})", type=choices, err=True)
        if wanted.option == "measure":
            measure = text
        else:
            meant[wanted.option] = text
    return measure


def _check(file: str, registry: Registry, **value: Any) -> tuple["Document", int]:
    """Tell all that is wrong with a file: a table, a data package, claims, definitions.

    The exit status is 2 where anything is.

    \b
    Examples:
      bajio check camas.xlsx
      bajio check camas.xlsx --measure beds --format json
      bajio check claims.toml
      bajio check definitions.toml
    """
    from bajio.report.import_report import check_report

    faults = _faults(file, registry, value)
    return check_report(faults, os.path.basename(file.rstrip("/")) or file), 2 if faults else 0


def _as_fault(error: BajioError) -> "Fault":
    """What is wrong with a file that people write by hand."""
    from bajio.readers.sheet_readings import Fault

    if isinstance(error, InvalidData):
        parts = expected_of(error.column, error.problem)
        return Fault(error.file, error.row, error.column, *parts)
    if isinstance(error, InvalidClaim):
        problem, expected = _claim_told(error.key, error.problem)
        problem = f"claim {error.claim!r}: {problem}" if error.claim else problem
        match = re.search(r"at line (\d+)", error.problem)
        line = int(match[1]) if match and error.line is None else error.line
        return Fault("", line, error.key, problem, expected)
    return Fault("", None, "", *expected_of("", str(error)))


def _claim_told(key: str, problem: str) -> tuple[str, str]:
    """What was found in a file of claims, and what its key takes where the message does not say."""
    from bajio.readers.claim_keys import CLAIM_KEYS, SET_KEYS

    if ": " in problem:
        return expected_of(key, problem)
    known = {one.name: one.description for one in (*SET_KEYS, *CLAIM_KEYS)}
    if problem.startswith("unknown key"):
        return problem, f"one of {some(list(known), 12)}"
    named = [key, *problem.replace(",", " ").split()]
    return problem, next((known[one] for one in named if one in known), "mend it, or leave it out")


def _check_claims(file: str, registry: Registry) -> None:
    """Refuse a file of claims for all that is wrong with it, and for what it names that is not."""
    from bajio.questions.audit.claimed_codes import check_codes, with_unknown
    from bajio.readers.claim_files import read_claims

    try:
        claims = read_claims(file)
    except InvalidClaim as error:
        raise with_unknown(registry, error) from None
    check_codes(registry, claims)


def _faults(file: str, registry: Registry, arguments: Mapping[str, Any]) -> list[Any]:
    from bajio.readers.sheet_readings import Fault
    from bajio.registry.own_tables import preview_table

    meant = _meant(arguments)
    try:
        if os.path.isdir(file) or os.path.basename(file) == "datapackage.json":
            from bajio.registry.own_data import check_package

            check_package(file, registry)
            return list(pack_faults(file, registry))
        if file.casefold().endswith(".toml") and is_definitions(file):
            return list(definition_faults(file))
        if file.casefold().endswith(".toml"):
            _check_claims(file, registry)
            return []
    except BajioError as error:
        return [_as_fault(fault) for fault in error.faults or [error]]
    table = preview_table(file, meant.pop("measure", None), registry=registry, **meant)
    asked = [
        fault
        for fault in table.wanted
        if fault.option in {"values", "period", "areas", "frequency", "numbers", "sheet", "where"}
    ]
    wanted = [Fault("", None, "", fault.reason, f"say --{fault.option}") for fault in asked]
    return [*table.faults, *wanted]


_FILE = click.argument("file", type=click.Path(exists=True))
import_command = click.command("import", short_help="A table of your own, into a data package.")(
    _options(
        _import,
        (_FILE,),
        _MEASURE,
        _LAYOUT,
        (
            click.option(
                "--on-error",
                type=Word("policy", ("refuse", "skip")),
                default="refuse",
                show_default=True,
                help="What to do with what is wrong.",
            ),
            click.option("--output", metavar="DIR", help="The folder of the package."),
            click.option("--force", is_flag=True, help="Replace files that are there."),
            DATA,
            LANG,
            FORMAT,
        ),
    )
)
check_command = click.command(
    "check", DocumentCommand, short_help="All faults of a file, by row and column."
)(_options(_check, (_FILE,), (_MEASURE[0],), _LAYOUT, (DATA,)))
COMMANDS = (import_command, check_command)
