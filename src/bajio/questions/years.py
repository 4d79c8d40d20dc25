"""Choosing the year of an answer, where none is asked for."""

from attrs import evolve

from bajio.questions.columns import Peers
from bajio.questions.evaluation import Question


def choose_year(question: Question) -> int | None:
    """The newest year with data for the region and for at least three quarters of the peers.

    Figures that a tolerance would borrow from other years do not count as the peers' data.
    Where peers never reach that, three quarters of those that ever have data;
    where none have, save the region's own host, the region alone decides.

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
    ever, others = 0, False
    for year in complete:
        column = peers.column(year)
        if 4 * len(column.values) >= 3 * column.of:
            return year
        ever = max(ever, len(column.values))
        others = others or bool(column.values.keys() - {question.host})
    if not others:
        return complete[0]
    return next(year for year in complete if 4 * len(peers.column(year).values) >= 3 * ever)
