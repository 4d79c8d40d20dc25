"""Layout: where in the user's table the areas, periods, measures and figures stand."""

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame import column_kinds, period_columns
from bajio.engines.frame.area_names import texts_of, with_codes
from bajio.engines.frame.backend import Frame, is_lazy, planned
from bajio.engines.frame.column_kinds import INFINITE, CellKind, Role
from bajio.engines.frame.period_columns import SEASON, YEAR
from bajio.errors import InvalidValue, shown
from bajio.facts.measures import Measure, Time
from bajio.facts.periods import Frequency
from bajio.rules.plan import LeafCell

#: Columns within a plan: no code of an indicator begins with an underscore.
AREA, REGION, PART = "_area", "_region", "_part"
_IN_AREA, _IN_PERIOD, _IN_MEASURE, _IN_VALUE = "in_area", "in_period", "in_measure", "in_value"
_MOST_TOLD = 12


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
        frequency: of the periods of results.
        shorter: how often measures are given that are given more often, by code.
        least: the least figure of a measure in the table's unit, where it has one,
        free: and codes of areas that can have less: what is allocated to none of others.
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
    frequency: Frequency = Frequency.ANNUAL
    shorter: Mapping[str, Frequency] = field(factory=dict)
    least: Mapping[str, float] = field(factory=dict)
    free: tuple[str, ...] = ()

    def frequency_of(self, measure: str) -> Frequency:
        """How often a measure is given."""
        return self.shorter.get(measure, self.frequency)

    def code(self, measure: str) -> str:
        """What the table calls a measure."""
        return str(self.codes.get(measure, measure))

    def too_low(self, figure: nw.Expr, measure: str, area: nw.Expr) -> nw.Expr | None:
        """Whether a figure is below what one of its measure can be; `None` where none is."""
        least = self.least.get(measure)
        if least is None:
            return None
        low = figure < least
        return low & ~area.is_in(self.free) if self.free else low


