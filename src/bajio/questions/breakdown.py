"""Breakdowns: an indicator that is a small table, a value by category, by member or by part."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.engines.outcome import Coverage
from bajio.errors import BajioError, Unavailable
from bajio.facts.observations import Exact, weakest
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.choices import Options
from bajio.questions.compositions import Compositions
from bajio.questions.question import Question, ask
from bajio.questions.reported import Dated, Reported
from bajio.questions.results import Missed, Result, SourceUse, plain
from bajio.questions.single_answer import try_answer
from bajio.questions.years import year_of_most
from bajio.registry import Registry
from bajio.rules.axes import Table
from bajio.units import Unit

if TYPE_CHECKING:
    from bajio.questions.explanation import Explanation

#: What logarithms and roots, which have 40 digits, may leave between a sum and its parts.
_ROUNDING = Fraction(1, 10**30)


@frozen(repr=False)
class Cell(Brief):
    """One line of a breakdown.

    Attributes:
        key: code of the category or member, or the part's name.
        label: what it is called, by language.
        answer: its result, or why there is none.
    """

    key: str
    label: Label
    answer: Result | Missed

    @property
    def exact(self) -> Exact | None:
        """The value as an int or a Fraction; `None` where there is none."""
        return self.answer.point if isinstance(self.answer, Result) else None


@frozen(repr=False)
class Breakdown(Dated, Reported):
    """An indicator's values for a region, by category, by member or by part, all of one period.

    Attributes:
        indicator, region: what was asked.
        axis: `activity` or another dimension, `member`, or `part`.
        period: in SDMX notation; `None` for what has none.
        cells: a line a key, in the order of the axis.
        total: what the values add up to, where they do.
        level: for a dimension, `leaves` or the category whose parts the keys are.

    Examples:
        >>> import bajio
        >>> shares = bajio.break_down("bajio", "activity-shares", year=2018)
        >>> shares.axis, len(shares.values), round(shares.values["333-336"], 3)
        ('activity', 35, 0.168)
    """

    indicator: Indicator
    region: Region
    axis: str
    period: str | None
    cells: tuple[Cell, ...]
    total: Result | None = None
    level: str = ""

    @property
    def values(self) -> Mapping[str, float]:
        """The values as ints or floats by key; keys without one are left out."""
        return MappingProxyType({key: plain(value) for key, value in self.exact.items()})

    @property
    def exact(self) -> Mapping[str, Exact]:
        """The values as ints or Fractions by key; keys without one are left out."""
        cells_by_key = {cell.key: cell.exact for cell in self.cells}
        return MappingProxyType(
            {key: value for key, value in cells_by_key.items() if value is not None}
        )

    @property
    def missing(self) -> Mapping[str, str]:
        """The reason of each key without a value."""
        return MappingProxyType(
            {cell.key: cell.answer.reason for cell in self.cells if isinstance(cell.answer, Missed)}
        )

    @property
    def unit(self) -> Unit:
        """The unit of all values."""
        return self.indicator.unit

    @property
    def status(self) -> str:
        """The weakest SDMX status of the inputs."""
        return weakest(result.status for result in self.results)

    @property
    def coverage(self) -> Coverage:
        """The least coverage of a value."""
        return min(
            (result.coverage for result in self.results),
            key=lambda result_of_cell: result_of_cell.members,
        )

    @property
    def sources(self) -> tuple[SourceUse, ...]:
        """What the values come from."""
        return tuple(dict.fromkeys(use for result in self.results for use in result.sources))

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of the keys that have a value."""
        return tuple(cell.answer for cell in self.cells if isinstance(cell.answer, Result))

    def explain(self) -> Mapping[str, "Explanation"]:
        """The derivation of each value, by key."""
        return {
            cell.key: cell.answer.explain()
            for cell in self.cells
            if isinstance(cell.answer, Result)
        }


