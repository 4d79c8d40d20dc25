"""Printed numbers, written in a language: what is written so has to be read as the same."""

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_decimal

from bajio.claims.conventions import MOST_PRECISION, Convention, babel_locale
from bajio.claims.numerals import _in_words
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.claims.vocabulary import plain, vocabulary

_PERCENT = Fraction(1, 100)


def write_printed(printed: Printed, locale: str) -> str:
    """A printed number in a language, which reads back to the same interval."""
    language = Convention(locale).language
    return " ".join(_written(printed, language, locale))


def _written(printed: Printed, language: str, locale: str) -> Iterator[str]:
    if printed.averaged:
        yield vocabulary(language)["averaged"][0]
    tail = (
        vocabulary(language)["counts"][printed.kind][0]
        if printed.kind is not PrintedKind.NUMBER
        else ""
    )
    if printed.second is not None:
        before, amid = (word.strip() for word in vocabulary(language)["between"][0])
        lower, upper = (
            _digits_text(digits, printed.kind, locale) for digits in (printed.first, printed.second)
        )
        yield from (before, f"{lower} {tail}".strip(), amid, f"{upper} {tail}".strip())
        return
    if printed.hedge is not Relation.EQUALS:
        yield vocabulary(language)["hedges"][printed.hedge][0]
    if printed.first.words is not None:
        yield _spoken(printed.first, language)
        return
    yield _digits_text(printed.first, printed.kind, locale)
    if tail:
        yield tail


def _spoken(digits: Digits, language: str) -> str:
    """The words of a multiple or a fraction."""
    tables, known = vocabulary(language), _in_words(language)
    for words in (*tables["multiples"].values(), *tables["fractions"].values()):
        if known[plain(words[0])] == digits:
            return str(words[0])
    assert digits.words is not None
    low = Fraction(digits.words.low)
    whole = low / (digits.value - low) / 2  # as low is part / (whole + 1/2)
    part = digits.value * whole
    return {"en": f"{part} in {whole}", "es": f"{part} de cada {whole}"}[language]


def _digits_text(digits: Digits, kind: PrintedKind, locale: str) -> str:
    """Digits with a scale that shows each of them and no other."""
    percent = kind in {PrintedKind.PERCENT, PrintedKind.POINTS}
    value, quantum = (
        number / _PERCENT if percent else number for number in (digits.value, digits.quantum)
    )
    last = _exponent(quantum)
    size = len(str(abs(int(value)))) - 1
    power = max(min(size // 3 * 3, 9) if size >= 6 else 0, -(-last // 3) * 3)
    places = power - last
    with localcontext(Context(prec=MOST_PRECISION)):  # whatever the caller's own rounds to
        shown = Decimal((value / quantum).numerator).scaleb(-places)
        pattern = f"#,##0.{'0' * places}".rstrip(".")
        text = format_decimal(shown, format=pattern, locale=babel_locale(locale))
    scale = _scale_text(power, babel_locale(locale).plural_form(shown), locale)
    return f"{text} {scale}" if scale else text


def _exponent(quantum: Fraction) -> int:
    if quantum >= 1:
        return len(str(quantum.numerator)) - 1
    return 1 - len(str(quantum.denominator)) if quantum.numerator == 1 else 0


def _scale_text(power: int, plural: str, locale: str) -> str:
    """The words of a power of ten: "billion", "mil millones"."""
    if power == 0:
        return ""
    formats = babel_locale(locale).compact_decimal_formats["long"]
    pattern = formats.get(plural, formats["other"])[str(10**power)].pattern
    return str(pattern.partition("0 ")[2].strip("'"))
