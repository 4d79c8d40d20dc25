"""Laying figures over others: figure by figure the upper ones count, and each knows whose it is.

What a user lays over the data is laid over every series of its measure that it can be added to,
whatever its source and edition, so that it counts whichever of them answers.
"""

from collections.abc import Callable, Container
from itertools import product
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from bajio.facts.measures import Measure
from bajio.facts.observations import Exact, Key, Mark
from bajio.facts.periods import shared_seasons, year_of
from bajio.facts.series import Loader, Series, fits, read_year
from bajio.facts.tables import FigureOrigin, SeriesTable
from bajio.units import factor

if TYPE_CHECKING:
    from decimal import Decimal


@frozen(eq=False, repr=False)
class Layer:
    """Figures that are laid over others, all by one dataset.

    Attributes:
        name: what the dataset is called.
        number: how many layers there are, this one and those below it.
        series: in order of precedence, one a source.
        measures: what they are of, by code.
    """

    name: str
    number: int
    series: tuple[Series, ...]
    measures: Callable[[str], Measure]

    def over(self, lower: Series, table: Callable[[Series], SeriesTable]) -> Series:
        """A series with the layer's figures of its measure laid over it, or the series itself.

        Args:
            lower: the series.
            table: gives its observations.
        """
        mine = [series for series in self.series if fits(series, lower)]
        if not mine:
            return lower
        measure = self.measures(lower.measure)

        def load(areas: Container[str]) -> SeriesTable:
            total = table(lower)
            for series in reversed(mine):
                origin = FigureOrigin(series.source, series.edition, self.number)
                upper = _in_periods_of(lower, series, series.read(areas), measure)
                total = upper.scaled(factor(series.unit, lower.unit)).over(total, origin)
            return total

        return evolve(
            lower,
            edition=f"{lower.edition}+{self.name}",
            load=load,
            derived=True,
            last=max(
                (series.last for series in (lower, *mine) if series.last is not None), default=None
            ),
            base=lower,
            laid=(*mine, *lower.laid),
        )


def corrected(
    lower: Series, mine: Series, upper: "Layer", table: Callable[[Series], SeriesTable]
) -> Series:
    """A series with figures of its own source laid over it, which nobody need tell apart."""
    measure = upper.measures(lower.measure)

    def load(areas: Container[str]) -> SeriesTable:
        theirs = _in_periods_of(lower, mine, mine.read(areas), measure)
        return theirs.scaled(factor(mine.unit, lower.unit)).over(table(lower))

    kinds = tuple(dict.fromkeys((*lower.kinds, *mine.kinds))) if mine.kinds else ()
    edition = f"{lower.edition}+{upper.name}"
    return evolve(lower, edition=edition, kinds=kinds, load=load, derived=True)


def once(load: Loader) -> Loader:
    """A loader that reads again only where other areas are known."""
    kept: list[tuple[Container[str], SeriesTable]] = []

    def loaded(areas: Container[str]) -> SeriesTable:
        if not kept or kept[0][0] is not areas:
            kept[:] = [(areas, load(areas))]
        return kept[0][1]

    return loaded


def _in_periods_of(
    lower: Series, mine: Series, table: SeriesTable, measure: Measure
) -> SeriesTable:
    """Observations in the periods of another series: the same ones, or longer that are complete."""
    if mine.frequency is lower.frequency:
        return table
    parts = shared_seasons(mine.frequency, lower.frequency)
    values: dict[Key, dict[str, dict[str, Exact | Decimal]]] = {}
    marks: dict[tuple[Key, str, str], Mark] = {}
    for key, by_area in table.values.items():
        for area, cells in by_area.items():
            for year, season in product(sorted(set(map(year_of, cells))), parts):
                reading = read_year(table, mine, measure.time, area, key, year, season)
                if reading.value is None or reading.seen < reading.of:
                    continue
                period = season.text(year)
                values.setdefault(key, {}).setdefault(area, {})[period] = reading.value
                if reading.status != "A":
                    marks[key, area, period] = Mark(reading.status, reading.note)
    return SeriesTable(values, marks)
