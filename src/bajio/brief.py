"""How values show themselves: by their fields, and never in more than a few lines.

One method serves all of them. attrs would write and compile another for each class whenever it is
imported, which is a good part of what a command costs that answers once and ends.
"""

from collections.abc import Iterator
from reprlib import recursive_repr
from typing import Any

from attrs import NOTHING

#: Letters of a whole value that is shown in full, of a field of one that is not, and of all.
_WHOLE, _FIELD, _MOST = 800, 60, 800


class Brief:
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
        Flock(name='many', sheep=(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16...)
    """

    __slots__ = ()

    @recursive_repr()
    def __repr__(self) -> str:
        name = type(self).__qualname__.rpartition(">.")[2]
        texts = dict(_texts(self))
        whole = ", ".join(f"{field}={text}" for field, text in texts.items())
        if len(whole) > _WHOLE:
            whole = ", ".join(f"{field}={_cut(text, _FIELD)}" for field, text in texts.items())
        return f"{name}({_cut(whole, _MOST)})"


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    for one in type(value).__attrs_attrs__:
        if one.repr:
            show = repr if one.repr is True else one.repr
            yield one.name, show(getattr(value, one.name, NOTHING))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
