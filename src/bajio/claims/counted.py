"""Numbers with their scale and what they count: "12 mil 500 millones", "US$12bn", "2.5 %".

A number is digits, words or both; each part of it has to be smaller than the one before it, and
what would be another number if it were read in another way is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NoReturn

from attrs import evolve, frozen

from bajio.claims.conventions import Convention, number_of, power_of, scale_words
from bajio.claims.printed import Digits, PrintedKind
from bajio.claims.vocabulary import ending, phrases, vocabulary
from bajio.errors import InvalidValue, nearest

NUMBER = re.compile(r"[-−]?[0-9][0-9.,'\u00a0\u202f]*")
_PERCENT = Fraction(1, 100)
_THOUSAND = 1000
_NOTHING = Digits(0)


class NotUnderstoodError(InvalidValue):
    """Words of a printed number that are in no table.

    Attributes:
        odd: the first of them, where one is.
    """

    def __init__(self, problem: str, odd: str = "") -> None:
        super().__init__(problem)
        self.odd = odd


class DifferentError(InvalidValue):
    """Two numbers that cannot be the ends of one range."""


@frozen
class CountedNumber:
    """A number with what it counts.

    Attributes:
        digits: the number, in what it counts.
        kind: what it counts.
        unit: the symbol of the unit that stands beside it.
        bare: the number without scale, where no more than one stands behind it.
        factor: that scale.
    """

    digits: Digits
    kind: PrintedKind = PrintedKind.NUMBER
    unit: str | None = None
    bare: Digits | None = None
    factor: int = 1

    @property
    def is_bare(self) -> bool:
        """Whether nothing says its scale or what it counts."""
        return self.factor == 1 and self.kind is PrintedKind.NUMBER and self.bare is not None


def read_counted(words: str, convention: Convention) -> CountedNumber:
    """A number with its scale and what it counts, and nothing else.

    Args:
        words: in lower case, without accents.
        convention: the locale, and the scale of its billions.

    Examples:
        >>> pesos = read_counted("12 mil 500 mdp", Convention("es-MX"))
        >>> int(pesos.digits.value), int(pesos.digits.quantum), pesos.unit
        (12500000000, 1000000, 'MXN')
    """
    try:
        return _plainly(words, convention)
    except NotUnderstoodError:
        first, _, rest = words.partition(" ")
        if first not in vocabulary(convention.language)["articles"]:
            raise
        try:
            counted = _plainly(rest, convention)
        except NotUnderstoodError:
            counted = None
        if counted is None or (counted.is_bare and counted.unit is None):
            raise
        return counted


def _plainly(words: str, convention: Convention) -> CountedNumber:
    language = convention.language
    unit, words = _unit(words, convention)
    kind, weight = PrintedKind.NUMBER, Fraction(1)
    words = _half_inside(words, language)
    if parts := ending(words, language, "parts_of_points"):
        kind, weight, words = PrintedKind.POINTS, Fraction(parts[0]), parts[2]
    elif counts := ending(words, language, "counts"):
        kind, words = PrintedKind(counts[0]), counts[2]
        if unit is not None:
            raise NotUnderstoodError(f"{counts[1]!r} of {unit} is not understood")
    if kind is PrintedKind.POINTS and unit is not None:
        raise NotUnderstoodError(f"points of {unit} are not understood")
    for word in vocabulary(language)["negative"]:
        if NUMBER.match(words.removeprefix(word + " ")) and words.startswith(word + " "):
            words = f"-{words.removeprefix(word + ' ')}"
    part = _part_of_scale(words, convention)
    counted = CountedNumber(part) if part is not None else _number(words, convention)
    is_article = words in {*vocabulary(language)["articles"], *vocabulary(language)["halves"]}
    if is_article and kind is PrintedKind.NUMBER and unit is None:
        raise NotUnderstoodError(f"{words!r} is no number that is understood")
    if kind in {PrintedKind.PERCENT, PrintedKind.POINTS}:
        counted = evolve(counted, digits=counted.digits.scaled(_PERCENT * weight))
    return evolve(counted, kind=kind, unit=unit)


def _half_inside(words: str, language: str) -> str:
    """A half before what it is of: "dos puntos y medio" as "dos y medio puntos"."""
    halves = (vocabulary(language)["half"], *vocabulary(language)["half_behind"])
    for half in halves:
        before = words.removesuffix(f" {half}")
        counts = ending(before, language, "counts") if before != words else None
        if counts is not None and counts[0] != PrintedKind.PERCENT:
            return f"{counts[2]} {halves[0]} {counts[1]}"
    return words


def _unit(words: str, convention: Convention) -> tuple[str | None, str]:
    """The unit that stands before or behind a number, and the words without it."""
    tables, before = vocabulary(convention.language), None
    for sign in sorted(tables["currencies"], key=len, reverse=True):
        rest = words.removeprefix(sign).strip()
        if words.startswith(sign) and NUMBER.match(rest):
            before, words = tables["currencies"][sign], rest
            break
    for short, (scale, unit) in tables["scaled_units"].items():
        rest = words.removesuffix(short)
        if words.endswith(short) and rest and not rest[-1].isalpha():
            return _together(before, unit), f"{rest.strip()} {scale}"
    ending_unit = ending(words, convention.language, "units")
    if ending_unit is None:
        return before, words
    unit, phrase, words = ending_unit
    unit = tables["local"].get(convention.locale, {}).get(phrase, unit)
    for of in tables["of"]:
        words = words.removesuffix(f" {of}")
    return _together(before, unit), words


def _together(before: str | None, behind: str) -> str:
    """The unit that the sign before a number and the word behind it say."""
    if before in {None, behind} or (before == "$" and behind in {"MXN", "USD"}):
        return behind
    if behind == "$" and before == "MXN":
        return "MXN"
    raise NotUnderstoodError(f"{before} and {behind} contradict each other")


def _part_of_scale(words: str, convention: Convention) -> Digits | None:
    """A part of a scale or of one: "medio millón", "a quarter of a million"."""
    halves = vocabulary(convention.language)["halves"]
    for phrase, part in _parts(convention.language).items():
        rest = words.removeprefix(phrase).strip()
        if not words.startswith(phrase + " ") and words != phrase:
            continue
        power = power_of(rest, convention) if rest else 1
        if power is not None and (power >= _THOUSAND or phrase in halves):
            top, whole = map(int, part.split("/"))
            return Digits.fraction(top, whole).scaled(power)
    return None


@cache
def _parts(language: str) -> Mapping[str, str]:
    """What may stand before a scale, of which it is a part."""
    tables = vocabulary(language)
    return dict.fromkeys(tables["halves"], "1/2") | {
        f"{phrase} {of}": part
        for phrase, part in phrases(language, "fractions").items()
        for of in tables["of_scale"]
    }


def _number(words: str, convention: Convention) -> CountedNumber:
    """A number of digits, words or both, with its scale."""
    sign = -1 if words[:1] in {"-", "−"} else 1
    if sign < 0 and words[1:2] in {"-", "−"}:
        raise NotUnderstoodError(f"{words!r} is no number that is understood")
    tokens = tuple(_tokens(words[1:] if sign < 0 else words, convention))
    state, position = _Sum(words), 0
    while position < len(tokens):
        state, position = _step(state, tokens, position, convention)
    if not state.numbers:
        raise NotUnderstoodError(f"{words!r} is no number that is understood")
    if state.last and state.number is not None and state.group is None:
        _refuse_loose(state)
    if state.numbers > 1 and sign < 0:
        raise NotUnderstoodError(f"{words!r} is no number that is understood")
    digits = Digits(sign * state.total, state.weight)
    if state.numbers > 1:
        return CountedNumber(digits, factor=0)
    bare = state.first
    return CountedNumber(digits, bare=bare.scaled(sign), factor=int(state.total_factor))


def _tokens(words: str, convention: Convention) -> Iterator[str]:
    """Digits and words, each alone; short forms of scales as the words that they stand for."""
    tables = vocabulary(convention.language)
    for word in words.split():
        match = NUMBER.match(word)
        rest = word[match.end() :] if match else word
        if match:
            yield match[0]
        if rest in tables["ambiguous_short"]:
            first, second = tables["ambiguous_short"][rest]
            raise InvalidValue(f"{rest!r} can be {first} or {second}: write the one meant")
        yield from tables["short"].get(rest, rest).split()


@frozen
class _Sum:
    """A number as far as it has been read.

    Attributes:
        words: all of them, for refusals.
        done: what is complete, up to the scale `last`.
        group: the thousands of what is not.
        number: what no scale has followed yet.
        weight: of the last digit.
        numbers: how many numbers it has been read from.
        first: the first of them.
        total_factor: what scales have multiplied it by.
        is_plain: whether all were whole, without a scale inside.
    """

    words: str
    done: Fraction = Fraction(0)
    group: Fraction | None = None
    number: Fraction | None = None
    weight: Fraction = Fraction(0)
    last: int = 0
    numbers: int = 0
    first: Digits = _NOTHING
    total_factor: int = 1
    is_plain: bool = True

    @property
    def total(self) -> Fraction:
        """The number so far."""
        return self.done + (self.group or 0) + (self.number or 0)

    def with_number(self, value: Fraction, weight: Fraction) -> "_Sum":
        """With a number behind it, which has to be smaller than the scale before."""
        whole = weight == 1
        fits = whole or (self.group is not None and not self.last)  # "12 mil 345.6"
        if self.number is not None or (
            self.numbers and not (self.is_plain and fits and 0 < value < _THOUSAND)
        ):
            raise NotUnderstoodError(f"{self.words!r} holds two numbers: write one")
        return evolve(
            self,
            number=value,
            weight=weight,
            numbers=self.numbers + 1,
            first=self.first if self.numbers else Digits(value, weight),
            is_plain=whole,
        )

    def times(self, power: int) -> "_Sum | None":
        """With a scale behind it; `None` where it cannot stand there."""
        if power == _THOUSAND:
            if self.group is not None or self.number is None:
                return None
            return evolve(
                self,
                group=self.number * power,
                number=None,
                weight=self.weight * power,
                total_factor=self.total_factor * power,
                is_plain=self.is_plain and self.number < _THOUSAND,
            )
        part = (self.group or 0) + (self.number or 0)
        if (self.number is None and self.group is None) or (self.last and power >= self.last):
            return None
        return evolve(
            self,
            done=self.done + part * power,
            group=None,
            number=None,
            weight=self.weight * power,
            last=power,
            total_factor=self.total_factor * power,
        )


def _step(
    state: _Sum, tokens: Sequence[str], position: int, convention: Convention
) -> tuple[_Sum, int]:
    """What is read with the next word or words, and the position after them."""
    language, token = convention.language, tokens[position]
    if NUMBER.fullmatch(token):
        return state.with_number(*number_of(token, convention)), position + 1
    half = vocabulary(language)["half"].split()
    if tuple(tokens[position : position + len(half)]) == tuple(half):
        return _and_a_half(state), position + len(half)
    power = power_of(token, convention)
    if power is not None:
        if power == _THOUSAND and language == "es" and state.number is None and state.group is None:
            state = state.with_number(Fraction(1), Fraction(1))
        scaled = state.times(power)
        if scaled is None and state.numbers:
            rest = tokens[position - 1 :] if state.number is None else tokens[position:]
            _refuse(" ".join(rest))
        if scaled is None:
            raise NotUnderstoodError(f"{state.words!r} is no number that is understood")
        return scaled, position + 1
    is_joined = state.numbers and token in vocabulary(language)["and"] and language == "en"
    start = position + 1 if is_joined else position
    value, after = _cardinal(tokens, start, language)
    if after > start:
        return state.with_number(Fraction(value), Fraction(1)), after
    if not state.numbers:
        raise NotUnderstoodError(f"{state.words!r} is no number that is understood", token)
    return _refuse(" ".join(tokens[position:]))


def _and_a_half(state: _Sum) -> _Sum:
    """Half of what the number before counts: "dos y medio", "un millón y medio"."""
    half = Fraction(1, 2)
    if state.numbers == 1 and state.is_plain and state.number is not None:
        number = state.number + half
        first = Digits(number, half)
        return evolve(state, number=number, weight=half, first=first, is_plain=False)
    if state.numbers == 1 and state.is_plain and state.last and state.group is None:
        weight = half * state.last
        first = Digits(state.first.value + half, half)
        return evolve(
            state,
            done=state.done + weight,
            weight=weight,
            numbers=2,
            first=first,
            is_plain=False,
        )
    raise NotUnderstoodError(f"{state.words!r}: half of what?")


def _cardinal(tokens: Sequence[str], start: int, language: str) -> tuple[int, int]:
    """A whole number below a thousand in words, and the position after it."""
    tables = vocabulary(language)
    value, after = _below_hundred(tokens, start, language)
    if value < 0:
        return 0, start
    is_hundreds = after < len(tokens) and tokens[after] in tables["hundred"]
    if is_hundreds:
        value, after = value * 100, after + 1
    if value >= 100 and (is_hundreds or tokens[start] != "cien"):
        joined = after
        if language == "en" and after < len(tokens) and tokens[after] in tables["and"]:
            joined += 1
        rest, end = _below_hundred(tokens, joined, language)
        if 0 < rest < 100 and tokens[joined] != "a":
            return value + rest, end
    return value, after


def _below_hundred(tokens: Sequence[str], start: int, language: str) -> tuple[int, int]:
    """A number of tens and units, or one word; -1 where there is none."""
    value, joined = _value_at(tokens, start, language), start + 1
    if language == "es":  # tens and units are joined by "y"
        joins = joined < len(tokens) and tokens[joined] in vocabulary(language)["and"]
        if not joins:
            return value, joined
        joined += 1
    unit = _value_at(tokens, joined, language)
    is_tens = 20 <= value < 100 and value % 10 == 0
    if is_tens and 1 <= unit <= 9 and tokens[joined] != "a":
        return value + unit, joined + 1
    return value, start + 1


def _value_at(tokens: Sequence[str], position: int, language: str) -> int:
    words = phrases(language, "cardinals")
    return int(words.get(tokens[position], -1)) if position < len(tokens) else -1


def _refuse_loose(state: _Sum) -> None:
    """Refuse a number behind millions of which it may be thousands: "2 millones 500"."""
    number = int(state.number or 0)
    value, other = int(state.total), int(state.done + number * state.last // _THOUSAND)
    raise InvalidValue(
        f"{state.words!r} can be {value:,} or {other:,}: write the one meant in digits"
    )


def _refuse(rest: str) -> NoReturn:
    raise NotUnderstoodError(f"{rest!r} is not understood: say units by the key 'unit'", rest)


def advice(word: str, language: str) -> str:
    """The known word that one is near to.

    Examples:
        >>> advice("docee", "es")
        "; did you mean 'doce'?"
    """
    instead = vocabulary(language)["instead"]
    for part in word.split():
        if part in instead:
            return f"; write it as {instead[part]}"
    known = [*phrases(language, "cardinals"), *phrases(language, "units"), *scale_words(language)]
    close = nearest(word, (phrase for phrase in known if len(phrase) > 3)) if len(word) > 3 else []
    close = [name for name in close if name[0] == word[0] and name not in word.split()]
    return f"; did you mean {close[0]!r}?" if close else ""
