"""Measures: what is measured, and how it adds up over areas and over time."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen
from attrs.converters import optional

from bajio.amounts import exact_number
from bajio.arguments import as_choice, as_texts, as_texts_by_name
from bajio.brief import Alike
from bajio.errors import InvalidValue, shown
from bajio.labels import Label, as_label
from bajio.units import Unit, as_unit

#: Columns that every table of observations has.
COLUMNS = ("area", "period", "value", "status", "note")
_LONGEST = 100
_MOST_DIMENSIONS = 10
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Kind(StrEnum):
    """How a measure goes over areas: an extensive one sums, an intensive one is averaged."""

    EXTENSIVE = "extensive"
    INTENSIVE = "intensive"


def _kind(value: object) -> Kind:
    return as_choice(value, Kind, "kind")


class Time(StrEnum):
    """How a measure goes over time: a flow sums, a stock is averaged or taken at the end."""

    FLOW = "flow"
    STOCK = "stock"
    END = "end"
    TIMELESS = "timeless"


def _time(value: object) -> Time:
    return as_choice(value, Time, "kind over time")


class Prices(StrEnum):
    """The price basis of a measure of money."""

    CURRENT = "current"
    CONSTANT = "constant"


def _prices(value: object) -> Prices:
    return as_choice(value, Prices, "price basis")


def as_code(text: str) -> str:
    """A code in kebab-case; a converter.

    Raises:
        InvalidValue: it is none.
    """
    check_code(None, None, text)
    return text


def check_code(_instance: object, _attribute: object, code: str) -> None:
    """Refuse a code that is not kebab-case; an attrs validator.

    Examples:
        >>> check_code(None, None, "gdp-per-capita")
    """
    if not isinstance(code, str) or len(code) > _LONGEST or not _CODE.fullmatch(code):
        text = "write it in kebab-case, as 'gdp-per-capita'"
        raise InvalidValue(f"{shown(code)} is not a code: {text}")


def _pairs(
    values: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    return as_texts_by_name(values, "classifications")


def _names(values: Iterable[str]) -> tuple[str, ...]:
    names = as_texts((values,) if isinstance(values, str) else values, "dimensions")
    if len(names) > _MOST_DIMENSIONS:
        raise InvalidValue(f"a measure has at most {_MOST_DIMENSIONS} dimensions, not {len(names)}")
    for name in names:
        if not name or name in COLUMNS or names.count(name) > 1:
            problem = "is taken" if name in COLUMNS else "stands twice, or is no name"
            raise InvalidValue(f"dimension {shown(name)} {problem}")
    return names


@frozen(eq=False, repr=False)
class Measure(Alike):
    """What is measured, with all that decides whether figures may be added.

    Attributes:
        code: kebab-case name, unique.
        label: what it is called, by language.
        unit: the unit that it is usually given in; a series has its own.
        kind: `extensive` or `intensive`.
        weight: code of the extensive measure that weighs an intensive one, where there is one.
        time: `flow`, `stock` (its mean), `end` (a stock at its last period) or `timeless`.
        prices: `current` or `constant` where it is money, else `None`.
        minimum: the least value that a figure can have, where there is one.
        dimensions: what it is broken down by beside area and period.
        classifications: pairs of a dimension and the code of its classification, where it has one.

    Examples:
        >>> area = Measure("area", "Territory", "km²", kind="extensive", time="timeless", minimum=0)
        >>> area.kind.name, str(area.unit)
        ('EXTENSIVE', 'km²')
    """

    code: str = field(validator=check_code)
    label: Label = field(converter=as_label)
    unit: Unit = field(converter=as_unit)
    kind: Kind = field(default=Kind.EXTENSIVE, converter=_kind, kw_only=True)
    weight: str | None = field(default=None, kw_only=True)
    time: Time = field(default=Time.FLOW, converter=_time, kw_only=True)
    prices: Prices | None = field(default=None, converter=optional(_prices), kw_only=True)
    minimum: Fraction | None = field(default=None, converter=optional(exact_number), kw_only=True)
    dimensions: tuple[str, ...] = field(default=(), converter=_names, kw_only=True)
    classifications: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs, kw_only=True)
    description: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
