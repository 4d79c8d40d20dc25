"""Commands that take answers apart: sensitivity, difference, composite."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from bajio.cli.options import (
    INDICATOR,
    PERIOD,
    REGION,
    YEAR,
    Known,
    QuestionCommand,
    UnrankedCommand,
    Word,
    Year,
    options_of,
)
from bajio.errors import InvalidValue

if TYPE_CHECKING:
    from bajio.composites import Composite
    from bajio.questions.difference import Difference
    from bajio.questions.sensitivity import Sensitivity
    from bajio.report.reports import Document


@click.command("sensitivity", QuestionCommand, short_help="What a rank hangs on.")
@REGION
@INDICATOR
@YEAR
@PERIOD
@click.option(
    "--joining",
    type=Known("GROUP", ("peer_groups",)),
    help="Areas that could join; the country's others if not given.",
)
def sensitivity_command(
    region: str, indicator: str, joining: str | None, **value: Any
) -> "Sensitivity":
    """What INDICATOR of REGION and its rank hang on.

    The value and the rank without each member in turn and with each other area of the country,
    and by how much the value, or one figure that it is made of, must change for another rank.

    \b
    Examples:
      bajio sensitivity bajio gdp --year 2018
      bajio sensitivity bajio exports-per-capita --peers mexican-regions
      bajio sensitivity central-america gdp --joining latin-america
    """
    from bajio.questions.sensitivity import sensitivity

    return sensitivity(region, indicator, joining=joining, **options_of(value))


@click.command(
    "difference", UnrankedCommand, short_help="A difference, split into members' contributions."
)
@click.argument("regions", nargs=-1, required=True, type=Known("REGION", ("regions", "areas")))
@INDICATOR
@YEAR
@PERIOD
@click.option("--years", nargs=2, type=Year(), metavar="A B", help="An earlier and a later year.")
@click.option("--periods", nargs=2, metavar="A B", help="Or two quarters, or months, as 2018-02.")
def difference_command(
    regions: tuple[str, ...],
    indicator: str,
    years: tuple[int, int] | None,
    periods: tuple[str, str] | None,
    **value: Any,
) -> "Difference":
    """INDICATOR of a REGION less that of another, or between two years, by member.

    A ratio is split exactly into what each member contributes: by its own ratio, by its share of
    what is divided by, and by being a member on one side only.

    \b
    Examples:
      bajio difference bajio gdp-per-capita --years 2008 2018
      bajio difference bajio sur-sureste gdp-per-capita --year 2022
    """
    from bajio.questions.difference import difference

    over_time = years is not None or periods is not None
    if len(regions) > 2 or (len(regions) == 2) == over_time:
        raise InvalidValue("name two regions, or one with --years A B")
    base = regions[1] if len(regions) == 2 else None
    options = options_of(value)
    return difference(regions[0], indicator, base=base, years=years, periods=periods, **options)


@click.command(
    "composite", UnrankedCommand, short_help="Score and rank by several indicators together."
)
@click.argument("composite", type=Known("COMPOSITE", ("composites",)))
@click.argument("regions", nargs=-1, required=True, type=Known("REGION", ("regions", "areas")))
@YEAR
@PERIOD
@click.option(
    "--among",
    type=Known("GROUP", ("peer_groups",)),
    help="What the regions are compared with; their country's areas if not given.",
)
@click.option(
    "--normalisation",
    type=Word("normalisation", ("min-max", "z-score", "rank")),
    help="How figures are made comparable; as the composite says if not given.",
)
@click.option(
    "--aggregation",
    type=Word("aggregation", ("arithmetic", "geometric")),
    help="How they become one score; as the composite says if not given.",
)
@click.option(
    "--incomplete",
    type=Word("policy for incomplete ones", ("refuse", "leave-out")),
    default="refuse",
    show_default=True,
    help="What to do with those to compare with that lack a figure.",
)
@click.option("--all", "every", is_flag=True, help="All that are compared, not only neighbours.")
def composite_command(
    composite: str, regions: tuple[str, ...], every: bool, **value: Any
) -> "Document":
    """Score and rank REGIONs by several indicators together, and what the ranks hang on.

    COMPOSITE is a composite's code, or codes of indicators with weights.

    \b
    Examples:
      bajio composite composite-prosperity bajio sur-sureste --year 2018
      bajio composite composite-prosperity bajio --normalisation rank --among mexican-regions
      bajio composite gdp-per-capita=2,unemployment-rate=1 bajio --all
    """
    from bajio.questions.scores import composite as score
    from bajio.report.composite_report import composite_report

    options = {"among": value["among"], "incomplete": value["incomplete"], **options_of(value)}
    answer = score(regions, _composite(composite, value), **options)
    return composite_report(answer, every=every)


def _composite(text: str, options: Mapping[str, Any]) -> "Composite":
    """The composite of a code, or one of indicators with weights, as the options change it."""
    from bajio.composites import Component, Composite
    from bajio.questions.scores import declared

    registry = options["registry"]
    if "," not in text and "=" not in text:
        chosen = declared(registry, text)
    else:
        parts = [part.partition("=") for part in text.split(",")]
        components = [Component(code.strip(), weight.strip() or "1") for code, _, weight in parts]
        chosen = Composite("of-your-own", "Score of your own", components)
    changes = {name: options[name] for name in ("normalisation", "aggregation") if options[name]}
    return evolve(chosen, **changes)


COMMANDS = (
    sensitivity_command,
    difference_command,
    composite_command,
)
