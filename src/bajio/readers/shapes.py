"""Shapes that parts of a file can have: what is there is checked once, and its place told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bajio.errors import BajioError, shown
from bajio.facts.periods import whole
from bajio.labels import Label, as_label

Check = Callable[[Any], Any]
_LONGEST = 2000


class Misfit(ValueError):
    """A part of the descriptor that does not fit the schema, and the way to it.

    Of several, the first is raised, with all of them as its `faults`.
    """

    faults: "tuple[Misfit, ...]" = ()

    def __init__(self, problem: str, where: str = "") -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.problem = problem
        self.where = where

    def inside(self, step: str) -> "Misfit":
        """The same, as seen from one step further out."""
        join = "" if not self.where or self.where.startswith("[") else "."
        outer = Misfit(self.problem, f"{step}{join}{self.where}")
        # the first of several is among them
        outer.faults = tuple(
            outer if fault is self else fault.inside(step) for fault in self.faults
        )
        return outer


def _refuse(misfits: list[Misfit]) -> None:
    """Raise what does not fit, all of it together, if anything."""
    if misfits:
        first = misfits[0]
        every = tuple(fault for misfit in misfits for fault in misfit.faults or (misfit,))
        first.faults = every if len(every) > 1 else ()
        raise first


def text(value: Any) -> str:
    """A text of bearable length."""
    if not isinstance(value, str):
        raise Misfit(f"{shown(value)} is not a text")
    if len(value) > _LONGEST:
        raise Misfit(f"a text of {len(value)} letters; at most {_LONGEST} are read")
    return value


def name(value: Any) -> str:
    """A text that is not empty."""
    if not text(value):
        raise Misfit("it is empty")
    return str(value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Misfit(f"{shown(value)} is neither true nor false")
    return value


def count(value: Any) -> int:
    """A whole number from 0 on."""
    number = whole(value)
    if number is None or number < 0:
        raise Misfit(f"{shown(value)} is not a whole number")
    return number


def letter(value: Any) -> str:
    """One character."""
    if len(text(value)) != 1 or value in "\r\n":
        raise Misfit(f"{shown(value)} is not one letter")
    return str(value)


def word(*words: str) -> Check:
    """One of some words."""

    def check(value: Any) -> str:
        if value not in words:
            raise Misfit(f"{shown(value)} is not read; it can be {', '.join(words) or 'left out'}")
        return str(value)

    return check


def listed(check: Check) -> Check:
    """A list of what another check admits, as a tuple."""

    def checked(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Misfit(f"{shown(value)} is not a list")
        found, misfits = [], []
        for position, item in enumerate(value):
            try:
                found.append(check(item))
            except Misfit as error:
                misfits.append(error.inside(f"[{position}]"))
        _refuse(misfits)
        return tuple(found)

    return checked


def one_or_more(check: Check) -> Check:
    """What a check admits, or a list of it: a tuple."""
    several = listed(check)
    return lambda value: several(value) if isinstance(value, list) else (check(value),)


def made_by(make: Callable[[Any], Any]) -> Check:
    """What another part of the project checks."""

    def checked(value: Any) -> Any:
        try:
            return make(value)
        except BajioError as error:
            raise Misfit(str(error)) from None

    return checked


def unread(why: str) -> Check:
    """What is refused wherever it says something."""

    def check(value: Any) -> None:
        raise Misfit(f"{shown(value)} is not read: {why}")

    return check


def texts_by_name(value: Any) -> dict[str, str]:
    """An object whose values are texts."""
    if not isinstance(value, dict):
        raise Misfit(f"{shown(value)} is not an object")
    for name, one in value.items():
        if not isinstance(one, str):
            raise Misfit(f"{shown(one)} is not a text", name[:40])
    return dict(value)


def label(value: Any) -> Any:
    """A text, or one for each language."""
    return value if isinstance(value, str) else texts_by_name(value)


def texts(value: Any) -> Label:
    """What something is called: a text, or one for each language."""
    named: Label = made_by(as_label)(label(value))
    return named


def missing(value: Any) -> str:
    """A text that means that there is no value; its label is a remark for people."""
    return text(value["value"] if isinstance(value, dict) and "value" in value else value)


class Shape:
    """An object: the names that are read, those that are needed, and what becomes of them.

    Attributes:
        make: given what is there, by the names of its parameters.
        read: by the name in the descriptor, that of the parameter and the check.
        needed: names that have to be there.
        ignored: further names that say nothing that counts; `None`: all do.
    """

    def __init__(
        self,
        make: Callable[..., Any],
        read: Mapping[str, tuple[str, Check]],
        needed: tuple[str, ...] = (),
        ignored: Iterable[str] | None = None,
    ) -> None:
        self.make, self.read, self.needed, self.ignored = make, read, needed, ignored

    def __call__(self, value: Any) -> Any:
        """What is made of an object.

        Raises:
            Misfit: it has another shape.
        """
        if not isinstance(value, dict):
            raise Misfit(f"{shown(value)} is not an object")
        misfits = [Misfit(f"it lacks {name!r}") for name in self.needed if value.get(name) is None]
        fields = {}
        for name, field in value.items():
            known = self.read.get(name)
            if known is None:
                misfits += self._unknown(name)
            elif field is not None:
                parameter, check = known
                try:
                    fields[parameter] = check(field)
                except Misfit as error:
                    misfits.append(error.inside(name))
        _refuse(misfits)
        try:
            return self.make(**fields)
        except BajioError as error:
            raise Misfit(str(error)) from None

    def _unknown(self, name: str) -> Iterator[Misfit]:
        if self.ignored is not None and name not in self.ignored and name[:1] not in {"$", "_"}:
            known = ", ".join(self.read)
            yield Misfit(f"{shown(name)} is not known, and could change what is read: {known}")
