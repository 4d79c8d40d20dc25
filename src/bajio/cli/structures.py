"""Commands about what a region is made of, and how far apart its members are."""

from typing import TYPE_CHECKING, Any

import click

from bajio.cli.options import (
    AGAINST,
    INDICATOR,
    LEVEL,
    PART,
    PERIOD,
    REGION,
    YEAR,
    UnrankedCommand,
    Whole,
    options_of,
    split,
)

if TYPE_CHECKING:
    from bajio.questions.decomposition import Decomposition
    from bajio.questions.relatedness import Relatedness
    from bajio.questions.specialisation import Specialisations


@click.command(
    "decompose",
    UnrankedCommand,
    short_help="How much of a spread is within groups, and between them.",
)
@REGION
@INDICATOR
@click.option(
    "--partition",
    metavar="A,B,...",
    required=True,
    help="Groups of the members: regions joined by commas; 'rest' has all others.",
)
@YEAR
@PERIOD
def decompose_command(region: str, indicator: str, partition: str, **value: Any) -> "Decomposition":
    """How much of INDICATOR of REGION is within groups of its members, and between the groups.

    INDICATOR is theil-gdp-per-capita, theil-l-gdp-per-capita, or another that splits exactly.

    \b
    Examples:
      bajio decompose mexican-states theil-gdp-per-capita --partition bajio,sur-sureste,rest
      bajio decompose bajio theil-l-gdp-per-capita --partition MX-AGU+MX-SLP,rest --year 2018
    """
    from bajio.questions.decomposition import decompose

    groups = split(partition, "--partition") or []
    return decompose(region, indicator, groups, **options_of(value))


@click.command(
    "specialisations", UnrankedCommand, short_help="What a region has most of, and who drives it."
)
@REGION
@click.option("--top", type=Whole(1), default=10, show_default=True, help="How many.")
@click.option(
    "--least-share",
    type=PART,
    default=0,
    help="The least share in the region's value added, as 0.01.",
)
@YEAR
@PERIOD
@AGAINST
@LEVEL
def specialisations_command(
    region: str, top: int, least_share: float, **value: Any
) -> "Specialisations":
    """The activities that REGION has most of, against its country, with the member behind each.

    \b
    Examples:
      bajio specialisations bajio
      bajio specialisations bajio --against sur-sureste --top 5
      bajio specialisations bajio --level 31-33 --year 2018 --format csv
    """
    from bajio.questions.specialisation import specialisations

    return specialisations(region, top=top, least_share=least_share, **options_of(value))


@click.command(
    "near", UnrankedCommand, short_help="Which activities are near to those that a region has."
)
@REGION
@click.option("--top", type=Whole(1), default=10, show_default=True, help="How many.")
@YEAR
@PERIOD
@LEVEL
def near_command(region: str, top: int, **value: Any) -> "Relatedness":
    """The activities that REGION is not specialised in, by how near they are to those that it is.

    \b
    Examples:
      bajio near bajio
      bajio near bajio --level 31-33 --year 2018 --format csv
    """
    from bajio.questions.relatedness import relatedness

    return relatedness(region, top=top, **options_of(value))


COMMANDS = (
    specialisations_command,
    near_command,
    decompose_command,
)
