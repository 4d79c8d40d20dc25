"""What all rules are: immutable trees that say what is computed, never how.

Arithmetic of rules is arithmetic of aggregates:
`Sum("gdp") / Sum("population")` is a ratio of sums, never a mean of ratios.

A constructor is a class that says of itself what there is to say: its formula as text (`text`),
what it comes down to (`part`), what follows from it (`traits`, `is_positive`, ...); what it does
not say is as `Rule` has it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, NamedTuple

from attrs import evolve, field, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_text
from bajio.brief import Brief
from bajio.errors import InvalidRule, InvalidValue, shown
from bajio.facts.measures import Measure
from bajio.rules.algebra import Constant, Operator
from bajio.rules.expansion import Expansion
from bajio.rules.plan import Where
from bajio.rules.promises import Trait
from bajio.rules.resolution import Context, Resolution, Resolved, joined

Scalar = int | Fraction | Decimal
#: How tightly a text holds together: what is looser is put in brackets inside what is tighter.
SUM, PRODUCT, ATOM = 1, 2, 3
#: Rules are walked by recursion, each node as often as it is named: both are bounded.
MOST_DEPTH, MOST_NODES = 60, 200_000
_MOST_TEXT = 10_000
_MOST_FACTORS = 1000


class Extent(NamedTuple):
    """How large a rule is, and what it holds.

    Attributes:
        nodes: how many it has, each counted as often as it is named.
        depth: how deep they nest.
        has_axes: whether one is over categories, or a table.
        has_categories: whether a category of a dimension is named in it, and added up.
        has_rounded: whether equal values of it may differ in their last digits.
    """

    nodes: int
    depth: int
    has_axes: bool
    has_categories: bool
    has_rounded: bool


class Rule(Brief):
    """Root of all constructors: gives them their arithmetic, and says what is so of most of them.

    A rule is at most so deep and so large that whatever walks it ends in time.

    Attributes:
        children: names of the attributes that are rules.
        is_rounded: whether it is no exact number, but worked out to many digits.
        is_table: whether it is a small table, not one number.
        is_axis: whether it is over categories: it comes down to plain rules before all else.
        is_spread: whether it says how much members differ.
        is_code: whether it holds a function, and so cannot be written as data.
        adds_up: whether it adds a measure up, in the categories that it is under (`where`).
        is_compound: whether it is in brackets to the right of a minus sign or a division.
    """

    __slots__ = ("_extent",)
    children: ClassVar[tuple[str, ...]] = ()
    where: Where = ()
    is_rounded: ClassVar[bool] = False
    is_table: ClassVar[bool] = False
    is_axis: ClassVar[bool] = False
    is_spread: ClassVar[bool] = False
    is_code: ClassVar[bool] = False
    is_compound: ClassVar[bool] = False
    adds_up: ClassVar[bool] = False
    _extent: Extent

    def __attrs_post_init__(self) -> None:
        """Measure it.

        Raises:
            InvalidRule: it is too large, or too deep.
        """
        inner = [rule.extent for rule in self.inner()]
        extent = Extent(
            1 + sum(one.nodes for one in inner),
            1 + max((one.depth for one in inner), default=0),
            self.is_axis or any(one.has_axes for one in inner),
            (self.adds_up and bool(self.where)) or any(one.has_categories for one in inner),
            self.is_rounded or any(one.has_rounded for one in inner),
        )
        if extent.depth > MOST_DEPTH:
            raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep: name less in one another")
        if extent.nodes > MOST_NODES:
            raise InvalidRule(f"a rule has at most {MOST_NODES:,} parts: make it of fewer")
        object.__setattr__(self, "_extent", extent)

    # What it is made of.

    def inner(self) -> "tuple[Rule, ...]":
        """The rules that it is made of."""
        return tuple(getattr(self, name) for name in self.children)

    def over(self, inner: "Sequence[Rule]") -> "Rule":
        """The same constructor over other rules."""
        changes = dict(zip(self.children, inner, strict=True))
        changed: Rule = evolve(self, **changes)  # type: ignore[misc]  # each is an attrs class
        return changed

    def mapped(self, change: "Callable[[Rule], Rule]") -> "Rule":
        """The same constructor over changed rules; itself, where nothing changes."""
        before = self.inner()
        after = [change(rule) for rule in before]
        if all(new is old for new, old in zip(after, before, strict=True)):
            return self
        return self.over(after)

    def rewrite(self, change: "Callable[[Rule], Rule]") -> "Rule":
        """The rule with each node put through a change, those inside first.

        Examples:
            >>> from bajio.rules import Sum
            >>> double = lambda rule: 2 * rule if isinstance(rule, Sum) else rule
            >>> print((Sum("gdp") / Sum("people")).rewrite(double))
            2 × Σ gdp ÷ (2 × Σ people)
        """
        return change(self.mapped(lambda rule: rule.rewrite(change)))

    def walk(self) -> "Iterator[Rule]":
        """Itself and all rules inside, each before what is inside it, from left to right.

        Examples:
            >>> from bajio.rules import Sum
            >>> [type(rule).__name__ for rule in (Sum("gdp") / (Sum("people") + 1)).walk()]
            ['Arithmetic', 'Sum', 'Arithmetic', 'Sum', 'Number']
        """
        waiting = [self]
        while waiting:
            rule = waiting.pop()
            yield rule
            waiting.extend(reversed(rule.inner()))

    @property
    def extent(self) -> Extent:
        """How large it is, and what it holds."""
        try:
            return self._extent
        except AttributeError:  # it was copied, or is of a class with an own __attrs_post_init__
            Rule.__attrs_post_init__(self)
            return self._extent

    # How it is written.

    @property
    def rank(self) -> int:
        """How tightly its text holds together: `SUM`, `PRODUCT` or `ATOM`."""
        return ATOM

    def text(self) -> str:
        """Its formula, as a reader would write it."""
        return repr(self)

    def __str__(self) -> str:
        text = self.text()
        return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]} …"

    # What it comes down to.

    def part(self, _resolution: Resolution, _context: Context) -> Resolved:
        """The expression that it comes down to in a context, with what is known of it.

        Raises:
            InvalidRule: it means nothing there.
        """
        raise InvalidRule(f"{self!r} is not a rule that bajio knows")

    def plain(self, expansion: Expansion) -> "Rule":
        """The rule without axes: sums over categories written out.

        Raises:
            InvalidRule: a table stands inside another rule.
        """
        return self.mapped(lambda rule: rule.plain(expansion))

    def samples(self, expansion: Expansion) -> "tuple[Rule, ...]":
        """Plain rules that stand for it: of a table each part, or one of its many keys."""
        return (self.plain(expansion),)

    def of_category(self, expansion: Expansion, dimension: str, key: str) -> "Rule":
        """The rule in which sums that leave a dimension open are those of one category."""
        return self.mapped(lambda rule: rule.of_category(expansion, dimension, key))

    def of_member(self, code: str) -> "Rule":
        """The rule in which what is taken at each member is taken at one."""
        return self.mapped(lambda rule: rule.of_member(code))

    def against(self, _place: str) -> "Rule":
        """The node that compares with a region where it compared with the host; else itself."""
        return self

    def at_level(self, _level: str) -> "Rule":
        """The node that runs over the categories below one where it ran over the leaves."""
        return self

    # What follows from it.

    @property
    def is_sum(self) -> bool:
        """Whether it adds other rules up, or takes them away."""
        return False

    def addends(self, sign: int) -> "Iterator[tuple[int, Rule]]":
        """What it adds and takes away, with the sign of each."""
        yield sign, self

    @property
    def is_additive(self) -> bool:
        """Whether it is a sum of totals of the members, as far as can be read off."""
        return False

    def is_positive(self, _measures: Mapping[str, Measure]) -> bool:
        """Whether it is a sum of figures that are never negative."""
        return False

    def is_internal(self, _measures: Mapping[str, Measure]) -> bool:
        """Whether it lies between the least and the greatest of its members' own values."""
        return False

    def is_count(self, _measures: Mapping[str, Measure]) -> bool:
        """Whether it gives a plain number where its unit is 1, and no share."""
        return False

    def traits(self) -> Iterable[Trait]:
        """What else is so of it, whatever its leaves are."""
        return ()

    # Its arithmetic.

    def __add__(self, other: "Rule | Scalar") -> "Rule":
        return _arithmetic(Operator.PLUS, self, as_rule(other))

    def __sub__(self, other: "Rule | Scalar") -> "Rule":
        return _arithmetic(Operator.MINUS, self, as_rule(other))

    def __mul__(self, other: "Rule | Scalar") -> "Rule":
        return _arithmetic(Operator.TIMES, self, as_rule(other))

    def __truediv__(self, other: "Rule | Scalar") -> "Rule":
        return _arithmetic(Operator.OVER, self, as_rule(other))

    def __radd__(self, other: Scalar) -> "Rule":
        return as_rule(other) + self

    def __rsub__(self, other: Scalar) -> "Rule":
        return as_rule(other) - self

    def __rmul__(self, other: Scalar) -> "Rule":
        return as_rule(other) * self

    def __rtruediv__(self, other: Scalar) -> "Rule":
        return as_rule(other) / self


