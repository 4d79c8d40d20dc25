"""The year of a search: one in which all areas, and what they are compared with, have figures."""

from collections.abc import Sequence

from attrs import frozen

from bajio.engines.outcome import Gap, Missing, told
from bajio.errors import Unavailable
from bajio.questions.evaluation import Question
from bajio.questions.years import common_years

_MOST_TOLD = 3


@frozen
class YearGaps:
    """What areas lack in a year.

    Attributes:
        year: the period.
        gaps: for each area without a figure that is needed, which.
    """

    year: int
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """For each area without a figure that is needed, why."""
        return tuple((code, "; ".join(told(gaps))) for code, gaps in self.gaps)


def lacking(questions: Sequence[Question], areas: Sequence[str], year: int) -> YearGaps:
    """The areas that lack a figure in a year."""
    evaluations = [question.evaluation(year, missing=Missing.REFUSE) for question in questions]
    found = []
    for code in areas:
        gaps = tuple(gap for evaluation in evaluations for gap in evaluation.gaps_of(code))
        if gaps:
            found.append((code, gaps))
    return YearGaps(year, tuple(found))


def chosen_year(
    questions: Sequence[Question],
    references: Sequence[Question],
    areas: Sequence[str],
    *,
    leave_out: bool,
) -> YearGaps:
    """The newest year in which every area has every figure, and every reference its own.

    Args:
        questions: the indicators that have years.
        references: the same of regions that are compared with.
        areas: codes.
        leave_out: whether areas may lack figures: the year is then the newest in which most have
            all.

    Raises:
        Unavailable: there is none.
    """
    fewest: YearGaps | None = None
    for year in common_years(questions):
        if not all(one.answers(year) for one in references):
            continue
        found = lacking(questions, areas, year)
        if not found.gaps:
            return found
        if fewest is None or len(found.gaps) < len(fewest.gaps):
            fewest = found
    if fewest is None or len(fewest.gaps) == len(areas):
        codes = ", ".join(sorted({one.indicator.code for one in questions}))
        raise Unavailable(f"no year has {codes} for the areas and for what they are compared with")
    if leave_out:
        return fewest
    raise refused(fewest, areas, None)


def newest_without_gaps(
    questions: Sequence[Question], references: Sequence[Question], areas: Sequence[str]
) -> int | None:
    """The newest year in which nothing is missing, if there is one."""
    if not questions:
        return None
    try:
        return chosen_year(questions, references, areas, leave_out=False).year
    except Unavailable:
        return None


def refused(found: YearGaps, areas: Sequence[str], newest: int | None) -> Unavailable:
    """The refusal to search while areas lack figures, with the ways out."""
    lines = told(gap for _, gaps in found.gaps for gap in gaps)
    more = len(lines) - _MOST_TOLD
    text = "; ".join(lines[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
    if len(found.gaps) < len(areas):
        text += f": search without {'+'.join(code for code, _ in found.gaps)}"
    return Unavailable(text, latest_year=newest)
