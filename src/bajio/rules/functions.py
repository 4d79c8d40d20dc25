"""Functions of one number that arithmetic lacks: absolute value, logarithm, root.

Logarithms and roots are not rational: each is worked out to 40 significant digits and is from
there on an exact number, so that sums of them do not depend on any order.
"""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.errors import InvalidRule, Unavailable
from bajio.rules.nodes import Function, Rule, as_rule

Exact = int | Fraction
_DIGITS = 40
_GUARD = 10


@frozen
class Absolute(Function):
    """The absolute value of a rule.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> print(Absolute(Sum("exports") - Sum("imports")))
        |Σ exports − Σ imports|
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)


@frozen
class Logarithm(Function):
    """The natural logarithm of a plain number, to 40 significant digits.

    Refused where the number is not positive.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)


@frozen
class Entropy(Function):
    """x ln x of a plain number: zero at zero, where the logarithm has no value."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)


def _degree(_instance: object, _attribute: object, degree: int) -> None:
    if type(degree) is not int or degree < 2:
        raise InvalidRule(f"a root of degree {degree!r}: give a whole number from 2 on")


@frozen
class Root(Function):
    """The root of a plain number, to 40 significant digits; refused where it is negative."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    degree: int = field(default=2, validator=_degree)


def logarithm(value: Exact) -> Exact:
    """The natural logarithm, to 40 significant digits.

    Raises:
        Unavailable: the number is not positive.

    Examples:
        >>> float(logarithm(2)), logarithm(1)
        (0.6931471805599453, 0)
    """
    if value <= 0:
        raise Unavailable(f"{float(value):g} has no logarithm: it is not positive")
    if value == 1:
        return 0
    return _rounded(lambda: _decimal(value).ln())


def entropy(value: Exact) -> Exact:
    """X ln x, and zero at zero.

    Examples:
        >>> entropy(0), float(entropy(Fraction(1, 2)))
        (0, -0.34657359027997264)
    """
    return value * logarithm(value) if value else 0


def exponential(value: Exact) -> Exact:
    """E to the power of a number, to 40 significant digits.

    Examples:
        >>> float(exponential(1)), exponential(0)
        (2.718281828459045, 1)
    """
    return _rounded(lambda: _decimal(value).exp()) if value else 1


def power(value: Exact, exponent: Exact) -> Exact:
    """A number that is not negative to a rational power: exact where the result is rational.

    Raises:
        Unavailable: the number is negative, or zero to a power that is not positive.

    Examples:
        >>> float(power(2, Fraction(1, 2))), power(Fraction(27, 8), Fraction(1, 3)), power(2, -1)
        (1.4142135623730951, Fraction(3, 2), Fraction(1, 2))
    """
    rational = Fraction(exponent)
    if value < 0 or (value == 0 and rational <= 0):
        raise Unavailable(f"{float(value):g} to the power of {rational} has no value")
    if rational.denominator == 1 or value in {0, 1}:
        return Fraction(value) ** rational.numerator
    found = _rounded(lambda: _decimal_power(value, rational))
    near = found.limit_denominator(10**6)
    exact = near**rational.denominator == Fraction(value) ** rational.numerator
    return near if exact else found


def root(value: Exact, degree: int) -> Exact:
    """The root of a number that is not negative.

    Raises:
        Unavailable: the number is negative.

    Examples:
        >>> float(root(2, 2)), root(Fraction(27, 8), 3)
        (1.4142135623730951, Fraction(3, 2))
    """
    return power(value, Fraction(1, degree))


def unless_negative(weight: Exact) -> int:
    """One, for a weight that may be one.

    Raises:
        Unavailable: it is negative.
    """
    if weight < 0:
        raise Unavailable("a weighted mean has no meaning where a weight is negative")
    return 1


def apply(function: str, value: Exact, degree: int) -> Exact:
    """A function by its name, as a plan has it."""
    match function:
        case "absolute":
            return value if value > 0 else -value
        case "logarithm":
            return logarithm(value)
        case "entropy":
            return entropy(value)
        case "unless-negative":
            return unless_negative(value)
    return root(value, degree)


def _rounded(calculate: Callable[[], Decimal]) -> Fraction:
    with localcontext() as context:
        context.prec = _DIGITS + _GUARD
        found = calculate()
        context.prec = _DIGITS
        return Fraction(+found)


def _decimal_power(value: Exact, exponent: Fraction) -> Decimal:
    return (_decimal(value).ln() * _decimal(exponent)).exp()


def _decimal(value: Exact) -> Decimal:
    number = Fraction(value)
    return Decimal(number.numerator) / Decimal(number.denominator)
