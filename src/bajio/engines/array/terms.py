"""Terms: what each area adds to each leaf of a rule, as arrays, read by the exact engine."""

from collections.abc import Container, Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import field, frozen

from bajio.engines import exact
from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.scaled import TermColumn
from bajio.engines.binding import Bound, MembersAt
from bajio.engines.calculation import Collected
from bajio.engines.evaluation import Evaluation
from bajio.engines.exact import State
from bajio.engines.outcome import Gap, Missing
from bajio.facts.observations import STATUSES, Exact
from bajio.rules.plan import SELF

#: The place of a status among those of SDMX, weakest first.
RANK = {status: rank for rank, status in enumerate(STATUSES)}


@frozen(eq=False)
class Terms:
    """The terms of a rule's leaves for some areas in a year.

    Attributes:
        bound: the rule, bound to data.
        areas: codes, in the order of the entries.
        year: the period.
        columns: for each leaf of the region itself its column, by position.
        enters: whether an area has all that these leaves read; else it adds to none of them.
        gaps: what each area that does not enter lacks.
        partly: what areas that enter lack nonetheless, of the periods of a stock's mean.
        status: the rank of each area's weakest status among those of SDMX, weakest first.
        seen, of: how many periods each area has, and would have.
    """

    bound: Bound = field(repr=False)
    areas: tuple[str, ...]
    year: int
    columns: Mapping[int, TermColumn]
    enters: Bools
    gaps: Mapping[str, tuple[Gap, ...]] = field(repr=False)
    partly: Mapping[str, tuple[Gap, ...]] = field(repr=False)
    status: Floats = field(repr=False)
    seen: Floats = field(repr=False)
    of: Floats = field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether every area enters."""
        return bool(self.enters.all())

    def matrix(self) -> Floats:
        """Areas by leaves: the term of each; zero for an area that does not enter."""
        found = np.zeros((len(self.areas), len(self.bound.leaves)))
        for position, column in self.columns.items():
            found[:, position] = column.scaled(column.values)
        return found


def terms(
    bound: Bound,
    areas: Sequence[str],
    year: int,
    *,
    leaves: Sequence[int] | None = None,
    among: Container[str] | None = None,
    partial: bool = False,
) -> Terms:
    """Each area's terms for the leaves that are the region's own.

    Args:
        bound: the rule, bound to data.
        areas: codes.
        year: the period.
        leaves: positions of the leaves that are lifted together; all of the region itself, if
            not given.
        among: the areas that are members of any region; the others are taken to enter, with
            nothing. All, if not given.
        partial: whether a stock may be averaged over the periods that it has.
    """
    if leaves is None:
        leaves = [at for at, leaf in enumerate(bound.plan.leaves) if leaf.place == SELF]
    lifted = [
        exact.lift(bound, code, year, leaves=leaves, partial=partial)
        if among is None or code in among
        else exact.identity(bound)
        for code in areas
    ]
    states = [one if isinstance(one, State) else None for one in lifted]
    columns = {at: TermColumn.of([_term(state, at) for state in states]) for at in leaves}
    pairs = list(zip(areas, lifted, strict=True))
    return Terms(
        bound,
        tuple(areas),
        year,
        columns,
        np.array([state is not None for state in states], dtype=bool),
        {code: tuple(one) for code, one in pairs if not isinstance(one, State)},
        {
            code: tuple(sorted(one.lacking, key=str))
            for code, one in pairs
            if isinstance(one, State) and one.lacking
        },
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


@frozen(eq=False)
class Elsewhere:
    """What the leaves of other places come to: the host, its parts, another region.

    Attributes:
        values: by position, exactly; those that are read one by one as they were collected.
        present, every: how many areas enter, and how many there are.
        seen, of: periods that entered, and that there are.
        status: the weakest of the figures.
        gaps: what is missing.
    """

    values: Mapping[int, Exact | Collected]
    present: int
    every: int
    seen: int
    of: int
    status: str
    gaps: tuple[Gap, ...]


def elsewhere(
    bound: Bound, members: MembersAt, year: int, missing: Missing = Missing.REFUSE
) -> Elsewhere:
    """The leaves of all places but the region itself, worked out exactly.

    Args:
        bound: the rule, bound to data.
        members: gives codes of the areas of a place at a lag.
        year: the period.
        missing: `refuse` or `partial`.

    Raises:
        Unavailable: a figure is missing and the policy refuses, or none is there at all.
    """
    together = Evaluation(bound, members, year, missing).elsewhere()
    positions = [at for at, leaf in enumerate(bound.plan.leaves) if leaf.place != SELF]
    values = dict(zip(positions, together.values_at(positions), strict=True))
    total, present, every = together.total, together.present, together.every
    return Elsewhere(values, present, every, total.seen, total.of, total.status, together.gaps)
