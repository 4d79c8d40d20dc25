"""Explanations: the formula of a number, filled in member by member, with rates and sources."""

from collections.abc import Iterator

from attrs import frozen

from bajio.brief import Brief
from bajio.engines.contributions import RateRead
from bajio.engines.evaluation import Evaluation
from bajio.engines.markets import LOCAL_CURRENCY
from bajio.engines.outcome import told
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.questions.question import Question
from bajio.questions.reported import Reported
from bajio.questions.results import Result
from bajio.rules.plan import Fold
from bajio.words.enumerations import status_name
from bajio.words.magnitudes import in_full
from bajio.words.messages import message_text
from bajio.words.phrasebook import ENGLISH, say


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
        return self.text()

    def text(self, language: str = ENGLISH) -> str:
        """The derivation in a language, a line a figure."""
        return "\n".join(_lines(self, language))


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
    figures = tuple((term.area, term.term, term.reason) for term in terms.terms)
    return LeafFigures(name, unit, figures, terms.total, each)


def _rate(question: Question, rate: RateRead) -> RateFigure:
    series, market = rate.column.series, question.bound.market
    source = question.registry.dataset.sources[series.source]
    local = market.areas[rate.country].money(rate.year)
    unit = series.unit.replaced(LOCAL_CURRENCY, local) if local else series.unit
    return RateFigure(
        rate.column.measure.code,
        rate.country,
        rate.column.season.text(rate.year),
        rate.value,
        str(unit),
        f"{source}, edition {series.edition}",
    )


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    result = explanation.result
    yield say(
        "title.of",
        language,
        label=result.indicator.label.text(language),
        region=result.region.name(language),
        when=f", {result.period}" if result.period is not None else "",
    )
    yield f"  = {explanation.formula}"
    low, high = (in_full(end, language) for end in (result.low, result.high))
    value = low if low == high else say("figure.between", language, low=low, high=high)
    text = value + _after(str(result.unit))
    yield "  = " + (say("figure.partial", language, figure=text) if result.is_partial else text)
    yield ""
    for leaf in explanation.leaves:
        yield from _leaf_lines(leaf, language)
    for rate in explanation.rates:
        parts = {name: getattr(rate, name) for name in ("measure", "country", "period", "unit")}
        value, source = in_full(rate.value, language), message_text(rate.source, language)
        yield say("explain.rate", language, value=value, source=source, **parts)
    if explanation.rates:
        yield ""
    yield from _remarks(result, language)
    yield say("explain.sources", language)
    for use in result.sources:
        yield f"  {use.measure}: {use.in_words(language)}"


def _remarks(result: Result, language: str) -> Iterator[str]:
    """How sure a result is, what is missing from it and what else is to be known."""
    if result.status != "A":
        status = status_name(result.status, language)
        yield say("explain.status", language, status=status, letter=result.status)
    if not result.coverage.complete:
        members, periods = (
            f"{float(share):.0%}" for share in (result.coverage.members, result.coverage.periods)
        )
        yield say("explain.coverage", language, members=members, periods=periods)
    for line in told(result.coverage.missing):
        yield say("explain.missing", language, line=message_text(line, language))
    for note in result.notes:
        yield say("explain.note", language, note=message_text(note, language))


def _leaf_lines(leaf: LeafFigures, language: str) -> Iterator[str]:
    if leaf.each:
        yield say("explain.each", language, name=leaf.name, unit=leaf.unit)
    elif leaf.total is None:
        yield f"{leaf.name} = {say('profile.no-figure', language)}"
    else:
        yield f"{leaf.name} = {in_full(leaf.total, language)}{_after(leaf.unit)}"
    for area, figure, reason in leaf.figures:
        text = message_text(reason, language) if figure is None else in_full(figure, language)
        yield f"  {area:<8} {text}"
    yield ""


def _after(unit: str) -> str:
    """A unit behind its figure; a plain number has none to be shown."""
    return "" if unit == "1" else f" {unit}"
