"""Indicators: a rule with a name, a unit and a meaning."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from attrs import Factory, field, frozen
from attrs.converters import optional

from bajio.arguments import as_choice, as_instances, as_items, as_text, as_texts
from bajio.brief import Alike, Brief
from bajio.errors import InvalidRule, InvalidValue, shown
from bajio.facts.measures import check_code
from bajio.labels import Label, as_label
from bajio.rules.promises import Trait
from bajio.rules.rule import Rule
from bajio.units import Unit, as_unit


class Better(StrEnum):
    """Which way an indicator is better, and so how areas are ranked by it."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


def as_direction(value: object) -> Better:
    """The direction that a text names."""
    return as_choice(value, Better, "direction")


def _traits(values: Iterable[Trait | str]) -> frozenset[Trait]:
    try:
        return frozenset(map(Trait, as_texts(values, "traits")))
    except ValueError as error:
        known = ", ".join(Trait)
        raise InvalidValue(f"{error}: an indicator can promise {known}") from None


def _check_rule(_instance: object, _attribute: object, rule: Rule) -> None:
    if not isinstance(rule, Rule):
        raise InvalidRule(
            f"{shown(rule)} is not a rule: write one, as Sum('gdp') / Sum('population')"
        )


def _aliases(values: Iterable[str]) -> tuple[str, ...]:
    return as_texts(values, "aliases") if values else ()


def _topic(text: str) -> str:
    return as_text(text, "a topic")


@frozen(repr=False)
class Indicator(Brief):
    """What can be asked of a region: a rule, with its name, unit and meaning.

    Attributes:
        code: kebab-case name, unique.
        rule: how it follows from measures.
        unit: the unit of its value; a rule that gives another is refused.
        label: what it is called, by language.
        better: whether a higher or a lower value is better, or neither.
        description: what the value means.
        formula_source: where the formula comes from.
        topic: the group that it is listed in.
        as_number: whether a value without unit is shown as a number, as an index is, and not in
            percent; `None` where that follows from the rule: a sum of what is counted in `1` is a
            number, a ratio of like to like a share.
        traits: what its author promises beyond what follows from the rule; the kit of
            `bajio.testing` checks both.
        replaces: the code itself, where it is to take the place of another plugin's.
        aliases: what texts call it besides its label, in any language, as "beds for patients": by
            which `read_text` knows that a number is of it.

    Examples:
        >>> from bajio.rules import Sum
        >>> land = Indicator("land", Sum("area") / Sum("population"), "km²/person", "Land per head")
        >>> print(land.rule, land.unit)
        Σ area ÷ Σ population km²/person
    """

    code: str = field(validator=check_code)
    rule: Rule = field(validator=_check_rule)
    unit: Unit = field(converter=as_unit)
    label: Label = field(converter=as_label)
    better: Better = field(
        default=Better.NEITHER,
        converter=as_direction,
        kw_only=True,
    )
    description: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
    formula_source: str = field(default="", kw_only=True)
    topic: str = field(default="general", kw_only=True, converter=_topic)
    as_number: bool | None = field(default=None, kw_only=True)
    traits: frozenset[Trait] = field(default=frozenset(), converter=_traits, kw_only=True)
    replaces: str = field(default="", kw_only=True)
    aliases: tuple[str, ...] = field(default=(), converter=_aliases, kw_only=True, eq=False)

    def __hash__(self) -> int:
        return hash(self.code)


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return as_texts(values, "indicators of a set")


@frozen(eq=False, repr=False)
class IndicatorGroup(Alike):
    """Indicators of a set that are shown under a heading.

    Attributes:
        label: the heading, by language.
        members: codes of indicators; none where nothing is measured, which is then said.
    """

    label: Label = field(converter=as_label)
    members: tuple[str, ...] = field(default=(), converter=_codes)


def _groups(
    values: Iterable[IndicatorGroup | tuple[Any, Iterable[str]]],
) -> tuple[IndicatorGroup, ...]:
    every = (
        IndicatorGroup(*item) if isinstance(item, tuple) and len(item) == 2 else item
        for item in as_items(values, "groups of a set")
    )
    return as_instances(every, IndicatorGroup, "groups of a set")


def _members_of_groups(indicator_set: "IndicatorSet") -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in indicator_set.groups for code in group.members))


@frozen(eq=False, repr=False)
class IndicatorSet(Alike):
    """Indicators that are asked for together, by one name.

    Attributes:
        code: kebab-case name; `profile` is what is shown where nothing is named.
        label: what it is called, by language; what its groups are called, where it has some.
        members: codes of indicators, in the order in which they are shown; those of the groups,
            if not given.
        replaces: the code itself, where it is to take the place of another plugin's.
        groups: headings under which members are shown, those without members as well: pairs of a
            label and codes.

    Examples:
        >>> groups = [("Land", ["area", "population-density"]), ("Peace", [])]
        >>> aims = IndicatorSet("aims", "Aims", groups=groups)
        >>> aims.members
        ('area', 'population-density')
    """

    code: str = field(validator=check_code)
    label: Label = field(converter=as_label)
    groups: tuple[IndicatorGroup, ...] = field(default=(), converter=_groups, kw_only=True)
    members: tuple[str, ...] = field(
        default=Factory(_members_of_groups, takes_self=True), converter=_codes
    )
    replaces: str = ""

    def __attrs_post_init__(self) -> None:
        members = set(self.members)
        for code in _members_of_groups(self):
            if code not in members:
                raise InvalidValue(f"{shown(code)} is in a group of the set, and no member of it")
