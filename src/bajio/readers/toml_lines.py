"""Lines of what a TOML file says: its tables of one name, and their keys."""

import re
from collections import Counter
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_KEY = re.compile(r"""\s*(?:\[{1,2}\s*[\w-]+\s*\.\s*)?(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[=.\]]""")
_QUOTES = ('"""', "'''")


def lines_of(text: str) -> dict[tuple[str, int | None, str], int]:
    r"""The line of each key, by the name of its table and its position among those of the name.

    Under an empty key is the line of the table, and under an empty name what is above all tables.

    Examples:
        >>> lines_of("a = 1\n[[claims]]\nid = 'x'")
        {('', None, 'a'): 1, ('claims', 0, ''): 2, ('claims', 0, 'id'): 3}
    """
    result: dict[tuple[str, int | None, str], int] = {}
    seen: Counter[str] = Counter()
    name, position = "", None
    for number, line in _plain_lines(text):
        if header := _HEADER.match(line):
            name = header[1]
            position = seen[name]
            seen[name] += 1
            result[name, position, ""] = number
        elif key := _KEY.match(line):
            result.setdefault((name, position, key[1] or key[2] or key[3] or ""), number)
    return result


def _plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines by number, without those inside a text of several lines."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            yield number, line
        for quotes in _QUOTES:
            if inside in {"", quotes} and line.count(quotes) % 2:
                inside = "" if inside else quotes
