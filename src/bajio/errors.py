"""The one family of errors: each names the thing, the value, and the way out.

Everything that bajio raises on purpose is a `BajioError`.
An error carries its parts as attributes, so that a program can react to them,
and reads as one line, so that a person can.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

__all__ = [  # the others word messages
    "AmbiguousName",
    "BajioError",
    "DuplicateCode",
    "InvalidClaim",
    "InvalidData",
    "InvalidRegion",
    "InvalidRule",
    "InvalidValue",
    "MissingExtra",
    "Unavailable",
    "UnitMismatch",
    "UnknownCode",
]

#: A message is not longer than this: what it echoes of its input is cut in the middle.
_LONGEST, _LONGEST_WORD = 2000, 200
_WORD = rf"\S{{{_LONGEST_WORD + 1},}}"
#: Beyond this, a text is no slip of the pen of anything that is known.
_LONGEST_NAME = 100
_MOST_MEANT = 4
_OPTION = (
    r"\b(years?|periods?|frequency|peers|host|missing|membership|threshold|year_tolerance|against|level|among"
    r"|indicators|incomplete|joining|size|patience|best|near|maximum|minimum|data)="
    r"('[^']*'|None|\d[\w-]*)?"
)


#: Where messages have their words in other languages, which stand on errors.
_WORDS = "bajio.words.messages"
#: What passes by: errors of the moment, for which nothing is to be set aside for good.
PASSING = (KeyboardInterrupt, MemoryError, RecursionError)


class BajioError(Exception):
    """Root of the family: catch this to catch all that bajio raises on purpose.

    Its message is one of bounded length, whatever the input that it echoes.

    Examples:
        >>> from copy import copy
        >>> from bajio.errors import BajioError, UnknownCode
        >>> len(str(BajioError(f"no such thing: {'x' * 10**5!r}")))
        46
        >>> copy(UnknownCode("region", "bahio", ["bajio"])).nearest
        ('bajio',)
    """

    #: Of several faults that are told together, all of them, this one first.
    faults: "tuple[BajioError, ...]" = ()

    def __init__(self, message: object = "") -> None:
        super().__init__(bounded(str(message)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args), self.__dict__

    @property
    def cause(self) -> str:
        """What is wrong, without advice that only fits the question that was asked."""
        return str(self)

    def text(self, language: str = "en") -> str:
        """Its message in a language, `en` or `es`; `str` of an error is in English.

        Examples:
            >>> UnknownCode("region", "bahio", ["bajio"]).text("es")
            "'bahio' no se conoce como región: ¿quiso decir 'bajio'?"
        """
        result: str = import_module(_WORDS).message_text(str(self), language)
        return result


def _again(kind: type[BajioError], arguments: tuple[object, ...]) -> BajioError:
    """An error as it was, which pickling and copying make again."""
    return kind.__new__(kind, *arguments)


class UnknownCode(BajioError, LookupError):
    """A code that names nothing, with the nearest known ones, or those with names that are meant.

    Examples:
        >>> raise UnknownCode("region", "bahio", ["bajio", "sur-sureste"])
        Traceback (most recent call last):
        ...
        bajio.errors.UnknownCode: unknown region 'bahio': did you mean 'bajio'?
    """

    def __init__(
        self,
        kind: str,
        code: str,
        known: Iterable[str],
        advice: str = "",
        *,
        meant: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.code = code
        self.nearest = tuple(nearest(code, known)) if isinstance(code, str) else ()
        words = [repr(one) for one in self.nearest]
        if meant:
            self.nearest = tuple(meant)
            words = [
                repr(one) if one == name else f"{one!r} ({name})"
                for one, name in list(meant.items())[:_MOST_MEANT]
            ]
        if words:
            advice = f"did you mean {' or '.join(words)}?"
        super().__init__(f"unknown {kind} {shown(code)}" + (f": {advice}" if advice else ""))


class AmbiguousName(UnknownCode):
    """A name of several things, with the codes to write instead.

    Examples:
        >>> raise AmbiguousName("area", "Congo", {"COD": "DR Congo", "COG": "Congo"})
        Traceback (most recent call last):
        ...
        bajio.errors.AmbiguousName: 'Congo' is several: write 'COD' (DR Congo) or 'COG' (Congo)
    """

    def __init__(self, kind: str, text: str, meant: Mapping[str, str] | None = None) -> None:
        super().__init__(kind, text, (), meant=meant)
        words = [f"{code!r} ({name})" for code, name in (meant or {}).items()]
        phrase = " or ".join(words[:_MOST_MEANT])
        if len(words) > _MOST_MEANT:
            phrase += f", or one of {len(words) - _MOST_MEANT} more that `bajio areas` finds"
        self.args = (bounded(f"{shown(text)} is several: write {phrase}"),)


class InvalidValue(BajioError, ValueError):
    """An argument or a declaration that cannot be right."""


class InvalidData(BajioError, ValueError):
    """A figure refused at the door, with the file, row and column that it came from."""

    def __init__(
        self, problem: str, *, file: str = "", row: int | None = None, column: str = ""
    ) -> None:
        self.problem = problem
        self.file = file
        self.row = row
        self.column = column
        row_told = f"row {row}" if row is not None else ""
        super().__init__(_placed(problem, file, row_told, f"column {column!r}" if column else ""))


class FaultList:
    """Faults that are told together: the first is raised, with all of them as its `faults`.

    Examples:
        >>> faults = FaultList()
        >>> for text in ("a", "b", "c"):
        ...     with faults.each():
        ...         if text != "b":
        ...             raise InvalidValue(f"{text} is wrong")
        >>> [str(one) for one in faults.found]
        ['a is wrong', 'c is wrong']
        >>> faults.check()
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: a is wrong
    """

    def __init__(self, faults: Iterable[BajioError] = ()) -> None:
        self.found = list(faults)

    def __repr__(self) -> str:
        return f"FaultList(<{len(self.found)} faults>)"

    @contextmanager
    def each(self) -> Iterator[None]:
        """Put down what is wrong in here, and go on."""
        try:
            yield
        except BajioError as error:
            self.found += error.faults or [error]

    def check(self) -> None:
        """Raise the first fault, if there is one."""
        if self.found:
            first = self.found[0]
            first.faults = tuple(self.found)
            raise first


class InvalidRegion(BajioError, ValueError):
    """A region that is empty, or that holds an area and another inside it."""


class InvalidRule(BajioError, ValueError):
    """A rule that means nothing: an intensive measure summed, price bases mixed, ..."""


class UnitMismatch(BajioError, ValueError):
    """Units that are unknown, or of different dimension, currency or price basis."""


class InvalidClaim(BajioError, ValueError):
    """A claim that cannot be read or means nothing, with its file, line, claim and key.

    Where several are wrong, `faults` has an error for each. `mentions` has what the claims speak
    of: a claim, a key, its line, and the code that stands there.

    Examples:
        >>> raise InvalidClaim("no such relation", file="mine.toml", claim="gdp", line=12)
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidClaim: mine.toml, line 12, claim 'gdp': no such relation
    """

    faults: "tuple[InvalidClaim, ...]" = ()
    mentions: tuple[tuple[str, str, int | None, str], ...] = ()

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        claim: str = "",
        key: str = "",
        line: int | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.claim = claim
        self.key = key
        self.line = line
        places = (
            f"line {line}" if line is not None else "",
            f"claim {claim if ' ' in claim else repr(claim)}" if claim else "",
            f"key {key!r}" if key else "",
        )
        super().__init__(_placed(problem, file, *places))


class Unavailable(BajioError):
    """What the data cannot answer, with the reason and the newest period that has an answer."""

    def __init__(
        self, reason: str, *, latest_year: int | None = None, latest_period: str | None = None
    ) -> None:
        self.reason = reason
        self.latest_period = str(latest_year) if latest_year else latest_period
        super().__init__(bounded(reason) + _newest(self.latest_period))

    @property
    def latest_year(self) -> int | None:
        """The year of the newest period that has one."""
        return int(self.latest_period[:4]) if self.latest_period else None

    @property
    def cause(self) -> str:
        """The reason alone."""
        return bounded(self.reason)


def _newest(period: str | None) -> str:
    """Which period to ask for instead."""
    if not period:
        return ""
    asked = f"year={period}" if period.isdigit() else f"period={period!r}"
    return f"; newest is {period}: pass {asked}"


class MissingExtra(BajioError, ImportError):
    """A library that an optional part of bajio stands on, and that is not installed.

    Examples:
        >>> raise MissingExtra("array", "numpy")
        Traceback (most recent call last):
        ...
        bajio.errors.MissingExtra: the array engine needs numpy: pip install 'bajio[array]'
    """

    def __init__(self, extra: str, library: str, what: str = "") -> None:
        self.extra = extra
        self.library = library
        self.what = what or f"the {extra.removesuffix('s')} engine"
        super().__init__(f"{self.what} needs {library}: pip install 'bajio[{extra}]'")


class DuplicateCode(BajioError, ValueError):
    """A code that two providers claim, both of them named."""


def nearest(code: str, known: Iterable[str], count: int = 2) -> list[str]:
    """Known codes that look like `code`, best first; else those that begin with it.

    Examples:
        >>> nearest("popluation", ["population", "area"]), nearest("un", ["oecd", "un-members"])
        (['population'], ['un-members'])
    """
    from difflib import get_close_matches

    folded = code.casefold()
    if len(folded) > _LONGEST_NAME:
        return []
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(folded, by_folded, n=count, cutoff=0.6)
    if folded and not close:
        close = [name for name in by_folded if name.startswith(folded)][:count]
    return [by_folded[name] for name in close]


def shown(value: object, most: int = 60) -> str:
    """What was given, as a message echoes it: quoted, in one line, and cut where it is long.

    Examples:
        >>> print(shown("2018Q1"), shown(7), shown("9" * 10**5, most=8))
        '2018Q1' 7 '99999999'...
    """
    try:
        if isinstance(value, str):
            return repr(value[:most]) + "..." * (len(value) > most)
        text = repr(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # whatever an object of a user's does, it can be named
        return f"a {type(value).__name__}"[:most]
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}..."


def _placed(problem: str, file: str, *places: str) -> str:
    """A problem with the file and the places in it, where they are known."""
    text = ", ".join(filter(None, ("\\n".join(file.splitlines()), *places)))
    return f"{text}: {problem}" if text else problem


def some(names: Sequence[str], most: int) -> str:
    """Some names: all of a few, else the first and how many more.

    Examples:
        >>> some(["MEX"], 4), some(["A", "B", "C", "D", "E", "F"], 4)
        ('MEX', 'A, B, C, D and 2 more')
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def bounded(message: str) -> str:
    """A message that is not too long: long words, and then the whole, without their middle.

    Examples:
        >>> bounded("no year in " + "9" * 300 + ": give one")
        'no year in 99999999999999999999...9999999: give one'
    """
    if len(message) <= _LONGEST_WORD:
        return message
    message = re.sub(_WORD, lambda word: f"{word[0][:20]}...{word[0][-8:]}", message)
    if len(message) <= _LONGEST:
        return message
    return f"{message[: _LONGEST - 500]} ... {message[-400:]}"


