"""Sentences of a finding, in each language at once."""

from collections.abc import Callable
from fractions import Fraction

from bajio.claims.intervals import Interval
from bajio.claims.printed import Kind, Printed
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.questions.audit.figures import Line
from bajio.questions.audit.findings import Figure
from bajio.registry import Registry
from bajio.units import ONE
from bajio.words.enumerations import listed, years_text
from bajio.words.quantities import Counted, Scale, amount, apart, end_text, range_text

Part = str | Label | Callable[[str], str]
LANGUAGES = ("en", "es")


def by_language(make: Callable[[str], str]) -> Label:
    """A label of what a function gives for each language."""
    return Label({language: make(language) for language in LANGUAGES})


def say(english: str, spanish: str, **parts: Part) -> Label:
    """A sentence in each language.

    Args:
        english, spanish: the sentence, with the names of its parts in braces.
        parts: texts, labels, or functions of the language.

    Examples:
        >>> say("{n} of {whom}", "{n} de {whom}", n="2", whom=Label({"en": "us", "es": "nosotros"}))
        Label({'en': '2 of us', 'es': '2 de nosotros'})
    """
    return Label(
        {
            language: text.format(**{name: told(part, language) for name, part in parts.items()})
            for language, text in zip(LANGUAGES, (english, spanish), strict=True)
        }
    )


def told(part: Part, language: str) -> str:
    """A part of a sentence in a language."""
    if isinstance(part, str):
        return part
    return part.text(language) if isinstance(part, Label) else part(language)


def figure_part(figure: Figure) -> Part:
    """A figure in words, or the ends that it lies between."""

    def words(language: str) -> str:
        low, high = (_signed(figure, end, language) for end in (figure.low, figure.high))
        return low if low == high else {"en": f"{low} to {high}", "es": f"{low} a {high}"}[language]

    return words


def _signed(figure: Figure, value: Exact, language: str) -> str:
    """A figure in words; a change with its sign."""
    text = amount(value, figure.scale, language)
    plus = figure.since is not None and figure.scale is not Counted.TIMES and value > 0
    return f"+{text}" if plus else text


def amount_part(value: Exact, unit: Scale) -> Part:
    """A value in words."""
    return lambda language: amount(value, unit, language)


def range_part(interval: Interval, unit: Scale | None) -> Part:
    """An interval in words."""
    return lambda language: range_text(interval, unit, language)


def end_part(value: Fraction, unit: Scale | None, *, up: bool = False) -> Part:
    """An end of an interval in words."""
    return lambda language: end_text(value, unit, language, up=up)


def when_part(years: tuple[int, ...], since: int | None = None) -> Part:
    """A period in words, with a space before it; nothing where there is none."""
    if since is not None:
        last = years[-1]
        return Label({"en": f" from {since} to {last}", "es": f" de {since} a {last}"})
    span = "–".join(dict.fromkeys(map(str, years)))
    return lambda language: {"en": f" in {span}", "es": f" en {span}"}[language] if span else ""


def places_part(registry: Registry, codes: tuple[str, ...]) -> Part:
    """Names of areas as a list."""
    return lambda language: listed((registry.name_of(code, language) for code in codes), language)


def years_part(years: tuple[int, ...], last: int) -> Part:
    """Years as a list of runs."""
    return lambda language: years_text(years, last, language)


def quoted(printed: Printed) -> Part:
    """A printed number as it was printed, in quotation marks."""
    return lambda language: (
        f"“{printed.texts.text(language)}”"
        if language == "en"
        else f"«{printed.texts.text(language)}»"
    )


def off_part(share: Fraction, gap: Fraction, unit: Scale) -> Part:
    """How far off: in percent, or in points where the figure is itself a percentage."""
    return lambda language: apart(share, gap, unit, language)


def digits_part(printed: Printed) -> Part:
    """The digits of a printed number, with no words but its scale: "20.3 million", "2.5 %"."""
    unit = ONE if printed.kind is not Kind.NUMBER else None
    if printed.kind is Kind.TIMES:
        unit = None

    def words(language: str) -> str:
        numbers = (printed.first.value, printed.last.value)
        return "–".join(dict.fromkeys(end_text(number, unit, language) for number in numbers))

    return words


def line_part(line: Line, years: tuple[int, ...], unit: Scale) -> Part:
    """Figures of some years: "2006: 86.46 billion USD, 2007: ..."."""
    return lambda language: ", ".join(
        f"{year}: {amount(line[year], unit, language)}" for year in years
    )
