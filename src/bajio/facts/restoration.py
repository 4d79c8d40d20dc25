"""Values made anew as they were, without their constructors: these check what enters, and once.

What comes from a table that was written of checked values, or has the fields of such a value, is as
its constructor would leave it.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import AttrsInstance, fields

Thing = TypeVar("Thing", bound=AttrsInstance)


def restored(kind: type[Thing], cells: Mapping[str, Any]) -> Thing:
    """A value of a class.

    Args:
        kind: the class.
        cells: its fields by name, those too that its constructor works out; others are as they are
            by default.

    Examples:
        >>> from bajio.facts.regions import Membership
        >>> restored(Membership, {"area": "GBR", "left": 2020})
        Membership(area='GBR', joined=None, left=2020)
    """
    value = object.__new__(kind)
    for field in fields(kind):
        default: Any = field.default
        if field.name in cells:
            cell = cells[field.name]
        else:
            cell = default.factory() if hasattr(default, "factory") else default
        object.__setattr__(value, field.name, cell)
    return value


def altered(value: Thing, **cells: Any) -> Thing:
    """A value with some fields in the place of its own, with which all it holds is right as well.

    Examples:
        >>> from bajio.facts.regions import Membership
        >>> altered(Membership("GBR", 1973, 2020), left=None)
        Membership(area='GBR', joined=1973, left=None)
    """
    kind = type(value)
    cells_now = {field.name: getattr(value, field.name) for field in fields(kind)}
    return restored(kind, cells_now | cells)
