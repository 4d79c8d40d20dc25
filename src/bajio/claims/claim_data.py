"""Claim sets as plain data, for JSON: written and read again, they are equal."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from attrs import fields

from bajio.amounts import exact_number
from bajio.claims.claim import Claim, Part, Reference
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import Digits, Printed
from bajio.claims.review import Review
from bajio.facts.periods import Period
from bajio.labels import Label
from bajio.units import Unit


def to_data(claims: ClaimSet) -> dict[str, Any]:
    """A claim set as nested dictionaries; numbers are exact texts.

    Examples:
        >>> from bajio.registry import Registry
        >>> claims = Registry.default().claim_sets["san-miguel"]
        >>> from_data(to_data(claims)) == claims
        True
    """
    data = _filled(claims)
    data["claims"] = [_filled(claim) for claim in claims.claims]
    return data


def from_data(data: Mapping[str, Any]) -> ClaimSet:
    """A claim set from what `to_data` gave."""
    given = dict(data)
    claims = [Claim(**_read_all(claim)) for claim in given.pop("claims")]
    return ClaimSet(**given, claims=claims)


def _filled(thing: Claim | ClaimSet) -> dict[str, Any]:
    """The attributes that are not at their default, as plain values."""
    return {
        attribute.name: _plain(value)
        for attribute in fields(type(thing))
        if attribute.name not in {"claims", "origin"}
        and (value := getattr(thing, attribute.name)) != attribute.default
    }


def _plain(value: object) -> object:
    for kind, write in _WRITE.items():
        if isinstance(value, kind):
            return write(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _printed_data(printed: Printed) -> dict[str, Any]:
    data: dict[str, Any] = {"printed": dict(printed.texts)}
    for name in ("first", "second"):
        digits = getattr(printed, name)
        if digits is not None:
            ends = () if digits.words is None else (digits.words.low, digits.words.high)
            data[name] = [str(number) for number in (digits.value, digits.quantum, *ends)]
    data["hedge"] = printed.hedge.value
    data["kind"] = printed.kind.value
    cells = {name: getattr(printed, name) for name in ("averaged", "unit", "changed", "of")}
    if printed.reach is not None:
        cells["reach"] = str(printed.reach)
    return data | {name: value for name, value in cells.items() if value}


_WRITE: Mapping[type, Callable[[Any], object]] = {
    Printed: _printed_data,
    Reference: lambda reference: {"claim": reference.claim},
    Part: lambda part: {"area": part.area, **_printed_data(part.printed)},
    Label: dict,
    Review: Review.to_data,
    Fraction: str,
    Unit: str,
    Period: str,
    StrEnum: str,
}


def _read_printed(data: Mapping[str, Any]) -> Printed:
    second = data.get("second")
    return Printed(
        data["printed"],
        _digits(*data["first"]),
        _digits(*second) if second else None,
        hedge=data["hedge"],
        kind=data["kind"],
        averaged=data.get("averaged", False),
        unit=data.get("unit"),
        changed=data.get("changed", False),
        of=data.get("of"),
        reach=exact_number(data["reach"]) if "reach" in data else None,
    )


def _digits(value: str, quantum: str, *ends: str) -> Digits:
    words = Interval(exact_number(ends[0]), exact_number(ends[1])) if ends else None
    return Digits(value, quantum, words)


def _read_number(data: Mapping[str, Any]) -> Printed | Reference:
    return Reference(data["claim"]) if "claim" in data else _read_printed(data)


_READ: Mapping[str, Callable[[Any], object]] = {
    "printed": _read_printed,
    "than": _read_number,
    "part": _read_number,
    "whole": _read_number,
    "parts": lambda parts: [Part(part["area"], _read_printed(part)) for part in parts],
    "years": tuple,
    "tolerance": exact_number,
}


def _read_all(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _READ[name](value) if name in _READ else value for name, value in data.items()}
