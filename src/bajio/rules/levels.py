"""Levels: a sum of categories of which one is part of another counts twice, and is refused."""

from bajio.errors import InvalidRule, UnknownCode
from bajio.facts.classifications import Classification
from bajio.rules.expansion import Nested
from bajio.rules.nodes import Narrowed, Sum
from bajio.rules.plan import Where
from bajio.rules.rule import Number, Rule

_Place = tuple[str, str, Where, tuple[Rule, ...]]


def check_levels(rule: Rule, nested: Nested) -> None:
    """Refuse a sum over levels: manufacturing and its food industry, say.

    What is taken away from the whole first may be added again.

    Args:
        rule: what is computed.
        nested: gives the classification of a measure's dimension.

    Raises:
        InvalidRule: a sum counts a category twice, naming it and the one that it is part of.
    """
    if not rule.is_sum:
        for inner in rule.inner():
            check_levels(inner, nested)
        return
    cells: dict[_Place, dict[str, int]] = {}
    for sign, part in rule.addends(1):
        cell, around = _bare(part)
        if not isinstance(cell, Sum):
            check_levels(part, nested)
            continue
        for dimension, category in cell.where:
            others = tuple(pair for pair in cell.where if pair[0] != dimension)
            place = (cell.measure, dimension, others, around)
            by_category = cells.setdefault(place, {})
            by_category[category] = by_category.get(category, 0) + sign
    for (measure, dimension, *_), signs in cells.items():
        if len(signs) > 1:
            try:
                classification = nested(measure, dimension)
            except UnknownCode:  # categories that do not nest, as far as is known
                continue
            _check_sum(rule, classification, signs)


def _bare(rule: Rule) -> tuple[Rule, tuple[Rule, ...]]:
    """The rule inside nodes that say when, where or in what money it is, and those nodes."""
    around: list[Rule] = []
    while isinstance(rule, Narrowed):
        around.append(rule.over((Number(0),)))
        rule = rule.rule
    return rule, tuple(around)


def _check_sum(rule: Rule, classification: Classification, signs: dict[str, int]) -> None:
    known = {category: sign for category, sign in signs.items() if category in classification}
    for category, sign in known.items():
        above = [code for code in classification.above(category) if code in known]
        net = sign + sum(known[code] for code in above)
        if above and abs(net) > 1:
            text = f"'{rule}'" if len(known) < 6 else "a sum"
            raise InvalidRule(
                f"{text} counts {category!r} twice, as part of {above[0]!r} as well: "
                "add categories of one level, as Across does"
            )
