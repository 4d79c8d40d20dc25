"""The constructors of rules: immutable trees that say what is computed, never how.

Arithmetic of rules is arithmetic of aggregates:
`Sum("gdp") / Sum("population")` is a ratio of sums, never a mean of ratios.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from attrs import field, frozen
from attrs.converters import optional

from bajio.amounts import exact_number
from bajio.arguments import as_pairs, as_text
from bajio.errors import InvalidRule, InvalidValue, shown
from bajio.facts.periods import as_year
from bajio.rules.algebra import Operator, Pooled

Where = tuple[tuple[str, str], ...]
Scalar = int | Fraction | Decimal
HOST = "host"
#: The longest span or lag.
MOST_YEARS = 1000
#: In the place of the host: all its areas of the members' kind.
PARTS = "parts-of-host"


#: Rules are walked by recursion, each node as often as it is named: both are bounded.
MOST_DEPTH, MOST_NODES = 60, 200_000
_MOST_TEXT = 10_000


class Rule:
    """Root of all nodes: gives them their arithmetic and their formula as text.

    A rule is at most so deep and so large that whatever walks it ends in time.
    """

    __slots__ = ("_extent",)
    children: ClassVar[tuple[str, ...]] = ()
    #: Whether it is no exact number, but worked out to many digits.
    is_rounded: ClassVar[bool] = False
    _extent: tuple[int, int]

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_extent", _extent_of(self))

    def inner(self) -> "tuple[Rule, ...]":
        """The rules that it is made of."""
        own = (getattr(self, name) for name in self.children)
        return tuple(one for one in own if isinstance(one, Rule))

    @property
    def extent(self) -> tuple[int, int]:
        """How many nodes it has, each counted as often as it is named, and how deep they nest."""
        try:
            return self._extent
        except AttributeError:  # it was copied, or is of a class with an own __attrs_post_init__
            found = _extent_of(self)
            object.__setattr__(self, "_extent", found)
            return found

    def __add__(self, other: "Rule | Scalar") -> "Rule":
        return _joined(Operator.PLUS, self, as_rule(other))

    def __sub__(self, other: "Rule | Scalar") -> "Rule":
        return _joined(Operator.MINUS, self, as_rule(other))

    def __mul__(self, other: "Rule | Scalar") -> "Rule":
        return _joined(Operator.TIMES, self, as_rule(other))

    def __truediv__(self, other: "Rule | Scalar") -> "Rule":
        return _joined(Operator.OVER, self, as_rule(other))

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

        text = formula(self)
        return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]} …"


def _extent_of(rule: Rule) -> tuple[int, int]:
    """How many nodes a rule has, and how deep they nest.

    Raises:
        InvalidRule: it is too large, or too deep.
    """
    nodes, depth = 1, 1
    for inner in rule.inner():
        of_inner = inner.extent
        nodes, depth = nodes + of_inner[0], max(depth, 1 + of_inner[1])
    if depth > MOST_DEPTH:
        raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep: name less in one another")
    if nodes > MOST_NODES:
        raise InvalidRule(f"a rule has at most {MOST_NODES:,} parts: make it of fewer")
    return nodes, depth


def _joined(operator: Operator, left: Rule, right: Rule) -> Rule:
    """Two rules joined by an operation; what has grown long is first written more shortly."""
    (nodes, depth), (others, other_depth) = left.extent, right.extent
    if max(depth, other_depth) < MOST_DEPTH // 2 and nodes + others < MOST_NODES // 10:
        return Arithmetic(operator, left, right)
    from bajio.rules.shortening import shortened

    return shortened(operator, left, right)


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

    def pooled(self) -> Pooled | None:
        """The rule as data, in the algebra; `None` where only its function can say what it is."""
        return None

    def of(self, members: Sequence[Any]) -> Scalar | float:
        """The value for members, whose figures are called as the needs are."""
        from bajio.rules.exact_domain import of_members

        pooled = self.pooled()
        if pooled is None:
            raise NotImplementedError
        return of_members(pooled, members)


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


def has_rounded(rule: Rule) -> bool:
    """Whether equal values of a rule may differ in their last digits."""
    return rule.is_rounded or any(map(has_rounded, rule.inner()))


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
    raise InvalidRule(
        f"{shown(given)} is no part of a rule: use a rule, an int, Fraction or Decimal"
    )


def _where(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Where:
    categories = as_pairs(given, "categories by dimension")
    for name, value in categories.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise InvalidRule(f"{shown(value)} is no category of {shown(name)}: give its code")
    return tuple(sorted((name, str(value)) for name, value in categories.items()))


def as_scalar(given: object) -> Fraction:
    """An exact number of a rule; an attrs converter.

    Raises:
        InvalidRule: it is none, or has more digits than any quantity has.
    """
    try:
        return exact_number(given)
    except InvalidValue as error:
        raise InvalidRule(f"a number of a rule: {error}") from None


def as_named(given: str) -> str:
    """A code in a rule; an attrs converter."""
    return as_text(given, "a code in a rule")


def _year(given: object) -> int:
    try:
        return as_year(given)
    except InvalidValue as error:
        raise InvalidRule(f"prices of a base year: {error}") from None


def _positive(_instance: object, _attribute: object, years: int) -> None:
    if type(years) is not int or not 1 <= years <= MOST_YEARS:
        advice = f"give a whole number from 1 to {MOST_YEARS}"
        raise InvalidRule(f"a span or lag of {shown(years)} years: {advice}")


@frozen
class Number(Rule):
    """An exact constant."""

    value: Fraction = field(converter=as_scalar)


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

    measure: str = field(converter=as_named)
    where: Where = field(default=(), converter=_where)


@frozen
class WeightedMean(Rule):
    """Mean of an intensive measure, weighted by an extensive one (its own where none is named).

    Examples:
        >>> print(WeightedMean("job-growth", weight="jobs"))
        Σ job-growth × jobs ÷ Σ jobs
    """

    measure: str = field(converter=as_named)
    weight: str | None = field(default=None, converter=optional(as_named))
    where: Where = field(default=(), converter=_where)


@frozen
class Mean(Rule):
    """The plain mean of a measure over the members, each counting the same."""

    measure: str = field(converter=as_named)
    where: Where = field(default=(), converter=_where)


@frozen
class Minimum(Rule):
    """The least value of a measure among the members, and the member that has it."""

    measure: str = field(converter=as_named)
    where: Where = field(default=(), converter=_where)


@frozen
class Maximum(Rule):
    """The greatest value of a measure among the members, and the member that has it."""

    measure: str = field(converter=as_named)
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
    of: str = field(default=HOST, converter=as_named)


@frozen
class Convert(Rule):
    """Money in another currency, each year at its own observed rate.

    `at` is the measure of the rate: `exchange-rate`, `ppp-factor`.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    to: str = field(converter=as_named)
    at: str = field(default="exchange-rate", converter=as_named)


@frozen
class Deflate(Rule):
    """Money of each year at the prices of a base year, by a price index.

    `by` is the measure of the index. It belongs to the currency of the country that it is of:
    money of another currency is refused, save that whoever issues that currency has an index.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    base: int = field(converter=_year)
    by: str = field(default="cpi", converter=as_named)


@frozen
class At(Rule):
    """A rule for another place: the host, a region by its code, or, inside `By`, each member.

    Examples:
        >>> print(Sum("gdp") / At(Sum("gdp"), "host"))
        Σ gdp ÷ (Σ gdp of the host)
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    place: str = field(default=HOST, converter=as_named)
