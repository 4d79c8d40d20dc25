"""The constructors of rules: immutable trees that say what is computed, never how.

Arithmetic of rules is arithmetic of aggregates:
`Sum("gdp") / Sum("population")` is a ratio of sums, never a mean of ratios.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any, ClassVar

from attrs import field, frozen

from bajio.errors import InvalidRule

Where = tuple[tuple[str, str], ...]
Scalar = int | Fraction | Decimal
HOST = "host"
#: In the place of the host: all its areas of the members' kind.
PARTS = "parts-of-host"


class Operator(StrEnum):
    """The four operations on aggregates."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"

    def of(self, first: Any, second: Any) -> Any:
        """What it makes of two numbers, arrays or columns.

        Examples:
            >>> Operator.MINUS.of(5, 2), Operator.OVER.of(Fraction(1), 2)
            (3, Fraction(1, 2))
        """
        return _OPERATIONS[self](first, second)


_OPERATIONS = {
    Operator.PLUS: add,
    Operator.MINUS: sub,
    Operator.TIMES: mul,
    Operator.OVER: truediv,
}


class Rule:
    """Root of all nodes: gives them their arithmetic and their formula as text."""

    __slots__ = ()
    children: ClassVar[tuple[str, ...]] = ()

    def __add__(self, other: "Rule | Scalar") -> "Rule":
        return Arithmetic(Operator.PLUS, self, as_rule(other))

    def __sub__(self, other: "Rule | Scalar") -> "Rule":
        return Arithmetic(Operator.MINUS, self, as_rule(other))

    def __mul__(self, other: "Rule | Scalar") -> "Rule":
        return Arithmetic(Operator.TIMES, self, as_rule(other))

    def __truediv__(self, other: "Rule | Scalar") -> "Rule":
        return Arithmetic(Operator.OVER, self, as_rule(other))

    def __radd__(self, other: Scalar) -> "Rule":
        return as_rule(other) + self

    def __rsub__(self, other: Scalar) -> "Rule":
        return as_rule(other) - self

    def __rmul__(self, other: Scalar) -> "Rule":
        return as_rule(other) * self

    def __rtruediv__(self, other: Scalar) -> "Rule":
        return as_rule(other) / self

    def __str__(self) -> str:
        from bajio.rules.formula import formula

        return formula(self)


class OverMembers(Rule):
    """Root of the rules over the members' own values, one by one: a custom rule, a spread, ...

    `needs` are taken for each member alone; for the host, for each of its parts.
    """

    __slots__ = ()
    name: ClassVar[str] = "over members"
    #: Whether the result is in the unit of the first need; else it is a plain number.
    keeps_unit: ClassVar[bool] = False
    #: Whether it says how much members differ.
    is_spread: ClassVar[bool] = False

    def needs_by_name(self) -> Mapping[str, Rule | str]:
        """What is needed of each member: a rule, or a measure's code, by name."""
        return {name: getattr(self, name) for name in self.children}

    def of(self, members: Sequence[Any]) -> Scalar | float:
        """The value for members, whose figures are called as the needs are."""
        raise NotImplementedError


class Function(Rule):
    """Root of the functions of one number."""

    __slots__ = ()
    rule: Rule


class Axis(Rule):
    """Root of the rules over categories, which come down to plain rules before all else."""

    __slots__ = ()


class Table(Axis):
    """Root of the rules that are a small table, not one number."""

    __slots__ = ()


def has_axes(rule: Rule) -> bool:
    """Whether a rule is, or holds, one over categories, or a table."""
    return isinstance(rule, Axis) or any(has_axes(getattr(rule, name)) for name in rule.children)


def has_categories(rule: Rule) -> bool:
    """Whether a rule names a category of a dimension."""
    if isinstance(rule, Sum):
        return bool(rule.where)
    return any(has_categories(getattr(rule, name)) for name in rule.children)