def as_line(error: BaseException) -> str:
    r"""An error of anybody's in one line: its kind where it is not of bajio's, and its message.

    Examples:
        >>> as_line(ZeroDivisionError("division\n by zero")), as_line(InvalidValue("no such"))
        ('ZeroDivisionError: division by zero', 'no such')
    """
    try:
        text = str(error)
    except BaseException as another:  # noqa: BLE001  # whatever it does, it is told of
        text = f"its message raises {type(another).__name__}"
    kind = "" if isinstance(error, BajioError) else f"{type(error).__name__}: "
    line = " ".join(f"{kind}{text}".split()).removesuffix(": ").rstrip(": ")
    return bounded(
        "".join(character if character.isprintable() else "\ufffd" for character in line)
    )


def in_options(message: str) -> str:
    """A message in the words of the command line.

    Examples:
        >>> in_options("newest is 2024: pass year=2024; leave missing='refuse'")
        'newest is 2024: pass --year 2024; leave --missing refuse'
        >>> in_options("a series has years: pass years=, not year=")
        'a series has years: pass --years, not --year'
    """

    def option(match: re.Match[str]) -> str:
        value = f" {match[2].strip(chr(39)).replace('None', 'none')}" if match[2] else ""
        return f"--{match[1].replace('_', '-')}{value}"

    return re.sub(_OPTION, option, message)
