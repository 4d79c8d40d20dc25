"""Explanations: the formula of a number, filled in member by member, with rates and sources."""

from collections.abc import Iterator

from attrs import frozen

from bajio.brief import Brief
from bajio.engines.contributions import RateRead
from bajio.engines.evaluation import Evaluation
from bajio.engines.markets import LOCAL_CURRENCY
from bajio.engines.outcome import told
from bajio.errors import BajioError
from bajio.facts.observations import STATUSES, Exact
from bajio.questions.question import Question
from bajio.questions.reported import Reported
from bajio.questions.results import Result
from bajio.rules.plan import Fold
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
class Explanation(Reported):
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
    evaluation = question.evaluation(year)
    leaves = tuple(
        _leaf(evaluation, position)
        for position, leaf in enumerate(question.bound.plan.leaves)
        if leaf.cells
    )
    rates = tuple(dict.fromkeys(_rate(question, rate) for rate in evaluation.rates()))
    return Explanation(result, str(question.indicator.rule), leaves, rates)


def _leaf(evaluation: Evaluation, position: int) -> LeafFigures:
    bound = evaluation.bound
    leaf, unit = bound.plan.leaves[position], str(bound.leaves[position].unit)
    name, each = leaf.text(evaluation.year, bound.market.season), leaf.fold is Fold.COLLECT
    try:
        terms = evaluation.leaf(position)
    except BajioError as error:
        return LeafFigures(name, unit, ((leaf.place, None, str(error)),), None, each)
    figures = tuple((one.area, one.term, one.reason) for one in terms.terms)
    return LeafFigures(name, unit, figures, terms.total, each)


def _rate(question: Question, rate: RateRead) -> RateFigure:
    series, market = rate.column.series, question.bound.market
    source = question.registry.dataset.sources[series.source]
    local = market.money(rate.country, rate.year)
    unit = series.unit.replaced(LOCAL_CURRENCY, local) if local else series.unit
    return RateFigure(
        rate.column.measure.code,
        rate.country,
        rate.column.season.text(rate.year),
        rate.value,
        str(unit),
        f"{source}, edition {series.edition}",
    )


def _lines(explanation: Explanation) -> Iterator[str]:
    result = explanation.result
    when = f", {result.period}" if result.period is not None else ""
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
