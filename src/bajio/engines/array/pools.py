"""Rules over members, as Gini's, for many sets at once, with how far each value can be off.

A value is an array of sets by areas, of sets alone, or of areas alone;
an area that is not in a set takes no part in what is folded over its members.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.bitsets import Masks
from bajio.engines.array.enclosures import FUNCTION, Enclosure, applied, operated
from bajio.engines.array.scaled import UNIT
from bajio.engines.problem import MemberRule
from bajio.rules.algebra import (
    Applied,
    Constant,
    Differences,
    Either,
    Expression,
    Figure,
    Operation,
    Total,
)

#: Sets that are worked out at once: their arrays by areas stay in the processor's cache.
_ROWS = 1 << 11


@frozen(eq=False)
class Pool:
    """A rule over members, for sets of some areas.

    Attributes:
        quantity: the rule as data, with the figures of all areas.
        positions: of the areas that a set's bits stand for.
        fixed: positions of those that are in every set.
    """

    quantity: MemberRule
    positions: tuple[int, ...]
    fixed: tuple[int, ...]

    def of(self, masks: Masks) -> Enclosure:
        """The value for each set."""
        parts = [self._some(part) for part in self._members(masks)]
        return Enclosure(*(np.concatenate(one) for one in zip(*parts, strict=True)))

    def _members(self, masks: Masks) -> Iterator[Bools]:
        """Sets by areas: which area is in which set; some sets at a time."""
        kind, count = masks.dtype.type, len(self.positions)
        shifts = np.arange(count - 1, -1, -1).astype(kind)
        for first in range(0, len(masks), _ROWS):
            some = masks[first : first + _ROWS, np.newaxis]
            free = (some >> shifts & kind(1)).astype(bool)
            always = np.ones((len(some), len(self.fixed)), bool)
            yield np.concatenate((free, always), axis=1)

    def _some(self, members: Bools) -> tuple[Floats, Floats]:
        order = [*self.positions, *self.fixed]
        figures = {}
        for name, terms in self.quantity.figures:
            row = np.array([float(terms[at]) for at in order])
            figures[name] = Enclosure.of(row[np.newaxis, :], 0.0)
        working = _Working(members, members.astype(np.float64), figures)
        with np.errstate(all="ignore"):
            found = working.value(self.quantity.value)
            wrong, doubtful = np.isnan(found.value), np.zeros((len(members), 1), bool)
            for condition in self.quantity.conditions:
                term = working.value(condition.term)
                lowest, highest = term.value - term.error, term.value + term.error
                holds = (
                    (lowest > 0, highest > 0) if condition.strict else (lowest >= 0, highest >= 0)
                )
                wrong = wrong | ~holds[1]
                doubtful = doubtful | (holds[1] & ~holds[0])
            found = Enclosure.of(found.value, found.error, wrong, doubtful)
        shape = (len(members), 1)
        value, error = (np.broadcast_to(x, shape)[:, 0] for x in (found.value, found.error))
        return value, error


@frozen(eq=False)
class _Working:
    """Works a rule over members out, node by node."""

    members: Bools
    inside: Floats
    figures: Mapping[str, Enclosure]

    def value(self, node: Expression) -> Enclosure:  # one return for each kind
        """The value of a node."""
        match node:
            case Figure(name):
                return self.figures[name]
            case Constant(value):
                return Enclosure.of(float(value), 0.0)
            case Operation(operator, left, right):
                return operated(operator, self.value(left), self.value(right))
            case Applied(function, argument, exponent):
                return _applied(function, self.value(argument), float(exponent))
            case Total(fold, argument):
                return self._total(fold, self.value(argument))
            case Differences(value, weight):
                return self._differences(self.value(value), self.value(weight))
            case Either(test, then, otherwise):
                return self._either(self.value(test), self.value(then), self.value(otherwise))
        raise AssertionError(f"no such node: {node!r}")

    def _total(self, fold: str, given: Enclosure) -> Enclosure:
        members = self.members
        if fold == "count":
            return Enclosure(members.sum(axis=1, keepdims=True, dtype=np.float64), 0.0)
        if fold == "sum":
            return self._sum(given)
        value, error = np.broadcast_arrays(given.value, given.error, members)[:2]
        start, join = (np.inf, np.min) if fold == "minimum" else (-np.inf, np.max)
        own = join(np.where(members, value, start), axis=1, keepdims=True)
        return Enclosure(own, np.where(members, error, 0.0).max(axis=1, keepdims=True))

    def _sum(self, given: Enclosure) -> Enclosure:
        members, rounding = self.members, UNIT * self.members.shape[1]
        row = np.ravel(given.value)
        if np.shape(given.value) == (1, members.shape[1]) and np.isfinite(row).all():
            error = (
                np.broadcast_to(given.error, (1, len(row))).sum() + rounding * np.abs(row).sum()
            )  # of all areas, so of any
            return Enclosure.of((self.inside @ row)[:, np.newaxis], error)
        value, error = np.broadcast_arrays(given.value, given.error, members)[:2]
        own = np.where(members, value, 0.0)
        off = np.where(members, error, 0.0) + rounding * np.abs(own)
        return Enclosure.of(own.sum(axis=1, keepdims=True), off.sum(axis=1, keepdims=True))

    def _differences(self, value: Enclosure, weight: Enclosure) -> Enclosure:
        """Over pairs of members: one matrix of pairs of areas serves all sets."""
        x, w, count = value.value[0], weight.value[0], self.members.shape[1]
        pairs = np.abs(x[:, np.newaxis] - x) * (w[:, np.newaxis] * w)
        sizes = (np.abs(x[:, np.newaxis]) + np.abs(x)) * np.abs(w[:, np.newaxis] * w)
        total = ((self.inside @ pairs) * self.inside).sum(axis=1, keepdims=True)
        return Enclosure.of(total, UNIT * (count**2 + 4) * sizes.sum())

    def _either(self, test: Enclosure, then: Enclosure, otherwise: Enclosure) -> Enclosure:
        lowest, highest = test.value - test.error, test.value + test.error
        value = np.where(lowest > 0, then.value, otherwise.value)
        error = np.where(lowest > 0, then.error, otherwise.error)
        doubtful = (lowest <= 0) & (highest > 0)
        return Enclosure.of(value, error, np.isnan(value) & ~doubtful, doubtful)


def _applied(function: str, given: Enclosure, exponent: float) -> Enclosure:
    a, e = given.value, given.error
    wrong = np.isnan(a)
    if function == "exponential":
        value = np.exp(a)
        return Enclosure.of(value, np.exp(a + e) - value + FUNCTION * value, wrong)
    if function != "power":
        return applied(function, given, 2)
    lowest, highest = a - e, a + e
    value, ends = np.maximum(a, 0.0) ** exponent, (np.maximum(lowest, 0.0), highest)
    off = np.maximum(*(np.abs(end**exponent - value) for end in ends))
    return Enclosure.of(value, off + FUNCTION * value, wrong | (highest < 0), lowest < 0)
