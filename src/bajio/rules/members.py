"""Rules over the members' own values, one by one: the greatest, a spread, a regression."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.rules.custom import Member
from bajio.rules.nodes import Rule, as_rule

#: In the place of the host: all its areas of the members' kind.
PARTS = "parts-of-host"


class OverMembers(Rule):
    """Root of the rules that read each member's own values.

    `children` are rules, each taken for a member alone; for the host, for each of its parts.
    """

    __slots__ = ()
    name: ClassVar[str] = "over members"
    #: Whether the result is in the unit of the first child; else it is a plain number.
    keeps_unit: ClassVar[bool] = False

    def of(self, members: Sequence[Member]) -> int | Fraction:
        """The value for members, whose figures are called as the children are."""
        raise NotImplementedError


@frozen
class Best(OverMembers):
    """The greatest value among the members, each by itself.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> print(Best(Sum("gdp") / Sum("population")))
        greatest(Σ gdp ÷ Σ population)
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    name: ClassVar[str] = "greatest"
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def of(self, members: Sequence[Member]) -> Fraction:
        """The greatest of the members' values."""
        return max(member["rule"] for member in members)


@frozen
class Worst(OverMembers):
    """The least value among the members, each by itself."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    name: ClassVar[str] = "least"
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def of(self, members: Sequence[Member]) -> Fraction:
        """The least of the members' values."""
        return min(member["rule"] for member in members)


@frozen
class Average(OverMembers):
    """The plain mean of the members' own values, each member counting the same."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    name: ClassVar[str] = "plain mean"
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def of(self, members: Sequence[Member]) -> Fraction:
        """The sum of the members' values over their number."""
        return sum((member["rule"] for member in members), Fraction()) / len(members)
