"""Explanations: the formula of a number, filled in member by member, with rates and sources."""

from collections.abc import Iterator

from attrs import frozen

from bajio.brief import Brief
from bajio.engines.markets import Rate
from bajio.engines.outcome import told
from bajio.errors import BajioError
from bajio.facts.observations import STATUSES, Exact
from bajio.facts.series import read_year
from bajio.questions.evaluation import Question
from bajio.questions.results import Result
from bajio.rules.plan import SELF, Fold, Plan
from bajio.words.magnitudes import in_full


@frozen(repr=False)
class LeafFigures(Brief):
    """One leaf of a rule, filled in.

    Attributes:
        name: what is folded, as text.
        unit: of the figures.
        figures: by member; `None` with a reason where there is none.
        total: what they fold to; `None` where nothing is there, or a custom rule reads each.
        each: whether a custom rule reads them one by one.
    """

    name: str
    unit: str
    figures: tuple[tuple[str, Exact | None, str], ...]
    total: Exact | None
    each: bool = False


@frozen(repr=False)
class RateFigure(Brief):
    """A rate that was used: of what, where, when, how much."""

    measure: str
    country: str
    period: str
    value: Exact
    unit: str
    source: str


@frozen(repr=False)
class Explanation(Brief):
    """How a result came about.

    Attributes:
        result: what is explained.
        formula: the rule as text.
        leaves: its sums, filled in member by member.
        rates: the rates that conversions used.
    """

    result: Result
    formula: str
    leaves: tuple[LeafFigures, ...]
    rates: tuple[RateFigure, ...]

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def explain(question: Question, result: Result, year: int) -> Explanation:
    """The derivation of a result.

    Args:
        question: what was asked, bound to data.
        result: the answer.
        year: the period that it was read in.
    """
    question = question.in_year(year)
    plan = question.bound.plan
    leaves = tuple(
        _leaf(question, position, year) for position, leaf in enumerate(plan.leaves) if leaf.cells
    )
    return Explanation(result, str(question.indicator.rule), leaves, _rates(question, plan, year))


def _leaf(question: Question, position: int, year: int) -> LeafFigures:
    bound = question.bound
    leaf = bound.plan.leaves[position]
    figures: list[tuple[str, Exact | None, str]]
    try:
        terms = question.evaluation(year).terms(position)
        figures = [(one.area, one.term, one.reason) for one in terms]
    except BajioError as error:
        figures = [(leaf.place, None, str(error))]
    seen = [value for _, value, _ in figures if value is not None]
    each = leaf.fold is Fold.COLLECT
    total = _folded(leaf.fold, seen) if seen and not each else None
    unit = str(bound.leaves[position].unit)
    return LeafFigures(leaf.text(year), unit, tuple(figures), total, each)


def _folded(fold: Fold, figures: list[Exact]) -> Exact:
    if fold is Fold.SUM:
        return sum(figures)
    return min(figures) if fold is Fold.MINIMUM else max(figures)


def _rates(question: Question, plan: Plan, year: int) -> tuple[RateFigure, ...]:
    found: dict[RateFigure, None] = {}
    for position, leaf in enumerate(plan.leaves):
        if leaf.place != SELF:
            continue
        for area in question.composition(year)(SELF, leaf.lag):
            try:
                rates = question.bound.rates(position, area, year - leaf.lag)
            except BajioError:
                continue
            for rate in rates:
                figure = _rate(question, rate, year - leaf.lag)
                if figure is not None:
                    found[figure] = None
    return tuple(found)


def _rate(question: Question, rate: Rate, year: int) -> RateFigure | None:
    column = rate.column
    at = year if rate.year is None else rate.year
    reading = read_year(
        column.table, column.series, column.measure.time, rate.country, column.key, at
    )
    if reading.value is None:
        return None
    source = question.registry.dataset.sources[column.series.source]
    return RateFigure(
        column.measure.code,
        rate.country,
        str(at),
        reading.value,
        str(column.series.unit),
        f"{source}, edition {column.series.edition}",
    )


def _lines(explanation: Explanation) -> Iterator[str]:
    result = explanation.result
    when = f", {result.year}" if result.year is not None else ""
    yield f"{result.indicator.label} of {result.region}{when}"
    yield f"  = {explanation.formula}"
    value = " to ".join(dict.fromkeys((in_full(result.low), in_full(result.high))))

    yield f"  = {value}" + _after(str(result.unit)) + (" (partial)" if result.is_partial else "")
    yield ""
    for leaf in explanation.leaves:
        yield from _leaf_lines(leaf)
    for rate in explanation.rates:
        value = in_full(rate.value)
        yield (
            f"{rate.measure} of {rate.country}, {rate.period}: {value} {rate.unit} ({rate.source})"
        )
    if explanation.rates:
        yield ""
    if result.status != "A":
        yield f"Status: {STATUSES[result.status]} ({result.status})"
    if not result.coverage.complete:
        shares = f"{float(result.coverage.members):.0%} of members"
        yield f"Coverage: {shares}, {float(result.coverage.periods):.0%} of periods"
    for line in told(result.coverage.missing):
        yield f"Missing: {line}"
    for note in result.notes:
        yield f"Note: {note}"
    yield "Sources:"
    for use in result.sources:
        yield f"  {use.measure}: {use}"


def _leaf_lines(leaf: LeafFigures) -> Iterator[str]:
    total = "no figure" if leaf.total is None else in_full(leaf.total) + _after(leaf.unit)
    yield f"{leaf.name}, each in {leaf.unit}" if leaf.each else f"{leaf.name} = {total}"
    for area, figure, reason in leaf.figures:
        yield f"  {area:<8} {in_full(figure) if figure is not None else reason}"
    yield ""


def _after(unit: str) -> str:
    """A unit behind its figure; a plain number has none to be shown."""
    return "" if unit == "1" else f" {unit}"
