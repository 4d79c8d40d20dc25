"""Exactly: the exact engine's answer for one region of many, where it has the last word."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.engines.outcome import Lacking, Outcome, Refusal
from bajio.errors import BajioError, InvalidRegion, Unavailable
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.evaluation import Options, Question, Uncovered, ask
from bajio.questions.ranking import rank_outcome
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.engines.array.prepared import ExactAnswer


@frozen
class Exactly:
    """Asks the exact engine about one region.

    Attributes:
        registry, indicator, options: what is asked.
        year: the period.
        region: gives a region by its place.
    """

    registry: Registry = field(repr=False)
    indicator: Indicator
    options: Options
    year: int
    region: Callable[[int], Region]

    def __call__(self, row: int) -> "ExactAnswer":
        """What it says of the region at a place."""
        from bajio.engines.array.prepared import ExactAnswer

        question = None
        try:
            question = ask(self.registry, self.indicator, self.region(row), self.options)
            outcome = question.outcome(self.year)
        except BajioError as error:
            return ExactAnswer(None, _refusal(error, known=question is not None))
        covered = outcome.coverage
        return ExactAnswer(
            outcome.low,
            members=covered.members,
            weight=covered.weight,
            periods=covered.periods,
            status=outcome.status,
            place=self._place(question, outcome),
        )

    def _place(self, question: Question, outcome: Outcome) -> tuple[int, int, int, int] | None:
        if self.options.peers is None:
            return None
        try:
            rank = rank_outcome(question, outcome, self.year)
        except BajioError:
            return None
        return rank.position, rank.of, len(rank.tied), len(rank.peers_missing)


def _refusal(error: BajioError, *, known: bool) -> Refusal:
    """Why there is no value, as a code."""
    match error:
        case Lacking():
            return Refusal.LACKING
        case InvalidRegion():
            return Refusal.EMPTY
        case Uncovered():
            return Refusal.UNCOVERED
        case Unavailable() if known:
            return Refusal.UNDEFINED
    return Refusal.UNAVAILABLE
