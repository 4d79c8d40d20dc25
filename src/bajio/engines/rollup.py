"""Rolling up: an area without a figure of its own counts as the sum of its parts, if all have one.

The parts are those of one kind that existed in the period, each by itself or as the sum of its own
parts, and what is allocated to none of them where it has figures; all leaves of a rule roll up at
one level. A user's figures of parts stand in for the area's published one only where all of them
are the user's.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from bajio.engines.bound_plan import Bound, MembersAt
from bajio.engines.seams import mixed, origins, own_anywhere, parts_of, rates_read, read_areas
from bajio.facts.measures import Kind
from bajio.facts.observations import Exact
from bajio.facts.series import Series
from bajio.facts.tables import FigureOrigin
from bajio.rules.plan import Fold

#: Gives what a part adds to a leaf in a year; `None` where it has no figure.
Term = Callable[[str, int], Exact | None]
#: Figures of a user's parts that add up to less of an area's published one are not all of it.
_LEAST = Fraction(3, 4)


def level(
    bound: Bound, area: str, year: int, place: str, alone: Sequence[Exact | None], term: Term
) -> str:
    """The kind of the parts that an area counts as the sum of; empty where it is itself.

    Args:
        bound: the rule, bound to data.
        area: a code.
        year: the period.
        place: whose leaves are read: `self`, `host` or a region.
        alone: what the area adds to each leaf of the place by itself.
        term: gives what a part adds to a leaf.
    """
    leaves = [position for position, leaf in enumerate(bound.plan.leaves) if leaf.place == place]
    if not all(_adds(bound, leave) for leave in leaves):
        return ""
    published = None not in alone
    if published and not (bound.is_laid_over and not own_anywhere(bound, year, [area], place)):
        return ""
    for kind in bound.levels.get(area, ()):
        if bound.without(area, kind, year):
            continue
        by_leaf = [parts_of(bound, area, kind, year, leave) for leave in leaves]
        every = list(dict.fromkeys(code for codes in by_leaf for code in codes))
        if published and (
            not own_anywhere(bound, year, every, place) or mixed(bound, year, every, every)
        ):
            continue
        sums = [
            _sum([term(code, position) for code in codes])
            for position, codes in zip(leaves, by_leaf, strict=True)
        ]
        if every and None not in sums and (not published or _are_all(alone, sums)):
            return kind
    return ""


def _sum(terms: Sequence[Exact | None]) -> Exact | None:
    known = [term for term in terms if term is not None]
    return sum(known) if known and len(known) == len(terms) else None


def _are_all(published: Sequence[Exact | None], sums: Sequence[Exact | None]) -> bool:
    """Whether parts can be all of an area, by what is published for it."""
    pairs = [(whole, made) for whole, made in zip(published, sums, strict=True) if whole and made]
    return not any(abs(Fraction(made)) < _LEAST * abs(Fraction(whole)) for whole, made in pairs)


def read_from(
    bound: Bound, series: Sequence[Series], members: MembersAt, year: int
) -> tuple[Series, ...]:
    """The series that figures are read from, where some are laid over others.

    Args:
        bound: the rule, bound to data.
        series: those that it is bound to.
        members: gives codes of the areas by place and lag.
        year: the period.
    """
    result: dict[Series, None] = {}
    read: dict[Series, set[FigureOrigin | None]] = {}
    for position, leaf in enumerate(bound.plan.leaves):
        for column in bound.leaves[position].columns:
            whose = read.setdefault(column.series, set())
            for area in members(leaf.place, leaf.lag) if column.table.origins else ():
                for code in read_areas(bound, area, year, position):
                    whose.update(origins(column, code, year - leaf.lag))
        for column, country, when in rates_read(
            bound, members(leaf.place, leaf.lag), year, position
        ):
            read.setdefault(column.series, set()).update(origins(column, country, when))
    for read_series in series:
        whose = read.get(read_series, set())
        if None in whose or not whose:
            result[read_series] = None
        for layer in read_series.laid:
            if FigureOrigin(layer.source, layer.edition, layer.layer) in whose:
                result[layer] = None
    return tuple(result)


def _adds(bound: Bound, position: int) -> bool:
    """Whether an area's term in a leaf is the sum of its parts' terms."""
    kinds = [column.measure.kind for column in bound.leaves[position].columns]
    if not kinds:
        return True  # it counts areas
    if bound.plan.leaves[position].fold is not Fold.SUM:
        return kinds == [Kind.EXTENSIVE]
    return kinds.count(Kind.EXTENSIVE) == 1
