"""The command that audits claims, and the derivation of one finding."""

import os
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from bajio.cli.answer_output import asked_language
from bajio.cli.options import (
    DATA,
    EDITION,
    DocumentCommand,
    Known,
    Year,
    registry_of,
)
from bajio.errors import InvalidData, InvalidValue, shown
from bajio.files import read_file

if TYPE_CHECKING:
    from bajio.questions.audit.findings import Audit
    from bajio.registry import Registry
    from bajio.report.reports import Document

_REFUTED = 1


class Claims(click.ParamType[str]):
    """The code of a claim set, or a TOML file of claims."""

    name = "claims"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "SET|FILE"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        codes = registry_of(ctx).claim_sets
        return [
            *(CompletionItem(code) for code in codes if code.startswith(incomplete)),
            CompletionItem(incomplete, type="file"),
        ]


@click.command(
    "audit", DocumentCommand, short_help="Whether what was printed about a region is true."
)
@click.argument("claims", type=Claims(), required=False)
@click.option(
    "--text",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Tell every number of an article, and what it claims; a file in .toml gets the drafts.",
)
@click.option(
    "--region",
    type=Known("REGION", ("regions", "areas")),
    help="Of a text: what it calls the region.",
)
@click.option("--locale", help="Of a text: how its numbers are written, as es-ES.")
@click.option(
    "--published", metavar="DAY", help="Of a text: its day, from which last year is told."
)
@click.option(
    "--year", type=Year(), help="The year of claims that name none; that of the set if not given."
)
@click.option(
    "--period", metavar="P", help="The same as a quarter or month, as 2018-Q3 or 2019-02."
)
@click.option(
    "--peers",
    type=Known("GROUP", ("peer_groups",)),
    help="Group to rank among, in the place of the claims' own.",
)
@EDITION
@DATA
@click.option("--strict", is_flag=True, help="End with status 1 if a claim is refuted.")
def audit_command(claims: str | None, strict: bool, **arguments: Any) -> "tuple[Document, int]":
    """Whether the claims of SET, or of a TOML FILE, are true: by data and by their own numbers.

    \b
    Examples:
      bajio audit san-miguel
      bajio audit san-miguel --lang es --format markdown --output audit.md
      bajio audit mine.toml --strict
      bajio audit --text article.txt --region bajio --output drafts.toml
    """
    asked = {name: arguments.pop(name) for name in ("text", "region", "locale", "published")}
    if asked["text"] is not None:
        if claims is not None:
            raise InvalidValue("claims and --text: give one of them")
        if strict:
            arguments["strict"] = True
        for name in ("strict", "year", "period", "peers", "editions"):
            if arguments.get(name):
                option = {"editions": "edition"}.get(name, name)
                raise InvalidValue(f"--{option} is of claims: leave it out with --text")
        return _ledger(asked, arguments["registry"]), 0
    if claims is None:
        raise InvalidValue("name a claim set or a file of claims, or an article with --text")
    idle = [f"--{name}" for name, value in asked.items() if value is not None]
    if idle:
        raise InvalidValue(f"{idle[0]} is of a text: give it with --text")
    from bajio.report.audit_report import audit_report
    from bajio.report.finding_entries import command_of

    ctx = click.get_current_context()
    plugins = ctx.find_root().params.get("plugin", ())
    repeat = partial(command_of, plugins=plugins, data=ctx.params["data"])
    audit = audited(claims, arguments)
    document = audit_report(audit, asked_language() or "en", repeat)
    return document, _REFUTED if strict and audit.refuted else 0


def _ledger(asked: Mapping[str, Any], registry: "Registry") -> "Document":
    """The ledger of a text, by the options of the command line."""
    from bajio.questions.ledger import read_text
    from bajio.report.ledger_report import ledger_report

    if asked["region"] is None:
        raise InvalidValue(
            "which region is the text of? name it: --text article.txt --region bajio"
        )
    ledger = read_text(
        _text(asked["text"]),
        asked["region"],
        locale=asked["locale"],
        published=_day(asked["published"]),
        registry=registry,
    )
    return ledger_report(ledger, asked_language() or ledger.convention.language)


def _text(path: str) -> str:
    """What an article says: a plain file in UTF-8, or `-` for what comes in."""
    content = sys.stdin.buffer.read() if path == "-" else read_file(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidData(f"not UTF-8: {error}", file=path) from None


def _day(text: str | None) -> date | None:
    """The day that an option names."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(f"--published {shown(text)}: write the day as 2019-05-03") from None


def audited(claims: str, arguments: Mapping[str, Any]) -> "Audit":
    """The audit of a claim set, or of a file, by the options of the command line."""
    from bajio.questions.audit.auditing import audit

    options = {
        name: arguments[name] for name in ("editions", "host", "membership") if name in arguments
    }
    return audit(
        claims_named(claims),
        year=arguments["year"],
        period=arguments["period"],
        peers=arguments["peers"],
        registry=arguments["registry"],
        **options,
    )


def claims_named(text: str) -> str | Path:
    """The code of a set or a file that is known for one, or the path of any other file."""
    if text.endswith(".toml") or not (os.sep in text or os.path.isfile(text)):
        return text
    return Path(text)


def explain_claim(place: str, arguments: Mapping[str, Any]) -> "Document":
    """The derivation of the finding on a claim.

    Args:
        place: the code of a set, or a file, and the id of a claim, joined by a colon.
        arguments: the other options of the command line.

    Raises:
        BajioError: there is no such set or claim.
    """
    from bajio.report.audit_report import finding_report

    claims, separator, code = place.rpartition(":")
    if not separator or not claims:
        raise InvalidValue(f"{place!r} has no indicator: write REGION INDICATOR, or SET:CLAIM")
    peers = None if arguments["peers"] in {"un-members", "none"} else arguments["peers"]
    return finding_report(
        audited(claims, {**arguments, "peers": peers}), code, asked_language() or "en"
    )


COMMANDS = (audit_command,)
