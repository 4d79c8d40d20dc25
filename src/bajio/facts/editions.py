"""Editions in order: by the numbers and months inside of their texts, or as their source says.

`v9` comes before `v10`, `2024-9` before `2024-10`, `October 2023` before `May 2024`.
What no reader could put in order, as `spring 2024` and `final 2024`, is refused, never guessed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from unicodedata import combining, normalize

from bajio.errors import InvalidValue, UnknownCode, shown

#: The edition of figures whose edition is not said.
UNNAMED = "1"
_MONTH_NAMES = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sept oct nov dic
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januar februar marz april mai juni juli august september oktober november dezember
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
"""
#: Months by their names without accents: English, Spanish, French, Portuguese, German, Italian.
_MONTHS = {
    name: number
    for line in _MONTH_NAMES.split("\n")
    for number, name in enumerate(line.split(), start=1)
} | {"setiembre": 9, "set": 9}
#: How far a figure has come, in the order in which one follows another.
_STATES = {
    word: number
    for number, line in enumerate(
        ("preliminary preliminar provisional p", "revised revisada r", "final definitiva f")
    )
    for word in line.split()
}
#: Patterns as texts, which are compiled only where editions are compared.
_WORD = r"[0-9]+|[^\W\d_]+"
_YEAR = "(?:19|20)[0-9]{2}"
_DAY = rf"(?<![0-9])([0-9]{{1,2}})([./-])([0-9]{{1,2}})\2({_YEAR})(?![0-9])"
_MONTH = rf"(?<![0-9./-])(0?[1-9]|1[0-2])[./-]({_YEAR})(?![0-9./-])"
_JOINED = rf"(?<![0-9])({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?(?![0-9])"
#: Years of two digits: those that say so, and those that may be, before or behind another number.
_SHORT = r"(?:\bfy ?|['\u2019])([0-9]{2})(?![0-9])"
_PAIR = r"(?<![0-9./-])([0-9]{1,2})[/-]([0-9]{2})(?![0-9./-])"
_PIVOT = 70
_MOST_LETTERS = 200

Token = int | str | tuple[int, ...]
Key = tuple[Token, ...]


def as_edition(value: object) -> str:
    """An edition's name, which is a text.

    Raises:
        InvalidValue: it is none, or an empty or overlong one.

    Examples:
        >>> as_edition(2024)
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: edition 2024 is not a text: write it in quotes
    """
    if not isinstance(value, str):
        raise InvalidValue(f"edition {shown(value)} is not a text: write it in quotes")
    if not value.strip() or len(value) > _MOST_LETTERS:
        raise InvalidValue(f"edition {shown(value)}: it needs 1 to {_MOST_LETTERS} letters")
    return value


def is_before(first: str, second: str) -> bool:
    """Whether one edition is older than another.

    Raises:
        InvalidValue: their texts do not say.

    Examples:
        >>> is_before("v9", "v10"), is_before("May 2024", "October 2023")
        (True, False)
        >>> is_before("spring 2024", "final 2024")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: which of the editions 'spring 2024' and 'final 2024' is newer \
cannot be told
    """
    orders = {
        _compared(mine, theirs) for mine, theirs in zip(_keys(first), _keys(second), strict=True)
    }
    order = orders.pop()
    if orders or not order:
        text = f"the editions {shown(first)} and {shown(second)}"
        raise InvalidValue(f"which of {text} is newer cannot be told")
    return order < 0


def newest(editions: Sequence[str], stated: Sequence[str] = ()) -> str:
    """The newest of some editions.

    Args:
        editions: one or more.
        stated: editions as their source orders them, the oldest first, where it does.

    Raises:
        InvalidValue: it cannot be told, or the source's order leaves one out.

    Examples:
        >>> newest(["2024-9", "2024-10", "2023"])
        '2024-10'
        >>> newest(["spring", "autumn"], stated=["spring", "autumn"])
        'autumn'
    """
    distinct = list(dict.fromkeys(editions))
    if len(distinct) == 1:
        return distinct[0]
    if stated:
        for edition in distinct:
            if edition not in stated:
                known = ", ".join(map(shown, stated[:10]))
                raise InvalidValue(
                    f"edition {shown(edition)} is not in its source's order: {known}"
                )
        return max(distinct, key=list(stated).index)
    best = distinct[0]
    unclear: list[InvalidValue] = []
    for edition in distinct[1:]:
        best = _newer(best, edition, unclear)
    if unclear:  # an edition newer than all may have come after two that cannot be told apart
        for edition in distinct:
            if edition != best and is_before(best, edition):
                raise unclear[0]
    return best


def _newer(best: str, edition: str, unclear: list[InvalidValue]) -> str:
    try:
        return edition if is_before(best, edition) else best
    except InvalidValue as error:
        unclear.append(error)
        return edition


