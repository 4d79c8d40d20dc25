"""What a rule comes down to: addressed leaves that merge, and an expression over them.

Growth, spans, shares and conversions are context: they are pushed down to the leaves,
so that an engine knows sums, minima and maxima of products, and arithmetic, and nothing else:
save for a custom rule, whose leaves collect the members' terms for its function.
"""

from enum import StrEnum
from functools import cached_property

from attrs import frozen

from bajio.brief import Alike, Brief
from bajio.facts.periods import WHOLE, Season
from bajio.rules.algebra import Expression

SELF, HOST = "self", "host"
#: In the place of the host: all its areas of the members' kind.
PARTS = "parts-of-host"
#: The axis of a table whose keys are the region's members, and the place of each.
MEMBER = "member"
Where = tuple[tuple[str, str], ...]


class Fold(StrEnum):
    """How the members' terms become one: each is associative and commutative."""

    SUM = "sum"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    COLLECT = "collect"


@frozen(repr=False)
class LeafCell(Brief):
    """One measure under one set of dimensions: a factor of a member's term."""

    measure: str
    where: Where = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the dimensions, in the measure's order."""
        return tuple(value for _, value in self.where)


@frozen(repr=False)
class Exchange(Brief):
    """Money into another currency by an observed rate."""

    to: str
    at: str


@frozen(repr=False)
class Revalue(Brief):
    """Money of a year at the prices of a base year, by a price index."""

    base: int
    by: str


@frozen(repr=False)
class Leaf(Brief):
    """A fold of the members' terms, where and when.

    Attributes:
        fold: sum, minimum, maximum, or the terms themselves with whose they are.
        cells: the term is their product; with none it is 1, and the sum counts the members.
        lag: years before the period.
        place: `self`, `host`, or the code of a region.
        conversions: applied to the cells that are money, in order.
    """

    fold: Fold
    cells: tuple[LeafCell, ...]
    lag: int = 0
    place: str = SELF
    conversions: tuple[Exchange | Revalue, ...] = ()

    def text(self, year: int, season: Season = WHOLE) -> str:
        """What is folded, where and when, for readers.

        Examples:
            >>> Leaf(Fold.SUM, (LeafCell("gva", (("activity", "23"),)),), 5, "host").text(2024)
            'Σ gva[activity=23] of the host, 2019'
        """
        fold = {"sum": "Σ ", "minimum": "min ", "maximum": "max ", "collect": ""}[self.fold]
        cells = " × ".join(
            cell.measure + "".join(f"[{name}={value}]" for name, value in cell.where)
            for cell in self.cells
        )
        base = "".join(
            f" at prices of {step.base}" for step in self.conversions if isinstance(step, Revalue)
        )
        place = "" if self.place == SELF else f" of the {self.place}"
        return f"{fold}{cells}{base}{place}, {season.text(year - self.lag)}"


@frozen(eq=False, slots=False, repr=False)
class Plan(Alike):
    """The leaves of a rule and the expression that finishes them.

    Attributes:
        leaves: distinct, in order of first appearance.
        expression: over the leaves.
        additive: whether values of disjoint regions add up to that of their union.
    """

    leaves: tuple[Leaf, ...]
    expression: Expression
    additive: bool

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Codes of the measures that it reads, rates excepted."""
        cells = (cell.measure for leaf in self.leaves for cell in leaf.cells)
        return tuple(dict.fromkeys(cells))

    @cached_property
    def collects(self) -> bool:
        """Whether a custom rule needs the members' terms one by one."""
        return any(leaf.fold is Fold.COLLECT for leaf in self.leaves)

    @cached_property
    def is_linear(self) -> bool:
        """Whether a total less a part of it is a part itself, for each leaf."""
        return all(
            leaf.fold is Fold.SUM and len(leaf.cells) == 1 and leaf.place == SELF
            for leaf in self.leaves
        )

    @cached_property
    def is_local(self) -> bool:
        """Whether it reads nothing but the region's own members."""
        return all(leaf.place == SELF for leaf in self.leaves)

    @cached_property
    def lags(self) -> tuple[int, ...]:
        """The distinct lags, smallest first."""
        return tuple(sorted({leaf.lag for leaf in self.leaves}))
