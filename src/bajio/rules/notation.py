"""Rules as plain data, for files and messages: written and read again, they are equal."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import fields

import bajio.rules
from bajio.errors import InvalidRule
from bajio.rules import CONSTRUCTORS
from bajio.rules.algebra import Operator
from bajio.rules.rule import MOST_DEPTH, Rule


def to_data(rule: Rule) -> dict[str, Any]:
    """A rule as nested dictionaries that JSON and TOML can hold.

    Raises:
        InvalidRule: a custom rule, or one of a class that is not bajio's own, which is code.

    Examples:
        >>> from bajio.rules import Sum
        >>> to_data(Sum("population"))
        {'node': 'Sum', 'measure': 'population'}
        >>> from_data(to_data(2 * Sum("population"))) == 2 * Sum("population")
        True
    """
    kind = type(rule)
    if rule.is_code or _constructor(kind.__name__) is not kind:
        raise InvalidRule(f"'{rule}' is code: it has no notation as data, and none is read")
    data: dict[str, Any] = {"node": kind.__name__}
    for attribute in fields(kind):
        value = getattr(rule, attribute.name)
        if value != attribute.default:
            data[attribute.name] = _plain(value)
    return data


def is_data(rule: Rule) -> bool:
    """Whether a rule is of bajio's own constructors throughout, and so can be written as data."""
    try:
        to_data(rule)
    except InvalidRule:
        return False
    return True


def from_data(data: Mapping[str, Any], *, depth: int = 1) -> Rule:
    """A rule from what `to_data` gave.

    Args:
        data: the notation.
        depth: how deep in another it stands.

    Raises:
        InvalidRule: an unknown constructor or argument, or too many in one another.
    """
    if depth > MOST_DEPTH:
        raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep: name less in one another")
    kind = _constructor(str(data.get("node")))
    if kind is None:
        known = ", ".join(CONSTRUCTORS)
        raise InvalidRule(f"{data.get('node')!r} is no constructor of rules: there is {known}")
    arguments = {name: _read(value, depth + 1) for name, value in data.items() if name != "node"}
    unknown = set(arguments) - {attribute.name for attribute in fields(kind)}
    if unknown:
        raise InvalidRule(f"{kind.__name__} takes no {', '.join(sorted(unknown))}")
    try:
        rule: Rule = kind(**arguments)
    except TypeError as error:
        raise InvalidRule(f"{kind.__name__}: {error}") from None
    return rule


def constructors(root: type[Rule] = Rule) -> list[Any]:
    """The constructors of bajio's own that are of a kind, as `OverMembers`.

    Examples:
        >>> from bajio.rules.functions import Function
        >>> [kind.__name__ for kind in constructors(Function)]
        ['Absolute', 'Logarithm', 'Entropy', 'Root']
    """
    every = (_constructor(name) for name in CONSTRUCTORS)
    return [kind for kind in every if issubclass(kind, root)]


def _constructor(name: str) -> Any:
    """The constructor of a name; `None` where there is none."""
    return getattr(bajio.rules, name) if name in CONSTRUCTORS else None


def _plain(value: object) -> object:
    if isinstance(value, Rule):
        return to_data(value)
    if isinstance(value, Fraction | Operator):
        return str(value)
    if isinstance(value, tuple):
        return {name: _plain(inner) for name, inner in value}
    return value


def _read(value: object, depth: int) -> object:
    if isinstance(value, Mapping):
        if "node" in value:
            return from_data(value, depth=depth)
        if depth > MOST_DEPTH:
            raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep: name less in one another")
        return {name: _read(inner, depth + 1) for name, inner in value.items()}
    return value
