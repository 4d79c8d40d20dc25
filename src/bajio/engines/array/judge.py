"""Judging blocks of sets: how far each is from what is aimed at, and whether limits can hold.

Each judgement comes with the most that rounding can have put it off: zero where floats are exact.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.bitsets import Sets, Values
from bajio.engines.array.blocks import both
from bajio.engines.array.enclosures import Enclosure, enclose
from bajio.engines.array.pools import SetPool
from bajio.engines.array.scaled import UNIT, LinearForm
from bajio.engines.problem import (
    Aim,
    AreaTerms,
    General,
    Limit,
    Linear,
    MemberRule,
    Opaque,
    Problem,
    Quantity,
    Quotient,
)
from bajio.rules.plan import Fold

#: How much dearer than an expression a rule over members is, for each area (measured: an estimate
#: of time hangs on it, and no answer).
_PER_AREA = 12
#: Possible, and certain; `None` where that is so for all.
Holding = tuple["Bools | None", "Bools | None"]


@frozen(eq=False)
class Judgement:
    """What is to be said of each set of a block.

    Attributes:
        key: what is to be small; `None` where that is the same for all.
        error: the most that it is off.
        possible: whether a set may be one of those sought; `None` where all may.
        certain: whether it is for certain; `None` where all that are possible are.
    """

    key: Floats | None
    error: Any
    possible: "Bools | None"
    certain: "Bools | None"


@frozen(eq=False)
class Judge:
    """Judges blocks of the sets of some areas, beside some that are in all of them.

    Attributes:
        problem: what is searched for.
        positions: of the areas that a set's bits stand for.
        fixed: positions of those that are in every set.
        values: what blocks have to join.
        unit: what an exact key is multiplied by to compare with the keys of judgements.
    """

    problem: Problem
    positions: tuple[int, ...]
    fixed: tuple[int, ...]
    values: list[Values] = field(init=False, factory=list)
    unit: Fraction = field(init=False, default=Fraction(1))
    _limits: list[Callable[[Sets], Holding]] = field(init=False, factory=list)
    _aims: list[tuple[Callable[[Sets], tuple[Floats, Any]], Fraction]] = field(
        init=False, factory=list
    )

    def __attrs_post_init__(self) -> None:
        for limit in self.problem.limits:
            self._add_limit(limit)
        for aim in self.problem.aims:
            self._add_aim(aim)
        if len(self._aims) == 1:
            object.__setattr__(self, "unit", 1 / self._aims[0][1])

    @property
    def passes(self) -> int:
        """About how many passes over memory a judgement takes."""
        ratios = sum(isinstance(quantity, Quotient) for quantity in self._quantities)
        general = sum(isinstance(quantity, General) for quantity in self._quantities)
        pooled = sum(isinstance(quantity, MemberRule) for quantity in self._quantities)
        general += _PER_AREA * len(self.positions) * pooled
        several = len(self._aims) if len(self._aims) > 1 else 0
        return 2 * len(self.values) + 4 * ratios + 12 * general + 2 * several  # as measured

    @property
    def is_opaque(self) -> bool:
        """Whether each set has to be looked at by itself."""
        return any(isinstance(quantity, Opaque) for quantity in self._quantities)

    @property
    def _quantities(self) -> list[Quantity]:
        aims, limits = self.problem.aims, self.problem.limits
        return [*(aim.quantity for aim in aims), *(limit.quantity for limit in limits)]

    def judge(self, block: Sets) -> Judgement | None:
        """What is to be said of the sets of a block; nothing, where none may be one."""
        possible: Bools | None = None
        certain: Bools | None = None
        for limit in self._limits:
            may, must = limit(block)
            possible, certain = both(possible, may), both(certain, must)
            if may is not None and possible is not None and not possible.any():
                return None
        if not self._aims:
            return Judgement(None, 0.0, possible, certain)
        if len(self._aims) == 1:
            key, error = self._aims[0][0](block)
        else:
            key, error = self._greatest(block)
        return Judgement(key, error, possible, certain)

    def _greatest(self, block: Sets) -> tuple[Floats, Any]:
        """The greatest of the aims, in the unit of exact keys."""
        key: Any = -np.inf
        error: Any = 0.0
        for aim, scale in self._aims:
            result, off = aim(block)
            result *= float(scale)
            if np.ndim(off) == 0:  # of all keys together, which is one number
                off = off * float(scale) + UNIT * max(-float(result.min()), float(result.max()))
            else:
                off = off * float(scale) + UNIT * np.abs(result)
            error = np.maximum(error, off)
            key = np.maximum(key, result)
        return key, error

    def _form(self, terms: AreaTerms, offset: Fraction | int = 0) -> tuple[int, LinearForm]:
        """A form over the areas, added to what blocks have to join."""
        form = LinearForm.of(terms, offset)
        start = form.start + sum(float(form.values[position]) for position in self.fixed)
        weights = tuple(float(form.values[position]) for position in self.positions)
        self.values.append(Values(weights, start))
        return len(self.values) - 1, form

    def _add_limit(self, limit: Limit) -> None:
        match limit.quantity:
            case Opaque():
                self._limits.append(lambda block: (None, np.zeros(len(block), bool)))
            case General() | MemberRule() as other:
                self._limits.append(_enclosed_limit(self._valued(other), limit))
            case Linear(terms):
                self._add_sides(limit, terms, tuple(0 for _ in terms), None)
            case Quotient(above, below, growth):
                whole = LinearForm.of(below)
                divisor = None if whole.is_positive else self._form(below)
                if divisor is not None:
                    self._limits.append(_defined(*divisor, growth=growth))
                self._add_sides(limit, above, below, divisor)

    def _add_sides(
        self,
        limit: Limit,
        above: AreaTerms,
        below: AreaTerms,
        divisor: tuple[int, LinearForm] | None,
    ) -> None:
        """Limits of a ratio as signs of forms: above − least × below is not negative."""
        for bound, sign in ((limit.least, 1), (limit.most, -1)):
            if bound is None:
                continue
            if divisor is None and not any(below):
                position, form = self._form(tuple(sign * term for term in above), -sign * bound)
            else:
                pairs = zip(above, below, strict=True)
                position, form = self._form(tuple(sign * (a - bound * b) for a, b in pairs))
            self._limits.append(_sided(position, form, divisor))

    def _add_aim(self, aim: Aim) -> None:
        target, factor = aim.target, aim.factor
        match aim.quantity:
            case Opaque():
                self._aims.append((_unknown, Fraction(1)))
            case General() | MemberRule() as other:
                self._aims.append((_enclosed_aim(self._valued(other), aim), Fraction(1)))
            case Linear(terms):
                sign = 1 if target is not None or factor > 0 else -1
                signed = tuple(sign * term for term in terms)
                position, form = self._form(signed, 0 if target is None else -target)
                distant = target is not None
                self._aims.append(
                    (_reached(position, form, distant=distant), abs(factor) / form.scale)
                )
            case Quotient() as ratio:
                self._add_ratio(ratio, aim)

    def _add_ratio(self, ratio: Quotient, aim: Aim) -> None:
        target, factor = aim.target, aim.factor
        sign = 1 if target is not None or factor > 0 else -1
        pairs = zip(ratio.above, ratio.below, strict=True)
        position, form = self._form(tuple(sign * (a - (target or 0) * b) for a, b in pairs))
        divisor = self._form(ratio.below)
        if not divisor[1].is_positive:
            self._limits.append(_defined(*divisor, growth=ratio.growth))
        scale = abs(factor) * divisor[1].scale / form.scale
        self._aims.append((_quotient(position, form, *divisor, distant=target is not None), scale))

    def _valued(self, quantity: General | MemberRule) -> Callable[[Sets], Enclosure]:
        """What gives the values of a quantity over the sets of a block."""
        if isinstance(quantity, MemberRule):
            pool = SetPool(quantity, self.positions, self.fixed)
            return lambda block: pool.of(block.masks(np.arange(len(block))))
        leaves = self._leaves(quantity)
        return lambda block: enclose(quantity.expression, leaves(block))

    def _leaves(self, general: General) -> Callable[[Sets], list[Enclosure]]:
        """What gives the leaves of a general quantity over the sets of a block."""
        made: list[Callable[[Sets], Enclosure]] = []
        for leaf in general.leaves:
            if not isinstance(leaf, tuple):
                made.append(partial(_constant, Enclosure.of(float(leaf), 0.0)))
                continue
            fold, terms = leaf
            if fold is Fold.SUM:
                made.append(partial(_summed, *self._form(terms)))
            else:
                made.append(partial(_picked, self._extreme(fold, terms)))
        return lambda block: [leaf(block) for leaf in made]

    def _extreme(self, fold: Fold, terms: AreaTerms) -> int:
        join, start = (np.minimum, np.inf) if fold is Fold.MINIMUM else (np.maximum, -np.inf)
        for position in self.fixed:
            start = float(join(start, float(terms[position])))
        self.values.append(
            Values(tuple(float(terms[position]) for position in self.positions), start, join)
        )
        return len(self.values) - 1


def _enclosed_limit(valued: Callable[[Sets], Enclosure], limit: Limit) -> Callable[[Sets], Holding]:
    least = -np.inf if limit.least is None else float(limit.least)
    most = np.inf if limit.most is None else float(limit.most)

    def holding(block: Sets) -> Holding:
        result = valued(block)
        with np.errstate(invalid="ignore"):
            off = result.error + UNIT * (np.abs(result.value) + 5e-324)
            off = off + UNIT * sum(abs(x) for x in (least, most) if np.isfinite(x))
            low, high = result.value - off, result.value + off
            may, must = (high >= least) & (low <= most), (low >= least) & (high <= most)
            must &= np.isfinite(off)
        return np.broadcast_to(may, len(block)), np.broadcast_to(must, len(block))

    return holding


def _enclosed_aim(
    valued: Callable[[Sets], Enclosure], aim: Aim
) -> Callable[[Sets], tuple[Floats, Any]]:
    target, factor = aim.target, float(aim.factor)

    def reached(block: Sets) -> tuple[Floats, Any]:
        result = valued(block)
        value, error = result.value, result.error
        with np.errstate(invalid="ignore"):
            if target is not None:
                aimed = float(target)
                error = error + UNIT * (np.abs(value) + abs(aimed))
                value = np.abs(value - aimed)
            key = value * factor
            error = error * abs(factor) + UNIT * np.abs(key)
        return np.broadcast_to(key, len(block)).copy(), error

    return reached


def _constant(number: Enclosure, _block: Sets) -> Enclosure:
    """A number that is the same for all sets."""
    return number


def _summed(position: int, form: LinearForm, block: Sets) -> Enclosure:
    """What a form comes to, in its own unit."""
    inverse = float(1 / form.scale)
    value = block.of(position) * inverse
    return Enclosure.of(value, form.error * inverse)


def _picked(position: int, block: Sets) -> Enclosure:
    """The least or greatest of the members' terms."""
    return Enclosure.of(block.of(position), 0.0)


