"""Areas of tables, recognised by whatever people call them."""

from collections.abc import Sequence
from functools import lru_cache

from bajio.facts.areas import Areas
from bajio.readers.layouts import Candidate, Recognise

#: How many texts are kept, which tables have again and again.
_MOST_KEPT = 1 << 14


def recogniser(areas: Areas) -> Recognise:
    """Tells which areas a text may stand for, by code, name or alias."""
    known = areas.recogniser()

    @lru_cache(maxsize=_MOST_KEPT)
    def recognise(text: str) -> Sequence[Candidate]:
        found = (areas[thing.code] for thing in known.bearers(text))
        return tuple(Candidate(area.code, area.kind, area.within) for area in found)

    return recognise
