"""Variants of a rule: the same held against another place, or taken at another level.

What a rule compares with is the host where it says so by `At` or `Share`;
what it runs over are the leaves of a classification where it names no level.
"""

from collections.abc import Callable

from attrs import evolve

from bajio.facts.classifications import LEAVES
from bajio.rules.axes import MEMBER, Across, By, Categories, Stack
from bajio.rules.nodes import HOST, At, Rule, Share


def held_against(rule: Rule, place: str) -> Rule:
    """The rule that compares with a region where it compared with the host.

    Args:
        rule: what is computed.
        place: code of a region, or area codes joined by `+`.

    Returns:
        The rule itself, where it compares with nothing.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> print(held_against(Share(Sum("gdp")), "sur-sureste"))
        share of the sur-sureste in (Σ gdp)
    """

    def change(one: Rule) -> Rule:
        if isinstance(one, At) and one.place == HOST:
            return evolve(one, place=place)
        return evolve(one, of=place) if isinstance(one, Share) and one.of == HOST else one

    return _rewritten(rule, change)


def at_level(rule: Rule, level: str) -> Rule:
    """The rule over the categories below one, where it ran over the leaves of a classification.

    Args:
        rule: what is computed.
        level: code of a category that has others below it.

    Returns:
        The rule itself, where it runs over no leaves.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> print(at_level(Across(Sum("gva"), "activity"), "VAB"))
        (Σ over activity within VAB of Σ gva)
    """

    def change(one: Rule) -> Rule:
        if isinstance(one, Across | By | Categories) and one.level == LEAVES:
            return one if isinstance(one, By) and one.axis == MEMBER else evolve(one, level=level)
        return one

    return _rewritten(rule, change)


def _rewritten(rule: Rule, change: Callable[[Rule], Rule]) -> Rule:
    """A rule with each node put through a change, those inside first."""

    def inner(one: Rule) -> Rule:
        return _rewritten(one, change)

    before = {name: getattr(rule, name) for name in rule.children}
    after = {name: inner(one) for name, one in before.items()}
    if any(after[name] is not before[name] for name in before):
        rule = evolve(rule, **after)  # type: ignore[misc]  # every node is an attrs class
    if isinstance(rule, Stack):
        rule = evolve(rule, parts={key: inner(part) for key, part in rule.parts})
    if isinstance(rule, By | Stack) and rule.total is not None:
        rule = evolve(rule, total=inner(rule.total))
    return change(rule)
