"""Answering one question: an indicator for a region, with its rank, or why there is none."""

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.brief import Alike
from bajio.engines.outcome import Outcome
from bajio.errors import BajioError, Unavailable
from bajio.facts.periods import Period
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.choices import Options
from bajio.questions.notes import notes_of, share_notes
from bajio.questions.question import Question, ask, source_uses
from bajio.questions.ranking import field_of, rank_outcome
from bajio.questions.results import MemberFigure, Missed, Rank, Result
from bajio.questions.years import choose_year, newest_period, period_of
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
        year = None if question.bound.is_timeless else options.year or choose_year(question)
        at = period_of(question, year)
        asked = question.in_year(at)
        outcome = asked.outcome(at)
        rank, no_rank = None, ""
        if options.peers is not None:
            try:
                rank = rank_outcome(field_of(asked, at), outcome)
            except Unavailable as error:
                no_rank = error.reason
        return _result(asked, outcome, at, rank, no_rank)
    except Unavailable as error:
        latest = newest_period(question) if question else None
        return Missed(indicator, error.reason, latest if latest != _text(options.period) else None)
    except BajioError as error:
        return Missed(indicator, str(error))


def _text(period: Period | None) -> str | None:
    return None if period is None else str(period)


def _result(
    question: Question, outcome: Outcome, year: int, rank: Rank | None, no_rank: str
) -> Result:
    host, additive = question.host_figure(year), question.bound.plan.additive
    notes = notes_of(question, outcome, year)
    value = basis = share = None
    if host is not None and host.outcome is not None:
        value = host.outcome.low
        if additive and value and outcome.is_point:
            share, basis = Fraction(outcome.low) / value, host.basis
            notes += share_notes(question, host, share)
    elif host is not None and additive:
        notes += (f"no share of {question.host}: {host.reason}",)
    return Result(
        question.indicator,
        question.region,
        outcome.low,
        outcome.high,
        None if question.bound.is_timeless else question.options.season.text(year),
        outcome.status,
        outcome.coverage,
        share_of_host=share,
        share_basis=basis,
        host=question.host,
        host_value=value,
        sources=source_uses(question.registry, outcome.series),
        rank=rank,
        rank_reason=no_rank,
        notes=notes,
        holders=outcome.holders,
        composition=question.members(year),
        derivation=Derivation(question.registry, question.options, year),
    )


@frozen(eq=False, repr=False)
class Derivation(Alike):
    """What a result follows from: asked again where somebody wants to know it.

    Attributes:
        registry, options, year: what was asked.
    """

    registry: Registry = field(eq=False, repr=False)
    options: Options
    year: int

    def _question(self, result: Result) -> Question:
        question = ask(self.registry, result.indicator, result.region, self.options)
        return question.in_year(self.year)

    def asked(self, result: Result) -> tuple[Registry, Indicator, Region, Options]:
        """What it was asked with."""
        return self.registry, result.indicator, result.region, self.options

    def members(self, result: Result) -> tuple[MemberFigure, ...]:
        """The indicator for each member by itself."""
        return self._question(result).member_figures(self.year)

    def explain(self, result: Result) -> "Explanation":
        """The formula, filled in."""
        from bajio.questions.explanation import explain

        return explain(self._question(result), result, self.year)
