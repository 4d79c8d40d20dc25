"""Commands that ask: profile, rank, compare, series, explain."""

from typing import TYPE_CHECKING, Any

import click

from bajio.cli.options import (
    INDICATOR,
    INDICATORS,
    LANG,
    REGION,
    YEAR,
    Known,
    Years,
    options_of,
    question_options,
    refuse_idle,
    split,
)
from bajio.cli.writing import terminal_width, write
from bajio.errors import Unavailable, shown
from bajio.questions.asking import asked_for, registry_with
from bajio.questions.profile import Profile, profile
from bajio.questions.single import answer_of
from bajio.questions.standing import standings

if TYPE_CHECKING:
    from bajio.report.sheets import Sheet

_MOST_TOLD = 3
#: Options that mean something for an indicator, and nothing for a claim.
_OF_INDICATORS = ("missing", "threshold", "year_tolerance", "against", "level")


@click.command("profile", short_help="What a region is among its peers.")
@REGION
@YEAR
@INDICATORS
@click.option("--members", is_flag=True, help="The figures of each member beside the region's.")
@question_options
def profile_command(
    region: str,
    indicators: str | None,
    members: bool,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """What REGION is among its peers: value, year, share of its country, rank.

    REGION is a region's code, or area codes joined by '+'.

    \b
    Examples:
      bajio profile bajio
      bajio profile bajio --year 2018 --peers latin-america
      bajio profile MX-JAL+MX-COL --indicators gdp,population --format csv
    """
    found = profile(region, indicators=split(indicators), **options_of(given))
    if not found.answers:
        raise Unavailable(_nothing(found))
    write(_profile_text(found, members, output_format, output), output)


def _nothing(found: Profile) -> str:
    """Why a profile has no answer at all, by the first indicators."""
    reasons = [f"{missed.indicator.code}: {missed.error()}" for missed in found.unavailable]
    more = len(reasons) - _MOST_TOLD
    return "; ".join(reasons[:_MOST_TOLD]) + (f"; and {more} more like these" if more > 0 else "")


def _profile_text(found: Profile, members: bool, output_format: str, output: str | None) -> str:
    from bajio.report import data, render, sheets

    if output_format == "json":
        return render.json_text(data.profile_data(found, members=members))
    if output_format == "csv":
        return render.csv_text(data.profile_rows(found, members=members))
    shown = [sheets.profile_sheet(found, members=members)] if found.results else []
    shown += [sheets.breakdown_sheet(table) for table in found.tables]
    if not found.results:
        shown[-1] = shown[-1].with_notes(sheets.missed_notes(found.unavailable))
    return "\n\n".join(_sheet_text(sheet, output_format, output) for sheet in shown)


def _sheet_text(sheet: "Sheet", output_format: str, output: str | None) -> str:
    from bajio.report import render

    if output_format == "markdown":
        return render.markdown(sheet)
    return render.table(sheet, terminal_width(output))


@click.command("rank", short_help="Where a region stands by one indicator.")
@REGION
@INDICATOR
@YEAR
@click.option("--all", "every", is_flag=True, help="Every peer, not only the nearest.")
@question_options
def rank_command(
    region: str,
    indicator: str,
    every: bool,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """Where REGION stands among its peers by INDICATOR, with its neighbours.

    \b
    Examples:
      bajio rank bajio gdp --year 2018
      bajio rank bajio population-density --peers oecd --all
    """
    from bajio.report import data, render, sheets

    result, lines = standings(region, indicator, **options_of(given))
    registry = given["registry"]
    if output_format == "json":
        text = render.json_text(data.standings_data(result, lines, registry))
    elif output_format == "csv":
        text = render.csv_text(data.standings_rows(lines, result, registry))
    else:
        sheet = sheets.standings_sheet(result, lines, registry, every=every)
        text = _sheet_text(sheet, output_format, output)
    write(text, output)


@click.command("compare", short_help="Several regions side by side.")
@click.argument("regions", nargs=-1, required=True, type=Known("REGION", "regions", "areas"))
@YEAR
@INDICATORS
@question_options
def compare_command(
    regions: tuple[str, ...],
    indicators: str | None,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """Several REGIONs side by side, indicator by indicator.

    \b
    Examples:
      bajio compare bajio sur-sureste --year 2022
      bajio compare bajio GTM CRI --indicators gdp,gdp-per-capita
    """
    from bajio.questions.comparison import compare
    from bajio.report import data, render, sheets

    found = compare(regions, indicators=split(indicators), **options_of(given))
    if output_format == "json":
        text = render.json_text(data.comparison_data(found))
    elif output_format == "csv":
        rows = [row for one in found.profiles for row in data.profile_rows(one, members=False)]
        text = render.csv_text(rows)
    else:
        sheet = sheets.comparison_sheet(found)
        text = _sheet_text(sheet, output_format, output)
    if not any(one.answers for one in found.profiles):
        raise Unavailable("none of the regions has any of the indicators")
    write(text, output)


@click.command("series", short_help="An indicator over the years.")
@REGION
@INDICATOR
@click.option("--years", type=Years(), help="A span, as 2003-2024; all complete ones if not given.")
@question_options
def series_command(
    region: str,
    indicator: str,
    years: range | None,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """INDICATOR of REGION over the years.

    \b
    Examples:
      bajio series bajio gdp --years 2003-2024
      bajio series bajio gdp-growth --peers none --format csv
    """
    from bajio.questions.comparison import series
    from bajio.report import data, render, sheets

    found = series(region, indicator, years=years, **options_of(given))
    if not found.results:
        raise found.unavailable[-1][1].error()
    registry = given["registry"]
    if output_format == "json":
        text = render.json_text(data.timeline_data(found, registry))
    elif output_format == "csv":
        text = render.csv_text([data.flat(data.result_data(one)) for one in found.results])
    else:
        sheet = sheets.timeline_sheet(found, registry)
        text = _sheet_text(sheet, output_format, output)
    write(text, output)


@click.command("explain", short_help="How a number, or a finding on a claim, came about.")
@REGION
@click.argument("indicator", required=False, type=Known("INDICATOR", "indicators"))
@YEAR
@LANG
@question_options
def explain_command(
    region: str,
    indicator: str | None,
    lang: str,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """How INDICATOR of REGION came about: formula, each member's figure, rates, sources.

    Or, for SET:CLAIM, how the finding on a claim came about.

    \b
    Examples:
      bajio explain bajio gdp-per-capita --year 2018
      bajio explain san-miguel:area-rank
    """
    from bajio.questions.explanation import Explanation
    from bajio.report import data, escapes, fitting, render

    if indicator is None:
        from bajio.cli.audits import explain_claim

        refuse_idle(_OF_INDICATORS, f"{shown(region)} is a claim, which has its own")

        write(explain_claim(region, lang, output_format, given), output)
        return
    if lang != "en":
        refuse_idle(("lang",), "it is the language of findings: name SET:CLAIM")
    options = options_of(given)
    known = registry_with(options.pop("registry"), options.pop("data", None))
    asked, chosen = asked_for(known, indicator, options)
    found = answer_of(known, asked, known.region(region), chosen).explain()
    explanations = [found] if isinstance(found, Explanation) else list(found.values())
    if output_format == "json":
        written = [data.explanation_data(one) for one in explanations]
        text = render.json_text(written[0] if isinstance(found, Explanation) else written)
    elif output_format == "csv":
        text = render.csv_text([row for one in explanations for row in data.explanation_rows(one)])
    else:
        text = "\n\n".join(map(str, explanations))
        if output_format == "markdown":
            text = escapes.fenced(text)
        else:
            text = fitting.fitted_text(text, terminal_width(output))
    write(text, output)


COMMANDS = (profile_command, rank_command, compare_command, series_command, explain_command)
