"""Figures in words: readable magnitudes, units, ordinals, ranks."""

from collections.abc import Iterable
from fractions import Fraction

from bajio.engines.outcome import told
from bajio.facts.observations import STATUSES, Exact
from bajio.indicator import Indicator
from bajio.questions.results import Rank, Result, plain
from bajio.registry import Registry
from bajio.units import ONE, Unit

_MAGNITUDES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
)
_PLURALS = {"person": "persons", "household": "households", "int_USD": "international USD"}
_SINGULARS = {"int_USD": "international USD"}


def amount(value: Exact, unit: Unit) -> str:
    """A figure with a readable magnitude and its unit.

    Examples:
        >>> from fractions import Fraction
        >>> amount(136039873662, Unit.parse("USD"))
        '136.0 billion USD'
        >>> amount(Fraction(1165, 10), Unit.parse("person/km²"))
        '116.5 persons per km²'
        >>> amount(Fraction(2203, 100000), Unit.parse("1")), amount(109059, Unit.parse("km²"))
        ('2.20 %', '109,059 km²')
    """
    if unit == ONE:
        return percent(value)
    return f"{magnitude(value)} {unit_name(unit)}"


def figure(value: Exact, indicator: Indicator) -> str:
    """A value as its indicator is shown, with the unit.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> figure(1, Indicator("a", Sum("a"), "1", "A", as_number=True))
        '1'
    """
    if indicator.unit == ONE and indicator.as_number:
        return magnitude(value)
    return amount(value, indicator.unit)


def bare_figure(value: Exact, indicator: Indicator) -> str:
    """The same without the unit, for a cell whose unit stands elsewhere."""
    if indicator.unit == ONE and not indicator.as_number:
        return percent(value)
    return magnitude(value)


def magnitude(value: Exact) -> str:
    """A figure in thousands, millions, billions (10⁹) or trillions (10¹²), to four digits.

    Examples:
        >>> magnitude(12706038), magnitude(999999999), magnitude(-4686406258), magnitude(524)
        ('12.71 million', '1.000 billion', '-4.686 billion', '524')
    """
    number = plain(value)
    for size, name in _MAGNITUDES:
        if abs(number) >= size * 0.99995:
            return f"{_four_digits(number / size)} {name}"
    if isinstance(number, int):
        return f"{number:,}"
    return _four_digits(number) if abs(number) < 9999.5 else f"{number:,.0f}"


def _four_digits(number: float) -> str:
    """Four significant digits, thousands separated.

    Examples:
        >>> _four_digits(9999.96), _four_digits(1.23456), _four_digits(0.0012345)
        ('10,000', '1.235', '0.001234')
    """
    size = abs(number)
    if size >= 999.95:
        return f"{number:,.0f}"
    if size >= 99.995:
        return f"{number:.1f}"
    if size >= 9.9995:
        return f"{number:.2f}"
    return f"{number:.3f}" if size >= 0.99995 else f"{number:.4g}"


def percent(share: Exact, digits: int = 2) -> str:
    """A fraction as a percentage.

    Examples:
        >>> percent(0.1083, 1)
        '10.8 %'
        >>> percent(-0.00001)
        '0.00 %'
    """
    return f"{float(share) * 100:z.{digits}f} %"


def relative_text(change: Exact | None) -> str:
    """A relative change in percent; a dash where there is none.

    Examples:
        >>> relative_text(-0.0123456), relative_text(0.123456), relative_text(0.0000123)
        ('-1.23 %', '+12.3 %', '+0.0012 %')
        >>> relative_text(0), relative_text(None)
        ('0 %', '–')
    """
    if not change:
        return "–" if change is None else "0 %"
    return f"{_points(change)} %"


def _points(share: Exact) -> str:
    """A fraction in percentage points with its sign, with as many decimals as tell it."""
    points = float(share) * 100
    size = abs(points)
    digits = ".2g" if 0 < size < 0.1 else ".2f" if size < 9.995 else ",.1f"
    return f"{points:+{digits}}"


def change_text(change: Exact, before: Exact, indicator: Indicator) -> str:
    """A change of an indicator: relative; in points where it is a percentage.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> rate = Indicator("rate", Sum("a") / Sum("b"), "1", "Rate")
        >>> change_text(0.0025, 0.05, rate)
        '+0.25 points'
        >>> change_text(-5, 20, Indicator("people", Sum("a"), "person", "People"))
        '-25.0 %'
    """
    if indicator.unit == ONE and not indicator.as_number:
        return signed_text(change, indicator)
    return relative_text(Fraction(change) / Fraction(before) if before else None)


