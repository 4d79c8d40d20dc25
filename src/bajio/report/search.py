"""Searches as sheets and as plain data, in English and in Spanish."""

from collections.abc import Mapping
from typing import Any

from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.questions.results import plain
from bajio.questions.search.answer import Alliance, AllianceFigure, Search
from bajio.questions.search.wishes import Wish
from bajio.report.data import SCHEMA, exact_text
from bajio.report.sheets import Sheet
from bajio.report.wording import scale
from bajio.words.enumerations import status_legend
from bajio.words.magnitudes import relative
from bajio.words.quantities import amount

_MOST_NAMED = 12
_WORDS: Mapping[str, tuple[str, str]] = {
    "alliances": ("Alliances among {count} areas", "Alianzas entre {count} áreas"),
    "size": ("{size} members", "{size} miembros"),
    "contiguous": ("contiguous", "contiguas"),
    "include": ("with {names}", "con {names}"),
    "exclude": ("without {names}", "sin {names}"),
    "near": ("{label} nearest to {amount}", "{label} lo más cerca de {amount}"),
    "maximum": ("{label} as high as it can be", "{label} lo más alto posible"),
    "minimum": ("{label} as low as it can be", "{label} lo más bajo posible"),
    "at-least": ("{label} at least {amount}", "{label} al menos {amount}"),
    "at-most": ("{label} at most {amount}", "{label} a lo más {amount}"),
    "of": ("{times}{place}: {amount}", "{times}{place}: {amount}"),
    "fewest": ("the fewest members first", "primero las de menos miembros"),
    "members": ("Members", "Miembros"),
    "away": ("Away", "Diferencia"),
    "all": (
        "Sets of areas decided on: {examined}, all that there are",
        "Conjuntos de áreas examinados: {examined}, todos los que hay",
    ),
    "enough": (
        "Sets of areas decided on: {examined}; all others have more members",
        "Conjuntos de áreas examinados: {examined}; todos los demás tienen más miembros",
    ),
    "some": (
        "Interrupted after {examined} sets of areas: the best until then, not for certain of all",
        "Interrumpido tras {examined} conjuntos de áreas: lo mejor hasta ahí, no seguro de todos",
    ),
    "none": ("No alliance satisfies all of this", "Ninguna alianza cumple todo esto"),
    "greatest": (
        "Away: relative to what each is to be near; of several, the greatest counts",
        "Diferencia: relativa a lo que se busca; de varias cuenta la mayor",
    ),
    "statuses": ("Among the figures: {legend}", "Entre las cifras: {legend}"),
    "left out": (
        "Left out for want of figures: {names}",
        "Sin contar, por falta de cifras: {names}",
    ),
    "more": (" and {more} more", " y {more} más"),
    "source": ("Source: {source}", "Fuente: {source}"),
}


def _say(word: str, language: str, **parts: object) -> str:
    return _WORDS[word][language == "es"].format(**parts)


def search_sheet(found: Search, language: str = "en") -> Sheet:
    """A search as a table: the alliances, the best first, with what was wished for."""
    away = any(one.distance is not None for one in found.results)
    indicators = list(dict.fromkeys(wish.indicator for wish in found.wishes))
    labels = [str(one.label.text(language)) for one in indicators]
    header = ["", _say("members", language), *labels]
    header += [_say("away", language)] if away else []
    rows = []
    for position, one in enumerate(found.results, 1):
        names = ", ".join(found.registry.name_of(code, language) for code in one.members)
        figures = [_figure(each.exact, each.indicator, language) for each in one.figures]
        last = [_away(one, language)] if away else []
        rows.append((str(position), names, *figures, *last))
    right = (0, *range(2, len(header)))
    notes = tuple(f"{line}." for line in _notes(found, language, away=away))
    title = _title(found, language)
    return Sheet(title, tuple(header), tuple(rows), right, notes, language=language)


def _names(found: Search, codes: tuple[str, ...], language: str) -> str:
    names = [found.registry.name_of(code, language) for code in codes]
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return shown + (_say("more", language, more=more) if more > 0 else "")


def _figure(value: Exact, indicator: Indicator, language: str) -> str:
    return amount(value, scale(indicator), language)


def _away(one: Alliance, language: str) -> str:
    """The distance by which it was chosen: in percent, or from zero as an amount."""
    farthest = one.farthest
    if farthest is not None and farthest.from_zero and one.distance is not None:
        return _figure(one.distance, farthest.indicator, language)
    return relative(one.distance, language).lstrip("+")


