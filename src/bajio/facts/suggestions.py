"""What somebody may have meant: by names and other names, never by the letters of areas' codes."""

from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

from attrs import frozen

_SHORTEST, _LONGEST = 4, 100
_ALIKE = 0.8


@frozen
class Named:
    """A thing with what it is called.

    Attributes:
        code: of the thing.
        names: all of its names, the first one that which is told.
        exact: whether it is suggested only where a name fits to the letter, as of thousands.
    """

    code: str
    names: tuple[str, ...]
    exact: bool = False


def folded(text: str) -> str:
    """A text without case, accents, blanks and marks.

    Examples:
        >>> folded("EE. UU."), folded("Querétaro"), folded("MX-GTO")
        ('eeuu', 'queretaro', 'mxgto')
    """
    plain = normalize("NFKD", text).casefold()
    return "".join(one for one in plain if one.isalnum() and not combining(one))


def meant(text: str, things: Iterable[Named], most: int = 3) -> dict[str, str]:
    """Codes with names that a text may stand for: those called so, else those called nearly so.

    What is nearly an abbreviation, all in capitals, is another one.

    Examples:
        >>> things = [Named("GBR", ("United Kingdom", "UK")), Named("UKR", ("Ukraine",))]
        >>> meant("U.K.", things), meant("ukrain", things), meant("UKX", things)
        ({'GBR': 'United Kingdom'}, {'UKR': 'Ukraine'}, {})
    """
    wanted = folded(text[: _LONGEST + 1])
    if not 0 < len(wanted) <= _LONGEST:
        return {}
    by_name: dict[str, list[Named]] = {}
    nearly: dict[str, None] = {}
    for thing in things:
        for written in thing.names:
            name = folded(written)
            by_name.setdefault(name, []).append(thing)
            abbreviated = written.isupper()
            if not (thing.exact or abbreviated) and len(name) >= _SHORTEST:
                nearly[name] = None
    fitting = [wanted] if wanted in by_name else list(_nearly(wanted, nearly, most))
    found = [thing for name in fitting for thing in by_name[name]]
    found = [thing for thing in found if not thing.exact] or found
    return {thing.code: thing.names[0] for thing in dict.fromkeys(found)}


def _nearly(wanted: str, names: Iterable[str], most: int) -> Iterator[str]:
    if len(wanted) < _SHORTEST:
        return
    from difflib import get_close_matches  # which only a wrong name needs

    names = list(names)
    close = get_close_matches(wanted, names, n=most, cutoff=_ALIKE)
    yield from close or [name for name in names if name.startswith(wanted)][:most]
