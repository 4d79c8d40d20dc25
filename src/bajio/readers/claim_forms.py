"""Whether a value in a file of claims looks as its key says, before anything is made of it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from bajio.claims.claim import MEMBERS
from bajio.claims.review import REVIEW_KEYS
from bajio.claims.vocabulary import LANGUAGES
from bajio.errors import nearest
from bajio.readers.claim_keys import MOST_CLAIMS, MOST_ENTRIES, MOST_TEXT, PERIOD_PATTERN, Form, Key

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def problem_of(key: Key, value: object) -> str:
    """What is wrong with a value by the form of its key; nothing where all is well.

    Examples:
        >>> problem_of(Key("year", Form.YEAR, "The year."), "2018")
        'not what it should be: a year of four digits, without quotes'
    """
    good = value in key.words if key.words else _CHECKS[key.form](value)
    if good:
        return ""
    if key.words and _is_text(value):
        close = nearest(str(value)[:40], key.words)
        advice = f"did you mean {close[0]!r}?" if close else f"it can be {', '.join(key.words)}"
        return f"unknown word {str(value)[:40]!r}: {advice}"
    return f"not what it should be: {_EXPECTED[key.form]}"


_EXPECTED = {
    Form.TEXT: f"a text of at most {MOST_TEXT} characters, in quotes",
    Form.CODE: "a code in kebab-case, as 'area-rank'",
    Form.LABEL: "a text, or { en = ..., es = ... }",
    Form.PRINTED: "the number as printed, in quotes, or { en = ..., es = ... }",
    Form.NUMBER: "the number as printed, in quotes, or { claim = ... }",
    Form.PARTS: f"two to {MOST_ENTRIES} printed numbers by area, {{ MX-GUA = ..., MX-QUE = ... }}",
    Form.CODES: f"a list of one to {MOST_ENTRIES} codes",
    Form.YEAR: "a year of four digits, without quotes",
    Form.PERIOD: "a year, quarter or month in quotes, as '2018', '2018-Q3' or '2019-02'",
    Form.YEARS: "two years, as [2017, 2018]",
    Form.RANK: "a whole number from 1 on",
    Form.FLAG: "true or false",
    Form.REACHES: "a table of hedges with percentages, as about = '3 %'",
    Form.EACH: f"'members', or a list of one to {MOST_ENTRIES} codes",
    Form.DAY: "a day, as 2019-05-03",
    Form.WORD: "a word, in quotes",
    Form.REVIEW: f"a table of texts by {', '.join(REVIEW_KEYS)}",
    Form.CLAIMS: f"one to {MOST_CLAIMS} claims, each under [[claims]]",
}


def day_of(value: object) -> date | None:
    """The day that a value of a file is, as TOML has it or in quotes; `None` for any other.

    Examples:
        >>> day_of("2019-05-03"), day_of("May")
        (datetime.date(2019, 5, 3), None)
    """
    if isinstance(value, date):
        return None if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_list(value: object, least: int, most: int) -> bool:
    return isinstance(value, list) and least <= len(value) <= most


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 9999


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_TEXT


def _is_by_language(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and set(value) <= set(LANGUAGES)
        and all(map(_is_text, value.values()))
    )


def _is_reference(value: object) -> bool:
    return isinstance(value, Mapping) and list(value) == ["claim"] and _is_text(value["claim"])


def _is_year(value: object) -> bool:
    return _is_whole(value, 1000)


def _is_period(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(PERIOD_PATTERN, value) is not None


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_year, value))


def _is_codes(value: object) -> bool:
    return isinstance(value, list) and 1 <= len(value) <= MOST_ENTRIES and all(map(_is_text, value))


def _is_printed(value: object) -> bool:
    return _is_text(value) or _is_by_language(value)


def _is_parts(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and 2 <= len(value) <= MOST_ENTRIES
        and all(map(_is_text, value))
        and all(map(_is_printed, value.values()))
    )


def _is_reaches(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and 1 <= len(value) <= MOST_ENTRIES
        and all(map(_is_text, value.values()))
    )


def _is_review(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and set(value) <= set(REVIEW_KEYS)
        and all(_is_text(cell) or isinstance(cell, date) for cell in value.values())
    )


_CHECKS: Mapping[Form, Callable[[object], bool]] = {
    Form.TEXT: _is_text,
    Form.CODE: lambda value: _is_text(value) and bool(CODE.fullmatch(str(value))),
    Form.LABEL: _is_printed,
    Form.PRINTED: _is_printed,
    Form.NUMBER: lambda value: _is_printed(value) or _is_reference(value),
    Form.PARTS: _is_parts,
    Form.CODES: _is_codes,
    Form.YEAR: _is_year,
    Form.PERIOD: _is_period,
    Form.YEARS: _is_span,
    Form.RANK: lambda value: _is_whole(value, 1),
    Form.FLAG: lambda value: isinstance(value, bool),
    Form.REACHES: _is_reaches,
    Form.EACH: lambda value: value == MEMBERS or _is_codes(value),
    Form.DAY: lambda value: day_of(value) is not None,
    Form.WORD: _is_text,
    Form.REVIEW: _is_review,
    Form.CLAIMS: lambda value: _is_list(value, 1, MOST_CLAIMS),
}
