"""Axes: a rule by category or by member, and a rule summed across categories.

Inside `By` and `Across`, a sum of a measure that has the dimension is that of one category.
Both come down to plain rules before anything is resolved: one a category, or the sum of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from attrs import evolve, field, frozen
from attrs.converters import optional

from bajio.arguments import as_pairs
from bajio.errors import InvalidRule
from bajio.facts.classifications import LEAVES, Classification
from bajio.facts.measures import Measure
from bajio.rules.expansion import Expansion
from bajio.rules.nodes import OfMeasure
from bajio.rules.plan import HOST, MEMBER
from bajio.rules.rule import Number, Rule, as_named, as_rule, total_of


class Axis(Rule):
    """Root of the rules over categories, which come down to plain rules before all else."""

    __slots__ = ()
    is_axis: ClassVar[bool] = True

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether all that it is made of is: a number of categories is made of no other rule."""
        return all(rule.is_count(measures) for rule in self.inner())


def classification_of(rule: Rule, dimension: str, expansion: Expansion) -> Classification:
    """The classification of a dimension, by the first measure in a rule that has it.

    Raises:
        InvalidRule: no measure in it has the dimension.
    """
    for node in rule.walk():
        if isinstance(node, OfMeasure):
            measure = expansion.measures.get(node.measure)
            if measure is not None and dimension in measure.dimensions:
                return expansion.nested(node.measure, dimension)
    raise InvalidRule(f"no measure of '{rule}' has the dimension {dimension!r}")


def _level(dimension: str, level: str) -> str:
    return dimension if level == LEAVES else f"{dimension} within {level}"


@frozen(repr=False)
class Across(Axis):
    """The sum of a rule over the categories of a dimension.

    `level` is `leaves`, or a category whose children are meant: what does not overlap.

    Examples:
        >>> from bajio.rules import Sum
        >>> print(Sum("gva", {"activity": "23"}) / Across(Sum("gva"), "activity"))
        Σ gva[activity=23] ÷ (Σ over activity of Σ gva)
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    dimension: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)

    def text(self) -> str:
        """Over what, and of what."""
        return f"(Σ over {_level(self.dimension, self.level)} of {self.rule.text()})"

    def plain(self, expansion: Expansion) -> Rule:
        """The sum written out."""
        written: Rule = expansion.once(self, lambda: self._written_out(expansion))
        return written

    def _written_out(self, expansion: Expansion) -> Rule:
        level = classification_of(self.rule, self.dimension, expansion).level(self.level)
        if not level:
            raise InvalidRule(f"{self.level!r} has no categories below it: use its own figure")
        of_each = (self.rule.of_category(expansion, self.dimension, key) for key in level)
        return total_of([rule.plain(expansion) for rule in of_each])

    def of_category(self, expansion: Expansion, dimension: str, key: str) -> Rule:
        """Itself, where it sums over that very dimension."""
        if self.dimension == dimension:
            return self
        return super().of_category(expansion, dimension, key)

    def at_level(self, level: str) -> Rule:
        """Over the categories below one."""
        return evolve(self, level=level) if self.level == LEAVES else self


@frozen(repr=False)
class Categories(Axis):
    """How many categories a level of a measure's dimension has.

    Examples:
        >>> print(Categories("gva", "activity"))
        number of activity of gva
    """

    measure: str = field(converter=as_named)
    dimension: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)

    def text(self) -> str:
        """Of what."""
        return f"number of {_level(self.dimension, self.level)} of {self.measure}"

    def plain(self, expansion: Expansion) -> Rule:
        """The number."""
        return Number(len(expansion.nested(self.measure, self.dimension).level(self.level)))

    def at_level(self, level: str) -> Rule:
        """Of the categories below one."""
        return evolve(self, level=level) if self.level == LEAVES else self


class Table(Axis):
    """Root of the rules that are a small table, not one number.

    Attributes:
        axis: what the keys are of: a dimension, `member` or `part`.
        total: what the values add up to, if they do.
        one_rule: whether all keys have the same rule, and so the same reason to have no value.
    """

    __slots__ = ()
    is_table: ClassVar[bool] = True
    one_rule: ClassVar[bool] = False
    axis: str
    total: Rule | None

    @property
    def by_member(self) -> bool:
        """Whether the keys are the region's members."""
        return False

    @property
    def below(self) -> str:
        """The category that the keys are below, or `leaves`; empty where they are no categories."""
        return ""

    def table(self, expansion: Expansion, members: Iterable[str]) -> dict[str, Rule]:
        """The rule of each key.

        Args:
            expansion: by which it comes down to plain rules.
            members: codes of the region's members, the keys of the axis `member`.

        Raises:
            InvalidRule: no measure in it has the dimension.
            UnknownCode: the level is no category.
        """
        raise NotImplementedError

    def keys(self, _expansion: Expansion) -> Classification | None:
        """The categories that the keys are of, if they are categories."""
        return None

    def sampled(self, _expansion: Expansion) -> dict[str, Rule]:
        """The rules of some keys, which stand for all."""
        raise NotImplementedError

    def samples(self, expansion: Expansion) -> tuple[Rule, ...]:
        """Those rules alone."""
        return tuple(self.sampled(expansion).values())

    def plain(self, _expansion: Expansion) -> Rule:
        """None: it stands at the top of a rule only."""
        raise InvalidRule(f"'{self}' is a table: it stands at the top of a rule only")


