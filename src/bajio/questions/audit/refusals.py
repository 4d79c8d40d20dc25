"""Why a claim cannot be decided: what was refused, in words of every language."""

import re
from collections.abc import Sequence

from bajio.engines.outcome import MOST_TOLD, NOT_IN, Lacking, Unserved, together
from bajio.errors import BajioError, Unavailable
from bajio.facts.observations import GAPS
from bajio.facts.series import FIGURES_ARE
from bajio.words.sentences import Message, Piece, Sentence, listing, sentence

#: As many areas as a problem names.
_MOST_NAMED = 4
#: What a reason says of the periods of a longer one: some of them, how many more, and why.
_LACKED = re.compile(r"([\dQ-]{7}(?:(?:, | and )[\dQ-]{7})*)(?: and (\d+) more)? (.+)")


class Undecidable(Unavailable):
    """Why data cannot decide a claim, in words of every language."""

    def __init__(self, reason: Sentence) -> None:
        self.sentence = reason
        super().__init__(str(reason))

    def __reduce__(self) -> tuple[type["Undecidable"], tuple[Sentence]]:
        return Undecidable, (self.sentence,)


def undecidable(problem: str, **parts: Piece) -> Undecidable:
    """The refusal to decide a claim for one of the problems that phrase books know."""
    return Undecidable(sentence(f"problem.{problem}", **parts))


def problem_of(error: BajioError) -> Piece:
    """What is wrong, as far as phrase books know it; else as the error says it."""
    if isinstance(error, Undecidable):
        return error.sentence
    if isinstance(error, Lacking) and error.gaps:
        lines = list(together(error.gaps).items())[:MOST_TOLD]
        return listing((_lacking(*line) for line in lines), between="; ")
    if isinstance(error, Unserved) and not any(error.told[2:]):
        return sentence("problem.no-series", what=error.told[0], areas=error.told[1])
    text = error.cause if isinstance(error, Unavailable) else str(error)
    return sentence("problem.other", problem=Message(text.rstrip(".")))


def _lacking(what: tuple[str, str, str], areas: Sequence[str]) -> Sentence:
    """A figure that some areas lack, and why."""
    measure, period, reason = what
    named: Piece = ", ".join(areas[:_MOST_NAMED])
    more = len(areas) - _MOST_NAMED
    return sentence(
        "problem.lacking",
        measure=repr(measure),
        areas=sentence("list.rest", names=named, count=more) if more > 0 else named,
        when=sentence("when.in", span=period) if period else "",
        reason=sentence("problem.reason", reason=_why(reason)) if reason else "",
    )


def _why(reason: str) -> Piece:
    """Why there is no figure; what no phrase book knows is as the data say it."""
    known = next((code for code, text in GAPS.items() if text == reason), None)
    if known is not None:
        return sentence(f"reason.{known}")
    if reason.startswith(NOT_IN):
        return sentence("reason.not-in", source=reason.removeprefix(NOT_IN))
    if reason.startswith(FIGURES_ARE):
        return sentence(f"reason.{reason.removeprefix(FIGURES_ARE)}")
    lacked = _LACKED.fullmatch(reason)
    if lacked is None:
        return reason
    names, more, why = lacked.groups()
    periods: Piece = listing(names.split(" and "))
    if more:
        periods = sentence("list.rest", names=names, count=int(more))
    if why == "missing":
        return sentence("gap.missing", periods=periods)
    return sentence("gap.of-periods", periods=periods, reason=_why(why))
