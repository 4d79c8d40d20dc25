"""Areas of tables, recognised by whatever people call them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from bajio.errors import AmbiguousName
from bajio.facts.areas import Areas
from bajio.readers.candidates import Candidate, Recognise, scheme_of

#: How many texts are kept, which tables have again and again.
_MOST_KEPT = 1 << 14
#: Marks of footnotes behind a name.
_MARK = re.compile(
    r"(?:\s*[*\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021]"
    r"|\s*[(\[](?:[0-9]{1,2}|[a-e])[)\]]|\s+(?:[0-9]{1,2}|[a-e])/)+\s*$"
)


class _TableAreas:
    """Which areas texts may stand for, each looked up once."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._known = areas.recogniser()
        self._few = {area.kind for area in areas.few}
        self._recalled = lru_cache(maxsize=_MOST_KEPT)(self._candidates)

    def __call__(self, text: str, /) -> Sequence[Candidate]:
        return self._recalled(text)

    def _candidates(self, text: str) -> Sequence[Candidate]:
        named = self._known.bearers(text) or self._known.bearers(_MARK.sub("", text))
        areas = (self._areas[thing.code] for thing in named)
        return tuple(
            Candidate(area.code, area.kind, area.within, area.kind not in self._few)
            for area in areas
        )

    def near(self, text: str, /) -> Mapping[str, str]:
        return self._known.meant(text)


def recogniser(areas: Areas) -> Recognise:
    """Tells which areas a text may stand for, by code, name or alias."""
    return _TableAreas(areas)


def codes_by_text(
    texts: Iterable[str], areas: Areas, wanted: Collection[str] = ()
) -> dict[str, str]:
    """The codes of areas that the texts of a column name; what names none is not there.

    What names several is that which is of the kind of most others, and lies where they do.

    Args:
        texts: each cell once.
        areas: what there is.
        wanted: codes that are asked for: what may be one of these has to be clear.

    Raises:
        AmbiguousName: a text may be an area that is asked for, or another one.

    Examples:
        >>> from bajio.registry import Registry
        >>> codes_by_text(["México", "Gto.", "5", "total"], Registry.default().areas)
        {'México': 'MX-MEX', 'Gto.': 'MX-GUA', '5': 'MX-COA'}
    """
    recognise = recogniser(areas)
    candidates = {text: meanings for text in texts if (meanings := recognise(text.strip()))}
    scheme = scheme_of(candidates.values())
    codes: dict[str, str] = {}
    for text, meanings in candidates.items():
        named = {candidate.code for candidate in scheme.fitting(meanings)}
        if text in named or len(named) == 1:
            codes[text] = text if text in named else named.pop()
        elif named & set(wanted):
            names_near = recognise.near(text)  # with the states of municipalities
            meant = {code: names_near.get(code, str(areas[code].names)) for code in named}
            raise AmbiguousName("area", text, dict(sorted(meant.items())))
    return codes
