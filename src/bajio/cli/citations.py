"""`bajio cite`: the sources of a profile, to be cited."""

from typing import Any

import click

from bajio.cli.options import (
    INDICATORS,
    REGION,
    Word,
    options_of,
    period_options,
    question_options,
    split,
)

_STYLES = ("text", "bibtex", "csl")


@click.command("cite", short_help="The sources of a region's profile, to be cited.")
@REGION
@period_options
@INDICATORS
@click.option(
    "--style", type=Word("style", _STYLES), default="text", show_default=True, help="Of citations."
)
@question_options
def cite_command(region: str, indicators: str | None, style: str, **given: Any) -> Any:
    """The sources that the profile of REGION comes from, and bajio with its data.

    \b
    Examples:
      bajio cite bajio --year 2018
      bajio cite bajio --indicators gdp --style bibtex --output sources.bib
    """
    from bajio.questions.profile import profile
    from bajio.report.citation_report import citation_report

    found = profile(region, indicators=split(indicators), **options_of(given))
    return citation_report(found, style)


COMMANDS = (cite_command,)
