"""Rules over the members' own values, one by one: the greatest, a spread, a regression."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.rules.custom import Member
from bajio.rules.nodes import OverMembers, Rule, as_rule


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
