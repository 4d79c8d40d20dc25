"""Borders: which areas border on one another on land; those of a large kind are read late."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from attrs import frozen

from bajio.facts.areas import Areas

Pair = tuple[str, str]


@frozen(eq=False, repr=False)
class LazyBorders:
    """Borders among areas of one kind, which are read only when one of these is asked about.

    Attributes:
        kind: the kind that all of the areas have.
        load: gives pairs of their codes, each pair once.
    """

    kind: str
    load: Callable[[], Iterable[Pair]]


class Borders(Mapping[str, frozenset[str]]):
    """For each area of which that is known, the areas that it borders on.

    Iteration and length cover what is read: borders of a lazy kind are, once an area of that kind
    is asked for.

    Examples:
        >>> from bajio.facts.areas import Area
        >>> areas = Areas([Area("A", "A"), Area("B", "B"), *(Area(x, x, "town") for x in "cd")])
        >>> borders = Borders(areas, [("A", "B")], [LazyBorders("town", lambda: [("c", "d")])])
        >>> list(borders), sorted(borders["c"]), list(borders)
        (['A', 'B'], ['d'], ['A', 'B', 'c', 'd'])
    """

    def __init__(
        self, areas: Areas, pairs: Iterable[Pair] = (), lazy: Iterable[LazyBorders] = ()
    ) -> None:
        self._areas = areas
        self._known: dict[str, frozenset[str]] = {}
        self._pending = tuple(lazy)
        self._add(pairs)

    def _add(self, pairs: Iterable[Pair]) -> None:
        neighbours: dict[str, set[str]] = {}
        for first, second in pairs:
            neighbours.setdefault(first, set()).add(second)
            neighbours.setdefault(second, set()).add(first)
        for code, others in neighbours.items():
            self._known[code] = self._known.get(code, frozenset()) | others

    def with_pairs(self, areas: Areas, pairs: Iterable[Pair]) -> "Borders":
        """Others and the same borders, in this order.

        Args:
            areas: all that are known there.
            pairs: of codes of areas that border on one another.
        """
        known_pairs = ((code, other) for code, others in self._known.items() for other in others)
        return Borders(areas, chain(pairs, known_pairs), self._pending)

    def __getitem__(self, code: str) -> frozenset[str]:
        if self._pending and code in self._areas:
            kind = self._areas[code].kind
            late = [part for part in self._pending if part.kind == kind]
            self._add(pair for part in late for pair in part.load())
            self._pending = tuple(part for part in self._pending if part not in late)
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
