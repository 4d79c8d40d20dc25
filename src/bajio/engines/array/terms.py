"""Terms: what each area adds to each leaf of a rule, as arrays, read by the exact engine."""

from collections.abc import Container, Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen

from bajio.engines import exact
from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.scaled import TermColumn
from bajio.engines.bound_plan import Bound
from bajio.engines.calculation import Collected
from bajio.engines.exact import State
from bajio.facts.observations import STATUSES, Exact

#: The place of a status among those of SDMX, weakest first.
RANK = {status: rank for rank, status in enumerate(STATUSES)}


@frozen(eq=False)
class Terms:
    """The terms of leaves that are lifted together: of the region as it is composed at some lag.

    Attributes:
        lag: of the composition.
        columns: for each of the leaves, by its position, its column: an entry an area.
        enters: whether an area has all that these leaves read; else it adds to none of them.
        status: the rank of each area's weakest status among those of SDMX, weakest first.
        seen, of: how many periods each area has, and would have.
    """

    lag: int
    columns: Mapping[int, TermColumn]
    enters: Bools
    status: Floats
    seen: Floats
    of: Floats

    @property
    def complete(self) -> bool:
        """Whether every area enters."""
        return bool(self.enters.all())


def terms(
    bound: Bound,
    areas: Sequence[str],
    year: int,
    leaves: Sequence[int],
    *,
    lag: int = 0,
    among: Container[str] | None = None,
    partial: bool = False,
) -> Terms:
    """Each area's terms for some leaves that are the region's own.

    Args:
        bound: the rule, bound to data.
        areas: codes.
        year: the period.
        leaves: positions of the leaves, which are lifted together.
        lag: of the composition whose members they are of.
        among: the areas that are members of any region; the others are taken to enter, with
            nothing. All, if not given.
        partial: whether a stock may be averaged over the periods that it has.
    """
    lifted = [
        exact.lift(bound, code, year, leaves=leaves, partial=partial)
        if among is None or code in among
        else exact.identity(bound)
        for code in areas
    ]
    states = [state if isinstance(state, State) else None for state in lifted]
    return Terms(
        lag,
        {
            position: TermColumn.of([_term(state, position) for state in states])
            for position in leaves
        },
        np.array([state is not None for state in states], dtype=bool),
        np.array([RANK[state.status if state else "A"] for state in states], dtype=np.float64),
        np.array([state.seen if state else 0 for state in states], dtype=np.float64),
        np.array([state.of if state else 0 for state in states], dtype=np.float64),
    )


def _term(state: State | None, position: int) -> Exact:
    if state is None:
        return 0
    match state.folds[position]:
        case None:
            return 0
        case Collected(((_, term),)):
            return term
        case (term, _):
            return term
        case int() | Fraction() as term:
            return term
    raise AssertionError("a lifted leaf has a term")
