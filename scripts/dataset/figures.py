"""From rows of raw files to figures: exact, in canonical units, with status and reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from dataset.raw import ONE, Refused, Row

MILLION, THOUSAND = Decimal(10**6), Decimal(1000)
COUNTRY = "MEX"
NORMAL, PROVISIONAL, REVISED, FORECAST = "", "P", "R", "F"
NOT_AVAILABLE, NOT_COLLECTED, CONFIDENTIAL, NOT_SIGNIFICANT = "O", "L", "Q", "N"

_REASONS = {
    "confidential": CONFIDENTIAL,
    "not available": NOT_AVAILABLE,
    "not significant": NOT_SIGNIFICANT,
}
_EXPORT_STATUSES = {"A": NORMAL, "R": REVISED, "P": PROVISIONAL}
_RELEASE_OF_2024 = {"2023": REVISED, "2024": PROVISIONAL}
_NOT_SURVEYED = "2020-Q2"
_NOT_PUBLISHED = ("MX-MEX", "2021-Q3")


class Figure(NamedTuple):
    """One observation, on its way into a file."""

    area: str
    period: str
    value: Decimal | None
    status: str = NORMAL
    note: str = ""
    activity: str = ""


def by_period(
    rows: Iterable[Row],
    column: str,
    *,
    area: str = "area",
    period: str = "year",
    scale: Decimal = ONE,
) -> Iterator[Figure]:
    """Figures of one column; an empty cell is no figure."""
    for row in rows:
        value = row.number(column, scale)
        if value is not None:
            yield Figure(row[area], row[period], value)


def timeless(rows: Iterable[Row], column: str, *, area: str) -> Iterator[Figure]:
    """Figures that hold for any time."""
    for row in rows:
        value = row.number(column)
        if value is not None:
            if value <= 0:
                raise row.refused(f"{column} is {value}")
            yield Figure(row[area], "", value)


def projected(figures: Iterable[Figure], after: int) -> Iterator[Figure]:
    """Figures marked as projections after a year."""
    for figure in figures:
        yield figure._replace(status=FORECAST) if int(figure.period) > after else figure


def output(rows: Iterable[Row], column: str, *, activity: bool = False) -> Iterator[Figure]:
    """GDP or value added in the release of 2024: 2023 is revised, 2024 preliminary."""
    for row in rows:
        value = row.number(column, MILLION)
        if value is not None:
            status = _RELEASE_OF_2024.get(row["year"], NORMAL)
            where = row["activity"] if activity else ""
            yield Figure(row["area"], row["year"], value, status, activity=where)


def part_years(rows: Iterable[Row], column: str) -> Iterator[Figure]:
    """Yearly means for Mexico; a year with fewer than twelve months has none, and says so."""
    for row in rows:
        months = row.number("months")
        if months is None or not 1 <= months <= 12:
            raise row.refused(f"months is {row['months']!r}")
        if months == 12:
            yield Figure(COUNTRY, row["year"], row.number(column))
        else:
            note = f"{months} of 12 months"
            yield Figure(COUNTRY, row["year"], None, NOT_AVAILABLE, note)


def labour(rows: Sequence[Row], column: str, states: Sequence[str]) -> Iterator[Figure]:
    """Quarterly persons, with the quarters that were not surveyed or not published told."""
    for row in rows:
        if row["period"] == _NOT_SURVEYED or (row["area"], row["period"]) == _NOT_PUBLISHED:
            raise row.refused("a figure where none is known to exist")
    yield from by_period(rows, column, period="period")
    for state in states:
        yield Figure(state, _NOT_SURVEYED, None, NOT_COLLECTED, "not surveyed")
    yield Figure(*_NOT_PUBLISHED, None, NOT_AVAILABLE)


def insured_jobs(rows: Sequence[Row], states: Sequence[str]) -> Iterator[Figure]:
    """Jobs at the end of each month, with the months told that no copy at hand has.

    Raises:
        Refused: the states do not add up to the country in a month.
    """
    known = {
        (figure.area, figure.period): figure
        for figure in by_period(rows, "insured_jobs", period="period")
    }
    first, last = min(period for _, period in known), max(period for _, period in known)
    for year, month in product(range(int(first[:4]), int(last[:4]) + 1), range(1, 13)):
        period = f"{year}-{month:02d}"
        if not first <= period <= last:
            continue
        found = [known.get((area, period)) for area in (COUNTRY, *states)]
        country, *parts = [figure.value if figure else None for figure in found]
        total = sum((part for part in parts if part is not None), start=Decimal(0))
        if any(part is not None for part in parts) and total != country:
            raise Refused(f"insured jobs of {period}: the states add up to {total}, not {country}")
        for area, figure in zip((COUNTRY, *states), found, strict=True):
            yield figure or Figure(area, period, None, NOT_COLLECTED)


def homicide_victims(rows: Iterable[Row]) -> Iterator[Figure]:
    """Victims of intentional homicide and of femicide together, by month.

    Raises:
        Refused: one of the two is missing.
    """
    for row in rows:
        homicide = row.number("intentional_homicide_victims")
        femicide = row.number("femicide_victims")
        if homicide is None or femicide is None:
            raise row.refused("victims are not told")
        yield Figure(row["area"], row["period"], homicide + femicide)


def census_shares(
    rows: Iterable[Row], column: str, counted: Mapping[str, Decimal | None]
) -> Iterator[Figure]:
    """Percents of the population of the census of 2020.

    Args:
        rows: those of the index of marginalisation.
        column: which of its parts.
        counted: the census' persons by area.

    Raises:
        Refused: they are shares of other persons than those that the census counted.
    """
    for row in rows:
        if row.number("pob_tot") != counted[row["area"]]:
            raise row.refused("the population is not that of the census")
        yield Figure(row["area"], "2020", row.number(column))


def exports_by_activity(rows: Iterable[Row]) -> Iterator[Figure]:
    """Exports by subsector, with the reason where there is no figure."""
    for row in rows:
        value = row.number("thousand_usd", THOUSAND)
        status = _EXPORT_STATUSES[row.one_of("status", *_EXPORT_STATUSES)]
        if value is None:
            status = _REASONS[row.one_of("reason_missing", *_REASONS)]
        else:
            row.one_of("reason_missing", "")
        yield Figure(row["area"], row["year"], value, status, activity=row["activity"])


def export_totals(figures: Iterable[Figure]) -> Iterator[Figure]:
    """A state's exports: the sum of its rows, as provisional as the most provisional of them."""
    rows: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            rows.setdefault((figure.area, figure.period), []).append(figure)
    for (area, period), parts in rows.items():
        total = sum((part.value for part in parts if part.value is not None), start=Decimal(0))
        statuses = {part.status for part in parts}
        weakest = next((one for one in (PROVISIONAL, REVISED) if one in statuses), NORMAL)
        yield Figure(area, period, total, weakest)


def factbook(
    rows: Iterable[Row], places: str, wrong: Mapping[tuple[str, str], str]
) -> Iterator[Figure]:
    """The Factbook's figures without what the parsing of its prose added to them.

    Args:
        rows: those of one measure.
        places: the last decimal that the source prints.
        wrong: figures that cannot be right, by area and year; they are left out.
    """
    pending = dict(wrong)
    for row in rows:
        value = row.number("value")
        if value is None:
            continue
        place = row["area"], row["year"]
        if place in pending:
            if pending.pop(place) != row["value"]:
                raise row.refused("was wrong in another way: look at it again")
            continue
        rounded = value.quantize(Decimal(places))
        if abs(rounded - value) > Decimal(places) / 10:
            raise row.refused(f"{value} has more decimals than {places}")
        yield Figure(*place, rounded)
    if pending:
        raise Refused(f"the Factbook's figures for {sorted(pending)} are not there any more")
