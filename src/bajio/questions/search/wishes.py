"""What is wished of an alliance: what it is to be near, which limits it keeps, of which size.

An amount is a number, with a unit if wanted, or what a region has.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from bajio.amounts import exact_number, split_number
from bajio.arguments import as_items
from bajio.brief import Brief
from bajio.errors import InvalidRegion, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Areas
from bajio.facts.periods import whole
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.choices import NEWEST
from bajio.questions.compositions import Compositions
from bajio.registry import Registry
from bajio.units import ONE, Unit, factor

IndicatorLike = str | Indicator
AmountLike = str | float | Fraction | Decimal
#: Keys of a mapping have one type to a type checker: a code is no `IndicatorLike` there.
Wanted = (
    Mapping[str, AmountLike]
    | Mapping[Indicator, AmountLike]
    | Mapping[IndicatorLike, AmountLike]
    | Iterable[tuple[IndicatorLike, AmountLike]]
)
SizeLike = int | str | Sequence[int] | None
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SIZE = re.compile(r"(\d+)(?:-(\d+))?")


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
    def of(value: "AmountLike | Amount") -> "Amount":
        """An amount from a number or from text.

        Raises:
            InvalidValue: it is not finite, or cannot be read.
        """
        if isinstance(value, Amount):
            return value
        if isinstance(value, str):
            return _read(value)
        try:
            return Amount(exact_number(value))
        except InvalidValue as error:
            text = f"{shown(value)} is no amount ({error})"
            raise InvalidValue(f"{text}: give a number, or the code of a region") from None

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


class Sense(StrEnum):
    """What is wished of an indicator."""

    NEAR = "near"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


AIMS = (Sense.NEAR, Sense.MAXIMUM, Sense.MINIMUM)


@frozen(repr=False)
class Wish(Brief):
    """What is wished of one indicator.

    Attributes:
        sense: what.
        indicator: of which.
        amount: what it is to be near, or its limit; `None` for a maximum or minimum.
        value: that amount in the indicator's unit, in the year that is answered.
    """

    sense: Sense
    indicator: Indicator
    amount: Amount | None = None
    value: Fraction | None = None

    @property
    def is_aim(self) -> bool:
        """Whether it orders the alliances, where others only admit them."""
        return self.sense in AIMS


def wishes(
    registry: Registry,
    near: Wanted | None,
    maximum: IndicatorLike | None,
    minimum: IndicatorLike | None,
    at_least: Wanted | None,
    at_most: Wanted | None,
) -> tuple[Wish, ...]:
    """What is wished, with the indicators that are meant.

    Raises:
        InvalidValue: two aims that do not go together, or an amount that cannot be read.
        UnknownCode: an indicator that is not known.
    """
    result = [*_wanted(registry, Sense.NEAR, near)]
    for sense, one in ((Sense.MAXIMUM, maximum), (Sense.MINIMUM, minimum)):
        if one is not None:
            result.append(Wish(sense, registry.indicator(one)))
    if len({wish.sense for wish in result}) > 1:
        raise InvalidValue("near, maximum and minimum do not go together: choose one")
    result += _wanted(registry, Sense.AT_LEAST, at_least)
    result += _wanted(registry, Sense.AT_MOST, at_most)
    named = [(wish.sense, wish.indicator.code) for wish in result]
    for sense, code in named:
        if named.count((sense, code)) > 1:
            raise InvalidValue(f"{code!r} is named twice in {sense!s}: choose one amount")
    return tuple(result)


def _wanted(registry: Registry, sense: Sense, wanted: Wanted | None) -> Iterable[Wish]:
    pairs = (
        wanted.items()
        if isinstance(wanted, Mapping)
        else as_items(() if wanted is None else wanted, "aims")
    )
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            text = "give pairs of an indicator and an amount"
            raise InvalidValue(f"{shown(pair)} is no aim: {text}")
        indicator_like, amount = pair
        yield Wish(sense, registry.indicator(indicator_like), Amount.of(amount))


def sizes(size_like: SizeLike, count: int) -> tuple[int, int]:
    """The least and the greatest size.

    Args:
        size_like: a number, two of them, `2-5`, or nothing for any.
        count: of areas.

    Raises:
        InvalidValue: it is no size that a set of so many areas can have.

    Examples:
        >>> sizes("2-5", 32), sizes(4, 32), sizes(None, 32)
        ((2, 5), (4, 4), (1, 32))
    """
    if size_like is None:
        return 1, count
    text = size_like.strip()[:99] if isinstance(size_like, str) else ""
    match = _SIZE.fullmatch(text)
    if match is not None:
        least, most = int(match[1]), int(match[2] or match[1])
    elif (number := whole(size_like)) is not None:
        least = most = number
    elif (
        isinstance(size_like, Sequence)
        and len(size_like)
        and all(type(size) is int for size in size_like)
    ):
        least, most = int(min(size_like)), int(max(size_like))
    else:
        raise InvalidValue(f"{shown(size_like)} is no size: give a number, as 4, or a span, as 2-5")
    if not 1 <= least <= most:
        raise InvalidValue(
            f"{shown(size_like)} is no size: the least is 1, and the greater number is last"
        )
    if least > count:
        raise InvalidValue(f"no alliance of {shown(least)}: there are {count} areas")
    return least, min(most, count)


def areas_among(registry: Registry, among: "str | Iterable[str] | None") -> tuple[str, ...]:
    """Codes of the areas that alliances are made of, sorted.

    Args:
        registry: what is known.
        among: a group, a region, area codes joined by `+`, codes, or the code of a country, or of
            a state, for its parts; the parts of the country whose borders are known first, if not
            given.

    Raises:
        InvalidRegion: areas that overlap, or none.
        InvalidValue: none is given, and no borders are known.
    """
    if among is None:
        return _with_borders(registry)
    members = _members(registry, among)
    return _parts(registry.areas, members[0]) if len(members) == 1 else tuple(sorted(members))


def _parts(areas: Areas, code: str) -> tuple[str, ...]:
    """Codes of the areas that lie in one directly, read late or not; itself where none do."""
    areas.load(areas.kind_inside(code))
    return areas.children(code) or (code,)


def _members(registry: Registry, value: str | Region | Iterable[str]) -> tuple[str, ...]:
    """Codes of the newest members of a region."""
    return Compositions(registry, NEWEST).members(registry.region(value), None)


def _with_borders(registry: Registry) -> tuple[str, ...]:
    first = next(iter(registry.borders), None)
    host = None if first is None else registry.areas.host(first)
    if first is None or host is None:
        raise InvalidValue("alliances of which areas? Name a group, or area codes")
    return registry.areas.parts(host, registry.areas[first].kind)


def areas_named(
    registry: Registry, values: "str | Iterable[str] | None", areas: Sequence[str]
) -> list[str]:
    """Areas that must, or must not, be in an alliance.

    Raises:
        UnknownCode, InvalidRegion: a code that is none of the areas.
    """
    if values is None:
        return []
    codes = [values] if isinstance(values, str) else as_items(values, "areas")
    members = [code for code_asked in codes for code in _members(registry, code_asked)]
    for code in members:
        if code not in areas:
            if code in registry.areas:
                name = registry.areas[code].names
                raise InvalidRegion(f"{code} ({name}) is none of the areas that are searched")
            raise UnknownCode("area", code, (), meant=registry.areas.meant(code))
    return list(dict.fromkeys(members))
