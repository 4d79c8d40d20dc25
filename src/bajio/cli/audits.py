"""The command that audits claims, and the derivation of one finding."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from bajio.cli.options import (
    DATA,
    EDITION,
    FORMAT,
    Known,
    Year,
    registry_of,
    with_output,
    with_registry,
)
from bajio.cli.writing import asked_language
from bajio.errors import InvalidValue

if TYPE_CHECKING:
    from bajio.questions.audit.findings import Audit
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


@click.command("audit", short_help="Whether what was printed about a region is true.")
@click.argument("claims", type=Claims())
@click.option(
    "--year", type=Year(), help="The year of claims that name none; that of the set if not given."
)
@click.option(
    "--period", metavar="P", help="The same as a quarter or month, as 2018-Q3 or 2019-02."
)
@click.option(
    "--peers",
    type=Known("GROUP", "peer_groups"),
    help="Group to rank among, in the place of the claims' own.",
)
@EDITION
@DATA
@click.option("--strict", is_flag=True, help="End with status 1 if a claim is refuted.")
@FORMAT
@with_output
@with_registry
def audit_command(claims: str, strict: bool, **given: Any) -> "tuple[Document, int]":
    """Whether the claims of SET, or of a TOML FILE, are true: by data and by their own numbers.

    \b
    Examples:
      bajio audit san-miguel
      bajio audit san-miguel --lang es --format markdown --output audit.md
      bajio audit mine.toml --strict
    """
    from bajio.report.audit_report import audit_report

    found = audited(claims, given)
    return audit_report(
        found, asked_language() or "en"
    ), _REFUTED if strict and found.refuted else 0


def audited(claims: str, given: Mapping[str, Any]) -> "Audit":
    """The audit of a claim set, or of a file, by the options of the command line."""
    from bajio.questions.audit.auditing import audit

    options = {name: given[name] for name in ("editions", "host", "membership") if name in given}
    return audit(
        claims_named(claims),
        year=given["year"],
        period=given["period"],
        peers=given["peers"],
        registry=given["registry"],
        **options,
    )


def claims_named(given: str) -> str | Path:
    """The code of a set or a file that is known for one, or the path of any other file."""
    if given.endswith(".toml") or not (os.sep in given or os.path.isfile(given)):
        return given
    return Path(given)


def explain_claim(place: str, given: Mapping[str, Any]) -> "Document":
    """The derivation of the finding on a claim.

    Args:
        place: the code of a set, or a file, and the id of a claim, joined by a colon.
        given: the other options of the command line.

    Raises:
        BajioError: there is no such set or claim.
    """
    from bajio.report.audit_report import finding_report

    claims, separator, code = place.rpartition(":")
    if not separator or not claims:
        raise InvalidValue(f"{place!r} has no indicator: write REGION INDICATOR, or SET:CLAIM")
    peers = None if given["peers"] in {"un-members", "none"} else given["peers"]
    return finding_report(
        audited(claims, {**given, "peers": peers}), code, asked_language() or "en"
    )


COMMANDS = (audit_command,)