def as_rule(value: Rule | Scalar) -> Rule:
    """The rule itself, or a number as a rule.

    Raises:
        InvalidRule: for anything else, floats included, since they are not exact.
    """
    if isinstance(value, Rule):
        return value
    if isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool):
        return Number(value)
    raise InvalidRule(
        f"{shown(value)} is no part of a rule: use a rule, an int, Fraction or Decimal"
    )


def as_scalar(value: object) -> Fraction:
    """An exact number of a rule; an attrs converter.

    Raises:
        InvalidRule: it is none, or has more digits than any quantity has.
    """
    try:
        return exact_number(value)
    except InvalidValue as error:
        raise InvalidRule(f"a number of a rule: {error}") from None


def as_named(text: str) -> str:
    """A code in a rule; an attrs converter."""
    return as_text(text, "a code in a rule")


@frozen(repr=False)
class Number(Rule):
    """An exact constant."""

    value: Fraction = field(converter=as_scalar)

    @property
    def rank(self) -> int:
        """A whole number stands by itself."""
        return ATOM if self.value.denominator == 1 and self.value >= 0 else SUM

    def text(self) -> str:
        """The number."""
        return str(self.value)

    def part(self, _resolution: Resolution, _context: Context) -> Resolved:
        """A constant, which reads no data."""
        return Resolved(Constant(self.value), constant=True)