def _unknown(block: Sets) -> tuple[Floats, Any]:
    return np.zeros(len(block)), np.full(len(block), np.inf)


def _reached(
    position: int, form: LinearForm, *, distant: bool
) -> Callable[[Sets], tuple[Floats, Any]]:
    """A form, or its distance from zero."""

    def reached(block: Sets) -> tuple[Floats, Any]:
        result = block.of(position)
        return np.abs(result, out=result) if distant else result, form.error

    return reached


def _quotient(
    position: int, form: LinearForm, below: int, divisor: LinearForm, *, distant: bool
) -> Callable[[Sets], tuple[Floats, Any]]:
    """A ratio of forms, or its distance from zero."""

    def reached(block: Sets) -> tuple[Floats, Any]:
        above, by = block.of(position), block.of(below)
        with np.errstate(all="ignore"):
            result = np.divide(above, by, out=above)
            size = np.abs(result)
            error = UNIT * size
            if form.error or divisor.error:
                error += (form.error + size * divisor.error) / (np.abs(by) - divisor.error)
                open_ = np.abs(by) <= divisor.error
                result[open_], size[open_], error[open_] = 0.0, 0.0, np.inf
        return size if distant else result, error

    return reached


def _sided(
    position: int, form: LinearForm, divisor: tuple[int, LinearForm] | None
) -> Callable[[Sets], Holding]:
    """Whether a form has the sign of what it is divided by, or is zero."""

    def holding(block: Sets) -> Holding:
        result, error = block.of(position), form.error
        if divisor is None:
            may = result >= -error
            return may, result >= error if error else may
        by, off = block.of(divisor[0]), divisor[1].error
        result *= np.sign(by)
        open_ = np.abs(by) <= off
        return (result >= -error) | open_, (result >= error) & ~open_

    return holding


def _defined(position: int, form: LinearForm, *, growth: bool) -> Callable[[Sets], Holding]:
    """Whether what is divided by is not zero; nor negative, for growth."""

    def holding(block: Sets) -> Holding:
        result = block.of(position)
        if not growth:
            result = np.abs(result, out=result)
        must = result > form.error
        return must if not form.error else result >= -form.error, must

    return holding