@frozen
class _Table:
    """A table's rule, ready to be asked for a region."""

    registry: Registry = field(eq=False, repr=False)
    indicator: Indicator
    region: Region
    options: Options

    @property
    def rule(self) -> Table:
        rule = self.indicator.rule
        assert isinstance(rule, Table)
        return rule

    def indicators(self) -> Mapping[str, Indicator]:
        """An indicator a key."""
        places = Compositions(self.registry, self.options.membership)
        year = self.options.year
        members = places.over(self.region, None if year is None else [year])
        rules = self.registry.planner.table(self.rule, members)
        return {key: evolve(self.indicator, rule=rule) for key, rule in rules.items()}

    def labels(self, keys: Mapping[str, Indicator]) -> Iterator[Label]:
        categories = self.registry.planner.categories(self.rule)
        if categories is not None:
            yield from (categories[key].label for key in keys)
        elif self.rule.by_member:
            yield from (self.registry.areas[code].names for code in keys)
        else:
            yield from (Label(key.replace("-", " ").capitalize()) for key in keys)


def tabulate(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Breakdown:
    """The table of an indicator for a region, in one year: the newest in which most keys have data.

    Raises:
        Unavailable: no key has a value.
    """
    table = _Table(registry, indicator, region, options.but(peers=None))
    indicators = table.indicators()
    at = _at_year(table, indicators)
    if at != table.options:
        table = evolve(table, options=at)
        indicators = table.indicators()
    answers = {key: try_answer(registry, one, region, at) for key, one in indicators.items()}
    cells = tuple(
        Cell(key, label, answers[key])
        for key, label in zip(indicators, table.labels(indicators), strict=True)
    )
    results = [answer for answer in answers.values() if isinstance(answer, Result)]
    rule = table.rule
    whole = None if rule.total is None else evolve(indicator, rule=rule.total)
    total = None if whole is None else try_answer(registry, whole, region, at)
    if not results:
        first = [total] if rule.one_rule else []  # whose reason is of all keys
        reasons = [one for one in (*first, *answers.values()) if isinstance(one, Missed)]
        raise Unavailable(reasons[0].reason, latest_period=reasons[0].latest_period)
    outcome = None if total is None or len(results) < len(cells) else _checked(total, results)
    return Breakdown(indicator, region, rule.axis, results[0].period, cells, outcome, rule.below)


def _checked(total: Result | Missed, results: Sequence[Result]) -> Result:
    """What values add up to, if they do, save for the rounding of logarithms.

    Raises:
        Unavailable: they do not, as where members joined between the years that are compared.
    """
    if isinstance(total, Missed):
        raise total.error()
    values = [result.point for result in results if result.point is not None]
    if total.point is None or len(values) < len(results):
        return total
    apart = abs(Fraction(sum(values)) - total.exact)
    if apart > _ROUNDING * max(abs(Fraction(value)) for value in values):
        raise Unavailable(
            f"the values add up to {plain(sum(values)):g}, not to {plain(total.exact):g}: the "
            "region has other members in one year than in another; ask for its newest members"
        )
    return total


def _at_year(table: _Table, indicators: Mapping[str, Indicator]) -> Options:
    """The options with the newest year in which most keys are complete."""
    if table.options.year is not None:
        return table.options
    questions = [_question(table, indicator) for indicator in indicators.values()]
    asked = [question for question in questions if question is not None]
    return table.options.but(year=year_of_most(asked))


def indicators_of_table(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Mapping[str, Indicator]:
    """An indicator for each key of a table, to be asked by itself."""
    return _Table(registry, indicator, region, options.but(peers=None)).indicators()


def year_of_table(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Options:
    """The options with the year of a table, where none is asked for."""
    table = _Table(registry, indicator, region, options)
    return _at_year(table, table.indicators())


def _question(table: _Table, indicator: Indicator) -> Question | None:
    try:
        return ask(table.registry, indicator, table.region, table.options)
    except BajioError:
        return None