@frozen(repr=False)
class Arithmetic(Rule):
    """Two rules joined by one of the four operations."""

    children: ClassVar[tuple[str, ...]] = ("left", "right")
    is_compound: ClassVar[bool] = True
    operator: Operator = field(converter=Operator)
    left: Rule = field(converter=as_rule)
    right: Rule = field(converter=as_rule)

    @property
    def rank(self) -> int:
        """That of a sum, or of a product."""
        return SUM if self.is_sum else PRODUCT

    def text(self) -> str:
        """Both sides, in brackets where they would be read otherwise without."""
        first, second = self.left.text(), self.right.text()
        strict = self.operator in {Operator.MINUS, Operator.OVER}
        if self.left.rank < self.rank:
            first = f"({first})"
        if self.right.rank < self.rank or (strict and self.right.is_compound):
            second = f"({second})"
        return f"{first} {self.operator} {second}"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The operation, of what its sides come down to."""
        left, right = self.left.part(resolution, context), self.right.part(resolution, context)
        return joined(self.operator, left, right, self)

    @property
    def is_sum(self) -> bool:
        """Whether it adds, or takes away."""
        return self.operator in {Operator.PLUS, Operator.MINUS}

    def scaled(self) -> tuple[Rule, Fraction] | None:
        """What is multiplied, or divided, by a number, and what it is multiplied by."""
        return _scaled(self.operator, self.left, self.right)

    def addends(self, sign: int) -> Iterator[tuple[int, Rule]]:
        """Those of its sides; what is multiplied by a number counts by its sign."""
        if self.is_sum:
            yield from self.left.addends(sign)
            yield from self.right.addends(sign if self.operator is Operator.PLUS else -sign)
            return
        scaled = self.scaled()
        if scaled is None:
            yield sign, self
        else:
            yield from scaled[0].addends(sign if scaled[1] >= 0 else -sign)

    @property
    def is_additive(self) -> bool:
        """Whether both sides are, or the one that a number multiplies."""
        if self.is_sum:
            return self.left.is_additive and self.right.is_additive
        scaled = self.scaled()
        return scaled is not None and scaled[0].is_additive

    def is_positive(self, measures: Mapping[str, Measure]) -> bool:
        """Whether both sides of a sum are, or what is multiplied by a number above zero."""
        if self.operator is Operator.PLUS:
            return self.left.is_positive(measures) and self.right.is_positive(measures)
        scaled = self.scaled()
        return scaled is not None and scaled[1] > 0 and scaled[0].is_positive(measures)

    def is_internal(self, measures: Mapping[str, Measure]) -> bool:
        """Whether it is a ratio of sums of what is never negative below, or a multiple of one."""
        scaled = self.scaled()
        if scaled is not None:
            return scaled[0].is_internal(measures)
        over = self.operator is Operator.OVER
        return over and self.left.is_additive and self.right.is_positive(measures)

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether it is made of counts: a count over a count is a share."""
        above, below = self.left.is_count(measures), self.right.is_count(measures)
        return above and not below if self.operator is Operator.OVER else above or below


