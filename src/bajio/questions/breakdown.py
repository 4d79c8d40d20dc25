"""Breakdowns: an indicator that is a small table, a value by category, by member or by part."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.engines.outcome import Coverage
from bajio.errors import BajioError, Unavailable
from bajio.facts.observations import Exact, weakest
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.answering import try_answer
from bajio.questions.evaluation import Options, Question, ask, expansion
from bajio.questions.results import Missed, Result, SourceUse, plain
from bajio.registry import Registry
from bajio.rules.axes import MEMBER, By, Stack
from bajio.units import Unit

if TYPE_CHECKING:
    from bajio.questions.explanation import Explanation


@frozen
class Cell:
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
        return self.answer.exact if isinstance(self.answer, Result) else None


@frozen
class Breakdown:
    """An indicator's values for a region, by category, by member or by part, all of one year.

    Attributes:
        indicator, region: what was asked.
        axis: `activity` or another dimension, `member`, or `part`.
        year: the period; `None` for what has none.
        cells: a line a key, in the order of the axis.
        total: what the values add up to, where they do.
        level: for a dimension, `leaves` or the category whose parts the keys are.

    Examples:
        >>> import bajio
        >>> shares = bajio.evaluate("activity-shares", "bajio", year=2018)
        >>> shares.axis, len(shares.values), round(shares.values["333-336"], 3)
        ('activity', 35, 0.168)
    """

    indicator: Indicator
    region: Region
    axis: str
    year: int | None
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
        found = {cell.key: cell.exact for cell in self.cells}
        return MappingProxyType({key: value for key, value in found.items() if value is not None})

    @property
    def missing(self) -> Mapping[str, str]:
        """The reason of each key without a value."""
        return MappingProxyType(
            {one.key: one.answer.reason for one in self.cells if isinstance(one.answer, Missed)}
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
        return min((one.coverage for one in self.results), key=lambda one: one.members)

    @property
    def sources(self) -> tuple[SourceUse, ...]:
        """What the values come from."""
        return tuple(dict.fromkeys(use for result in self.results for use in result.sources))

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of the keys that have a value."""
        return tuple(one.answer for one in self.cells if isinstance(one.answer, Result))

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

    registry: Registry = field(repr=False)
    indicator: Indicator
    region: Region
    options: Options

    @property
    def rule(self) -> By | Stack:
        rule = self.indicator.rule
        assert isinstance(rule, By | Stack)
        return rule

    def indicators(self) -> Mapping[str, Indicator]:
        """An indicator a key."""
        members = self.region.members
        if self.options.membership == "as-of" and self.options.year is not None:
            members = self.region.at(self.options.year).members
        rules = expansion(self.registry).table(self.rule, members)
        return {key: evolve(self.indicator, rule=rule) for key, rule in rules.items()}

    def labels(self, keys: Mapping[str, Indicator]) -> Iterator[Label]:
        rule = self.rule
        if isinstance(rule, Stack):
            yield from (Label(key.replace("-", " ").capitalize()) for key in keys)
        elif rule.axis == MEMBER:
            yield from (self.registry.areas[code].names for code in keys)
        else:
            nested = expansion(self.registry).classification(rule.rule, rule.axis)
            yield from (nested[key].label for key in keys)


def break_down(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Breakdown:
    """The table of an indicator for a region, in one year: the newest in which most keys have data.

    Raises:
        Unavailable: no key has a value.
    """
    table = _Table(registry, indicator, region, evolve(options, peers=None))
    indicators = table.indicators()
    at = _at_year(table, indicators)
    answers = {key: try_answer(registry, one, region, at) for key, one in indicators.items()}
    cells = tuple(
        Cell(key, label, answers[key])
        for key, label in zip(indicators, table.labels(indicators), strict=True)
    )
    results = [answer for answer in answers.values() if isinstance(answer, Result)]
    if not results:
        reasons = [answer for answer in answers.values() if isinstance(answer, Missed)]
        raise Unavailable(reasons[0].reason, latest_year=reasons[0].latest_year)
    rule = table.rule
    total = None
    if rule.total is not None and len(results) == len(cells):
        whole = try_answer(registry, evolve(indicator, rule=rule.total), region, at)
        total = whole if isinstance(whole, Result) else None
    axis = rule.axis if isinstance(rule, By) else "part"
    level = rule.level if isinstance(rule, By) and rule.axis != MEMBER else ""
    return Breakdown(indicator, region, axis, results[0].year, cells, total, level)


def _at_year(table: _Table, indicators: Mapping[str, Indicator]) -> Options:
    """The options with the newest year in which a key is complete."""
    if table.options.year is not None:
        return table.options
    years: list[int] = []
    for one in indicators.values():
        question = _question(table, one)
        year = question.newest_year() if question else None
        if year is not None:
            years.append(year)
    return evolve(table.options, year=max(years)) if years else table.options


def _question(table: _Table, indicator: Indicator) -> Question | None:
    try:
        return ask(table.registry, indicator, table.region, table.options)
    except BajioError:
        return None
