"""The forms that printed periods have, as regular expressions, from the tables of a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bajio.claims.vocabulary import phrases, vocabulary

_YEAR = "(?:1[5-9]|20|21)[0-9]{2}"
#: What a form begins with, where that is one of a few words or can be left out.
_GROUP = re.compile(r"\(\?:([^)]*)\)(\?)? ?")


@cache
def month_numbers(language: str) -> Mapping[str, int]:
    """The months by what they are called, from 1."""
    months = vocabulary(language)["periods"]["months"]
    return {name: number for number, names in enumerate(months, start=1) for name in names}


@cache
def period_patterns(language: str) -> Mapping[str, Sequence[tuple[str, "re.Pattern[str]"]]]:
    """The forms as regular expressions with their names, by first words; digits under no word."""
    patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, forms in vocabulary(language)["periods"]["forms"].items():
        for form in forms:
            pattern = re.compile(f"{_filled(form, language)}(?= |$)")
            for word in _first_words(form, language):
                patterns.setdefault(word, []).append((name, pattern))
    return patterns


def _first_words(form: str, language: str) -> Iterator[str]:
    """The words that a form can begin with; an empty one for digits."""
    group = _GROUP.match(form)
    if group:
        yield from re.findall("[a-z]+", group[1])
        form = form[group.end() :]
    if group and not group[2]:
        return
    slot = re.match(r"\{([a-z]+)\}", form)
    if slot is None:
        word = re.match("([a-z]+)(.?)", form)
        yield from () if word is None else (word[1], word[1][:-1]) if word[2] == "?" else (word[1],)
        if word is not None and "{" in form.partition(" ")[0]:
            yield ""
        return
    choices = _slot_forms(language)[slot[1]]
    yield from re.findall("(?:^|(?<=[|]))[a-z]+(?=[|]|$)", choices)
    if slot[1] not in {"month", "decadeword"}:
        yield ""


def _filled(form: str, language: str) -> str:
    """A form with what its slots can hold; a slot that comes again has another name."""
    slots = _slot_forms(language)
    count: dict[str, int] = {}

    def named(slot: "re.Match[str]") -> str:
        count[slot[1]] = count.get(slot[1], 0) + 1
        return f"(?P<{slot[1]}{'_' * (count[slot[1]] - 1)}>{slots[slot[1]]})"

    return re.sub(r"\{([a-z]+)\}", named, form)


@cache
def _slot_forms(language: str) -> Mapping[str, str]:
    """What each slot can hold."""
    ordinals, cardinals = (phrases(language, table) for table in ("ordinals", "cardinals"))
    nth = "|".join((*ordinals, "[1-4](?:st|nd|rd|th|er|ro|do|to|[.]?º|[.]er)"))
    return {
        "year": _YEAR,
        "yy": "[0-9]{2}",
        "mm": "0[1-9]|1[0-2]",
        "month": "|".join(sorted(month_numbers(language), key=len, reverse=True)),
        "nth": nth,
        "n": "|".join(("[0-9]{1,3}", *cardinals)),
        "q": "[1-4]",
        "h": "[12]",
        "day": "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|[.]?º|[.]?o)?",
        "decade": "(?:1[5-9]|20)[0-9]0",
        "decadeword": "|".join(vocabulary(language)["periods"].get("decades", {})) or "(?!)",
    }
