"""Flip points: how much a value, or one figure that it is made of, must change to change a rank.

Everything else stays as it is: the other figures, and the peers.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen

from bajio.brief import Brief
from bajio.engines.outcome import Missing
from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.questions.peers import sort_key
from bajio.questions.question import Question
from bajio.questions.ranking import Field, field_of
from bajio.questions.results import Result
from bajio.rules.plan import HOST, SELF, Leaf
from bajio.units import Unit


@frozen(repr=False)
class Target(Brief):
    """A value at which the rank is another one.

    A better rank is there once the value is reached, a worse one once it is passed.

    Attributes:
        up: whether the rank is a better one.
        position: the rank that it leads to.
        peers: codes of the peers whose value it is.
        value: theirs.
    """

    up: bool
    position: int
    peers: tuple[str, ...]
    value: Exact


@frozen(repr=False)
class Flip(Brief):
    """What the value, or one figure that it is made of, must come to for another rank.

    Attributes:
        name: the indicator's code, or which sum, as `Σ gdp, 2018`.
        unit: of the figures.
        target: the value that is aimed at, and the rank there.
        now: the figure as it is.
        needed: what it must come to; `None` where nothing that it can be is enough.
    """

    name: str
    unit: Unit
    target: Target
    now: Exact
    needed: Exact | None

    @property
    def change(self) -> Exact | None:
        """By how much it must change."""
        return None if self.needed is None else self.needed - self.now

    @property
    def relative(self) -> Fraction | None:
        """The change as a fraction of the figure; `None` from zero."""
        return None if self.change is None or not self.now else Fraction(self.change) / self.now


@frozen(repr=False)
class Flips(Brief):
    """All flip points of a ranked value.

    Attributes:
        value: of the value itself, upwards and downwards.
        inputs: of each sum that it is made of, all else being as it is.
        skipped: the sums that it cannot be solved for, and why.
    """

    value: tuple[Flip, ...] = ()
    inputs: tuple[Flip, ...] = ()
    skipped: tuple[tuple[str, str], ...] = field(default=())


def flips(question: Question, result: Result, year: int) -> Flips:
    """The flip points of a result.

    Args:
        question: what was asked, bound to data.
        result: the answer, ranked.
        year: the period that it was read in.
    """
    if result.rank is None or result.point is None:
        return Flips()
    now = result.exact
    targets = tuple(_targets(field_of(question, year), question, now))
    unit = result.unit
    own_flips = tuple(
        Flip(result.indicator.code, unit, target, now, target.value) for target in targets
    )
    if not result.coverage.complete:
        return Flips(own_flips, (), (("every sum", "figures are missing"),))
    inputs: list[Flip] = []
    skipped: dict[str, str] = {}
    solver = _Solver(question, year)
    for position, leaf in enumerate(question.bound.plan.leaves):
        if leaf.place != SELF or not leaf.cells:
            continue
        name = leaf.text(year, question.season)
        try:
            inputs += [solver.flip(position, name, target) for target in targets]
        except Unavailable as error:
            skipped[name] = error.reason
    return Flips(own_flips, tuple(inputs), tuple(skipped.items()))


def _targets(peers: Field, question: Question, value: Exact) -> Iterator[Target]:
    """The value of the neighbour above, and of whom the region is level with or above."""
    keys, codes = peers.keys, peers.codes
    key = sort_key(value, question.indicator)
    start, stop = bisect_left(keys, key), bisect_right(keys, key)
    if start:
        first = bisect_left(keys, keys[start - 1])
        value_above = peers.values[codes[first]]
        yield Target(up=True, position=first + 1, peers=codes[first:start], value=value_above)
    if start < len(keys):
        last = bisect_right(keys, keys[start])
        below = value if stop > start else peers.values[codes[start]]
        yield Target(up=False, position=last + 1, peers=codes[start:last], value=below)


class _Solver:
    """Solves a value for one of the sums that it is made of."""

    def __init__(self, question: Question, year: int) -> None:
        self.bound = question.bound
        self.evaluation = question.evaluation(year, missing=Missing.REFUSE)
        self.members = self.evaluation.composition
        self.sums = self.evaluation.sums()

    def flip(self, position: int, name: str, target: Target) -> Flip:
        """What a sum must come to for a value.

        Raises:
            Unavailable: the value cannot be solved for it.
        """
        leaf = self.bound.plan.leaves[position]
        now = self.sums.get(position)
        if now is None or len(leaf.cells) > 1:
            raise Unavailable("it is no sum of one measure")
        response = self.evaluation.response(self._moved(leaf))
        if response is None:
            raise Unavailable("the value is neither linear in it nor a ratio")
        change = response.needed(target.value)
        minimum = self.bound.leaves[position].columns[0].measure.minimum
        needed = None if change is None else now + change
        if needed is not None and minimum is not None and minimum >= 0 > needed:
            needed = None
        return Flip(name, self.bound.leaves[position].unit, target, now, needed)

    def _moved(self, leaf: Leaf) -> set[int]:
        """The leaves that grow with a sum: its own, and the host's, which the region is part of."""
        moved = set()
        own_members = set(self.members(SELF, leaf.lag))
        for position, other in enumerate(self.bound.plan.leaves):
            if (other.cells, other.lag) != (leaf.cells, leaf.lag):
                continue
            same = (other.fold, other.conversions) == (leaf.fold, leaf.conversions)
            if same and other.place in {SELF, HOST}:
                moved.add(position)
            elif own_members & {*self.members(other.place, other.lag)}:
                raise Unavailable("the value reads it in more than one way")
        return moved
