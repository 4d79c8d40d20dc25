"""A unit as a product of powers of symbols, without a unit registry."""

import re
from functools import cache

from attrs import field, frozen

from bajio.arguments import as_text
from bajio.brief import Brief
from bajio.errors import UnitMismatch, shown

_TERM = re.compile(
    r"\s*(?P<operator>[·*/])?\s*(?P<symbol>1|%|[^\W\d]\w*?)(?P<power>[²³]|(?:\*\*|\^)-?[0-9]{1,4})?"
    r"(?=\s*[·*/]|\s|$)"
)
_CURRENCY = re.compile(r"(?:int_)?[A-Z]{3}(?:_[0-9]{4})?")
_ALIASES = {"%": "percent", "persons": "person", "people": "person", "jobs": "job"}
#: Longer than any unit is written, and higher than any power of one.
_LONGEST, _HIGHEST = 200, 60
_SUPERSCRIPTS = {"²": 2, "³": 3}
_POWERS = {1: "", 2: "²", 3: "³"}


@frozen(cache_hash=True, repr=False)
class Unit(Brief):
    """A product of powers of symbols: `Unit.parse("USD/person")`.

    A currency is a symbol of three capitals (`MXN`), with the base year where prices are constant
    (`MXN_2018`), with `int_` before it for international dollars (`int_USD_2021`).
    Each is a dimension of its own: no currency or price basis turns into another by itself.

    Attributes:
        powers: pairs of symbol and non-zero power, sorted by symbol.

    Examples:
        >>> density = Unit.parse("person") / Unit.parse("km²")
        >>> print(density, density * Unit.parse("km^2"), density / density)
        person/km² person 1
        >>> Unit.parse("km2!")
        Traceback (most recent call last):
        ...
        bajio.errors.UnitMismatch: cannot read the unit 'km2!': write it as 'USD/person' or 'km²'
    """

    powers: tuple[tuple[str, int], ...] = field(default=())

    @staticmethod
    @cache
    def parse(text: str) -> "Unit":
        """Read a unit such as `person/km²`, `MXN_2018`, `km^2*person` or `1`.

        Raises:
            UnitMismatch: the text is not a product of powers of symbols.
        """
        powers: list[tuple[str, int]] = []
        position = 0
        if len(text) > _LONGEST:
            raise UnitMismatch(
                f"cannot read the unit {shown(text)}: it has over {_LONGEST} letters"
            )
        stripped = text.strip()
        while position < len(stripped):
            term = _TERM.match(stripped, position)
            if term is None or bool(term["operator"]) > bool(powers or position):
                break
            symbol, power = _ALIASES.get(term["symbol"], term["symbol"]), term["power"] or "1"
            exponent = _SUPERSCRIPTS.get(power) or int(power.lstrip("*^"))
            if symbol != "1":
                powers.append((symbol, -exponent if term["operator"] == "/" else exponent))
            position = term.end()
        if not stripped or position < len(stripped):
            raise UnitMismatch(
                f"cannot read the unit {shown(text)}: write it as 'USD/person' or 'km²'"
            )
        return _product(tuple(powers))

    def __mul__(self, other: "Unit") -> "Unit":
        return _product((*self.powers, *other.powers))

    def __truediv__(self, other: "Unit") -> "Unit":
        below = ((symbol, -power) for symbol, power in other.powers)
        return _product((*self.powers, *below))

    def __pow__(self, power: int) -> "Unit":
        return _product(tuple((symbol, power * exponent) for symbol, exponent in self.powers))

    def replaced(self, symbol: str, other: str) -> "Unit":
        """The unit with one symbol in the place of another."""
        return _product(
            tuple(
                (other if symbol_now == symbol else symbol_now, power)
                for symbol_now, power in self.powers
            )
        )

    def __str__(self) -> str:
        texts = [f"{symbol}{_POWERS.get(abs(own), f'^{abs(own)}')}" for symbol, own in self.powers]
        above = [text for text, (_, own) in zip(texts, self.powers, strict=True) if own > 0]
        below = [text for text, (_, own) in zip(texts, self.powers, strict=True) if own < 0]
        return "/".join(["·".join(above) or "1", *below])


ONE = Unit()


def as_unit(value: Unit | str) -> Unit:
    """The unit itself, or the one that a text writes."""
    return value if isinstance(value, Unit) else Unit.parse(as_text(value, "a unit"))


def _product(powers: tuple[tuple[str, int], ...]) -> Unit:
    total: dict[str, int] = {}
    for symbol, power in powers:
        total[symbol] = total.get(symbol, 0) + power
    for symbol, power in total.items():
        if abs(power) > _HIGHEST:
            raise UnitMismatch(f"{symbol}^{power}: the powers of a unit go to {_HIGHEST}")
    return Unit(tuple(sorted((symbol, power) for symbol, power in total.items() if power)))


@cache
def currencies(unit: Unit) -> tuple[str, ...]:
    """The currency symbols in a unit, price basis included.

    Examples:
        >>> currencies(Unit.parse("MXN_2018/person")), currencies(Unit.parse("km²"))
        (('MXN_2018',), ())
    """
    return tuple(symbol for symbol, _ in unit.powers if _CURRENCY.fullmatch(symbol))
