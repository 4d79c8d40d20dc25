"""Commands that ask: profile, rank, compare, series, explain."""

from typing import TYPE_CHECKING, Any

import click

from bajio.cli.options import (
    INDICATOR,
    INDICATORS,
    PERIOD,
    REGION,
    YEAR,
    Known,
    QuestionCommand,
    Word,
    Years,
    options_of,
    refuse_idle,
    split,
)
from bajio.errors import Unavailable, shown
from bajio.questions.asking import asking
from bajio.questions.choices import FrequencyWord
from bajio.questions.profile import Profile, profile
from bajio.questions.single import answer_of
from bajio.questions.standing import standings

if TYPE_CHECKING:
    from bajio.questions.comparison import Comparison, Timeline
    from bajio.report.reports import Document

_MOST_TOLD = 3
#: Options that mean something for an indicator, and nothing for a claim.
_OF_INDICATORS = ("missing", "threshold", "year_tolerance", "against", "level")


@click.command("profile", QuestionCommand, short_help="What a region is among its peers.")
@REGION
@YEAR
@PERIOD
@INDICATORS
@click.option("--members", is_flag=True, help="The figures of each member beside the region's.")
def profile_command(region: str, indicators: str | None, members: bool, **value: Any) -> "Document":
    """What REGION is among its peers: value, year, share of its country, rank.

    REGION is a region's code or name, or those of areas joined by '+'.

    \b
    Examples:
      bajio profile bajio
      bajio profile bajio --year 2018 --peers latin-america
      bajio profile MX-JAL+MX-COL --indicators gdp,population --format csv
    """
    from bajio.report.profile_report import profile_report

    answer = profile(region, indicators=split(indicators), **options_of(value))
    if not answer.answers:
        raise Unavailable(_nothing(answer))
    return profile_report(answer, members=members)


def _nothing(answer: Profile) -> str:
    """Why a profile has no answer at all, by the first indicators."""
    reasons = [f"{missed.indicator.code}: {missed.error()}" for missed in answer.unavailable]
    more = len(reasons) - _MOST_TOLD
    return "; ".join(reasons[:_MOST_TOLD]) + (f"; and {more} more like these" if more > 0 else "")


@click.command("rank", QuestionCommand, short_help="Where a region stands by one indicator.")
@REGION
@INDICATOR
@YEAR
@PERIOD
@click.option("--all", "every", is_flag=True, help="Every peer, not only the nearest.")
def rank_command(region: str, indicator: str, every: bool, **value: Any) -> "Document":
    """Where REGION stands among its peers by INDICATOR, with its neighbours.

    \b
    Examples:
      bajio rank bajio gdp --year 2018
      bajio rank bajio population-density --peers oecd --all
    """
    from bajio.report.rank_report import rank_report

    result, lines = standings(region, indicator, **options_of(value))
    return rank_report(result, lines, value["registry"], every=every)


@click.command("compare", QuestionCommand, short_help="Several regions side by side.")
@click.argument("regions", nargs=-1, required=True, type=Known("REGION", ("regions", "areas")))
@YEAR
@PERIOD
@INDICATORS
def compare_command(regions: tuple[str, ...], indicators: str | None, **value: Any) -> "Comparison":
    """Several REGIONs side by side, indicator by indicator.

    \b
    Examples:
      bajio compare bajio sur-sureste --year 2022
      bajio compare bajio GTM CRI --indicators gdp,gdp-per-capita
    """
    from bajio.questions.comparison import compare

    comparison = compare(regions, indicators=split(indicators), **options_of(value))
    if not any(answer.answers for answer in comparison.profiles):
        raise Unavailable("none of the regions has any of the indicators")
    return comparison


@click.command("series", QuestionCommand, short_help="An indicator over years, quarters or months.")
@REGION
@INDICATOR
@click.option("--years", type=Years(), help="A span, as 2003-2024; all complete ones if not given.")
@click.option("--periods", metavar="A..B", help="A span of quarters or months: 2018-01..2019-02.")
@click.option(
    "--frequency",
    type=Word("frequency", ("annual", "quarterly", "monthly")),
    help="All quarters, or months, of the years.",
)
def series_command(
    region: str,
    indicator: str,
    years: range | None,
    periods: str | None,
    frequency: FrequencyWord | None,
    **value: Any,
) -> "Timeline":
    """INDICATOR of REGION over years, quarters or months.

    \b
    Examples:
      bajio series bajio gdp --years 2003-2024
      bajio series bajio gdp-growth --peers none --format csv
      bajio series bajio fdi --years 2017-2018 --frequency quarterly
    """
    from bajio.questions.comparison import series

    options = options_of(value)
    result = series(region, indicator, years=years, periods=periods, frequency=frequency, **options)
    if not result.results:
        raise result.unavailable[-1][1].error()
    return result


@click.command(
    "explain", QuestionCommand, short_help="How a number, or a finding on a claim, came about."
)
@REGION
@click.argument("indicator", required=False, type=Known("INDICATOR", ("indicators",)))
@YEAR
@PERIOD
def explain_command(region: str, indicator: str | None, **value: Any) -> "Document":
    """How INDICATOR of REGION came about: formula, each member's figure, rates, sources.

    Or, for SET:CLAIM, how the finding on a claim came about.

    \b
    Examples:
      bajio explain bajio gdp-per-capita --year 2018
      bajio explain san-miguel:area-rank
    """
    if indicator is None:
        from bajio.cli.audits import explain_claim

        refuse_idle(_OF_INDICATORS, f"{shown(region)} is a claim, which has its own")
        return explain_claim(region, value)
    from bajio.report.explanation_report import explanation_report

    options = options_of(value)
    data = options.pop("data", None)
    answer = answer_of(*asking(region, indicator, data, options.pop("registry"), options))
    return explanation_report(answer.explain())


COMMANDS = (
    profile_command,
    rank_command,
    compare_command,
    series_command,
    explain_command,
)
