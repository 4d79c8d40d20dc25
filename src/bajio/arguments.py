"""Arguments as users hand them in: of the kind that is meant, or refused by name, once for all.

Each function gives back what it was given as the type that is meant, and is used as the converter
of a value's field or at the door of a function.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum
from typing import TypeVar

from bajio.errors import InvalidValue, nearest, shown

Choice = TypeVar("Choice", bound=Enum)
Thing = TypeVar("Thing")


def as_text(value: object, what: str) -> str:
    """A text.

    Raises:
        InvalidValue: it is none, or one that no file can hold.

    Examples:
        >>> as_text("MEX", "a code")
        'MEX'
        >>> as_text(5, "a code")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: a code is a text, not 5
    """
    if not isinstance(value, str):
        raise InvalidValue(f"{what} is a text, not {shown(value)}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise InvalidValue(f"{what} is {shown(value)}: half a character is none") from None
    return value


def as_items(values: Iterable[Thing], what: str) -> list[Thing]:
    """The items of a list or another iterable, a text being none.

    Raises:
        InvalidValue: it is none, or breaks while it is read.

    Examples:
        >>> as_items(("a", "b"), "codes")
        ['a', 'b']
        >>> as_items("ab", "codes")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: codes are given as a list, not as 'ab'
    """
    if type(values) is tuple or type(values) is list:
        return list(values)
    if not isinstance(values, str | bytes):
        # whatever an object of a user's does on the way is its own fault
        with suppress(Exception):
            return list(values)
    raise InvalidValue(f"{what} are given as a list, not as {shown(values)}")


def as_texts(values: Iterable[str], what: str) -> tuple[str, ...]:
    """Several texts, given as a list or another iterable.

    Raises:
        InvalidValue: it is none, or one is no text.
    """
    each = f"each of {what}"
    return tuple([as_text(item, each) for item in as_items(values, what)])


def as_pairs(
    values: Mapping[str, Thing] | Iterable[tuple[str, Thing]], what: str
) -> dict[str, Thing]:
    """A mapping whose keys are texts, from one or from pairs.

    Raises:
        InvalidValue: it is none, a key is no text, or one stands twice.

    Examples:
        >>> as_pairs([("a", 1)], "weights")
        {'a': 1}
        >>> as_pairs([("a", 1), ("a", 2)], "weights")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: weights: 'a' stands twice
    """
    try:
        pairs = list(values.items() if isinstance(values, Mapping) else values)
        keys = [key for key, _ in pairs]
    except Exception:  # noqa: BLE001  # as in `as_items`
        raise InvalidValue(f"{what} are given by name, not as {shown(values)}") from None
    each = f"each name of {what}"
    for key in keys:
        as_text(key, each)
    pairs_by_name = dict(pairs)
    if len(pairs_by_name) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InvalidValue(f"{what}: {shown(twice)} stands twice")
    return pairs_by_name


def as_texts_by_name(
    values: Mapping[str, str] | Iterable[tuple[str, str]], what: str
) -> tuple[tuple[str, str], ...]:
    """Texts by name, as sorted pairs.

    Raises:
        InvalidValue: as `as_pairs`, or a value is no text.
    """
    pairs = as_pairs(values, what)
    return tuple(sorted((key, as_text(text, f"{what} of {key}")) for key, text in pairs.items()))


def as_word(value: object, words: Iterable[str], what: str) -> str:
    """One of a few words.

    Raises:
        InvalidValue: it is another, with the nearest.

    Examples:
        >>> as_word("keep", ("keep", "drop"), "host policy")
        'keep'
        >>> as_word("dorp", ("keep", "drop"), "host policy")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: unknown host policy 'dorp': did you mean 'drop'?
    """
    known = tuple(words)
    if isinstance(value, str):
        if value in known:
            return str(value)
        close = nearest(value, known)
        if close:
            raise InvalidValue(f"unknown {what} {shown(value)}: did you mean {close[0]!r}?")
    raise InvalidValue(f"unknown {what} {shown(value)}: it can be {', '.join(known)}")


def as_choice(value: object, kind: type[Choice], what: str) -> Choice:
    """One of an enumeration of texts, by its text.

    Raises:
        InvalidValue: it is none of its texts.

    Examples:
        >>> class Way(Enum):
        ...     UP = "up"
        >>> as_choice("up", Way, "way")
        <Way.UP: 'up'>
    """
    if isinstance(value, kind):
        return value
    return kind(as_word(value, (choice.value for choice in kind), what))


def as_instance(value: object, kind: type[Thing], what: str) -> Thing:
    """A thing of one class.

    Raises:
        InvalidValue: it is of another.

    Examples:
        >>> as_instance(5, str, "a name")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: a name is given as str, not as 5
    """
    if isinstance(value, kind):
        return value
    raise InvalidValue(f"{what} is given as {kind.__name__}, not as {shown(value)}")


def as_instances(values: Iterable[Thing], kind: type[Thing], what: str) -> tuple[Thing, ...]:
    """Several things of one class, given as a list or another iterable.

    Raises:
        InvalidValue: it is none, or one is of another class.
    """
    return tuple(as_instance(item, kind, f"each of {what}") for item in as_items(values, what))


def as_path(value: object) -> str:
    """Where a file or folder is, from a text or a path.

    Raises:
        InvalidValue: it is none, or no system has such a one.
    """
    with suppress(Exception):
        path = os.fspath(value)  # type: ignore[call-overload]  # what it takes is tried
        if isinstance(path, str) and path and "\0" not in path:
            os.fsencode(path)
            return path
    raise InvalidValue(f"{shown(value)} is not where a file could be")