def _title(found: Search, language: str) -> str:
    least, most = found.size
    count = len(found.areas) - len(found.exclude) - len(found.left_out)
    parts = [_say("alliances", language, count=len(found.areas))]
    if (least, most) != (1, count):
        size = str(least) if least == most else f"{least}–{most}"
        parts.append(_say("size", language, size=size))
    parts += [_say("contiguous", language)] if found.contiguous else []
    for word, codes in (("include", found.include), ("exclude", found.exclude)):
        parts += [_say(word, language, names=_names(found, codes, language))] if codes else []
    parts += [str(found.year)] if found.year is not None else []
    lines = [", ".join(parts), *(_wish_text(wish, found, language) for wish in found.wishes)]
    if least < most and not any(wish.is_aim for wish in found.wishes):
        lines.append(_say("fewest", language))
    return "\n".join(line[0].upper() + line[1:] for line in lines)


def _wish_text(wish: Wish, found: Search, language: str) -> str:
    label = wish.indicator.label.text(language)
    if wish.value is None or wish.amount is None:
        return _say(wish.sense, language, label=label)
    value = _figure(wish.value, wish.indicator, language)
    if wish.amount.place:
        number = wish.amount.number
        times = "" if number == 1 else f"{plain(number):g} × "
        place = found.registry.region(wish.amount.place).name(language)
        value = _say("of", language, times=times, place=place, amount=value)
    return _say(wish.sense, language, label=label, amount=value)


def _notes(found: Search, language: str, *, away: bool) -> list[str]:
    examined = f"{found.examined:,}"
    ends_early = not (found.contiguous or any(wish.is_aim for wish in found.wishes))
    ends_early = ends_early and bool(found.results)
    how = "some" if not found.optimal else "enough" if ends_early else "all"
    notes = [] if found.results else [_say("none", language)]
    notes.append(_say(how, language, examined=examined))
    notes += [_say("greatest", language)] if away else []
    legend = _legend(found, language)
    notes += [_say("statuses", language, legend=legend)] if legend else []
    if found.left_out:
        names = _names(found, tuple(code for code, _ in found.left_out), language)
        notes.append(_say("left out", language, names=names))
    sources = dict.fromkeys(map(str, found.sources))
    return notes + [_say("source", language, source=source) for source in sources]


def _legend(found: Search, language: str) -> str:
    """What the statuses of the figures mean that are not final."""
    return status_legend((each.status for one in found.results for each in one.figures), language)


def search_data(found: Search, language: str = "en") -> dict[str, Any]:
    """A search as JSON holds it."""
    dataset = found.registry.dataset
    return {
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "among": list(found.areas),
        "year": found.year,
        "wishes": [_wish_data(wish) for wish in found.wishes],
        "size": list(found.size),
        "contiguous": found.contiguous,
        "include": list(found.include),
        "exclude": list(found.exclude),
        "left_out": dict(found.left_out),
        "results": [_alliance_data(one, found, language) for one in found.results],
        "examined": found.examined,
        "optimal": found.optimal,
        "sources": list(dict.fromkeys(map(str, found.sources))),
    }


def _wish_data(wish: Wish) -> dict[str, Any]:
    data: dict[str, Any] = {"sense": str(wish.sense), "indicator": wish.indicator.code}
    if wish.value is None or wish.amount is None:
        return data
    data |= {"value": plain(wish.value), "exact": exact_text(wish.value)}
    data["unit"] = str(wish.indicator.unit)
    if wish.amount.place:
        data |= {"region": wish.amount.place, "times": plain(wish.amount.number)}
    return data


def _alliance_data(one: Alliance, found: Search, language: str) -> dict[str, Any]:
    return {
        "members": list(one.members),
        "names": [found.registry.name_of(code, language) for code in one.members],
        "distance": None if one.distance is None else plain(one.distance),
        "figures": {each.indicator.code: _figure_data(each) for each in one.figures},
    }


def _figure_data(figure: AllianceFigure) -> dict[str, Any]:
    return {
        "value": figure.value,
        "exact": exact_text(figure.exact),
        "unit": str(figure.indicator.unit),
        "status": figure.status,
        "distance": None if figure.distance is None else plain(figure.distance),
    }


def search_rows(found: Search, language: str = "en") -> list[dict[str, Any]]:
    """A search as rows: one an alliance."""
    return [
        {
            "position": position,
            "members": ";".join(one.members),
            "names": ";".join(found.registry.name_of(code, language) for code in one.members),
            "size": len(one.members),
            **{each.indicator.code: each.value for each in one.figures},
            "distance": None if one.distance is None else plain(one.distance),
            "year": found.year,
        }
        for position, one in enumerate(found.results, 1)
    ]
