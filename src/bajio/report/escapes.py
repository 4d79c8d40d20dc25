"""What each format needs so that a text stays text: one way for each, where it is written.

Titles, labels and messages may be anybody's: of a plugin, of a data package, of a claim file.
"""

import re

#: Characters that steer a terminal, or turn the order of what is read, and halves of characters:
#: first those that JSON leaves as they are. Patterns are texts, compiled where they are needed.
_BEYOND = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROL = f"\x00-\x08\x0b-\x1f{_BEYOND}"
_UNSEEN = f"[{_CONTROL}]"
_UNSEEN_IN_LINE = f"[{_CONTROL}\t\n]+"
_UNSEEN_IN_JSON = f"[{_BEYOND}]"
#: What a spreadsheet takes for the beginning of a formula, fullwidth or after blanks as well.
_FORMULA = r"\s*[=+\-@\t\r\n\0＝＋－＠]"
_MARKUP = r"[\\`*_<>\[\]|#]"
_REPLACEMENT = "\ufffd"


def terminal(text: str) -> str:
    r"""Lines of text with a mark for what would steer the terminal.

    Examples:
        >>> terminal("red: \x1b[31m\nnext\t line")
        'red: \ufffd[31m\nnext\t line'
    """
    if all(map(str.isprintable, text.split("\n"))):
        return text  # as nearly always: no pattern is compiled for it
    return re.sub(_UNSEEN, _REPLACEMENT, text.replace("\r\n", "\n"))


def line(text: str) -> str:
    r"""The same in one line.

    Examples:
        >>> line("two\n  lines,\x07 a bell")
        'two lines,\ufffd a bell'
    """
    if text.isprintable():
        return text
    return terminal(" ".join(text.split()) if re.search(_UNSEEN_IN_LINE, text) else text)


def markdown(text: str) -> str:
    r"""A text that Markdown shows as it is: no markup, no link, no HTML, no line of its own.

    Examples:
        >>> markdown("<b>a|b</b>\n[x](javascript:y)")
        '\\<b\\>a\\|b\\</b\\> \\[x\\](javascript:y)'
    """
    return re.sub(_MARKUP, r"\\\g<0>", line(" ".join(text.split())))


def fenced(text: str, language: str = "") -> str:
    r"""A text as a block of code, whose fence is longer than any in the text.

    Examples:
        >>> print(fenced("a\n````"))
        `````
        a
        ````
        `````
    """
    longest = max(map(len, re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{terminal(text)}\n{fence}"


def code_span(text: str) -> str:
    """A text as code amid a line of Markdown, whose marks are longer than any in the text.

    Examples:
        >>> code_span("a"), code_span("a`b")
        ('`a`', '`` a`b ``')
    """
    shown = line(" ".join(text.split()))
    mark = "`" * (max(map(len, re.findall(r"`+", shown)), default=0) + 1)
    return f"{mark}{shown}{mark}" if len(mark) == 1 else f"{mark} {shown} {mark}"


def html(text: str) -> str:
    """A text that HTML shows as it is, whatever it says.

    Examples:
        >>> html("<script>alert(1)</script>")
        '&lt;script&gt;alert(1)&lt;/script&gt;'
    """
    from html import escape

    return escape(terminal(text))


def csv_cell(value: object) -> object:
    """A cell of CSV: text that no spreadsheet runs as a formula; numbers as they are.

    Examples:
        >>> csv_cell("=1+1"), csv_cell(-2)
        ("'=1+1", -2)
    """
    if not isinstance(value, str):
        return value
    return terminal(f"'{value}" if re.match(_FORMULA, value) else value)


def json(text: str) -> str:
    r"""JSON in which characters that are not to be seen are written as escapes.

    Examples:
        >>> json('"\x9b31m"')
        '"\\u009b31m"'
    """
    return re.sub(_UNSEEN_IN_JSON, lambda match: f"\\u{ord(match[0]):04x}", text)
