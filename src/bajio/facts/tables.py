"""Tables: the observations of a series as they are looked up, and laid over one another."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from json import JSONDecoder
from typing import Any

from attrs import field, frozen

from bajio.brief import Alike, Brief
from bajio.facts.observations import Exact, Key, Mark, exact
from bajio.facts.periods import Period
from bajio.mappings import FrozenDict, frozen_dict

Cells = Mapping[str, Exact | Decimal]
#: Reads figures as exactly as they are written.
_FIGURES = JSONDecoder(parse_float=Decimal)


@frozen(eq=False, repr=False)
class HeldCells(Mapping[str, Exact | Decimal]):
    """The figures of one area in text, which is read when one is asked for, since most never are.

    Attributes:
        columns: by period the figures of all areas of a table as a list in JSON, `null` standing
            for one that is not there; the list itself, once one has been asked for.
        place: where the area stands among them.
        bits: which of the periods it has a figure of, the first in the lowest bit.

    Examples:
        >>> columns = {"2018": b"[3, 1.50]", "2019": b"[4, null]"}
        >>> cells = HeldCells(columns, 1, 0b01)
        >>> cells["2018"], "2019" in cells, cells
        (Decimal('1.50'), False, {'2018': Decimal('1.50')})
    """

    columns: dict[str, Any]
    place: int
    bits: int

    def get(self, period: str, default: Any = None) -> Any:
        """The figure of a period; the default where there is none."""
        column = self.columns.get(period)
        if type(column) is bytes:  # whatever other threads do
            column = self.columns[period] = _FIGURES.decode(column.decode())
        figure = column and column[self.place]
        return default if figure is None else figure

    def __getitem__(self, period: str) -> Exact | Decimal:
        result: Exact | Decimal | None = self.get(period)
        if result is None:
            raise KeyError(period)
        return result

    def __contains__(self, period: object) -> bool:
        return self.get(period) is not None  # type: ignore[arg-type]  # whatever is asked for

    def __iter__(self) -> Iterator[str]:
        return (period for position, period in enumerate(self.columns) if self.bits >> position & 1)

    def __reversed__(self) -> Iterator[str]:
        places = range(len(self.columns) - 1, -1, -1)
        every = zip(places, reversed(self.columns), strict=True)
        return (period for position, period in every if self.bits >> position & 1)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return self.bits != 0

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return HeldCells, (self.columns, self.place, self.bits)


def backwards(cells: Cells) -> Iterator[str]:
    """The periods that an area's cells in a table are of, the last first, each as it is reached."""
    return reversed(cells)  # type: ignore[arg-type]  # those of a table are reversible


def _frozen(cells: Cells) -> Cells:
    return cells if type(cells) is HeldCells else frozen_dict(cells)


def _values(values: Mapping[Key, Mapping[str, Cells]]) -> Mapping[Key, Mapping[str, Cells]]:
    return FrozenDict(
        {
            key: by_area
            if type(by_area) is FrozenDict  # of a table, or as it was compiled
            else FrozenDict({area: _frozen(cells) for area, cells in by_area.items()})
            for key, by_area in values.items()
        }
    )


def _marks(values: Mapping[tuple[Key, str, str], Mark]) -> Mapping[tuple[Key, str, str], Mark]:
    return frozen_dict(values)


def _origins(
    values: Mapping[tuple[Key, str], Mapping[str, "FigureOrigin"]],
) -> Mapping[tuple[Key, str], Mapping[str, "FigureOrigin"]]:
    return FrozenDict({place: frozen_dict(by_period) for place, by_period in values.items()})


@frozen(eq=False, repr=False)
class FigureOrigin(Alike):
    """Whose a figure is that was laid over others.

    Attributes:
        source, edition: of the series that it comes from.
        layer: how many datasets had been laid over one another when it was.
    """

    source: str
    edition: str
    layer: int


@frozen(eq=False, repr=False)
class SeriesTable(Brief):
    """The observations of a series: by dimension key, then area, then period.

    Attributes:
        values: the figures.
        marks: statuses that are not normal, and gaps.
        origins: of what was laid over the series, by key and area, then period. Where a series has
            shorter periods, what is laid over a whole year or quarter stands under that.
    """

    values: Mapping[Key, Mapping[str, Cells]] = field(converter=_values)
    marks: Mapping[tuple[Key, str, str], Mark] = field(converter=_marks)
    origins: Mapping[tuple[Key, str], Mapping[str, FigureOrigin]] = field(
        factory=FrozenDict, converter=_origins
    )

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SeriesTable)
            and self.values == other.values
            and self.marks == other.marks
        )

    __hash__ = None  # type: ignore[assignment]  # a table is compared by its content

    def has(self, area: str, key: Key = ()) -> bool:
        """Whether an area has a value under a dimension key, in any period."""
        return area in self.values.get(key, ())

    def without_empty(self) -> "SeriesTable":
        """The same observations, with no entry for what has gaps only."""
        values = {
            key: {area: cells for area, cells in by_area.items() if cells}
            for key, by_area in self.values.items()
        }
        full = {key: by_area for key, by_area in values.items() if by_area}
        return SeriesTable(full, self.marks, self.origins)

    def scaled(self, factor: Exact) -> "SeriesTable":
        """The same observations in another unit."""
        if factor == 1:
            return self
        values: dict[Key, dict[str, dict[str, Exact | Decimal]]] = {
            key: {
                area: {period: exact(exact(value) * factor) for period, value in cells.items()}
                for area, cells in by_area.items()
            }
            for key, by_area in self.values.items()
        }
        return SeriesTable(values, self.marks, self.origins)

    def over(self, lower: "SeriesTable", origin: FigureOrigin | None = None) -> "SeriesTable":
        """This table laid over another: cell by cell, this one wins.

        Args:
            lower: what it is laid over.
            origin: whose the figures are from now on, where they are to be told apart.
        """
        values: dict[Key, dict[str, Cells]] = {
            key: dict(by_area) for key, by_area in lower.values.items()
        }
        marks, origins = dict(lower.marks), dict(lower.origins)
        for (key, area), periods_given in self._periods().items():
            cells = dict(values.get(key, {}).get(area, {}))
            longer = {
                whole for period in periods_given if period for whole in Period.parse(period).around
            }  # of which these are parts
            for period in (*periods_given, *longer):
                cells.pop(period, None)
                marks.pop((key, area, period), None)
            cells.update(self.values.get(key, {}).get(area, {}))
            values.setdefault(key, {})[area] = cells
            if origin is not None:
                known = origins.get((key, area), {})
                kept = {period: whose for period, whose in known.items() if period not in longer}
                origins[key, area] = {**kept, **dict.fromkeys(periods_given, origin)}
        return SeriesTable(values, {**marks, **self.marks}, origins).without_empty()

    def _periods(self) -> dict[tuple[Key, str], dict[str, None]]:
        """The periods that have a figure or a gap, by key and area."""
        result: dict[tuple[Key, str], dict[str, None]] = {
            (key, area): dict.fromkeys(cells)
            for key, by_area in self.values.items()
            for area, cells in by_area.items()
        }
        for key, area, period in self.marks:
            result.setdefault((key, area), {})[period] = None
        return result