def signed_text(change: Exact, indicator: Indicator, *, with_unit: bool = True) -> str:
    """A difference of two values of an indicator, with its sign.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> signed_text(0.0025, Indicator("rate", Sum("a") / Sum("b"), "1", "Rate"))
        '+0.25 points'
        >>> signed_text(-5, Indicator("people", Sum("a"), "person", "People"))
        '-5 persons'
    """
    if indicator.unit == ONE and not indicator.as_number:
        return _points(change) + (" points" if with_unit else "")
    sign = "+" if change > 0 else ""
    shown = figure(change, indicator) if with_unit else bare_figure(change, indicator)
    return sign + shown


def unit_name(unit: Unit) -> str:
    """A unit in words.

    Examples:
        >>> unit_name(Unit.parse("USD/person")), unit_name(Unit.parse("person"))
        ('USD per person', 'persons')
    """
    above, _, below = str(unit).partition("/")
    words = [_PLURALS.get(above, above) if above != "1" else ""]
    words += [f"per {_SINGULARS.get(part, part)}" for part in below.split("/") if part]
    return " ".join(word for word in words if word)


def ordinal(position: int) -> str:
    """A position as an English ordinal.

    Examples:
        >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22, 113)]
        ['1st', '2nd', '3rd', '4th', '11th', '22nd', '113th']
    """
    if position % 100 in {11, 12, 13}:
        return f"{position}th"
    return f"{position}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(position % 10, 'th') }"


def name_of(registry: Registry, code: str) -> str:
    """What an area or a region is called."""
    if code in registry.regions:
        return str(registry.regions[code])
    return str(registry.areas[code].names)


def peer_name(rank: Rank | None, registry: Registry, code: str) -> str:
    """What a peer is called, a region of one's own among them."""
    regions = () if rank is None else rank.regions
    own = next((region for region in regions if region.code == code), None)
    return name_of(registry, code) if own is None else str(own)


def rank_text(rank: Rank, registry: Registry) -> str:
    """A rank in words: "57th of 190, between Kuwait and Ukraine"."""
    names = [
        " and ".join(peer_name(rank, registry, code) for code in side[:3])
        for side in (rank.tied, rank.above, rank.below)
    ]
    tied, above, below = names
    text = f"{ordinal(rank.position)} of {rank.of}"
    if (rank.best, rank.worst - len(rank.peers_missing)) != (rank.position, rank.position):
        text += f", from {ordinal(rank.best)} to {ordinal(rank.worst)} by its interval"
    if tied:
        text += f", tied with {tied}"
    if above and below:
        text += f", between {above} and {below}"
    elif above or below:
        text += f", after {above}" if above else f", before {below}"
    return text


def value_text(result: Result) -> str:
    """The value, or the interval that it lies in; a number says where it is a partial one."""
    ends = dict.fromkeys((result.low, result.high))
    text = " to ".join(figure(end, result.indicator) for end in ends)
    return f"{text} (partial)" if result.is_partial else text


def coverage_text(result: Result) -> str:
    """How much of what a number is about was there; empty where all was."""
    coverage = result.coverage
    if coverage.complete:
        return ""
    parts = []
    if coverage.members < 1:
        weight = f" ({percent(coverage.weight, 0)} of people)" if coverage.weight else ""
        parts.append(f"{percent(coverage.members, 0)} of members{weight}")
    if coverage.periods < 1:
        parts.append(f"{percent(coverage.periods, 0)} of periods")
    return ", ".join(parts)


def notes_text(results: Iterable[Result]) -> list[str]:
    """What is missing from figures, and what a reader should know besides: a line each.

    A line of several results names whose it is: their years, else their indicators.
    """
    given = list(results)
    lines: dict[str, list[str]] = {}
    dated = len({result.indicator for result in given}) == 1
    for result in given:
        whose = str(result.year) if dated else result.indicator.code
        for note in result.notes:
            lines.setdefault(note, []).append(whose)
    every = len(given)
    missing = told(gap for result in given for gap in result.coverage.missing)
    return [f"Missing: {line}." for line in missing] + [
        f"{note[:1].upper()}{note[1:]}."
        if len(whose) == every
        else f"{', '.join(dict.fromkeys(whose))}: {note}."
        for note, whose in lines.items()
    ]


def year_text(result: Result) -> str:
    """The year, with a letter where the figure is not final."""
    if result.year is None:
        return ""
    return f"{result.year}{'' if result.status == 'A' else ' ' + result.status}"


def status_legend(statuses: set[str]) -> str:
    """What the letters beside years mean.

    Examples:
        >>> status_legend({"A", "P", "F"})
        'F projected, P preliminary'
    """
    return ", ".join(
        f"{letter} {word}" for letter, word in STATUSES.items() if letter in statuses - {"A"}
    )


def shortened(text: str, width: int = 60) -> str:
    """A text cut at a word, with an ellipsis, where it is longer than a width.

    Examples:
        >>> shortened("Machinery and equipment manufacturing", 20)
        'Machinery and …'
    """
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(";,") + " …"
