"""What is searched for, as numbers: the areas' terms, what is aimed at, and what is required."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import field, frozen

from bajio.facts.observations import Exact
from bajio.rules.algebra import Condition, Expression
from bajio.rules.plan import Fold

#: Of how many areas at most alliances are made.
MOST_AREAS = 64
AreaTerms = tuple[Exact, ...]


@frozen
class Linear:
    """A sum over the members.

    Attributes:
        terms: one an area.
    """

    terms: AreaTerms


@frozen
class Quotient:
    """A sum over the members divided by another.

    Attributes:
        above, below: terms, one an area.
        growth: whether there is no value where what is divided by is negative.
    """

    above: AreaTerms
    below: AreaTerms
    growth: bool = False


@frozen
class General:
    """An expression over what leaves come to.

    Attributes:
        expression: over leaves by position.
        leaves: for each the terms, one an area, and how they are folded; or a number that is the
            same for all sets.
    """

    expression: Expression
    leaves: tuple[tuple[Fold, AreaTerms] | Exact, ...]


@frozen
class MemberRule:
    """A rule over the members as data.

    Attributes:
        value: what it is for a set.
        conditions: what must hold for that.
        figures: by name the figures that it reads, one an area.
    """

    value: Expression
    conditions: tuple[Condition, ...]
    figures: tuple[tuple[str, AreaTerms], ...]


@frozen
class Opaque:
    """What only the exact way tells, set by set."""


Quantity = Linear | Quotient | General | MemberRule | Opaque


@frozen
class Aim:
    """What is to be small: a distance from a target, or a quantity by its sign.

    Attributes:
        quantity: of what.
        target: the distance from it counts, if there is one.
        factor: what that distance, or the quantity, is multiplied by.
    """

    quantity: Quantity
    target: Fraction | None
    factor: Fraction


@frozen
class Limit:
    """What a quantity has to be: from `least` to `most`, each if given."""

    quantity: Quantity
    least: Fraction | None = None
    most: Fraction | None = None


@frozen(eq=False)
class Problem:
    """Which sets of areas are searched for.

    Attributes:
        count: of areas; the terms are in their order, by which ties are decided.
        least, most: sizes.
        best: how many sets are wanted.
        key: what is to be small, for positions of members: exactly, or `None` for a set that may
            not be, having no value or breaking a limit.
        aims: the greatest of them is to be small; without any, few members are.
        limits: all of them are to hold.
        required: positions of the areas that must be in the set.
        borders: pairs of positions of areas that border on one another; `None` where the set
            need not be connected.
    """

    count: int
    least: int
    most: int
    best: int
    key: Callable[[tuple[int, ...]], Exact | None] = field(repr=False)
    aims: Sequence[Aim] = ()
    limits: Sequence[Limit] = ()
    required: tuple[int, ...] = ()
    borders: Sequence[tuple[int, int]] | None = None
