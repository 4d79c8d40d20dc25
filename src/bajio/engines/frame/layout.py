"""Layout: where in the user's table the areas, periods, measures and figures stand."""

from collections.abc import Mapping

import narwhals as nw
from attrs import field, frozen

from bajio.engines.frame.backend import Frame, backend_of, text
from bajio.errors import InvalidValue
from bajio.facts.measures import Measure
from bajio.rules.plan import Cell

#: Columns within a plan: no code of an indicator begins with an underscore.
AREA, YEAR, REGION, QUARTER = "_area", "_year", "_region", "_quarter"
INFINITE = float("inf")


@frozen
class Layout:
    """How the user's table is read.

    Attributes:
        area: the column of areas.
        period: that of periods; `None` where the table is of one period.
        measure, value: those of measures and figures of a long table; `None` of a wide one.
        wide: the column of each measure of a wide table.
        codes: how the table calls a measure, where not by its code.
        dimensions: the column of each dimension.
        keys: further columns that results are grouped by.
        nan: `refuse`, or `missing`: what a figure that is not a number means.
        quarterly: codes of measures whose periods are quarters.
    """

    area: str
    period: str | None
    measure: str | None
    value: str | None
    wide: Mapping[str, str] = field(factory=dict)
    codes: Mapping[str, str] = field(factory=dict)
    dimensions: Mapping[str, str] = field(factory=dict)
    keys: tuple[str, ...] = ()
    nan: str = "refuse"
    quarterly: frozenset[str] = frozenset()

    def code(self, measure: str) -> str:
        """What the table calls a measure."""
        return self.codes.get(measure, measure)


@frozen(eq=False)
class Observations:
    """The user's table with its layout.

    Attributes:
        frame: as it was given.
        layout: how it is read.
        measures: what the figures are of, by code.
    """

    frame: Frame
    layout: Layout
    measures: Mapping[str, Measure]

    def __attrs_post_init__(self) -> None:
        layout, schema = self.layout, self.frame.collect_schema()
        named = [layout.area, layout.period, layout.measure, layout.value]
        for name in (*named, *layout.wide.values(), *layout.dimensions.values(), *layout.keys):
            if name is not None and name not in schema:
                raise InvalidValue(f"the table has no column {name!r}: it has {', '.join(schema)}")
        if layout.period is not None and not self.text_periods:
            kind = schema[layout.period]
            holes = kind.is_float() and "pandas" in backend_of(self.frame)
            if not (kind.is_integer() or holes):  # in pandas integers with holes are floats
                raise InvalidValue(
                    f"periods in {layout.period!r} are {kind}: give years as integers, or text "
                    "as '2018' or '2018-Q1'"
                )

    @property
    def text_periods(self) -> bool:
        """Whether periods are texts."""
        return self.layout.period is not None and (
            self.frame.collect_schema()[self.layout.period] == nw.String
        )

    @property
    def key_names(self) -> tuple[str, ...]:
        """The further keys, as they are called within a plan."""
        return tuple(f"_key{number}" for number in range(len(self.layout.keys)))

    def keys(self) -> list[nw.Expr]:
        """The keys of a row, as they are called within a plan."""
        layout = self.layout
        keys = [text(self.frame, layout.area).alias(AREA)]
        if layout.period is not None:
            period = nw.col(layout.period)
            year = period.str.slice(0, 4) if self.text_periods else period
            keys.append(year.cast(nw.Int64).alias(YEAR))
        further = zip(layout.keys, self.key_names, strict=True)
        return keys + [text(self.frame, own).alias(name) for own, name in further]

    def quarter(self) -> nw.Expr:
        """The quarter of a row's period, as `Q1`."""
        assert self.layout.period is not None
        return nw.col(self.layout.period).str.slice(5, 2).alias(QUARTER)

    def of_measures(self, cells: tuple[Cell, ...]) -> Frame:
        """The rows that have some cells' measures."""
        layout = self.layout
        if layout.measure is None:
            return self.frame
        codes = sorted({layout.code(cell.measure) for cell in cells})
        column = nw.col(layout.measure)
        return self.frame.filter(column == codes[0] if len(codes) == 1 else column.is_in(codes))

    def figure(self, cell: Cell, of_measure: nw.Expr | None = None) -> nw.Expr:
        """The figure of a cell, where a row has it.

        Args:
            cell: what is asked for.
            of_measure: whether a row is of its measure, where that is known already.
        """
        layout = self.layout
        conditions = [nw.col(self.dimension(name)) == category for name, category in cell.where]
        if of_measure is not None:
            conditions.insert(0, of_measure)
        elif layout.measure is not None:
            conditions.insert(0, nw.col(layout.measure) == layout.code(cell.measure))
        figure = nw.col(self._column(cell)).cast(nw.Float64)
        if layout.nan == "missing":
            figure = nw.when(~figure.is_nan()).then(figure)
        return nw.when(*conditions).then(figure) if conditions else figure

    def dimension(self, name: str) -> str:
        """The column of a dimension.

        Raises:
            InvalidValue: none is given.
        """
        column = self.layout.dimensions.get(name, name)
        if column not in self.frame.collect_schema():
            raise InvalidValue(
                f"the rule needs the dimension {name!r}, and the table has no column {column!r}: "
                f"name it, as columns={{{name!r}: ...}}"
            )
        return column

    def _column(self, cell: Cell) -> str:
        if self.layout.measure is not None:
            assert self.layout.value is not None
            return self.layout.value
        try:
            return self.layout.wide[cell.measure]
        except KeyError:
            raise InvalidValue(
                f"the rule needs {cell.measure!r}, and no column of the wide table is named for "
                f"it: wide={{{cell.measure!r}: ...}}"
            ) from None
