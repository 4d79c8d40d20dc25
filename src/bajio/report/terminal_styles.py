"""How terminals that know colours show a document: the same letters, some of them in bold."""

import re
from collections.abc import Iterable, Iterator

#: What begins each style, by what is shown in it.
_STYLES = {"title": "1", "header": "1", "rule": "2", "own": "1;36"}
#: The marks that verdicts are seen by, with their colours.
_MARKS = {"✓": "32", "✗": "31", "?": "33", "≈": "36", "–": "33"}
_VERDICT = re.compile(rf"^([{re.escape(''.join(_MARKS))}]) (\S.*?)(?=  |$)")


def painted(role: str, text: str) -> str:
    r"""A line of text in the style of its role.

    Examples:
        >>> painted("title", "Colima"), painted("cell", "Colima"), painted("title", "")
        ('\x1b[1mColima\x1b[0m', 'Colima', '')
    """
    style = _STYLES.get(role)
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def painted_prose(lines: Iterable[str]) -> Iterator[str]:
    r"""Lines of a text that is no table: its title, and each verdict, seen at once.

    Examples:
        >>> list(painted_prose(["Audit", "", "✓ HOLDS  area", "  As printed"]))
        ['\x1b[1mAudit\x1b[0m', '', '\x1b[1;32m✓ HOLDS\x1b[0m  area', '  As printed']
    """
    for position, line in enumerate(lines):
        match = _VERDICT.match(line)
        if match is not None:
            yield f"\x1b[1;{_MARKS[match[1]]}m{match[0]}\x1b[0m{line[match.end() :]}"
        else:
            yield painted("cell" if position else "title", line)
