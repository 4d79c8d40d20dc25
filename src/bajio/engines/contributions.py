"""What a value is made of: leaves area by area, rates, and the terms of a ratio."""

from collections.abc import Mapping

from attrs import frozen

from bajio.brief import Brief
from bajio.engines.markets import SeriesColumn
from bajio.facts.observations import Exact


@frozen(repr=False)
class LeafTerm(Brief):
    """What one area adds to a leaf; where it adds nothing, why."""

    area: str
    term: Exact | None
    reason: str = ""


@frozen(eq=False, repr=False)
class LeafTerms(Brief):
    """A leaf, area by area.

    Attributes:
        terms: what each area of its place adds to it.
        total: what these fold to; `None` where nothing is there, or a custom rule reads each.
    """

    terms: tuple[LeafTerm, ...]
    total: Exact | None


@frozen(eq=False, repr=False)
class RateRead(Brief):
    """A rate that money was converted by: its series, where and when it was read, how much."""

    column: SeriesColumn
    country: str
    year: int
    value: Exact


@frozen(repr=False)
class Split(Brief):
    """A value as a ratio of two sums over the members, or as one sum.

    Attributes:
        above: each member's term of the numerator, or of the sum.
        below: each member's term of the denominator; `None` where the value is a sum.
        grows: whether there is no value where the denominator is negative.
    """

    above: Mapping[str, Exact]
    below: Mapping[str, Exact] | None
    grows: bool = False
