"""Axes: a rule by category or by member, and a rule summed across categories.

Inside `By` and `Across`, a sum of a measure that has the dimension is that of one category.
Both come down to plain rules before anything is resolved: one a category, or the sum of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from attrs import evolve, field, frozen
from attrs.converters import optional

from bajio.arguments import as_pairs
from bajio.errors import InvalidRule
from bajio.facts.classifications import LEAVES, Classification
from bajio.facts.measures import Measure
from bajio.rules.algebra import Operator
from bajio.rules.nodes import (
    HOST,
    Arithmetic,
    At,
    Axis,
    Maximum,
    Mean,
    Minimum,
    Number,
    Rule,
    Sum,
    Table,
    WeightedMean,
    as_named,
    as_rule,
)

MEMBER = "member"
Nested = Callable[[str, str], Classification]
_Cell = (Sum, WeightedMean, Mean, Minimum, Maximum)


@frozen
class Across(Axis):
    """The sum of a rule over the categories of a dimension.

    `level` is `leaves`, or a category whose children are meant: what does not overlap.

    Examples:
        >>> print(Sum("gva", {"activity": "23"}) / Across(Sum("gva"), "activity"))
        Σ gva[activity=23] ÷ (Σ over activity of Σ gva)
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    dimension: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)


@frozen
class By(Table):
    """A rule for each category of a dimension, or for each member of the region.

    A small table, not one number: it stands at the top of a rule only.
    `total` is what the values add up to, exactly, where they do.

    Examples:
        >>> print(By(At(Sum("gdp"), "member") / Sum("gdp"), "member"))
        by member: (Σ gdp of the member) ÷ Σ gdp
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    axis: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)
    total: Rule | None = field(default=None, converter=optional(as_rule), kw_only=True)

    def inner(self) -> tuple[Rule, ...]:
        """The rule of a category or member, and what they add up to."""
        return (self.rule,) if self.total is None else (self.rule, self.total)


@frozen
class Categories(Axis):
    """How many categories a level of a measure's dimension has.

    Examples:
        >>> print(Categories("gva", "activity"))
        number of activity of gva
    """

    measure: str = field(converter=as_named)
    dimension: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)


def _parts(given: Mapping[str, Rule] | Iterable[tuple[str, Rule]]) -> tuple[tuple[str, Rule], ...]:
    pairs = tuple((str(key), as_rule(rule)) for key, rule in as_pairs(given, "rules").items())
    if not pairs:
        raise InvalidRule("a stack has no rules: give some, by name")
    return pairs


@frozen
class Stack(Table):
    """Several rules side by side, by name: a small table that stands at the top of a rule only.

    `total` is what the values add up to, exactly, where they do.

    Examples:
        >>> print(Stack({"people": Sum("population"), "output": Sum("gdp")}))
        people: Σ population; output: Σ gdp
    """

    parts: tuple[tuple[str, Rule], ...] = field(converter=_parts)
    total: Rule | None = field(default=None, converter=optional(as_rule), kw_only=True)

    def inner(self) -> tuple[Rule, ...]:
        """The rules side by side, and what they add up to."""
        own = tuple(rule for _, rule in self.parts)
        return own if self.total is None else (*own, self.total)


@frozen
class Expansion:
    """Comes down from axes to plain rules.

    Attributes:
        measures: those that rules may name.
        nested: gives the classification of a measure's dimension.
    """

    measures: Mapping[str, Measure] = field(repr=False)
    nested: Nested = field(repr=False)

    def table(self, rule: By | Stack, members: Iterable[str]) -> dict[str, Rule]:
        """The rule of each key of a table.

        Args:
            rule: the table's.
            members: codes of the region's members, the keys of the axis `member`.

        Raises:
            InvalidRule: no measure in it has the dimension.
            UnknownCode: the level is no category.
        """
        if isinstance(rule, Stack):
            return {key: self.plain(part) for key, part in rule.parts}
        if rule.axis == MEMBER:
            return {code: self.plain(_at_member(rule.rule, code)) for code in members}
        classification = self.classification(rule.rule, rule.axis)
        return {
            key: self.plain(self._of_category(rule.rule, rule.axis, key))
            for key in classification.level(rule.level)
        }

    def samples(self, rule: Rule) -> tuple[Rule, ...]:
        """Plain rules that stand for a rule: each of a stack, one of the categories or members."""
        if not isinstance(rule, By | Stack):
            return (self.plain(rule),)
        table = tuple(self.table(rule, (HOST,)).values())
        return table if isinstance(rule, Stack) else table[:1]

    def plain(self, rule: Rule) -> Rule:
        """A rule without axes: the sum over categories written out.

        Raises:
            InvalidRule: a table stands inside another rule.
        """
        if isinstance(rule, By | Stack):
            raise InvalidRule(f"'{rule}' is a table: it stands at the top of a rule only")
        if isinstance(rule, Categories):
            return Number(len(self.nested(rule.measure, rule.dimension).level(rule.level)))
        if isinstance(rule, Across):
            level = self.classification(rule.rule, rule.dimension).level(rule.level)
            if not level:
                raise InvalidRule(f"{rule.level!r} has no categories below it: use its own figure")
            return _sum(
                [self.plain(self._of_category(rule.rule, rule.dimension, key)) for key in level]
            )
        return _changed(rule, self.plain)

    def classification(self, rule: Rule, dimension: str) -> Classification:
        """The classification of a dimension, by the first measure in a rule that has it."""
        for code in _measures(rule):
            if code in self.measures and dimension in self.measures[code].dimensions:
                return self.nested(code, dimension)
        raise InvalidRule(f"no measure of '{rule}' has the dimension {dimension!r}")

    def _of_category(self, rule: Rule, dimension: str, key: str) -> Rule:
        """The rule in which sums that leave the dimension open are those of one category."""
        if isinstance(rule, _Cell):
            measure = self.measures.get(rule.measure)
            is_open = measure is not None and dimension in measure.dimensions
            if is_open and dimension not in dict(rule.where):
                return evolve(rule, where=(*rule.where, (dimension, key)))
            return rule
        if isinstance(rule, Across) and rule.dimension == dimension:
            return rule
        return _changed(rule, lambda inner: self._of_category(inner, dimension, key))


def _changed(rule: Rule, change: Callable[[Rule], Rule]) -> Rule:
    """The same node over changed children; itself, where nothing changes."""
    before = {name: getattr(rule, name) for name in rule.children}
    after = {name: change(inner) for name, inner in before.items()}
    if all(after[name] is before[name] for name in before):
        return rule
    changed: Rule = evolve(rule, **after)  # type: ignore[misc]  # every node is an attrs class
    return changed


def _at_member(rule: Rule, code: str) -> Rule:
    if isinstance(rule, At) and rule.place == MEMBER:
        return At(_at_member(rule.rule, code), code)
    return _changed(rule, lambda inner: _at_member(inner, code))


def _measures(rule: Rule) -> Iterator[str]:
    if isinstance(rule, _Cell):
        yield rule.measure
    for name in rule.children:
        yield from _measures(getattr(rule, name))


def _sum(rules: list[Rule]) -> Rule:
    """A sum as a balanced tree, which is as deep as its logarithm."""
    if len(rules) == 1:
        return rules[0]
    half = len(rules) // 2
    return Arithmetic(Operator.PLUS, _sum(rules[:half]), _sum(rules[half:]))
