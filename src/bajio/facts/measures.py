"""Measures: what is measured, and how it adds up over areas and over time."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen
from attrs.converters import optional

from bajio.errors import InvalidValue
from bajio.labels import Label, as_label
from bajio.units import Unit, as_unit

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Kind(StrEnum):
    """How a measure goes over areas: an extensive one sums, an intensive one is averaged."""

    EXTENSIVE = "extensive"
    INTENSIVE = "intensive"


class Time(StrEnum):
    """How a measure goes over the periods of a year: a flow sums, a stock is averaged."""

    FLOW = "flow"
    STOCK = "stock"
    TIMELESS = "timeless"


class Prices(StrEnum):
    """The price basis of a measure of money."""

    CURRENT = "current"
    CONSTANT = "constant"


def check_code(_instance: object, _attribute: object, code: str) -> None:
    """Refuse a code that is not kebab-case; an attrs validator.

    Examples:
        >>> check_code(None, None, "gdp-per-capita")
    """
    if not _CODE.fullmatch(code):
        raise InvalidValue(f"{code!r} is not a code: write it in kebab-case, as 'gdp-per-capita'")


def _pairs(
    given: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(dict(given).items()))


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen
class Measure:
    """What is measured, with all that decides whether figures may be added.

    Attributes:
        code: kebab-case name, unique.
        label: what it is called, by language.
        unit: the unit that it is usually given in; a series has its own.
        kind: `extensive` or `intensive`.
        weight: code of the extensive measure that weighs an intensive one, where there is one.
        time: `flow`, `stock` or `timeless`.
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
    kind: Kind = field(default=Kind.EXTENSIVE, converter=Kind, kw_only=True)
    weight: str | None = field(default=None, kw_only=True)
    time: Time = field(default=Time.FLOW, converter=Time, kw_only=True)
    prices: Prices | None = field(default=None, converter=optional(Prices), kw_only=True)
    minimum: Fraction | None = field(default=None, converter=optional(Fraction), kw_only=True)
    dimensions: tuple[str, ...] = field(default=(), converter=_names, kw_only=True)
    classifications: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs, kw_only=True)
    description: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
