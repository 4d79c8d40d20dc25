"""Where the sentences of a running text begin and end."""

import re
from collections.abc import Iterator

from bajio.claims.reading_words import ReadingWords
from bajio.claims.vocabulary import plain

#: What can end a sentence: its marks with what closes behind them, a blank line, a new point.
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)|\n[ \t]*\n|\n(?=[ \t]*(?:[-•*–—]|\d{1,2}[.)]) )")
#: The word before a full stop.
_LAST = re.compile(r"[^\W\d_]+$")
_NEXT = re.compile(r"\s+[\"“‘«(\[¿¡*—–-]*(.)")


def sentences_of(text: str, words: ReadingWords) -> Iterator[tuple[int, int]]:
    """The first character of each sentence, and the one behind its last.

    A full stop of an abbreviation, of initials or of a number ends none.

    Examples:
        >>> from bajio.claims.reading_words import reading_words
        >>> text = "El Dr. Sol, de S.L.P. y EE. UU., dijo 12.5 %. Otra más."
        >>> [text[start:end] for start, end in sentences_of(text, reading_words("es"))]
        ['El Dr. Sol, de S.L.P. y EE. UU., dijo 12.5 %.', 'Otra más.']
    """
    start = 0
    for stop in _END.finditer(text):
        if stop[0][0] == "." and len(stop[0]) == 1 and not _ends(text, stop.start(), words):
            continue
        yield from _stripped(text, start, stop.end())
        start = stop.end()
    yield from _stripped(text, start, len(text))


def _ends(text: str, stop: int, words: ReadingWords) -> bool:
    """Whether a full stop ends a sentence."""
    after = _NEXT.match(text, stop + 1)
    if after and not (after[1].isupper() or after[1].isdigit() or after[0][-2:-1] in '“"«¿¡—'):
        return False
    before = _LAST.search(text, max(0, stop - 16), stop)
    if before is None:
        return True
    word = plain(before[0].casefold())
    return not (word in words.abbreviations or len(word) == 1)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if end > start:
        yield start, end