def asked_for(asked: str, editions: Sequence[str], what: str) -> tuple[str, ...]:
    """The editions that a text asks for: that of its name, else those that begin with it.

    A beginning ends where a number or a word does: `1` does not ask for `10`.

    Raises:
        UnknownCode: there is none.

    Examples:
        >>> asked_for("1", ["1", "10", "11"], "gdp"), asked_for("2025", ["2025-10", "2024"], "gdp")
        (('1',), ('2025-10',))
    """
    if asked in editions:
        return (asked,)
    result = tuple(fromkey for fromkey in dict.fromkeys(editions) if _begins(fromkey, asked))
    if not result:
        advice = f"there is {', '.join(sorted(set(editions)))}"
        raise UnknownCode(f"edition of {what}", asked, (), advice)
    return result


def _begins(edition: str, asked: str) -> bool:
    if not asked or not edition.startswith(asked):
        return False
    around = asked[-1] + edition[len(asked)]
    return not (around.isdigit() or around.isalpha())


def _compared(mine: Key, theirs: Key) -> int:
    """-1 where the first is older, 1 where it is newer, 0 where that cannot be told."""
    for token, other in zip_longest(mine, theirs):
        if token != other:
            return _compared_tokens(token, other)
    return 0


def _compared_tokens(token: Token | None, other: Token | None) -> int:
    if token is None or other is None:  # a number may follow, as in "2024-9" after "2024"
        return (isinstance(token, int)) - (isinstance(other, int))
    if isinstance(token, int) and isinstance(other, int):
        return -1 if token < other else 1
    if isinstance(token, tuple) and isinstance(other, tuple):
        return _compared_spans(token, other)
    return _compared_words(token, other) if isinstance(token, str) and isinstance(other, str) else 0


def _compared_spans(span: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Several years, as in `2018-2022`: all of them have to be older, or newer."""
    pairs = list(zip(span, other, strict=False))
    older, newer = all(a <= b for a, b in pairs), all(a >= b for a, b in pairs)
    return newer - older if len(span) == len(other) else 0


def _compared_words(text: str, other: str) -> int:
    if text in _STATES and other in _STATES:
        return (_STATES[text] > _STATES[other]) - (_STATES[text] < _STATES[other])
    if len(text) == len(other) == 1 and not {text, other} & _STATES.keys():
        return -1 if text < other else 1
    return 0


@lru_cache(maxsize=1024)
def _keys(edition: str) -> tuple[Key, ...]:
    """What an edition is ordered by, a key for each way to read what can be read in several.

    The day or the month may come first; and of two short numbers, as `11-23`, neither may be a
    year, or the second, or the first.
    """
    text = normalize("NFKD", edition[:_MOST_LETTERS].casefold())
    text = "".join(letter for letter in text if not combining(letter))
    text = re.sub(_SHORT, lambda match: f" {_in_full(match[1])} ", text)
    text = re.sub(_JOINED, lambda match: " ".join(filter(None, match.groups())), text)
    days = re.search(_DAY, text)
    if days:
        rest = f"{text[: days.start()]} {text[days.end() :]}"
        first, second, year = int(days[1]), int(days[3]), int(days[4])
        readings = [(year, m, d) for m, d in ((second, first), (first, second)) if m <= 12]
        keys = [(*reading, *_key(rest)) for reading in readings or [(year, first, second)]]
        return keys[0], keys[-1], keys[0], keys[0]
    text = re.sub(_MONTH, r"\2 \1", text)
    key = _key(text)
    return (
        key,
        key,
        _key(re.sub(_PAIR, _second_is_year, text)),
        _key(re.sub(_PAIR, _first_is_year, text)),
    )


def _in_full(year: str) -> int:
    """A year of two digits in four."""
    return int(year) + (2000 if int(year) < _PIVOT else 1900)


def _second_is_year(pair: re.Match[str]) -> str:
    return f"{_in_full(pair[2])} {pair[1]}" if 0 < int(pair[1]) <= 12 else pair[0]


def _first_is_year(pair: re.Match[str]) -> str:
    return f"{_in_full(pair[1])} {pair[2]}" if len(pair[1]) == 2 else pair[0]


def _key(text: str) -> Key:
    """Numbers and words in order, the date first where it is written behind."""
    tokens: list[Token] = [
        int(found) if found.isdigit() else found for found in re.findall(_WORD, text)
    ]
    years = [
        position
        for position, token in enumerate(tokens)
        if isinstance(token, int) and 1900 <= token < 2100
    ]
    months = [
        position
        for position, token in enumerate(tokens)
        if isinstance(token, str) and token in _MONTHS
    ]
    if len(years) > 1:
        vector = tuple(token for year in years if isinstance(token := tokens[year], int))
        return (vector, *_without(tokens, years))
    if not years:
        return tuple(tokens)
    if not months:
        return (tokens[years[0]], *_without(tokens, years))
    date = [tokens[years[0]], *(_MONTHS[str(tokens[month])] for month in months)]
    day = [
        position
        for position in (months[0] - 1, months[0] + 1)
        if len(months) == 1 and 0 <= position < len(tokens) and position not in years
        if isinstance(token := tokens[position], int) and token <= 31
    ]
    return (
        *date,
        *(tokens[position] for position in day[:1]),
        *_without(tokens, [*years, *months, *day[:1]]),
    )


def _without(tokens: Sequence[Token], places: Sequence[int]) -> list[Token]:
    return [token for position, token in enumerate(tokens) if position not in places]
