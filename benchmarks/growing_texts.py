"""Questions about claims, texts, tables and files: with more claims, numbers, rows."""

from pathlib import Path
from tempfile import mkdtemp

from growing import FEW, MEMBERS, Asked, Question, grows
from made_country import PEOPLE, YEAR, Country, figure, town

import bajio
from bajio import Dataset, Measure, Observation, Source
from bajio.answers import read_text
from bajio.readers.claim_files import parse_claims

QUESTIONS: list[Question] = []


HEAD = f'code = "many"\ntitle = "Many"\nsubject = "first"\nyear = {YEAR}\npeers = "peers"'


def claims(size: int) -> str:
    """Claims about what there is for each head."""
    lines = [HEAD]
    for at in range(size):
        lines.append(f'[[claims]]\nid = "c{at}"\nstatement = "As printed."')
        lines.append(f'indicator = "own-{at % 3}"\nprinted = "over {at % 5 + 1}"')
    return "\n".join(lines)


def audited(country: Country, size: int) -> Asked:
    """An audit of some claims about the region `first`, and which of them hold."""
    text = claims(size)
    own, people = (sum(figure(at, turn=turn) for at in range(country.first)) for turn in (1, 0))
    return Asked(
        lambda: bajio.audit(parse_claims(text), registry=country.registry()),
        lambda found: [one.verdict == "holds" for one in found.values()],
        [own * (at % 3 + 1) > (at % 5 + 1) * people for at in range(size)],
    )


@grows(QUESTIONS, "audit", "claims", "n", (50, 100, 200, 400, 800))
def _(size: int) -> Asked:
    country = Country(FEW + 32, tuple(range(YEAR - 9, YEAR + 1)), indicators=3, peers=32, first=FEW)
    return audited(country, size)


@grows(QUESTIONS, "audit", "members", "n", MEMBERS[:3])
def _(size: int) -> Asked:
    years = tuple(range(YEAR - 4, YEAR + 1))
    return audited(Country(size + 32, years, indicators=3, peers=32, first=size), 5)


@grows(QUESTIONS, "audit", "years of data", "n", (20, 40, 80, 160))
def _(size: int) -> Asked:
    years = tuple(range(YEAR - size, YEAR + 1))
    return audited(Country(FEW + 32, years, indicators=3, peers=32, first=FEW), 5)


@grows(QUESTIONS, "audit", "peers", "n log n", MEMBERS)
def _(size: int) -> Asked:
    years = tuple(range(YEAR - 4, YEAR + 1))
    return audited(Country(FEW + size, years, indicators=3, peers=size, first=FEW), 5)


@grows(QUESTIONS, "read_text", "numbers", "n", (100, 200, 400, 800))
def _(size: int) -> Asked:
    text = " ".join(f"The region has over {at + 1} million people." for at in range(size))
    return Asked(
        lambda: read_text(text, "bajio", language="en"),
        lambda found: len(found.of_kind("candidate")),
        size,
    )


@grows(QUESTIONS, "read_text", "numbers in one sentence", "n", (25, 50, 100, 200))
def _(size: int) -> Asked:
    text = "The Bajío had " + ", ".join(f"{at + 1}.5 million people" for at in range(size)) + "."
    return Asked(lambda: read_text(text, "bajio", language="en"), len, size)


def revised(size: int, step: int) -> Dataset:
    """An edition of as many figures, each one more in the next edition."""
    seen = [
        Observation(town(at % 100), YEAR - at // 100, PEOPLE, figure(at) + step)
        for at in range(size)
    ]
    return bajio.dataset(
        f"made-{step}",
        measures=[Measure(PEOPLE, "Population", "person", time="stock", minimum=0)],
        sources=[Source("made", "Made for a benchmark")],
        observations=seen,
        edition=str(step),
    )


@grows(QUESTIONS, "diff", "rows", "n log n", (2_000, 4_000, 8_000, 16_000))
def _(size: int) -> Asked:
    before, after = (revised(size, step) for step in (0, 1))
    return Asked(
        lambda: bajio.diff(before, after, registry=Country(100).registry()),
        lambda found: len(found.changes),
        size,
    )


@grows(QUESTIONS, "read_table", "rows", "n", (2_500, 5_000, 10_000, 20_000))
def _(size: int) -> Asked:
    path = Path(mkdtemp(), "people.csv")
    rows = (f"{town(at % 500)},{YEAR - at // 500},{figure(at)}\n" for at in range(size))
    path.write_text("area,year,people\n" + "".join(rows), "utf-8")
    country = Country(500)
    return Asked(
        lambda: bajio.read_table(
            path,
            Measure("own", "Own", "person"),
            registry=country.registry(),
            source="Made",
        ),
        lambda found: sum(1 for _ in found.observations("own")),
        size,
    )
