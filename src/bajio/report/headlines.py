"""What answers say of themselves above all else: searches and differences."""

from typing import TYPE_CHECKING

from bajio.questions.results import plain
from bajio.report.answer_words import figure, signed_text, value_text
from bajio.words.enumerations import some_of
from bajio.words.phrasebook import say

if TYPE_CHECKING:
    from bajio.questions.difference import Difference
    from bajio.questions.search.answer import Search
    from bajio.questions.search.wishes import Wish

_MOST_NAMED = 12


def difference_title(answer: "Difference", language: str) -> str:
    """Both sides of a difference, and what it is, in a line."""
    now, base = answer.now, answer.base
    parts = {
        "label": now.indicator.label.text(language),
        "region": now.region.name(language),
        "first": value_text(now, language),
        "second": value_text(base, language),
        "change": signed_text(answer.change, now.indicator, language),
    }
    if now.region == base.region:
        return say("difference.periods", language, now=now.period, base=base.period, **parts)
    dated = now.period is not None
    when = say("when.in", language, span=now.period) if dated else ""
    other = base.region.name(language)
    return say("difference.regions", language, when=when, other=other, **parts)


def search_title(answer: "Search", language: str) -> str:
    """What was searched for: a line, and one for each wish."""
    least, most = answer.size
    count = len(answer.areas) - len(answer.exclude) - len(answer.left_out)
    parts = [say("search.alliances", language, count=len(answer.areas))]
    if (least, most) != (1, count):
        size = str(least) if least == most else f"{least}–{most}"
        parts.append(say("search.size", language, count=size))
    parts += [say("search.contiguous", language)] if answer.contiguous else []
    for word, codes in (("include", answer.include), ("exclude", answer.exclude)):
        if codes:
            names = names_of_some(answer, codes, language)
            parts.append(say(f"search.{word}", language, names=names))
    parts += [answer.period] if answer.period is not None else []
    lines = [", ".join(parts), *(_wish_text(wish, answer, language) for wish in answer.wishes)]
    if least < most and not any(wish.is_aim for wish in answer.wishes):
        lines.append(say("search.fewest", language))
    return "\n".join(line[0].upper() + line[1:] for line in lines)


def _wish_text(wish: "Wish", answer: "Search", language: str) -> str:
    label = wish.indicator.label.text(language)
    if wish.value is None or wish.amount is None:
        return say(f"search.{wish.sense}", language, label=label)
    value = figure(wish.value, wish.indicator, language)
    if wish.amount.place:
        number = wish.amount.number
        times = "" if number == 1 else f"{plain(number):g} × "
        place = answer.registry.region(wish.amount.place).name(language)
        value = say("search.of", language, times=times, place=place, amount=value)
    return say(f"search.{wish.sense}", language, label=label, amount=value)


def names_of_some(answer: "Search", codes: tuple[str, ...], language: str) -> str:
    """The first of some areas of a search by their names, and how many more there are."""
    return some_of(
        [answer.registry.name_of(code, language) for code in codes], _MOST_NAMED, language
    )
