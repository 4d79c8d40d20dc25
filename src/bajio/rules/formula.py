"""Rules as text: the formula, as a reader would write it."""

from bajio.facts.classifications import LEAVES
from bajio.rules import axes, functions, nodes
from bajio.rules.algebra import Operator
from bajio.rules.custom import Custom
from bajio.rules.nodes import Rule

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_FOLDS: dict[type[Rule], str] = {
    nodes.Sum: "Σ",
    nodes.Mean: "plain mean of",
    nodes.Minimum: "min",
    nodes.Maximum: "max",
}
_ROOTS = {2: "√", 3: "∛"}


def formula(rule: Rule) -> str:
    """The formula of a rule.

    Examples:
        >>> from bajio.rules.nodes import Growth, Sum
        >>> formula(1000 * (Sum("a") - Sum("b")) / Sum("c"))
        '1000 × (Σ a − Σ b) ÷ Σ c'
        >>> formula(Growth(Sum("gdp-constant")))
        'growth over 1 year of (Σ gdp-constant)'
    """
    return _text(rule)[0]


def _text(rule: Rule) -> tuple[str, int]:
    match rule:
        case nodes.Number(value):
            return str(value), _ATOM if value.denominator == 1 and value >= 0 else _SUM
        case nodes.Arithmetic(operator, left, right):
            return _arithmetic(operator, left, right)
        case nodes.WeightedMean(measure, weight, where):
            by = weight or "its weight"
            return f"Σ {_cell(measure, where)} × {by} ÷ Σ {by}", _PRODUCT
        case nodes.Sum() | nodes.Mean() | nodes.Minimum() | nodes.Maximum():
            return f"{_FOLDS[type(rule)]} {_cell(rule.measure, rule.where)}", _PRODUCT
    return _of_members(rule) or _context(rule) or _axis(rule) or repr(rule), _ATOM


def _of_members(rule: Rule) -> str:
    match rule:
        case Custom():
            return f"{rule.name}({', '.join(name for name, _ in rule.needs)})"
        case nodes.OverMembers():
            inner = [formula(getattr(rule, name)) for name in rule.children]
            return f"{rule.name}({'; '.join(inner)})"
        case functions.Absolute(inner_rule):
            return f"|{formula(inner_rule)}|"
        case functions.Logarithm(inner_rule):
            return f"ln({formula(inner_rule)})"
        case functions.Entropy(inner_rule):
            return f"xlnx({formula(inner_rule)})"
        case functions.Root(inner_rule, degree):
            return f"{_ROOTS.get(degree, f'{degree}th root of ')}({formula(inner_rule)})"
    return ""


def _context(rule: Rule) -> str:
    match rule:
        case nodes.Lag(inner, years):
            return f"({formula(inner)}) {_years(years)} before"
        case nodes.Over(inner, years):
            return f"({formula(inner)}) over {_years(years)}"
        case nodes.Growth(inner, years, nominal):
            name = "nominal growth" if nominal else "growth"
            return f"{name} over {_years(years)} of ({formula(inner)})"
        case nodes.Share(inner, of):
            return f"share of the {of} in ({formula(inner)})"
        case nodes.Convert(inner, to, at):
            return f"({formula(inner)}) in {to} by {at}"
        case nodes.Deflate(inner, base, by):
            return f"({formula(inner)}) at prices of {base} by {by}"
        case nodes.At(inner, place):
            return f"({formula(inner)} of the {place})"
    return ""


def _axis(rule: Rule) -> str:
    match rule:
        case axes.Across(inner, dimension, level):
            return f"(Σ over {_level(dimension, level)} of {formula(inner)})"
        case axes.Categories(measure, dimension, level):
            return f"number of {_level(dimension, level)} of {measure}"
        case axes.By(inner, axis, level):
            return f"by {_level(axis, level)}: {formula(inner)}"
        case axes.Stack(parts):
            return "; ".join(f"{key}: {formula(part)}" for key, part in parts)
    return ""


def _level(dimension: str, level: str) -> str:
    return dimension if level == LEAVES else f"{dimension} within {level}"


def _arithmetic(operator: Operator, left: Rule, right: Rule) -> tuple[str, int]:
    own = _SUM if operator in {Operator.PLUS, Operator.MINUS} else _PRODUCT
    strict = operator in {Operator.MINUS, Operator.OVER}
    first, first_rank = _text(left)
    second, second_rank = _text(right)
    compound = isinstance(right, nodes.Arithmetic | nodes.WeightedMean)
    first = f"({first})" if first_rank < own else first
    second = f"({second})" if second_rank < own or (strict and compound) else second
    return f"{first} {operator} {second}", own


def _cell(measure: str, where: nodes.Where) -> str:
    return measure + "".join(f"[{name}={value}]" for name, value in where)


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"
