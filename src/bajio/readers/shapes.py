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
        outer.faults = tuple(outer if one is self else one.inside(step) for one in self.faults)
        return outer


def _refuse(misfits: list[Misfit]) -> None:
    """Raise what does not fit, all of it together, if anything."""
    if misfits:
        first = misfits[0]
        every = tuple(one for misfit in misfits for one in misfit.faults or (misfit,))
        first.faults = every if len(every) > 1 else ()
        raise first


def text(given: Any) -> str:
    """A text of bearable length."""
    if not isinstance(given, str):
        raise Misfit(f"{shown(given)} is not a text")
    if len(given) > _LONGEST:
        raise Misfit(f"a text of {len(given)} letters; at most {_LONGEST} are read")
    return given


def name(given: Any) -> str:
    """A text that is not empty."""
    if not text(given):
        raise Misfit("it is empty")
    return str(given)


def flag(given: Any) -> bool:
    """True or false."""
    if not isinstance(given, bool):
        raise Misfit(f"{shown(given)} is neither true nor false")
    return given


def count(given: Any) -> int:
    """A whole number from 0 on."""
    number = whole(given)
    if number is None or number < 0:
        raise Misfit(f"{shown(given)} is not a whole number")
    return number


def letter(given: Any) -> str:
    """One character."""
    if len(text(given)) != 1 or given in "\r\n":
        raise Misfit(f"{shown(given)} is not one letter")
    return str(given)


def word(*words: str) -> Check:
    """One of some words."""

    def check(given: Any) -> str:
        if given not in words:
            raise Misfit(f"{shown(given)} is not read; it can be {', '.join(words) or 'left out'}")
        return str(given)

    return check


def listed(check: Check) -> Check:
    """A list of what another check admits, as a tuple."""

    def checked(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list):
            raise Misfit(f"{shown(given)} is not a list")
        found, misfits = [], []
        for at, one in enumerate(given):
            try:
                found.append(check(one))
            except Misfit as error:
                misfits.append(error.inside(f"[{at}]"))
        _refuse(misfits)
        return tuple(found)

    return checked


def one_or_more(check: Check) -> Check:
    """What a check admits, or a list of it: a tuple."""
    several = listed(check)
    return lambda given: several(given) if isinstance(given, list) else (check(given),)


def made_by(make: Callable[[Any], Any]) -> Check:
    """What another part of the project checks."""

    def checked(given: Any) -> Any:
        try:
            return make(given)
        except BajioError as error:
            raise Misfit(str(error)) from None

    return checked


def unread(why: str) -> Check:
    """What is refused wherever it says something."""

    def check(given: Any) -> None:
        raise Misfit(f"{shown(given)} is not read: {why}")

    return check


def texts_by_name(given: Any) -> dict[str, str]:
    """An object whose values are texts."""
    if not isinstance(given, dict):
        raise Misfit(f"{shown(given)} is not an object")
    for name, one in given.items():
        if not isinstance(one, str):
            raise Misfit(f"{shown(one)} is not a text", name[:40])
    return dict(given)


def label(given: Any) -> Any:
    """A text, or one for each language."""
    return given if isinstance(given, str) else texts_by_name(given)


def texts(given: Any) -> Label:
    """What something is called: a text, or one for each language."""
    named: Label = made_by(as_label)(label(given))
    return named


def missing(given: Any) -> str:
    """A text that means that there is no value; its label is a remark for people."""
    return text(given["value"] if isinstance(given, dict) and "value" in given else given)


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

    def __call__(self, given: Any) -> Any:
        """What is made of an object.

        Raises:
            Misfit: it has another shape.
        """
        if not isinstance(given, dict):
            raise Misfit(f"{shown(given)} is not an object")
        misfits = [Misfit(f"it lacks {name!r}") for name in self.needed if given.get(name) is None]
        found = {}
        for name, one in given.items():
            known = self.read.get(name)
            if known is None:
                misfits += self._unknown(name)
            elif one is not None:
                parameter, check = known
                try:
                    found[parameter] = check(one)
                except Misfit as error:
                    misfits.append(error.inside(name))
        _refuse(misfits)
        try:
            return self.make(**found)
        except BajioError as error:
            raise Misfit(str(error)) from None

    def _unknown(self, name: str) -> Iterator[Misfit]:
        if self.ignored is not None and name not in self.ignored and name[:1] not in {"$", "_"}:
            known = ", ".join(self.read)
            yield Misfit(f"{shown(name)} is not known, and could change what is read: {known}")
