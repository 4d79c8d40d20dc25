"""Series: one measure from one source in one edition, and what it says of a year."""

from collections.abc import Callable, Container, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from bajio.brief import Brief
from bajio.facts.areas import Areas
from bajio.facts.editions import as_edition
from bajio.facts.measures import Time
from bajio.facts.observations import GAPS, Exact, Key, exact, weakest
from bajio.facts.periods import WHOLE, Frequency, Season
from bajio.facts.tables import SeriesTable
from bajio.units import Unit, as_unit, same_dimension

#: How many missing periods are named: all that quarters can have.
_MOST_NAMED = 4
#: What a reason begins with where a series has longer periods than are asked for.
FIGURES_ARE = "its figures are "


class Reading(NamedTuple):
    """What a series says of one area in one year, or in a season of it.

    `value` is `None` where there is none, `seen` of its `of` periods having one.
    """

    value: Exact | None
    status: str
    note: str
    seen: int
    of: int


Loader = Callable[[Container[str]], SeriesTable]


@frozen(eq=False, repr=False)
class Series(Brief):
    """One measure from one source in one edition: what a number's observations come from.

    Attributes:
        measure, source: codes.
        edition: the vintage (`2018`, `2025-10`, `May 2024`).
        unit: unit of its values.
        frequency: annual, quarterly, monthly or timeless.
        kinds: kinds of the areas that it covers; empty where it may be any.
        load: gives the table, given the areas that are known.
        derived: whether figures of a user's are laid over a published edition.
        last: the newest year that is no forecast, where its dataset says so.
        unallocated: code of what is allocated to none of an area's parts, whose figures can be
            below the measure's minimum: as the table has them, or what the parts fall short of.
        layer: of a user's figures, how many datasets they are the uppermost of; else 0.
        base: what figures were laid over, where they were.
        laid: the series that were laid over it, the uppermost first.
    """

    measure: str
    source: str
    edition: str = field(converter=as_edition)
    unit: Unit = field(converter=as_unit)
    frequency: Frequency = field(converter=Frequency)
    load: Loader = field(repr=False)
    kinds: tuple[str, ...] = ()
    derived: bool = False
    last: int | None = None
    unallocated: str = ""
    layer: int = 0
    base: "Series | None" = field(default=None, repr=False)
    laid: "tuple[Series, ...]" = field(default=(), repr=False)

    @property
    def root(self) -> "Series":
        """The series itself, without what was laid over it."""
        return self if self.base is None else self.base.root

    def read(self, areas: Container[str]) -> SeriesTable:
        """Its observations, with what the parts of an area fall short of where that is declared."""
        table = self.load(areas)
        if self.unallocated and isinstance(areas, Areas):
            from bajio.facts.residuals import with_residual

            return with_residual(table, self.unallocated, areas)
        return table

    @property
    def vintage(self) -> str:
        """The edition as it was published, whatever was laid over it."""
        root = self.root
        return root.edition.partition("+")[0] if root.derived else root.edition

    def __str__(self) -> str:
        return f"{self.measure} of {self.source}, edition {self.edition}"


def fits(mine: Series, lower: Series) -> bool:
    """Whether figures of one series can stand among those of another."""
    return (
        mine.measure == lower.measure
        and (mine.frequency is Frequency.TIMELESS) is (lower.frequency is Frequency.TIMELESS)
        and same_dimension(mine.unit, lower.unit)
    )


def periods_read(series: Series, time: Time, year: int, season: Season = WHOLE) -> tuple[str, ...]:
    """The periods that a year's value is made of: the last of a stock that is taken at the end."""
    periods = series.frequency.periods(year, season)
    return periods[-1:] if time is Time.END else periods


def read_year(
    table: SeriesTable,
    series: Series,
    time: Time,
    area: str,
    key: Key,
    year: int,
    season: Season = WHOLE,
) -> Reading:
    """The value of a year, or of a season of it, of one period or folded of those that make it up.

    A flow with a missing period has no value; a stock has the mean of those seen, or its last.
    Figures of longer periods have none.
    """
    periods = series.frequency.periods(year, season)
    cells = table.values.get(key, {}).get(area, {})
    if len(periods) > 1 and table.origins:
        whole = season.text(year)
        if whole in table.origins.get((key, area), ()):
            periods = (whole,)  # it was laid over its parts
    if len(periods) == 1:
        value = cells.get(periods[0])
        mark = table.marks.get((key, area, periods[0])) if table.marks else None
        if value is None:
            status, note = mark or ("", "")
            return Reading(None, status, note, 0, 1)
        status, note = mark or ("A", "")
        return Reading(exact(value), status, note, 1, 1)
    if not periods:
        return Reading(None, "", f"{FIGURES_ARE}{series.frequency.name.lower()}", 0, 1)
    return _fold(table, time, periods_read(series, time, year, season), cells, (key, area))


def _listed(gaps: Sequence[str]) -> str:
    """The periods that lack a figure: all of a few, else the first and how many more."""
    if len(gaps) <= _MOST_NAMED:
        return " and ".join(gaps)
    return f"{', '.join(gaps[: _MOST_NAMED - 1])} and {len(gaps) - _MOST_NAMED + 1} more"


def _fold(
    table: SeriesTable,
    time: Time,
    periods: tuple[str, ...],
    cells: Mapping[str, Exact | Decimal],
    place: tuple[Key, str],
) -> Reading:
    values = [exact(cells[period]) for period in periods if period in cells]
    marks = {period: table.marks.get((*place, period)) for period in periods}
    gaps = [period for period in periods if period not in cells]
    status = weakest(mark.status for period, mark in marks.items() if mark and period in cells)
    reasons = {mark.note or GAPS[mark.status] for period in gaps if (mark := marks[period])}
    reason = f"{_listed(gaps)} {' and '.join(sorted(reasons)) or 'missing'}" if gaps else ""
    if not values or (gaps and time is Time.FLOW):
        problem = reason if values or time is Time.END else ""
        return Reading(None, "", problem, len(values), len(periods))
    total = sum(values)
    value = total if time is Time.FLOW else exact(Fraction(total, len(values)))
    return Reading(value, status, reason, len(values), len(periods))