def _arithmetic(operator: Operator, left: Rule, right: Rule) -> Rule:
    """Two rules joined by an operation; what has grown long is written more shortly."""
    first, second = left.extent, right.extent
    is_flat = max(first.depth, second.depth) < MOST_DEPTH // 2
    if is_flat and first.nodes + second.nodes < MOST_NODES // 10:
        return Arithmetic(operator, left, right)
    return shortened(operator, left, right)


def shortened(operator: Operator, left: Rule, right: Rule) -> Rule:
    """Two rules joined by an operation, written as shortly as can be.

    Raises:
        InvalidRule: that is too long or too deep still.

    Examples:
        >>> from bajio.rules import Sum
        >>> print(shortened(Operator.PLUS, Sum("a") + Sum("b"), Sum("a")))
        2 × Σ a + Σ b
        >>> print(shortened(Operator.TIMES, Sum("a") * Sum("b"), Sum("a")))
        Σ a × Σ a × Σ b
    """
    if operator in {Operator.PLUS, Operator.MINUS}:
        return _sum_of(_terms(operator, left, right))
    scaled = _scaled(operator, left, right)
    if scaled is not None:
        return _sum_of([scaled])
    if operator is Operator.TIMES:
        return _product_of([(left, Fraction(1)), (right, Fraction(1))])
    return Arithmetic(operator, left, right)


def _scaled(operator: Operator, left: Rule, right: Rule) -> tuple[Rule, Fraction] | None:
    """What is multiplied, or divided, by a number, and the number."""
    if operator is Operator.OVER and isinstance(right, Number) and right.value:
        return left, 1 / right.value
    if operator is Operator.TIMES and isinstance(right, Number):
        return left, right.value
    if operator is Operator.TIMES and isinstance(left, Number):
        return right, left.value
    return None


def _terms(operator: Operator, left: Rule, right: Rule) -> list[tuple[Rule, Fraction]]:
    """Both sides of a sum or difference, with how often they count."""
    return [(left, Fraction(1)), (right, Fraction(1 if operator is Operator.PLUS else -1))]


def _split_sum(rule: Rule) -> list[tuple[Rule, Fraction]] | None:
    if not isinstance(rule, Arithmetic):
        return None
    if rule.is_sum:
        return _terms(rule.operator, rule.left, rule.right)
    scaled = rule.scaled()
    return None if scaled is None else [scaled]


def _split_product(rule: Rule) -> list[tuple[Rule, Fraction]] | None:
    if isinstance(rule, Arithmetic) and rule.operator is Operator.TIMES:
        return [(rule.left, Fraction(1)), (rule.right, Fraction(1))]
    return None


def _sum_of(values: Sequence[tuple[Rule, Fraction]]) -> Rule:
    from bajio.rules.term_counts import counted

    parts = counted(values, _split_sum, _depth)
    terms = [rule if times == 1 else Number(times) * rule for rule, times in parts]
    return total_of(terms)


def _product_of(values: Sequence[tuple[Rule, Fraction]]) -> Rule:
    from bajio.rules.term_counts import balanced, counted

    parts = list(counted(values, _split_product, _depth))
    if sum(times for _, times in parts) > _MOST_FACTORS:
        raise InvalidRule(f"a product has at most {_MOST_FACTORS} factors: name fewer")
    factors = [rule for rule, times in parts for _ in range(int(times))]
    return balanced(lambda left, right: Arithmetic(Operator.TIMES, left, right), factors)


def _depth(rule: Rule) -> int:
    return rule.extent.depth


def total_of(rules: Sequence[Rule]) -> Rule:
    """The sum of rules, as a tree that is as deep as the logarithm of their number."""
    from bajio.rules.term_counts import balanced

    return balanced(lambda left, right: Arithmetic(Operator.PLUS, left, right), rules)
