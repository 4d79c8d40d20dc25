"""Where people live: in large municipalities, in the largest one, along a border.

A plugin of bajio: indicators over a small dataset of its own, `data/datapackage.json`,
and the regions along Mexico's two land borders, with a group to rank among.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import bajio
from bajio import Indicator, IndicatorSet, Mean, PeerGroup, Region, Sum
from bajio.rules import Custom, Maximum, Member

_RANKS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_LARGEST = Maximum("municipality-size", {"rank": "1"})


def primacy(members: Sequence[Member]) -> Fraction:
    """The largest municipality over the next three, of all that the members bring.

    Each member brings its own four largest, so that the region's four largest are among them.
    That sorts the members' figures, which no declared rule does: hence `Custom`.
    """
    sizes = sorted((size for member in members for size in member.values()), reverse=True)
    return sizes[0] / sum(sizes[1:4])


INDICATORS = (
    Indicator(
        "large-municipality-share",
        Sum("large-municipality-population") / Sum("population"),
        "1",
        {"en": "Share in large municipalities", "es": "Parte en municipios grandes"},
        description={
            "en": "Share of the people who live in municipalities of 100,000 people or more.",
            "es": "Parte de la población que vive en municipios de 100,000 o más habitantes.",
        },
        topic="settlement",
    ),
    Indicator(
        "people-per-municipality",
        Sum("population") / Sum("municipalities"),
        "person",
        {"en": "People per municipality", "es": "Habitantes por municipio"},
        topic="settlement",
    ),
    Indicator(
        "largest-municipality",
        _LARGEST,
        "person",
        {"en": "Largest municipality", "es": "Municipio más poblado"},
        topic="settlement",
    ),
    Indicator(
        "largest-municipality-share",
        _LARGEST / Sum("population"),
        "1",
        {"en": "Share in the largest municipality", "es": "Parte en el municipio más poblado"},
        formula_source="World Bank, World Development Indicators, EN.URB.LCTY.UR.ZS, "
        "for municipalities and over all people",
        topic="settlement",
    ),
    Indicator(
        "primacy",
        Custom(
            primacy,
            {place: Mean("municipality-size", {"rank": rank}) for place, rank in _RANKS.items()},
        ),
        "1",
        {"en": "Primacy", "es": "Primacía"},
        description={
            "en": "The largest municipality's people over those of the next three together.",
            "es": "Población del municipio más poblado entre la de los tres siguientes juntos.",
        },
        formula_source="Four-city index of primacy, after M. Jefferson, The Law of the Primate "
        "City, Geographical Review 29 (1939), for municipalities",
        topic="settlement",
        as_number=True,
        traits=["scale-invariant"],
    ),
)

REGIONS = (
    Region(
        ["MX-BCN", "MX-CHH", "MX-COA", "MX-NLE", "MX-SON", "MX-TAM"],
        code="northern-border",
        names={"en": "Northern border states", "es": "Estados de la frontera norte"},
        basis="The six states with a land border with the United States",
    ),
    Region(
        ["MX-CAM", "MX-CHP", "MX-ROO", "MX-TAB"],
        code="southern-border",
        names={"en": "Southern border states", "es": "Estados de la frontera sur"},
        basis="The four states with a land border with Guatemala or Belize",
    ),
)


@bajio.hookimpl
def bajio_indicators() -> Iterable[Indicator]:
    """How people are spread over municipalities."""
    return INDICATORS


@bajio.hookimpl
def bajio_indicator_sets() -> Iterable[IndicatorSet]:
    """All of them by one name: `bajio profile bajio --indicators settlement`."""
    names = {"en": "Settlement", "es": "Poblamiento"}
    return [IndicatorSet("settlement", names, [one.code for one in INDICATORS])]


@bajio.hookimpl
def bajio_datasets() -> Iterable[bajio.Dataset]:
    """Municipalities by state: how many, how large, and how many people in large ones."""
    return [bajio.read_package(Path(__file__).parent / "data")]


@bajio.hookimpl
def bajio_regions() -> Iterable[Region]:
    """The states along each land border."""
    return REGIONS


@bajio.hookimpl
def bajio_peer_groups() -> Iterable[PeerGroup]:
    """The border states, to rank among."""
    members = sorted(code for region in REGIONS for code in region)
    names = {"en": "Border states", "es": "Estados fronterizos"}
    return [PeerGroup("border-states", names, members, "States with a land border")]