@frozen(repr=False)
class By(Table):
    """A rule for each category of a dimension, or for each member of the region.

    A small table, not one number: it stands at the top of a rule only.
    `total` is what the values add up to, exactly, where they do.

    Examples:
        >>> from bajio.rules import At, Sum
        >>> print(By(At(Sum("gdp"), "member") / Sum("gdp"), "member"))
        by member: (Σ gdp of the member) ÷ Σ gdp
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    one_rule: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)
    axis: str = field(converter=as_named)
    level: str = field(default=LEAVES, converter=as_named)
    total: Rule | None = field(default=None, converter=optional(as_rule), kw_only=True)

    @property
    def by_member(self) -> bool:
        """Whether its axis is that of the members."""
        return self.axis == MEMBER

    @property
    def below(self) -> str:
        """Its level."""
        return "" if self.by_member else self.level

    def inner(self) -> tuple[Rule, ...]:
        """The rule of a category or member, and what they add up to."""
        return (self.rule,) if self.total is None else (self.rule, self.total)

    def over(self, inner: Sequence[Rule]) -> Rule:
        """The same table of another rule, with another total."""
        return evolve(self, rule=inner[0], total=inner[1] if len(inner) > 1 else None)

    def text(self) -> str:
        """By what, and what."""
        return f"by {_level(self.axis, self.level)}: {self.rule.text()}"

    def table(self, expansion: Expansion, members: Iterable[str]) -> dict[str, Rule]:
        """The rule of each category, or member."""
        if self.by_member:
            return {code: self.rule.of_member(code).plain(expansion) for code in members}
        keys = classification_of(self.rule, self.axis, expansion).level(self.level)
        of_each = {key: self.rule.of_category(expansion, self.axis, key) for key in keys}
        return {key: rule.plain(expansion) for key, rule in of_each.items()}

    def sampled(self, expansion: Expansion) -> dict[str, Rule]:
        """The rule of the first category, or of the host as a member."""
        return dict(list(self.table(expansion, (HOST,)).items())[:1])

    def keys(self, expansion: Expansion) -> Classification | None:
        """The categories of its dimension."""
        return None if self.by_member else classification_of(self.rule, self.axis, expansion)

    def at_level(self, level: str) -> Rule:
        """By the categories below one."""
        return self if self.by_member or self.level != LEAVES else evolve(self, level=level)


def _parts(values: Mapping[str, Rule] | Iterable[tuple[str, Rule]]) -> tuple[tuple[str, Rule], ...]:
    pairs = tuple((str(key), as_rule(rule)) for key, rule in as_pairs(values, "rules").items())
    if not pairs:
        raise InvalidRule("a stack has no rules: give some, by name")
    return pairs


@frozen(repr=False)
class Stack(Table):
    """Several rules side by side, by name: a small table that stands at the top of a rule only.

    `total` is what the values add up to, exactly, where they do.

    Examples:
        >>> from bajio.rules import Sum
        >>> print(Stack({"people": Sum("population"), "output": Sum("gdp")}))
        people: Σ population; output: Σ gdp
    """

    axis: ClassVar[str] = "part"  # type: ignore[misc]  # that of a stack is always the same
    parts: tuple[tuple[str, Rule], ...] = field(converter=_parts)
    total: Rule | None = field(default=None, converter=optional(as_rule), kw_only=True)

    def inner(self) -> tuple[Rule, ...]:
        """The rules side by side, and what they add up to."""
        rules = tuple(rule for _, rule in self.parts)
        return rules if self.total is None else (*rules, self.total)

    def over(self, inner: Sequence[Rule]) -> Rule:
        """Other rules by the same names, with another total."""
        parts = [(key, rule) for (key, _), rule in zip(self.parts, inner, strict=False)]
        return evolve(self, parts=parts, total=None if self.total is None else inner[-1])

    def text(self) -> str:
        """Each rule after its name."""
        return "; ".join(f"{key}: {rule.text()}" for key, rule in self.parts)

    def table(self, expansion: Expansion, _members: Iterable[str]) -> dict[str, Rule]:
        """The rules by their names."""
        return {key: rule.plain(expansion) for key, rule in self.parts}

    def sampled(self, expansion: Expansion) -> dict[str, Rule]:
        """All of its rules."""
        return self.table(expansion, ())
