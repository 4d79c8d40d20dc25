"""Functions of one number that arithmetic lacks: absolute value, logarithm, root.

Logarithms and roots are not rational: each is worked out to 40 significant digits and is from
there on an exact number, so that sums of them do not depend on any order.
"""

from collections.abc import Callable, Mapping
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context as Digits,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.errors import InvalidRule, Unavailable, shown
from bajio.facts.measures import Measure
from bajio.rules.algebra import Applied
from bajio.rules.resolution import NO_MONEY, Context, Resolution, Resolved
from bajio.rules.rule import Rule, as_rule

Exact = int | Fraction
_TOO_LARGE = "a function gives a number that is too large, or too small, to be told"
_MOST_SIZE = 100_000
_DIGITS = 40
_GUARD = 10
_SIGNS = {2: "√", 3: "∛"}
#: The greatest degree of a root.
MOST_DEGREE = 1000
#: The context of all functions: that of the surroundings has no say.
_OWN = Digits(
    prec=_DIGITS + _GUARD,
    rounding=ROUND_HALF_EVEN,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
#: Of a numerator and a denominator that both have more, these many are as good as all.
_MOST_BITS = 1_000
#: Up to this power results are worked out as fractions: further on, to 40 digits.
_MOST_POWER = 100


@frozen(repr=False)
class Function(Rule):
    """Root of the functions of one number."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    #: The function's name in an expression.
    function: ClassVar[str]
    #: Whether the result is in the unit of the number.
    keeps_unit: ClassVar[bool] = False
    rule: Rule = field(converter=as_rule)

    @property
    def exponent(self) -> Fraction:
        """That of a root."""
        return Fraction(1)

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The function, of what the rule inside comes down to."""
        inner = self.rule.part(resolution, context)
        name = self.function
        if not self.keeps_unit and inner.money != NO_MONEY:
            raise InvalidRule(f"{name} of money in '{self}': divide it by money of the same prices")
        applied = Applied(name, inner.expression, self.exponent)
        return Resolved(applied, inner.money, constant=inner.constant)

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the rule inside is."""
        return self.rule.is_count(measures)


class Absolute(Function):
    """The absolute value of a rule.

    Examples:
        >>> from bajio.rules import Sum
        >>> print(Absolute(Sum("exports") - Sum("imports")))
        |Σ exports − Σ imports|
    """

    __slots__ = ()
    function: ClassVar[str] = "absolute"
    keeps_unit: ClassVar[bool] = True

    def text(self) -> str:
        """Between two bars."""
        return f"|{self.rule.text()}|"


class Logarithm(Function):
    """The natural logarithm of a plain number, to 40 significant digits.

    Refused where the number is not positive.
    """

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    function: ClassVar[str] = "logarithm"

    def text(self) -> str:
        """As ln."""
        return f"ln({self.rule.text()})"


class Entropy(Function):
    """x ln x of a plain number: zero at zero, where the logarithm has no value."""

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    function: ClassVar[str] = "entropy"

    def text(self) -> str:
        """As xlnx."""
        return f"xlnx({self.rule.text()})"


def _degree(_instance: object, _attribute: object, degree: int) -> None:
    if type(degree) is not int or not 2 <= degree <= MOST_DEGREE:
        advice = f"give a whole number from 2 to {MOST_DEGREE}"
        raise InvalidRule(f"a root of degree {shown(degree)}: {advice}")


@frozen(repr=False)
class Root(Function):
    """The root of a plain number, to 40 significant digits; refused where it is negative."""

    is_rounded: ClassVar[bool] = True
    function: ClassVar[str] = "root"
    degree: int = field(default=2, validator=_degree)

    @property
    def exponent(self) -> Fraction:
        """One over the degree."""
        return Fraction(1, self.degree)

    def text(self) -> str:
        """With the sign of a root, where there is one."""
        sign = _SIGNS.get(self.degree, f"{self.degree}th root of ")
        return f"{sign}({self.rule.text()})"


def logarithm(value: Exact) -> Exact:
    """The natural logarithm, to 40 significant digits.

    Raises:
        Unavailable: the number is not positive.

    Examples:
        >>> float(logarithm(2)), logarithm(1)
        (0.6931471805599453, 0)
    """
    if value <= 0:
        raise Unavailable(f"{told(value)} has no logarithm: it is not positive")
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
        raise Unavailable(f"{told(value)} to the power of {rational} has no value")
    if value in {0, 1}:
        return value
    small = max(abs(rational.numerator), rational.denominator) <= _MOST_POWER
    if rational.denominator == 1 and small:
        return Fraction(value) ** rational.numerator
    result = _rounded(lambda: _decimal_power(value, rational))
    if not small:
        return result
    near = result.limit_denominator(10**6)
    exact = near**rational.denominator == Fraction(value) ** rational.numerator
    return near if exact else result


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


def apply(function: str, value: Exact, exponent: Fraction) -> Exact:
    """A function by its name, as an expression has it."""
    match function:
        case "absolute":
            return value if value > 0 else -value
        case "logarithm":
            return logarithm(value)
        case "entropy":
            return entropy(value)
        case "exponential":
            return exponential(value)
        case "unless-negative":
            return unless_negative(value)
    return power(value, exponent)


def _rounded(calculate: Callable[[], Decimal]) -> Fraction:
    """What a calculation gives, to 40 digits, whatever the context around it rounds to."""
    with localcontext(_OWN) as context:
        try:
            exact = calculate()
        except DecimalException:
            raise Unavailable(_TOO_LARGE) from None
        context.prec = _DIGITS
        rounded = +exact
        if rounded and abs(rounded.adjusted()) > _MOST_SIZE:
            raise Unavailable(_TOO_LARGE)
        return Fraction(rounded)


def settled(value: Exact) -> Exact:
    """A number to 30 digits, in which results of functions are equal that are so in truth.

    Each is worked out to 40 digits, and in the last of them depends on how it was reached.

    Examples:
        >>> first, second = logarithm(2) + logarithm(6), logarithm(3) + logarithm(4)
        >>> first == second, settled(first) == settled(second)
        (False, True)
    """
    if isinstance(value, int):
        return value
    with localcontext(_OWN) as context:
        context.prec = _DIGITS - _GUARD
        return Fraction(_decimal(value))


def told(value: Exact) -> str:
    """A number in six digits, of whatever size.

    Examples:
        >>> told(Fraction(-1, 3)), told(10**400)
        ('-0.333333', '1e+400')
    """
    try:
        return f"{float(value):g}"
    except OverflowError:
        with localcontext(_OWN) as context:
            context.prec = 6
            return f"{_decimal(value).normalize():e}"


def _decimal_power(value: Exact, exponent: Fraction) -> Decimal:
    return (_decimal(value).ln() * _decimal(exponent)).exp()


def _decimal(value: Exact) -> Decimal:
    """A number to the digits of the context, whatever it has in its numerator and denominator."""
    above, below = value.as_integer_ratio()
    spare = min(above.bit_length(), below.bit_length()) - _MOST_BITS
    if spare > 0:  # no number of so few digits, nor half of one, has as many bits on both sides
        above, below = above >> spare, below >> spare
    return Decimal(above) / Decimal(below)
