"""Amounts that a search is given: a number, with a unit if wanted, or what a region has."""

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from bajio.amounts import exact_number, split_number
from bajio.errors import InvalidValue, shown
from bajio.indicator import Indicator
from bajio.units import ONE, Unit, factor

AmountLike = str | float | Fraction | Decimal
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@frozen
class Amount:
    """A number in a unit, or a multiple of what a region has.

    Attributes:
        number: the number, or how many times.
        unit: its unit; `None` for the indicator's own.
        place: code of the region, or area codes joined by `+`; empty for a number.

    Examples:
        >>> Amount.of("11,427,054"), Amount.of("50%*MEX").place
        (Amount(number=Fraction(11427054, 1), unit=None, place=''), 'MEX')
        >>> Amount.of("1.5 billion USD").number
        Fraction(1500000000, 1)
    """

    number: Fraction
    unit: Unit | None = None
    place: str = ""

    @staticmethod
    def of(given: "AmountLike | Amount") -> "Amount":
        """An amount from a number or from text.

        Raises:
            InvalidValue: it is not finite, or cannot be read.
        """
        if isinstance(given, Amount):
            return given
        if isinstance(given, str):
            return _read(given)
        try:
            return Amount(exact_number(given))
        except InvalidValue as error:
            told = f"{shown(given)} is no amount ({error})"
            raise InvalidValue(f"{told}: give a number, or the code of a region") from None

    def in_unit_of(self, indicator: Indicator) -> Fraction:
        """The number in an indicator's unit.

        Raises:
            UnitMismatch: they measure different things.
        """
        if self.unit is None:
            return self.number
        return self.number * factor(self.unit, indicator.unit)


def _read(text: str) -> Amount:
    number, rest = split_number(text)
    if number is None:
        if not rest:
            raise InvalidValue("an empty amount: write a number, or the code of a region")
        return Amount(Fraction(1), place=rest)
    percent = rest.startswith("%")
    if percent:
        number, rest = number / 100, rest[1:].strip()
    if rest.startswith("*"):
        place = rest[1:].strip()
        if not place:
            raise InvalidValue(f"{shown(text)} says of no region: write 0.5*CODE")
        return Amount(number, place=place)
    word, _, more = rest.partition(" ")
    if word in _WORDS:
        number, rest = number * _WORDS[word], more.strip()
    if percent and rest:
        raise InvalidValue(f"{shown(text)} cannot be read: write 5%, or 5%*CODE")
    return Amount(number, ONE if percent else Unit.parse(rest) if rest else None)
