"""Questions about what differs within a region: spreads, structure, scores, ranks with errors."""

from fractions import Fraction

from growing import FEW, MEMBERS, Asked, Grown, Question, grows
from made_country import HEADS, PEOPLE, RATIO, YEAR, Country, activity, figure, towns

import bajio
from bajio import Component, Composite, Indicator, Sum, TheilT
from bajio.answers import rank_sets, relatedness
from bajio.rules import Elasticity, Gini, Lag

QUESTIONS: list[Question] = []


def specialised(activities: int, region: range, country: range) -> list[str]:
    """Activities of which a region has more than its country, by how much."""
    made = [[figure(at, YEAR, 2 + turn) for at in country] for turn in range(activities)]
    own, every = ([sum(one[at] for at in part) for one in made] for part in (region, country))
    quotients = {
        activity(turn): Fraction(own[turn] * sum(every), every[turn] * sum(own))
        for turn in range(activities)
    }
    ordered = sorted(quotients, key=lambda code: (-quotients[code], code))
    return [code for code in ordered if quotients[code] > 1]


@grows(QUESTIONS, "break_down", "categories", "n²", (12, 24, 48))
def _(size: int) -> Asked:
    country = Country(FEW * 2, activities=size)
    return Asked(
        lambda: bajio.break_down(
            towns(0, FEW), "location-quotient", registry=country.registry(), peers=None, year=YEAR
        ),
        lambda found: len(found.values),
        size,
    )


@grows(QUESTIONS, "break_down", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size + 32, activities=5)
    return Asked(
        lambda: bajio.break_down(
            towns(0, size), "location-quotient", registry=country.registry(), peers=None, year=YEAR
        ),
        lambda found: len(found.values),
        5,
    )


@grows(QUESTIONS, "specialisations", "activities", "n²", (12, 24, 48))
def _(size: int) -> Asked:
    country = Country(FEW * 2, activities=size)
    return Asked(
        lambda: bajio.specialisations(
            towns(0, FEW), registry=country.registry(), year=YEAR, top=size
        ),
        lambda found: [one.activity for one in found.rows],
        specialised(size, range(FEW), range(FEW * 2)),
    )


@grows(QUESTIONS, "specialisations", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size + 32, activities=5)
    return Asked(
        lambda: bajio.specialisations(towns(0, size), registry=country.registry(), year=YEAR),
        lambda found: [one.activity for one in found.rows],
        specialised(5, range(size), range(size + 32)),
    )


@grows(QUESTIONS, "near", "places", "n³", (64, 128, 256))
def _(size: int) -> Asked:
    country = Country(size, activities=8)
    return Asked(
        lambda: relatedness(towns(0, 4), registry=country.registry(), year=YEAR),
        lambda found: (len(found.complexities), sorted(found.held)),
        (size - 3, sorted(specialised(8, range(4), range(size)))),
    )


@grows(QUESTIONS, "near", "activities", "n²", (16, 32))
def _(size: int) -> Asked:
    country = Country(FEW * 2, activities=size)
    return Asked(
        lambda: relatedness(towns(0, 4), registry=country.registry(), year=YEAR, top=size),
        lambda found: sorted(found.held),
        sorted(specialised(size, range(4), range(FEW * 2))),
    )


#: An indicator that decomposes.
THEIL = Indicator("theil", TheilT(RATIO, Sum(PEOPLE)), "1", "Theil")


@grows(QUESTIONS, "decompose", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size)
    parts = [towns(0, size // 2), "rest"]
    return Asked(
        lambda: bajio.decompose(
            towns(0, size), THEIL, parts, registry=country.registry(), year=YEAR
        ),
        lambda found: round(found.within + found.between - found.total.exact, 30),
        0,
    )


@grows(QUESTIONS, "decompose", "groups", "n", (100, 200, 400, 800))
def _(size: int) -> Asked:
    country = Country(size * 3)
    parts = [towns(at * 3, at * 3 + 3) for at in range(size)]
    return Asked(
        lambda: bajio.decompose(
            towns(0, size * 3), THEIL, parts, registry=country.registry(), year=YEAR
        ),
        lambda found: round(found.within + found.between - found.total.exact, 30),
        0,
    )


def spread(indicator: Indicator) -> Grown:
    """A rule over the members."""

    def at(size: int) -> Asked:
        country = Country(size, (YEAR - 1, YEAR))
        return Asked(
            lambda: bajio.evaluate(
                towns(0, size), indicator, registry=country.registry(), peers=None, year=YEAR
            ),
            lambda found: (found.coverage.members, len(found.explain().leaves[0].figures)),
            (1, size),
        )

    return at


for called, rule in (
    ("inequality: Theil", TheilT(RATIO, Sum(PEOPLE))),
    ("inequality: Gini", Gini(RATIO, Sum(PEOPLE))),
    ("convergence", Elasticity(RATIO / Lag(RATIO, 1), Lag(RATIO, 1))),
):
    grows(QUESTIONS, called, "members", "n log n", MEMBERS)(
        spread(Indicator("own", rule, "1", "Own"))
    )


def scored(regions: int, indicators: int) -> Asked:
    """Regions by a composite of so many indicators."""
    country = Country(regions, indicators=indicators)
    score = Composite("score", "Score", [Component(f"own-{at}") for at in range(indicators)])
    return Asked(
        lambda: bajio.composite(
            [[code] for code in towns(0, regions)], score, registry=country.registry(), year=YEAR
        ),
        len,
        regions,
    )


@grows(QUESTIONS, "composite", "regions", "n log n", MEMBERS[:3])
def _(size: int) -> Asked:
    return scored(size, 2)


@grows(QUESTIONS, "composite", "components", "n", (25, 50, 100, 200))
def _(size: int) -> Asked:
    return scored(FEW, size)


@grows(QUESTIONS, "rank_sets", "estimates", "n²", (25, 50, 100, 200))
def _(size: int) -> Asked:
    names = [f"e{at}" for at in range(size)]
    values = {name: at * 3 for at, name in enumerate(names)}
    errors = {name: 1 + at % 7 for at, name in enumerate(names)}
    return Asked(
        lambda: rank_sets(values, errors, draws=1_000),
        lambda found: [one.rank for one in found.values()],
        list(range(1, size + 1)),
    )


@grows(QUESTIONS, "search", "sets", "n", (2**18, 2**20, 2**22, 2**24))
def _(size: int) -> Asked:
    areas = size.bit_length() - 1
    country = Country(areas)
    return Asked(
        lambda: bajio.search(
            among=towns(0, areas),
            near={HEADS: 10**9},
            registry=country.registry(),
            year=YEAR,
            best=1,
        ),
        lambda found: (found.results[0].figures[0].exact, found.examined),
        (sum(figure(at) for at in range(areas)), 2**areas - 1),
    )