@frozen(eq=False)
class Observations:
    """The user's table with its layout.

    Attributes:
        given: the table, of columns that can be read.
        frame: its columns that are read, under names of a plan's own.
        layout: how it is read.
        measures: what the figures are of, by code.
        looked_at: whether its cells have been looked at, and those that are there can be read,
        whole: and all periods are there.
    """

    given: Frame = field(repr=False)
    frame: Frame = field(repr=False)
    layout: Layout
    measures: Mapping[str, Measure]
    looked_at: bool = False
    whole: bool = False

    @classmethod
    def of(
        cls,
        table: Frame,
        layout: Layout,
        measures: Mapping[str, Measure],
        cells: Iterable[LeafCell],
    ) -> "Observations":
        """A table of which some cells are read.

        Raises:
            InvalidValue: a column is not there, or of a kind that cannot be read.
            InvalidData: a cell of a column of objects cannot be read.
        """
        wanted = tuple(cells)
        roles = dict(_roles(layout, wanted, table))
        for name in roles:
            if name not in table.collect_schema():
                raise InvalidValue(_no_column(table, name))
        settled = column_kinds.settled(table, roles, "the table")
        columns = [column_kinds.code(settled, layout.area).alias(_IN_AREA)]
        if layout.period is not None:
            columns.append(_periods(settled, layout, wanted, measures).alias(_IN_PERIOD))
        if layout.measure is not None:
            columns.append(column_kinds.code(settled, layout.measure).alias(_IN_MEASURE))
        columns += [nw.col(name).alias(to) for to, name in _figures(layout, wanted).items()]
        for name, to in _dimensions(wanted).items():
            columns.append(column_kinds.code(settled, layout.dimensions.get(name, name)).alias(to))
        for number, name in enumerate(layout.keys):
            columns.append(column_kinds.key(settled, name).alias(f"_key{number}"))
        result = cls(settled, planned(settled).select(*columns), layout, measures)
        result._check_texts(wanted)
        return result

    def areas(self) -> list[str]:
        """What the table calls areas, each once."""
        return texts_of(self.frame, nw.col(_IN_AREA))

    def with_codes(self, codes: Mapping[str, str]) -> "Observations":
        """The table with codes of areas in place of names."""
        return evolve(self, frame=with_codes(self.frame, _IN_AREA, codes)) if codes else self

    def _check_texts(self, cells: tuple[LeafCell, ...]) -> None:
        for cell in cells:
            often = self.layout.frequency_of(cell.measure)
            dated = self.measures[cell.measure].time is not Time.TIMELESS
            if dated and often is not Frequency.ANNUAL and not self.text_periods:
                word, example = (
                    ("quarter", "2018-Q1") if often is Frequency.QUARTERLY else ("month", "2018-02")
                )
                raise InvalidValue(
                    f"{cell.measure!r} is read by {word}: give its periods as text, as "
                    f"{example!r}, in column {self.layout.period!r}"
                )

    @property
    def text_periods(self) -> bool:
        """Whether periods are texts."""
        if self.layout.period is None:
            return False
        kind = column_kinds.kind_of(self.frame, _IN_PERIOD)
        return kind in {CellKind.TEXT, CellKind.CATEGORY, CellKind.NOTHING}

    @property
    def period_names(self) -> tuple[str, ...]:
        """The keys that a period is, as they are called within a plan; none where there is none."""
        if self.layout.period is None:
            return ()
        return (YEAR,) if self.layout.frequency is Frequency.ANNUAL else (YEAR, SEASON)

    @property
    def key_names(self) -> tuple[str, ...]:
        """The further keys, as they are called within a plan."""
        return tuple(f"_key{number}" for number in range(len(self.layout.keys)))

    def keys(self) -> list[nw.Expr]:
        """The keys of a row, as they are called within a plan."""
        keys = [nw.col(_IN_AREA).alias(AREA)]
        keys += self.period_keys()
        return keys + [nw.col(name) for name in self.key_names]

    def period_keys(self) -> list[nw.Expr]:
        """The keys that the period of a row is."""
        if self.layout.period is None:
            return []
        year = period_columns.year(self.frame, _IN_PERIOD, looked_at=self.looked_at)
        keys = [year.alias(YEAR)]
        if self.layout.frequency is not Frequency.ANNUAL:
            keys.append(period_columns.season(_IN_PERIOD, self.layout.frequency).alias(SEASON))
        return keys

    def part(self) -> nw.Expr:
        """Which part of its year a row's period is, as `Q1` or `02`."""
        return period_columns.part(_IN_PERIOD).alias(PART)

    def measure(self) -> nw.Expr:
        """What a row of a long table is of."""
        return nw.col(_IN_MEASURE)

    def of_measures(self, cells: tuple[LeafCell, ...]) -> Frame:
        """The rows that have some cells' measures."""
        layout = self.layout
        if layout.measure is None:
            return self.frame
        codes = sorted({layout.code(cell.measure) for cell in cells})
        return self.frame.filter(self.measure().is_in(codes))

    @staticmethod
    def of_areas(rows: Frame, areas: Frame | None) -> Frame:
        """Rows of the table that are of some areas, in the column `_area` of a frame; of all."""
        if areas is None:
            return rows
        return rows.join(areas, left_on=[_IN_AREA], right_on=[AREA], how="semi")

    def figure(self, cell: LeafCell, of_measure: nw.Expr | None = None) -> nw.Expr:
        """The figure of a cell, where a row has it; infinite where it cannot be that.

        Args:
            cell: what is asked for.
            of_measure: whether a row is of its measure, where that is known already.
        """
        layout = self.layout
        dimensions = _dimensions((cell,))
        conditions = [nw.col(dimensions[name]) == category for name, category in cell.where]
        if of_measure is not None:
            conditions.insert(0, of_measure)
        elif layout.measure is not None:
            conditions.insert(0, self.measure() == layout.code(cell.measure))
        figure = self.number(cell)
        if layout.nan == "missing":
            figure = nw.when(~figure.is_nan()).then(figure)
        figure = self._of_its_period(figure, cell)
        return nw.when(*conditions).then(figure) if conditions else figure

    def areas_with(self, cell: LeafCell) -> Frame:
        """The areas that have a figure of a cell, in whatever period."""
        rows = self.of_measures((cell,)).select(self.keys()[0], self.figure(cell).alias("figure"))
        return rows.filter(~nw.col("figure").is_null()).select(AREA).unique()

    def number(self, cell: LeafCell) -> nw.Expr:
        """The column in which a cell's figures are, as numbers."""
        return column_kinds.figure(self.frame, _figure_column(self.layout, cell))

    def _of_its_period(self, figure: nw.Expr, cell: LeafCell) -> nw.Expr:
        """A figure, infinite where its period is of another frequency or a part's is too low."""
        often = self.layout.frequency_of(cell.measure)
        low = self.layout.too_low(figure, cell.measure, nw.col(_IN_AREA))
        wrong = low if often is not self.layout.frequency else None
        timeless = self.measures[cell.measure].time is Time.TIMELESS
        if self.text_periods and not self.looked_at and not timeless:
            differs = ~period_columns.has_frequency(_IN_PERIOD, often)
            wrong = differs if wrong is None else wrong | differs
        if wrong is None:
            return figure
        return nw.when(wrong & ~figure.is_null()).then(nw.lit(INFINITE)).otherwise(figure)

    def checked(self, cells: Iterable[LeafCell]) -> "Observations":
        """The table, looked at where that can be done before it runs.

        Raises:
            InvalidData: a period or a figure that some cells need cannot be read.
        """
        if is_lazy(self.frame):
            return self
        wanted = tuple(dict.fromkeys(cells))
        for column in dict.fromkeys(_figure_column(self.layout, cell) for cell in wanted):
            self._check_figures(column, wanted)
        whole = self.layout.period is not None and self._check_periods(wanted)
        return evolve(self, looked_at=True, whole=whole)

    def _check_figures(self, column: str, cells: tuple[LeafCell, ...]) -> None:
        name = _figures(self.layout, cells)[column]
        rows = self.of_measures(cells).select(nw.col(column).alias(name))
        column_kinds.check_figures(rows, name)

    def _check_periods(self, cells: tuple[LeafCell, ...]) -> bool:
        """Refuse periods that cells cannot have; whether there is one in all rows."""
        layout = self.layout
        name = layout.period
        assert name is not None
        timed = [cell for cell in cells if self.measures[cell.measure].time is not Time.TIMELESS]
        if not timed:
            return False
        rows = self.frame
        if layout.measure is not None:
            rows = self.of_measures(tuple(timed))
        periods = period_columns.periods(rows.select(nw.col(_IN_PERIOD).alias(name)), name)
        kinds = {None if one is None else one.frequency for one in periods.values()}
        for measure in dict.fromkeys(one.measure for one in timed):
            if kinds - {layout.frequency_of(measure)}:
                self._check_frequency(measure, [one for one in timed if one.measure == measure])
        return None not in periods

    def _check_frequency(self, measure: str, cells: list[LeafCell]) -> None:
        """Refuse figures of a measure whose period is of another frequency, or not there."""
        name = self.layout.period
        assert name is not None
        rows = self.of_measures(tuple(cells)).filter(~self.number(cells[0]).is_null())
        periods = rows.select(nw.col(_IN_PERIOD).alias(name))
        wanted, shown_by = self.layout.frequency_of(measure), self.layout.frequency
        period_columns.check_frequency(periods, name, measure, wanted, shown_by)


