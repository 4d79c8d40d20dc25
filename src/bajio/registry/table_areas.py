"""Areas of tables, recognised by whatever people call them."""

from collections import defaultdict
from collections.abc import Sequence

from bajio.facts.areas import Areas
from bajio.facts.suggestions import folded
from bajio.readers.layouts import Candidate, Recognise


def recogniser(areas: Areas) -> Recognise:
    """Tells which areas a text may stand for, by code, name or alias."""
    index: dict[str, dict[str, Candidate]] = defaultdict(dict)
    loaded = False

    def load() -> None:
        areas.load("municipality")
        for area in areas.values():
            for text in (area.code, *area.names.values(), *area.aliases):
                index[folded(text)][area.code] = Candidate(area.code, area.kind, area.within)

    def recognise(text: str) -> Sequence[Candidate]:
        nonlocal loaded
        if not loaded:
            load()
            loaded = True
        return tuple(index.get(folded(text), {}).values())

    return recognise
