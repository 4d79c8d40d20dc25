"""`bajio cite`: the sources of a profile, to be cited."""

from typing import Any

import click

from bajio.cli.options import (
    INDICATORS,
    PERIOD,
    REGION,
    YEAR,
    QuestionCommand,
    Word,
    options_of,
    split,
)

_STYLES = ("text", "bibtex", "csl")


@click.command(
    "cite", QuestionCommand, short_help="The sources of a region's profile, to be cited."
)
@REGION
@YEAR
@PERIOD
@INDICATORS
@click.option(
    "--style", type=Word("style", _STYLES), default="text", show_default=True, help="Of citations."
)
def cite_command(region: str, indicators: str | None, style: str, **value: Any) -> Any:
    """The sources that the profile of REGION comes from, and bajio with its data.

    \b
    Examples:
      bajio cite bajio --year 2018
      bajio cite bajio --indicators gdp --style bibtex --output sources.bib
    """
    from bajio.questions.profile import profile
    from bajio.report.citation_report import citation_report

    answer = profile(region, indicators=split(indicators), **options_of(value))
    return citation_report(answer, style)


COMMANDS = (cite_command,)