def _roles(layout: Layout, cells: tuple[LeafCell, ...], table: Frame) -> Iterable[tuple[str, Role]]:
    """The columns that are read, and for what."""
    for name in layout.keys:
        yield name, Role.KEY
    for name in _dimensions(cells):
        column = layout.dimensions.get(name, name)
        if column not in table.collect_schema():
            raise InvalidValue(
                f"the rule needs the dimension {name!r}, and the table has no column "
                f"{shown(column)}: name it, as columns={{{name!r}: ...}}"
            )
        yield column, Role.CODE
    for name in _figures(layout, cells).values():
        yield name, Role.FIGURE
    if layout.measure is not None:
        yield layout.measure, Role.CODE
    if layout.period is not None:
        yield layout.period, Role.PERIOD
    yield layout.area, Role.CODE


def _periods(
    table: Frame, layout: Layout, cells: tuple[LeafCell, ...], measures: Mapping[str, Measure]
) -> nw.Expr:
    """The column of periods; dates are the years, quarters or months in which they lie."""
    name = layout.period
    assert name is not None
    if column_kinds.kind_of(table, name) is not CellKind.DATE:
        return nw.col(name)
    timed = dict.fromkeys(
        cell.measure for cell in cells if measures[cell.measure].time is not Time.TIMELESS
    )
    often = {layout.frequency_of(measure) for measure in timed} or {layout.frequency}
    if len(often) > 1:
        raise InvalidValue(
            f"column {shown(name)} has dates, and {' and '.join(map(repr, timed))} are not given "
            "equally often: write its periods as text, as '2018' and '2018-02'"
        )
    return period_columns.of_dates(name, often.pop())


def _no_column(table: Frame, name: str) -> str:
    there = [shown(one).strip("'") for one in table.collect_schema()]
    text = ", ".join(there[:_MOST_TOLD]) + (", ..." if len(there) > _MOST_TOLD else "")
    problem = f"the table has no column {shown(name)}: it has {text}"
    index: Any = getattr(getattr(table.to_native(), "index", None), "names", ())
    if name in list(index if not callable(index) else ()):
        return f"{problem}; {name!r} is in its index: give reset_index()"
    return problem


def _figure_column(layout: Layout, cell: LeafCell) -> str:
    """The column of a cell's figures, as the plan calls it."""
    if layout.measure is not None:
        return _IN_VALUE
    try:
        return f"in_wide{list(layout.wide).index(cell.measure)}"
    except ValueError:
        raise InvalidValue(
            f"the rule needs {cell.measure!r}, and no column of the wide table is named for "
            f"it: wide={{{cell.measure!r}: ...}}"
        ) from None


def _figures(layout: Layout, cells: tuple[LeafCell, ...]) -> dict[str, str]:
    """The columns of figures that are read, by what the plan calls them."""
    if layout.value is not None:
        return {_IN_VALUE: layout.value}
    columns = {_figure_column(layout, cell): cell.measure for cell in cells}
    return {to: layout.wide[measure] for to, measure in columns.items()}


def _dimensions(cells: tuple[LeafCell, ...]) -> dict[str, str]:
    """The dimensions that are read, and what the plan calls their columns."""
    names = dict.fromkeys(name for cell in cells for name, _ in cell.where)
    return {name: f"in_by_{name}" for name in names}
