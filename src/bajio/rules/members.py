"""Rules over the members' own values, one by one: the greatest, a spread, a regression."""

from typing import ClassVar

from attrs import field, frozen

from bajio.rules.algebra import ONE, Figure, Pooled, Total
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

    def pooled(self) -> Pooled:
        """The greatest of the members' values."""
        return Pooled(Total("maximum", Figure("rule")))


@frozen
class Worst(OverMembers):
    """The least value among the members, each by itself."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    name: ClassVar[str] = "least"
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def pooled(self) -> Pooled:
        """The least of the members' values."""
        return Pooled(Total("minimum", Figure("rule")))


@frozen
class Average(OverMembers):
    """The plain mean of the members' own values, each member counting the same."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    name: ClassVar[str] = "plain mean"
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def pooled(self) -> Pooled:
        """The sum of the members' values over their number."""
        return Pooled(Total("sum", Figure("rule")) / Total("count", ONE))
