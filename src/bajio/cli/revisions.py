"""`bajio diff`: what changed between two states of data."""

import os
from typing import TYPE_CHECKING, Any

import click

from bajio.cli.options import INDICATORS, PERIOD, YEAR, Known, QuestionCommand, options_of, split

if TYPE_CHECKING:
    from bajio.facts.dataset import Dataset
    from bajio.registry import Registry
    from bajio.report.reports import Document


@click.command(
    "diff", QuestionCommand, short_help="What changed between two editions, packages or files."
)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER", default="bundled")
@click.option(
    "--region",
    type=Known("REGION", ("regions", "areas")),
    help="What the change does to the figures and ranks of a region.",
)
@INDICATORS
@YEAR
@PERIOD
@click.option(
    "--measures", metavar="A,B", help="Codes of measures; all that both have if not given."
)
def diff_command(
    before: str,
    after: str,
    region: str | None,
    indicators: str | None,
    measures: str | None,
    **value: Any,
) -> "Document":
    """What changed from BEFORE to AFTER, by measure, area and period, the largest first.

    Each is an edition, as fdi=2018; the folder of a data package; a table that is called by its
    measure, as population.csv; or bundled, the data that come with bajio.

    \b
    Examples:
      bajio diff fdi=2018 fdi=2025-10 --region bajio --year 2017
      bajio diff old-package new-package --region bajio
      bajio diff bundled population.csv
    """
    from bajio.questions.revision import diff
    from bajio.report.revision_report import revision_report

    options = options_of(value)
    registry = options["registry"]
    revision = diff(
        _state(before, registry),
        _state(after, registry),
        region=region,
        indicators=split(indicators),
        measures=split(measures, "--measures"),
        **options,
    )
    return revision_report(revision)


def _state(text: str, registry: "Registry") -> "Dataset | str":
    """The dataset of a path, or the text that names an edition."""
    if not os.path.exists(text):
        return text
    from bajio.registry.own_tables import read_own

    return read_own(text, registry)


COMMANDS = (diff_command,)
