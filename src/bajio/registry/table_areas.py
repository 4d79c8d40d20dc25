"""Areas of tables, recognised by whatever people call them."""

from collections.abc import Sequence

from bajio.facts.areas import Areas
from bajio.readers.layouts import Candidate, Recognise


def recogniser(areas: Areas) -> Recognise:
    """Tells which areas a text may stand for, by code, name or alias."""
    known = areas.recogniser()

    def recognise(text: str) -> Sequence[Candidate]:
        found = (areas[thing.code] for thing in known.bearers(text))
        return tuple(Candidate(area.code, area.kind, area.within) for area in found)

    return recognise
