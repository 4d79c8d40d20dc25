"""Choosing the year of an answer, where none is asked for. Nothing else chooses one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bajio.engines.outcome import Lacking, Missing
from bajio.errors import Unavailable
from bajio.facts.periods import Frequency, Season, seasons
from bajio.questions.peers import PeerColumn, Peers
from bajio.questions.question import FIRST_YEAR, Question


def choose_year(question: Question) -> int | None:
    """The newest year with data for the region and for three quarters of the peers.

    Only peers that ever have a figure count, and none that a tolerance would borrow from another
    year. Where no year reaches that, the year with most peers counts as all; where none has any,
    save the region's own host, the region alone decides.

    Raises:
        Unavailable: the region is complete in no year.
    """
    if question.bound.is_timeless:
        return None
    usable = usable_years(question)
    newest = next(usable, None)
    if newest is None:
        raise refusal(question)
    if question.options.peers is None:
        return newest
    own_years = question.options.but(year_tolerance=0)
    peers = Peers(question.registry, question.indicator, own_years)
    most: dict[int, int] = {}
    for year in chain([newest], usable):
        column = peers.column(year)
        ever = _ever_valued(peers, column, year)
        if not ever - {question.host}:
            return newest
        if 4 * len(column.values) >= 3 * len(ever):
            return year
        most[year] = len(column.values)
    enough = max(most.values())
    return next(year for year, count in most.items() if 4 * count >= 3 * enough)


def _ever_valued(peers: Peers, column: PeerColumn, year: int) -> set[str]:
    """The peers that have a figure in some year; all of them where three quarters do in this."""
    every = {*column.values, *column.missing}
    if 4 * len(column.values) >= 3 * len(every):
        return every  # enough of all are enough of fewer
    return every - peers.never_valued(year)


def period_of(question: Question, year: int | None) -> int:
    """A year; without one, that in which peers and members are taken of what has no period."""
    return year or question.options.year or question.registry.today or 0


def usable_years(question: Question) -> Iterator[int]:
    """The years that are complete, newest first.

    Where none is and the policy for missing data allows less, those that it answers.
    """
    lacking = True
    for year in question.years():
        if question.is_complete(year):
            lacking = False
            yield year
    if lacking and question.options.missing != Missing.REFUSE:
        yield from (year for year in question.years() if question.answers(year))


def newest_year(question: Question) -> int | None:
    """The newest year in which the region is complete, and that has an answer."""
    if question.bound.is_timeless:
        return None
    complete = (year for year in question.years() if question.is_complete(year))
    return next((year for year in complete if question.answers(year)), None)


def newest_period(question: Question) -> str | None:
    """The newest period like that asked for in which the region is complete, else such a year."""
    return newest_like(question.season, lambda season: newest_year(question.in_season(season)))


def newest_like(season: Season, newest: Callable[[Season], int | None]) -> str | None:
    """The newest period of the frequency that is asked for, else the newest year.

    Args:
        season: of what is asked for.
        newest: gives the newest year of a season, if there is one.
    """
    for frequency in dict.fromkeys((season.frequency, Frequency.ANNUAL)):
        periods = [one.of(year) for one in seasons(frequency) if (year := newest(one)) is not None]
        if periods:
            return str(max(periods))
    return None


def common_years(questions: Sequence[Question]) -> list[int]:
    """Years that could have data for all of some questions, newest first."""
    first, *others = questions
    common = set(first.years()).intersection(*(question.years() for question in others))
    return sorted(common, reverse=True)


def complete_years(questions: Sequence[Question]) -> Iterator[int]:
    """The years in which all of some questions are complete, newest first."""
    return (
        year
        for year in common_years(questions)
        if all(question.is_complete(year) for question in questions)
    )


def year_of_most(questions: Sequence[Question]) -> int | None:
    """Of the newest years of some questions, that in which most of them are complete."""
    if questions and (year := _year_of_all(*questions)) is not None:
        return year
    years = {year for question in questions if (year := newest_year(question)) is not None}
    complete = {year: sum(question.is_complete(year) for question in questions) for year in years}
    return max(years, key=lambda year: (complete[year], year), default=None)


def _year_of_all(first: Question, *others: Question) -> int | None:
    """The newest complete year of a question, where it answers and all others are complete too.

    No other year can have more of them, and none that is newer as many.
    """
    if first.bound.is_timeless:
        return None
    year = next((year for year in first.years() if first.is_complete(year)), None)
    if year is None or not first.answers(year):
        return None
    return year if all(other.is_complete(year) for other in others) else None


def year_beside(
    questions: Sequence[Question], others: Sequence[Sequence[Question]], *, leaves_out: bool
) -> int | None:
    """The newest year in which some questions are complete, and all others to compare with.

    Where there is no such year, the newest in which those are that are asked for.

    Args:
        questions: what is asked for.
        others: what is asked of each region to compare with; nothing where it lacks a series.
        leaves_out: whether three quarters of these are enough.
    """
    dated = [question for question in questions if not question.bound.is_timeless]
    if not dated:
        return None
    years = list(complete_years(dated))
    for year in years:
        complete = sum(
            bool(each) and all(one.bound.is_timeless or one.is_complete(year) for one in each)
            for each in others
        )
        if complete == len(others) or (leaves_out and 4 * complete >= 3 * len(others)):
            return year
    return next(iter(years or common_years(dated)), None)


def refusal(question: Question) -> Unavailable:
    """Why no year has a value: what figures that are complete do not allow, else the gaps."""
    gaps = None
    for year in question.years() or (question.registry.today or FIRST_YEAR,):
        try:
            question.outcome(year, Missing.REFUSE)
        except Lacking as error:
            gaps = gaps or error
        except Unavailable as error:
            return error
    return gaps or Unavailable(f"no year has {question.indicator.code!r} for {question.region}")
