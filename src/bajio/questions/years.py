"""Choosing the year of an answer, where none is asked for."""

from attrs import evolve

from bajio.questions.columns import Column, Peers
from bajio.questions.evaluation import Question
from bajio.questions.reach import never_valued


def choose_year(question: Question) -> int | None:
    """The newest year with data for the region and for three quarters of the peers.

    Only peers that ever have a figure count, and none that a tolerance would borrow from another
    year. Where no year reaches that, the year with most peers counts as all; where none has any,
    save the region's own host, the region alone decides.

    Raises:
        Unavailable: the region is complete in no year.
    """
    if question.timeless:
        return None
    complete = question.usable_years()
    if not complete:
        raise question.refusal()
    if question.options.peers is None:
        return complete[0]
    own_years = evolve(question.options, year_tolerance=0)
    peers = Peers(question.registry, question.indicator, own_years)
    most: dict[int, int] = {}
    for year in complete:
        column = peers.column(year)
        ever = _ever_valued(peers, column, year)
        if not ever - {question.host}:
            return complete[0]
        if 4 * len(column.values) >= 3 * len(ever):
            return year
        most[year] = len(column.values)
    enough = max(most.values())
    return next(year for year, count in most.items() if 4 * count >= 3 * enough)


def _ever_valued(peers: Peers, column: Column, year: int) -> set[str]:
    """The peers that have a figure in some year; all of them where three quarters do in this."""
    every = {*column.values, *column.missing}
    if 4 * len(column.values) >= 3 * len(every):
        return every  # enough of all are enough of fewer
    return every - never_valued(peers, year)
