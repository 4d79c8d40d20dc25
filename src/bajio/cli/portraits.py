"""`bajio report`: all that there is to say of a region, in one file."""

from typing import TYPE_CHECKING, Any

import click

from bajio.cli.options import REGION, options_of, period_options, question_options

if TYPE_CHECKING:
    from bajio.report.reports import Document


@click.command("report", short_help="All that there is to say of a region, in one file.")
@REGION
@period_options
@question_options
def report_command(region: str, **given: Any) -> "Document":
    """What REGION is, in sentences and tables: profile, pillars, years, structure, claims, method.

    With --output FILE.html it is one page that loads nothing, for screen, phone and paper.

    \b
    Examples:
      bajio report bajio --output bajio.html
      bajio report great-lakes --data examples/packs/united-states --year 2018 --output lakes.md
    """
    from bajio.questions.portrait import portrait
    from bajio.report.portrait_report import portrait_report

    return portrait_report(portrait(region, **options_of(given)))


COMMANDS = (report_command,)
