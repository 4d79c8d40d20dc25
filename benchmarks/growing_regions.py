"""Questions about one region, or several: with more members, peers, years, indicators."""

from growing import FEW, MEMBERS, Asked, Question, grows
from made_country import HEADS, PER_HEAD, YEAR, Country, figure, towns

import bajio
from bajio.answers import portrait

QUESTIONS: list[Question] = []


def heads(codes: range, year: int = YEAR) -> int:
    """How many people some municipalities have."""
    return sum(figure(at, year) for at in codes)


def place(value: int, peers: range) -> int:
    """Where a number of people stands among municipalities."""
    return 1 + sum(figure(at) > value for at in peers)


@grows(QUESTIONS, "profile", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size + 200, peers=200)
    return Asked(
        lambda: bajio.profile(
            towns(0, size),
            registry=country.registry(),
            indicators=[HEADS, PER_HEAD],
            peers="peers",
            year=YEAR,
        ),
        lambda found: found["heads"].exact,
        heads(range(size)),
    )


@grows(QUESTIONS, "profile", "peers", "n log n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size + FEW, peers=size)
    return Asked(
        lambda: bajio.profile(
            towns(0, FEW),
            registry=country.registry(),
            indicators=[HEADS, PER_HEAD],
            peers="peers",
            year=YEAR,
        ),
        lambda found: found["heads"].rank.position,
        place(heads(range(FEW)), range(FEW, size + FEW)),
    )


@grows(QUESTIONS, "profile", "indicators", "n", (125, 250, 500, 1_000))
def _(size: int) -> Asked:
    country = Country(FEW + 32, indicators=size, peers=32)
    codes = [f"own-{at}" for at in range(size)]
    return Asked(
        lambda: bajio.profile(
            towns(0, FEW), registry=country.registry(), indicators=codes, peers="peers", year=YEAR
        ),
        len,
        size,
    )


@grows(QUESTIONS, "profile", "years of data", "n", (40, 80, 160, 320))
def _(size: int) -> Asked:
    country = Country(FEW + 32, tuple(range(YEAR - size, YEAR + 1)), peers=32)
    return Asked(
        lambda: bajio.profile(
            towns(0, FEW), registry=country.registry(), indicators=[HEADS, PER_HEAD], peers="peers"
        ),
        lambda found: (found["heads"].year, found["heads"].exact),
        (YEAR, heads(range(FEW))),
    )


@grows(QUESTIONS, "rank", "peers", "n log n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size + FEW, peers=size)
    return Asked(
        lambda: bajio.standings(
            towns(0, FEW), PER_HEAD, registry=country.registry(), peers="peers", year=YEAR
        ),
        lambda found: len(found[1]),
        size + 1,
    )


@grows(QUESTIONS, "compare", "regions", "n", (40, 80, 160, 320))
def _(size: int) -> Asked:
    country = Country(size * 4 + 100, peers=100)
    regions = [towns(at * 4, at * 4 + 4) for at in range(size)]
    return Asked(
        lambda: bajio.compare(
            regions,
            registry=country.registry(),
            indicators=[HEADS, PER_HEAD],
            peers="peers",
            year=YEAR,
        ),
        lambda found: [one["heads"].exact for one in found.profiles],
        [heads(range(at * 4, at * 4 + 4)) for at in range(size)],
    )


@grows(QUESTIONS, "series", "years", "n", (40, 80, 160, 320))
def _(size: int) -> Asked:
    years = tuple(range(YEAR - size + 1, YEAR + 1))
    country = Country(FEW + 100, years, peers=100)
    return Asked(
        lambda: bajio.series(
            towns(0, FEW), HEADS, registry=country.registry(), years=years, peers="peers"
        ),
        lambda found: [one.exact for one in found.results],
        [heads(range(FEW), year) for year in years],
    )


@grows(QUESTIONS, "series", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    years = tuple(range(YEAR - 9, YEAR + 1))
    country = Country(size, years)
    return Asked(
        lambda: bajio.series(towns(0, size), PER_HEAD, registry=country.registry(), peers=None),
        lambda found: len(found.results),
        10,
    )


@grows(QUESTIONS, "explain", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size)
    return Asked(
        lambda: bajio.evaluate(
            towns(0, size), PER_HEAD, registry=country.registry(), peers=None, year=YEAR
        ).explain(),
        lambda found: [len(one.figures) for one in found.leaves],
        [size, size],
    )


@grows(QUESTIONS, "difference", "members", "n", MEMBERS)
def _(size: int) -> Asked:
    country = Country(size, (YEAR - 1, YEAR))
    return Asked(
        lambda: bajio.difference(
            towns(0, size), PER_HEAD, years=(YEAR - 1, YEAR), registry=country.registry()
        ),
        lambda found: len(found.contributions),
        size,
    )


@grows(QUESTIONS, "sensitivity", "members", "n²", MEMBERS[:3])
def _(size: int) -> Asked:
    country = Country(size + FEW, peers=FEW)
    return Asked(
        lambda: bajio.sensitivity(
            towns(0, size),
            HEADS,
            registry=country.registry(),
            peers="peers",
            joining=towns(size, size + 2),
            year=YEAR,
        ),
        lambda found: len(found.without),
        size,
    )


@grows(QUESTIONS, "sensitivity", "areas that could join", "n", MEMBERS[:3])
def _(size: int) -> Asked:
    country = Country(size + FEW, peers=FEW)
    return Asked(
        lambda: bajio.sensitivity(
            towns(0, 4), HEADS, registry=country.registry(), peers="peers", year=YEAR
        ),
        lambda found: len(found.joining),
        size + FEW - 4,
    )


@grows(QUESTIONS, "report", "members", "n²", MEMBERS[:3])
def _(size: int) -> Asked:
    country = Country(size + 32, tuple(range(YEAR - 4, YEAR + 1)), activities=5, peers=32)
    return Asked(
        lambda: portrait(
            towns(0, size), registry=country.registry(), year=YEAR, peers="peers"
        ).to_dict(),
        lambda found: found["profile"]["results"][0]["value"],
        heads(range(size)),
    )
