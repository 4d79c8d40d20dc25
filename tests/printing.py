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


def forms_of(number: int, locale: str, unit: str | None) -> Iterator[str]:
    """A whole number below 10⁹ in digits, in words, mixed and rounded, with its unit."""
    language = Convention(locale).language
    noun = f" {vocabulary(language)['units'][unit][0]}" if unit else ""
    yield f"{number:,}{noun}"
    yield f"{_in_cardinals(number, language)}{noun}"
    millions, rest = divmod(number, 10**6)
    thousands, units = divmod(rest, 1000)
    scale = {"en": ("million", "thousand"), "es": ("millones", "mil")}[language]
    if millions and (thousands or not units):
        parts = [f"{millions} {scale[0]}", f"{thousands} {scale[1]}" if thousands else ""]
        yield " ".join([*filter(None, parts), *([str(units)] if units else [])]) + noun
    if millions:
        yield f"{round(Fraction(number, 10**5)) / 10} {scale[0]}{noun}"
    if number >= 1000:
        yield f"{round(Fraction(number, 1000)):,} {scale[1]}{noun}"


def _in_cardinals(number: int, language: str) -> str:
    """A whole number in words."""
    millions, rest = divmod(number, 10**6)
    thousands, units = divmod(rest, 1000)
    words = []
    if millions:
        many = {"en": "million", "es": "millón" if millions == 1 else "millones"}[language]
        words.append(f"{_short_cardinal(millions, language)} {many}")
    if thousands:
        one = "" if language == "es" and thousands == 1 else _short_cardinal(thousands, language)
        words.append(f"{one} {'thousand' if language == 'en' else 'mil'}".strip())
    if units:
        words.append(_short_cardinal(units, language))
    if millions and units and not thousands:
        return f"{number:,}"  # "two million five hundred" can be two numbers
    return " ".join(words)


def _short_cardinal(number: int, language: str) -> str:
    """A number from 1 to 999 in words."""
    names = {int(value): words for value, words in vocabulary(language)["cardinals"].items()}
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds and language == "en":
        words.append(f"{names[hundreds][0]} hundred")
    elif hundreds:
        words.append("cien" if number == 100 else names[hundreds * 100][-1 if hundreds == 1 else 0])
    if rest in names and rest:
        words.append(names[rest][1 if language == "es" and rest == 1 else 0])
    elif rest:
        joined = {"en": "-", "es": " y "}[language]
        words.append(f"{names[rest // 10 * 10][0]}{joined}{names[rest % 10][0]}")
    return " ".join(words)
