"""Answering one question: an indicator for a region, with its rank, or why there is none."""

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.engines.outcome import Outcome
from bajio.errors import BajioError, Unavailable
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.choices import Options
from bajio.questions.evaluation import Question, ask, source_uses
from bajio.questions.notes import notes_of, share_notes
from bajio.questions.ranking import rank_outcome
from bajio.questions.results import MemberFigure, Missed, Result
from bajio.questions.years import choose_year, newest_year, period_of
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.questions.explanation import Explanation


def try_answer(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Result | Missed:
    """The answer to one question, or why there is none."""
    question = None
    try:
        question = ask(registry, indicator, region, options)
        return _answer(question)
    except Unavailable as error:
        latest = newest_year(question) if question else None
        return Missed(indicator, error.reason, latest if latest != options.year else None)
    except BajioError as error:
        return Missed(indicator, str(error))


def _answer(question: Question) -> Result:
    options = question.options
    year = None if question.timeless else options.year or choose_year(question)
    at = period_of(question, year)
    question = question.in_year(at)
    outcome = question.outcome(at)
    result = Result(
        question.indicator,
        question.region,
        outcome.low,
        outcome.high,
        year,
        outcome.status,
        outcome.coverage,
        host=question.host,
        sources=source_uses(question.registry, outcome.series),
        holders=outcome.holders,
        composition=question.members(at),
        derivation=Derivation(question.registry, question.options, at),
    )
    result = evolve(result, notes=notes_of(question, outcome, at))
    result = _with_host(result, question, outcome, at)
    if options.peers is None:
        return result
    try:
        return evolve(result, rank=rank_outcome(question, outcome, at))
    except Unavailable as error:
        return evolve(result, rank_reason=error.reason)


@frozen(repr=False)
class Derivation(Brief):
    """What a result follows from: asked again where somebody wants to know it.

    Attributes:
        registry, options, year: what was asked.
    """

    registry: Registry = field(eq=False, repr=False)
    options: Options
    year: int

    def _question(self, result: Result) -> Question:
        found = ask(self.registry, result.indicator, result.region, self.options)
        return found.in_year(self.year)

    def members(self, result: Result) -> tuple[MemberFigure, ...]:
        """The indicator for each member by itself."""
        return self._question(result).member_figures(self.year)

    def explain(self, result: Result) -> "Explanation":
        """The formula, filled in."""
        from bajio.questions.explanation import explain

        return explain(self._question(result), result, self.year)


def _with_host(result: Result, question: Question, outcome: Outcome, year: int) -> Result:
    """The result with its host's value and its share of that, or why there is none."""
    found = question.host_figure(year)
    if found is None:
        return result
    additive = question.bound.plan.additive
    if found.outcome is None:
        told = (f"no share of {result.host}: {found.reason}",) if additive else ()
        return evolve(result, notes=(*result.notes, *told))
    whole = found.outcome.low
    result = evolve(result, host_value=whole)
    if not additive or not whole or not outcome.is_point:
        return result
    share = Fraction(outcome.low) / whole
    notes = share_notes(question, found, share)
    return evolve(
        result,
        share_of_host=share,
        share_basis=found.basis,
        notes=(*result.notes, *notes),
    )