def as_rule(given: Rule | Scalar) -> Rule:
    """The rule itself, or a number as a rule.

    Raises:
        InvalidRule: for anything else, floats included, since they are not exact.
    """
    if isinstance(given, Rule):
        return given
    if isinstance(given, int | Fraction | Decimal) and not isinstance(given, bool):
        return Number(given)
    raise InvalidRule(f"{given!r} is no part of a rule: use a rule, an int, Fraction or Decimal")


def _where(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Where:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple(sorted((str(name), str(value)) for name, value in pairs))


def _fraction(given: Scalar) -> Fraction:
    return Fraction(given)


def _positive(_instance: object, _attribute: object, years: int) -> None:
    if type(years) is not int or years < 1:
        raise InvalidRule(f"a span or lag of {years!r} years: give a whole number from 1 on")


@frozen
class Number(Rule):
    """An exact constant."""

    value: Fraction = field(converter=_fraction)


@frozen
class Arithmetic(Rule):
    """Two rules joined by one of the four operations."""

    children: ClassVar[tuple[str, ...]] = ("left", "right")
    operator: Operator = field(converter=Operator)
    left: Rule = field(converter=as_rule)
    right: Rule = field(converter=as_rule)


@frozen
class Sum(Rule):
    """Total of an extensive measure over the members.

    Examples:
        >>> print(Sum("gdp") / Sum("population"))
        Σ gdp ÷ Σ population
        >>> print(Sum("gva", {"activity": "31-33"}))
        Σ gva[activity=31-33]
    """

    measure: str
    where: Where = field(default=(), converter=_where)


@frozen
class WeightedMean(Rule):
    """Mean of an intensive measure, weighted by an extensive one (its own where none is named).

    Examples:
        >>> print(WeightedMean("job-growth", weight="jobs"))
        Σ job-growth × jobs ÷ Σ jobs
    """

    measure: str
    weight: str | None = None
    where: Where = field(default=(), converter=_where)


@frozen
class Mean(Rule):
    """The plain mean of a measure over the members, each counting the same."""

    measure: str
    where: Where = field(default=(), converter=_where)


@frozen
class Minimum(Rule):
    """The least value of a measure among the members, and the member that has it."""

    measure: str
    where: Where = field(default=(), converter=_where)


@frozen
class Maximum(Rule):
    """The greatest value of a measure among the members, and the member that has it."""

    measure: str
    where: Where = field(default=(), converter=_where)


@frozen
class Lag(Rule):
    """A rule some years before the period that is asked for."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    years: int = field(default=1, validator=_positive)


@frozen
class Over(Rule):
    """A rule over a span of years that ends in the period: flows summed, stocks averaged.

    Complete or refused: a year that lacks a figure is never left out.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    years: int = field(default=1, validator=_positive)


@frozen
class Growth(Rule):
    """Change over a lag, as a fraction of the earlier value.

    Refused on current prices, which would sell inflation as growth, unless `nominal` says so;
    refused where the earlier value is not positive.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    years: int = field(default=1, validator=_positive)
    nominal: bool = False


@frozen
class Share(Rule):
    """A rule for the region over the same rule for its host, or for another region."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    of: str = HOST


@frozen
class Convert(Rule):
    """Money in another currency, each year at its own observed rate.

    `at` is the measure of the rate: `exchange-rate`, `ppp-factor`.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    to: str
    at: str = "exchange-rate"


@frozen
class Deflate(Rule):
    """Money of each year at the prices of a base year, by a price index.

    `by` is the measure of the index. It belongs to the currency of the country that it is of:
    money of another currency is refused, save that whoever issues that currency has an index.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    base: int
    by: str = "cpi"


@frozen
class At(Rule):
    """A rule for another place: the host, a region by its code, or, inside `By`, each member.

    Examples:
        >>> print(Sum("gdp") / At(Sum("gdp"), "host"))
        Σ gdp ÷ (Σ gdp of the host)
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    place: str = HOST
