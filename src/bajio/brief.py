"""How values show themselves, by their fields and never in more than a few lines; and are equal.

One method serves all of them. attrs would write and compile another for each class whenever it is
imported, which is a good part of what a command costs that answers once and ends.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from importlib import import_module
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields

if TYPE_CHECKING:
    from attrs import Attribute

#: What shows values in notebooks: it knows them all, and is loaded when one is shown.
_DISPLAY = "bajio.report.notebook_display"
#: Letters of a value that is shown in full, of one in it where it is not, and of all then.
_WHOLE, _FIELD, _MOST = 240, 60, 400
#: More values than can be shown in full, whatever they are.
_MANY = 40


class Displayed:
    """What a notebook shows as a table."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: a table, and text where it shows none."""
        del include, exclude
        bundle: dict[str, str] = import_module(_DISPLAY).bundle_of(self)
        return bundle


class Brief(Displayed):
    """A value of attrs, made without a `repr` of its own, that shows itself briefly.

    Examples:
        >>> from attrs import field, frozen
        >>> @frozen(repr=False)
        ... class Flock(Brief):
        ...     name: str
        ...     sheep: tuple[int, ...]
        ...     dog: str = field(default="", repr=False)
        >>> Flock("few", (1, 2), "Rex")
        Flock(name='few', sheep=(1, 2))
        >>> Flock("many", tuple(range(1000)))
        Flock(name='many', sheep=(1000 values))
    """

    __slots__ = ()

    @recursive_repr()
    def __repr__(self) -> str:
        name = type(self).__qualname__.rpartition(">.")[2]
        shown = {
            field.name: (field.repr, getattr(self, field.name, NOTHING)) for field in _fields(self)
        }
        # Each value is asked once, or values in one another would be asked again at each level.
        texts = {key: _text(show, value) for key, (show, value) in shown.items()}
        whole = _joined(name, texts)
        if len(whole) <= _WHOLE:
            return whole
        parts = {key: _part(shown[key][1], text) for key, text in texts.items()}
        return _cut(_joined(name, parts), _MOST)


class Alike(Brief):
    """A value made without a comparison of its own, of which few are compared.

    It is equal to another of its class whose fields are.

    Examples:
        >>> from attrs import field, frozen
        >>> @frozen(eq=False, repr=False)
        ... class Herd(Alike):
        ...     name: str
        ...     dog: str = field(default="", eq=False)
        >>> Herd("few") == Herd("few", "Rex"), Herd("few") == Herd("many"), Herd("few") == "few"
        (True, False, False)
        >>> len({Herd("few"), Herd("few", "Rex")})
        1
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash((type(self), *_compared(self)))


def _compared(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, field.name) for field in fields(type(value)) if field.eq])


def _fields(value: Any) -> "Iterable[Attribute[Any]]":
    return (field for field in fields(type(value)) if field.repr)


def _joined(name: str, texts: Mapping[str, str]) -> str:
    return f"{name}({', '.join(f'{key}={text}' for key, text in texts.items())})"


def _text(show: Any, value: Any) -> str:
    """A value as attrs would write it, unless there is very much of it."""
    if show is not True:
        return str(show(value))
    if isinstance(value, str) or not isinstance(value, Collection) or len(value) <= _MANY:
        return repr(value)
    return _counted(value)


def _part(value: Any, text: str) -> str:
    """A value in a few words, of which there may be too many letters."""
    if len(text) <= _FIELD:
        return text
    code = getattr(value, "code", None)
    if isinstance(code, str) and isinstance(value, Brief):
        return f"{type(value).__name__}({_cut(code, _FIELD)!r})"
    if isinstance(value, Fraction):
        return f"about {float(value):.6g}"
    if hasattr(value, "text"):  # a label, which is a mapping of its texts
        return _cut(repr(str(value)), _FIELD)
    plain = isinstance(value, str) or not isinstance(value, Collection)
    return _cut(text, _FIELD) if plain else _counted(value)


def _counted(values: Collection[Any]) -> str:
    return f"({len(values)} values)"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
