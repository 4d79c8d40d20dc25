"""The command that draws: an answer as a chart."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from bajio.cli.answer_output import asked_language
from bajio.cli.options import (
    INDICATORS,
    PERIOD,
    YEAR,
    ChartCommand,
    Known,
    Several,
    Whole,
    Word,
    Years,
    options_of,
    refuse_idle,
    split,
)
from bajio.errors import InvalidValue, shown

if TYPE_CHECKING:
    from bajio.report.charts.chart import Chart

#: What is shown: what it is asked with, and the options that mean something for it alone.
_KINDS = MappingProxyType(
    {
        "profile": ("REGION", ("indicators",)),
        "rank": ("REGION INDICATOR", ()),
        "series": ("REGION INDICATOR", ("years", "frequency", "beside", "indexed")),
        "members": ("REGION INDICATOR", ()),
        "compare": ("REGION REGION...", ("indicators",)),
        "breakdown": ("REGION INDICATOR", ()),
        "specialisations": ("REGION", ("top",)),
        "map": ("REGION INDICATOR", ("among",)),
        "spread": ("REGION INDICATOR", ()),
        "sensitivity": ("REGION INDICATOR", ()),
        "audit": ("SET|FILE", ()),
    }
)


@click.command("plot", ChartCommand, short_help="An answer as a chart: PNG, SVG, PDF or Vega-Lite.")
@click.argument("kind", type=Word("kind of chart", tuple(_KINDS)))
@click.argument(
    "words", metavar="REGION [INDICATOR]", nargs=-1, type=Known("REGION", ("regions", "indicators"))
)
@YEAR
@PERIOD
@click.option("--years", type=Years(), help="Of a series: a span, as 2003-2024.")
@click.option(
    "--frequency",
    type=Word("frequency", ("annual", "quarterly", "monthly")),
    help="Of a series: all quarters, or months, of the years.",
)
@click.option(
    "--beside", type=Several("A,B", ("regions", "areas")), help="Of a series: others to be shown."
)
@click.option("--indexed", is_flag=True, help="Of a series: 100 in the first period that all have.")
@INDICATORS
@click.option("--top", type=Whole(1, 40), help="Of specialisations: how many; 10 if not given.")
@click.option(
    "--among",
    type=Known("GROUP", ("peer_groups",)),
    help="Of a map: the group whose areas are drawn, instead of the host's.",
)
def plot_command(kind: str, words: tuple[str, ...], **value: Any) -> "Chart":
    """REGION by INDICATOR as a chart: as a file, or its Vega-Lite on stdout.

    \b
    Examples:
      bajio plot profile bajio --year 2018 --output profile.png
      bajio plot rank bajio gdp --year 2018 --output rank.png
      bajio plot series bajio gdp-per-capita --beside sur-sureste --indexed --output series.svg
      bajio plot map bajio gdp-per-capita --lang es --output mapa.pdf
      bajio plot audit san-miguel --output audit.png
      bajio plot compare bajio sur-sureste --indicators gdp,population --output compare.png
    """
    asked, chart_options = _KINDS[kind]
    fewest, most = _counts(asked)
    if not fewest <= len(words) <= most:
        raise InvalidValue(f"plot {kind} {' '.join(words)}: give {asked}")
    others = {name for _, names in _KINDS.values() for name in names} - set(chart_options)
    refuse_idle(sorted(others), f"{shown(kind)} takes none")
    return _DRAWN[kind](words, value, asked_language())


def _counts(asked: str) -> tuple[int, float]:
    count = len(asked.split())
    return count, float("inf") if asked.endswith("...") else count


def _result(kind: str) -> Callable[[Sequence[str], Mapping[str, Any], str | None], "Chart"]:
    def draw(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
        from bajio.questions.asking import asking
        from bajio.questions.results import Result
        from bajio.questions.single import answer_of

        options = options_of(arguments)
        data = options.pop("data", None)
        region, indicator = words
        asked = asking(region, indicator, data, options.pop("registry"), options)
        answer = answer_of(*asked)
        if isinstance(answer, Result) is (kind == "breakdown"):
            raise InvalidValue(f"{shown(indicator)} {_OTHERWISE[isinstance(answer, Result)]}")
        choices = {"among": arguments["among"]} if kind == "map" else {}
        chart: Chart = answer.plot(kind, language=lang, **choices)
        return chart

    return draw


#: What is said of a table where a number is asked for, and of a number where a table is.
_OTHERWISE = (
    "is a table: plot a breakdown of it, or an indicator that is a number",
    "is a number: plot its rank or its members, or an indicator that is a table",
)


def _series(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
    from bajio.questions.comparison import series

    if arguments["year"] is not None or arguments["period"] is not None:
        raise InvalidValue("a series has years: give --years, not --year or --period")
    options = {**options_of(arguments), "peers": None, "host": "keep"}
    del options["year"], options["period"]
    region, indicator = words
    when = {"years": arguments["years"], "frequency": arguments["frequency"]}
    lines = [
        series(place, indicator, **when, **options)
        for place in (region, *(split(arguments["beside"], "--beside") or ()))
    ]
    if not lines[0].results and lines[0].unavailable:
        raise lines[0].unavailable[-1][1].error()
    choices = {"beside": lines[1:], "indexed": arguments["indexed"]}
    chart: Chart = lines[0].plot(language=lang, **choices)
    return chart


def _profile(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
    from bajio.questions.profile import profile

    answer = profile(words[0], indicators=split(arguments["indicators"]), **options_of(arguments))
    chart: Chart = answer.plot(language=lang)
    return chart


def _compare(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
    from bajio.questions.comparison import compare

    comparison = compare(words, indicators=split(arguments["indicators"]), **options_of(arguments))
    chart: Chart = comparison.plot(language=lang)
    return chart


def _specialisations(
    words: Sequence[str], arguments: Mapping[str, Any], lang: str | None
) -> "Chart":
    from bajio.questions.specialisation import specialisations

    names = ("peers", "host", "missing", "threshold", "year_tolerance")
    refuse_idle(names, "specialisations have no peers, and need all members")
    options = {name: value for name, value in options_of(arguments).items() if name not in names}
    answer = specialisations(words[0], top=arguments["top"] or 10, **options)
    chart: Chart = answer.plot(language=lang)
    return chart


def _sensitivity(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
    from bajio.questions.sensitivity import sensitivity

    region, indicator = words
    chart: Chart = sensitivity(region, indicator, **options_of(arguments)).plot(language=lang)
    return chart


def _audit(words: Sequence[str], arguments: Mapping[str, Any], lang: str | None) -> "Chart":
    from bajio.cli.audits import audited

    idle = ("missing", "threshold", "year_tolerance", "against", "level", "host", "membership")
    refuse_idle(idle, "claims have their own")
    ctx = click.get_current_context()
    usual = ctx.get_parameter_source("peers") is ParameterSource.DEFAULT
    peers = None if usual else arguments["peers"]
    chart: Chart = audited(words[0], {**arguments, "peers": peers}).plot(language=lang)
    return chart


_DRAWN: Mapping[str, Callable[[Sequence[str], Mapping[str, Any], str | None], "Chart"]] = (
    MappingProxyType(
        {
            "profile": _profile,
            "rank": _result("rank"),
            "series": _series,
            "members": _result("members"),
            "compare": _compare,
            "breakdown": _result("breakdown"),
            "specialisations": _specialisations,
            "map": _result("map"),
            "spread": _result("spread"),
            "sensitivity": _sensitivity,
            "audit": _audit,
        }
    )
)
COMMANDS = (plot_command,)
