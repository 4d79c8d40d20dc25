"""Exact factors between units, and quantities, by pint.

pint reads the project's own definitions with rational numbers,
so that a factor is exact and figures given in other units give the same quantity, bit for bit.
"""

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from bajio.errors import UnitMismatch
from bajio.units.symbols import Unit, currencies

if TYPE_CHECKING:
    import pint

_MULTIPLE = re.compile(r"(?P<symbol>\w+) = (?P<number>[0-9/]+)(?: \* (?P<of>[a-z]+))?")


def factor(source: Unit, target: Unit) -> Fraction | int:
    """What a figure in one unit is multiplied by to be in another.

    Raises:
        UnitMismatch: a unit is unknown, or they differ in dimension, currency or price basis.

    Examples:
        >>> factor(Unit.parse("person/ha"), Unit.parse("person/km²"))
        100
        >>> factor(Unit.parse("MXN"), Unit.parse("USD"))
        Traceback (most recent call last):
        ...
        bajio.errors.UnitMismatch: MXN is not USD: convert it by an observed rate
        >>> factor(Unit.parse("USD"), Unit.parse("person"))
        Traceback (most recent call last):
        ...
        bajio.errors.UnitMismatch: USD is not person: they measure different things
    """
    if source == target:
        return 1
    return _factor(source, target) if (known := _multiple(source, target)) is None else known


def same_dimension(first: Unit, second: Unit) -> bool:
    """Whether figures in the two units can be added.

    Examples:
        >>> same_dimension(Unit.parse("million USD"), Unit.parse("USD"))
        True
        >>> same_dimension(Unit.parse("million USD"), Unit.parse("MXN"))
        False
    """
    if _is_money(first) and _is_money(second):  # which needs no pint to be told apart
        return in_plain_symbols(first)[1] == in_plain_symbols(second)[1]
    try:
        factor(first, second)
    except UnitMismatch:
        return False
    return True


@cache
def _is_money(unit: Unit) -> bool:
    """Whether a unit is a currency, or a multiple of one."""
    _, plain = in_plain_symbols(unit)
    return (
        plain.powers == tuple((currency, 1) for currency in currencies(plain))
        and len(plain.powers) == 1
    )


def quantity(value: float | Fraction, unit: Unit) -> "pint.Quantity[Any]":
    """A figure as a pint quantity.

    Examples:
        >>> quantity(2, Unit.parse("km²")).to("hectare").magnitude
        200.0
    """
    registry = _registry(exact=False)
    return registry.Quantity(value, _pint_unit(registry, unit))


@cache
def _multiple(source: Unit, target: Unit) -> Fraction | int | None:
    """The factor of units that differ by multiples of symbols alone, which needs no pint.

    Examples:
        >>> _multiple(Unit.parse("percent"), Unit.parse("1"))
        Fraction(1, 100)
    """
    (above, first), (below, second) = in_plain_symbols(source), in_plain_symbols(target)
    if first != second:
        return None
    quotient = above / below
    return quotient.numerator if quotient.denominator == 1 else quotient


def in_plain_symbols(unit: Unit) -> tuple[Fraction, Unit]:
    """A unit without the symbols that stand for a number of others, and that number.

    Examples:
        >>> number, plain = in_plain_symbols(Unit.parse("victim/hundred_thousand_person"))
        >>> print(number, plain)
        1/100000 victim/person
    """
    times, plain = Fraction(1), unit
    for symbol, power in unit.powers:
        if symbol in _multiples():
            number, other = _multiples()[symbol]
            times *= number**power
            plain = plain / Unit(((symbol, power),)) * other**power
    return times, plain


@cache
def _multiples() -> dict[str, tuple[Fraction, Unit]]:
    """What each symbol stands for that is defined as a number, or as so many of another."""
    matches = (_MULTIPLE.fullmatch(line) for line in _definitions())
    return {
        match["symbol"]: (Fraction(match["number"]), Unit.parse(match["of"] or "1"))
        for match in matches
        if match is not None
    }


@cache
def _factor(source: Unit, target: Unit) -> Fraction | int:
    from pint import DimensionalityError

    registry = _registry(exact=True)
    try:
        converted = registry.Quantity(Fraction(1), _pint_unit(registry, source)).to(
            _pint_unit(registry, target)
        )
    except DimensionalityError:
        advice = "they measure different things"
        alike = _powers_beside_money(source) == _powers_beside_money(target)
        if alike and currencies(source) and currencies(target):
            advice = "convert it by an observed rate"
        raise UnitMismatch(f"{source} is not {target}: {advice}") from None
    exact = Fraction(converted.magnitude)
    return exact.numerator if exact.denominator == 1 else exact


def _powers_beside_money(unit: Unit) -> list[int]:
    money = currencies(unit)
    return sorted(power for symbol, power in unit.powers if symbol not in money)


@cache
def _registry(*, exact: bool) -> "pint.UnitRegistry[Any]":
    import pint

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(
        None, non_int_type=Fraction if exact else float
    )
    for line in _definitions():
        registry.define(line)
    return registry


def _definitions() -> list[str]:
    import pkgutil

    text = (pkgutil.get_data(__package__, "definitions.txt") or b"").decode()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _pint_unit(registry: "pint.UnitRegistry[Any]", unit: Unit) -> "pint.Unit":
    import pint

    for symbol in currencies(unit):
        if symbol not in registry:
            registry.define(f"{symbol} = [currency_{symbol}]")
    result = registry.Unit("")
    for symbol, power in unit.powers:
        try:
            result *= registry.Unit(symbol) ** power
        except pint.UndefinedUnitError:
            raise UnitMismatch(f"unknown unit {symbol!r} in {str(unit)!r}") from None
    return result
