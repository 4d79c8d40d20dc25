"""Programs: a rule bound to data, made ready once, and run over blocks of regions."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from bajio.engines.array.arrays import Bools, Bytes, Floats, Objects
from bajio.engines.array.blocks import either
from bajio.engines.array.exactness import FIXED, Exactness, Rounding
from bajio.engines.array.floats import finish
from bajio.engines.array.groups import Composed, RegionGroup
from bajio.engines.array.pools import is_picked, pool
from bajio.engines.array.scaled import TermColumn, exact_sums
from bajio.engines.array.terms import RANK, Terms, terms
from bajio.engines.bound_plan import Bound
from bajio.engines.calculation import Collected, Undefined, calculate
from bajio.engines.evaluation import Evaluation, Together
from bajio.engines.outcome import Missing, Refusal
from bajio.engines.rational import reads
from bajio.errors import Unavailable
from bajio.rules.algebra import Call, Pooled, calls_of
from bajio.rules.plan import SELF, Fold

if TYPE_CHECKING:
    from bajio.facts.observations import Exact


class CannotRunError(Exception):
    """A rule that no program carries: the exact engine takes its regions one by one."""


@frozen(eq=False)
class PreparedCall:
    """A rule over members, ready.

    Attributes:
        rule: as data; `None` where it is one number for all regions.
        figures: of each area, by name.
        undefined: the areas for which a figure has no value.
        constant: the one number.
    """

    rule: Pooled | None
    figures: Mapping[str, Floats] = field(factory=dict)
    undefined: Bools | None = None
    constant: float = 0.0


@frozen(eq=False, slots=False)
class Ran:
    """What a program gives for the regions of a block.

    Attributes:
        values: a float a region; zero where it has none.
        refused: a `Refusal` a region; `None` where none is.
        present: how many areas enter; `None` where all do.
        every: how many there are; likewise.
        doubtful: where rounding may have decided whether there is a value.
        errors: gives a bound on the error of each value.
    """

    values: Floats
    refused: Bytes | None
    present: Floats | None
    every: Floats | None
    doubtful: Bools | None
    errors: Callable[[], Any] = field(repr=False)


@frozen(eq=False, slots=False)
class Program:
    """A rule bound to data, ready to run over blocks of regions.

    Attributes:
        bound: the rule, bound to data.
        parts: the region's own leaves.
        other: what those of other places come to: the host, its parts, another region.
        partial: whether a region has a value where some members lack figures.
        calls: the rules over members in the expression.
    """

    bound: Bound = field(repr=False)
    parts: tuple[Terms, ...]
    other: Together
    partial: bool
    calls: Mapping[Call, PreparedCall]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        other = self.other.present == self.other.every
        return other and all(part.complete for part in self.parts)

    @cached_property
    def elsewhere(self) -> Mapping[int, "Exact | Collected"]:
        """What each leaf of another place comes to, by its position."""
        return _elsewhere(self.bound, self.other)

    @cached_property
    def columns(self) -> Mapping[int, tuple[int, TermColumn]]:
        """The column of each leaf of the region, and the lag of its composition."""
        return {
            position: (part.lag, column)
            for part in self.parts
            for position, column in part.columns.items()
        }

    @cached_property
    def rounding(self) -> Rounding:
        """How far its floats can be trusted."""
        leaves = [
            self._exactness(position, leaf.fold)
            for position, leaf in enumerate(self.bound.plan.leaves)
        ]
        calls = self.calls.values()
        picks = all(call.rule is None or is_picked(call.rule) for call in calls)
        return Rounding(self.bound.expression, leaves, picks)

    def _exactness(self, position: int, fold: Fold) -> Exactness:
        if position not in self.columns:
            return FIXED
        result = Exactness.of(self.columns[position][1])
        return result if fold is Fold.SUM else evolve(result, whole=True)  # one term, rounded once

    def run(self, regions: Composed) -> Ran:
        """The values for the regions of a block.

        Args:
            regions: a block of them, and what has been summed over it so far.
        """
        size = regions.size
        expression = self.bound.expression
        refused, present, every = self._entering(regions)
        leaves = [self._leaf(position, regions) for position in range(len(self.bound.leaves))]
        calls, undefined, doubtful = self._called(regions)
        result = finish(expression, leaves, calls)
        if result.defined is not None:
            wrong = np.broadcast_to(~result.defined, size)
            undefined = either(undefined, wrong)
        if undefined is not None:
            refused = _refuse(refused, undefined, Refusal.UNDEFINED)
        for near in self.rounding.doubts(leaves, calls):
            doubtful = either(doubtful, near)
        values = np.broadcast_to(result.values, size)
        if refused is not None:
            values = np.where(refused == 0, values, 0.0)
            if doubtful is not None:
                doubtful = doubtful & ((refused == 0) | (refused == Refusal.UNDEFINED))
        if doubtful is not None:
            doubtful = np.broadcast_to(doubtful, size)
        return Ran(
            values,
            refused,
            present,
            every,
            doubtful,
            lambda: self.rounding.error(leaves, calls),
        )

    def _entering(self, regions: Composed) -> tuple[Bytes | None, Floats | None, Floats | None]:
        """Who is refused for lack of figures; how many areas enter, and how many there are."""
        refused: Bytes | None = None
        blocks = [(part, regions.at(part.lag)) for part in self.parts]
        if self.complete:
            for _, block in blocks:
                refused = _refuse(refused, block.counts == 0, Refusal.EMPTY)
            return refused, None, None
        size = regions.size
        present, every = np.zeros(size), np.zeros(size)
        for part, block in blocks:
            counts = block.counts.astype(np.float64)
            here = counts
            if not part.complete:
                here = regions.sums(part.lag, part.enters.astype(np.float64))
            lacking = here == 0 if self.partial else here < counts
            refused = _refuse(refused, block.counts == 0, Refusal.EMPTY)
            refused = _refuse(refused, lacking, Refusal.LACKING)
            present, every = present + here, every + counts
        return refused, present, every

    def _leaf(self, position: int, regions: Composed) -> Any:
        if position not in self.columns:
            value = self.elsewhere[position]
            return 0.0 if isinstance(value, Collected) else float(value)
        lag, column = self.columns[position]
        fold = self.bound.plan.leaves[position].fold
        if fold is Fold.COLLECT:
            return 0.0
        block = regions.at(lag)
        if fold is Fold.SUM:
            return column.scaled(regions.sums(lag, column.values))
        least = fold is Fold.MINIMUM
        terms = np.where(self._enters(position), column.values, np.inf if least else -np.inf)
        extremes = block.extremes(terms, np.minimum if least else np.maximum)
        return column.scaled(np.where(np.isfinite(extremes), extremes, 0.0))

    def _enters(self, position: int) -> Bools:
        return next(part.enters for part in self.parts if position in part.columns)

    def _called(self, regions: Composed) -> tuple[dict[Call, Any], Bools | None, Bools | None]:
        """What rules over members come to, where they have no value, and where that is in doubt."""
        values: dict[Call, Any] = {}
        undefined: Bools | None = None
        doubtful: Bools | None = None
        for call, prepared in self.calls.items():
            if prepared.rule is None:
                values[call] = prepared.constant
                continue
            part = self.parts[0]
            block = regions.at(part.lag)
            entering = block.ragged() if part.complete else block.only(part.enters).ragged()
            pooled = pool(prepared.rule, prepared.figures, entering)
            undefined = either(undefined, pooled.failed > 0)
            if prepared.undefined is not None:
                lacking = entering.sums(prepared.undefined.astype(np.float64)) > 0
                undefined = either(undefined, lacking)
            doubtful = either(doubtful, pooled.doubtful)
            values[call] = pooled.values
        return values, undefined, doubtful

    def weakest(self, regions: Composed) -> Bytes | None:
        """The place of each region's weakest status among those of SDMX; `None`: all are normal."""
        normal = RANK["A"]
        result: Any = RANK[self.other.total.status]
        for part in self.parts:
            status = np.where(part.enters, part.status, normal)
            if (status < normal).any():
                result = np.minimum(result, regions.at(part.lag).extremes(status, np.minimum))
        if np.all(np.equal(result, normal)):
            return None
        return np.broadcast_to(np.asarray(result, dtype=np.int8), regions.size)

    def periods(self, regions: Composed) -> Floats | None:
        """The share of the periods that enter; `None` where all do."""
        total = self.other.total
        whole = total.seen == total.of
        if whole and all((part.seen == part.of).all() for part in self.parts):
            return None
        seen: Any = float(total.seen)
        of: Any = float(total.of)
        for part in self.parts:
            block = regions.at(part.lag)
            seen, of = seen + block.sums(part.seen), of + block.sums(part.of)
        result: Floats = np.divide(seen, of, out=np.ones(np.shape(of)), where=np.greater(of, 0))
        return result

    def exact_values(self, regions: Composed, refused: Bytes | None) -> Objects:
        """The exact value of each region that is not refused, by a rule without one over members.

        Args:
            regions: a block of them.
            refused: who is.
        """
        size = regions.size
        leaves = [self._exact_leaf(position, regions) for position in range(len(self.bound.leaves))]
        exact = np.full(size, None, dtype=object)
        for row in range(size):
            if refused is None or refused[row] == 0:
                values = [leaf[row] if isinstance(leaf, list) else leaf for leaf in leaves]
                try:
                    exact[row] = calculate(self.bound.expression, values)
                except Unavailable:
                    continue
        return exact

    def _exact_leaf(self, position: int, regions: Composed) -> "list[Exact] | Exact | Collected":
        if position not in self.columns:
            return self.elsewhere[position]
        lag, column = self.columns[position]
        block, fold = regions.at(lag), self.bound.plan.leaves[position].fold
        if fold is Fold.SUM:
            return exact_sums(column.exact, block)
        pick, enters = min if fold is Fold.MINIMUM else max, self._enters(position)
        return [
            pick((column.exact[area] for area in block.members(row) if enters[area]), default=0)
            for row in range(block.size)
        ]


def _refuse(refused: Bytes | None, where: Bools, why: Refusal) -> Bytes | None:
    if not where.any():
        return refused
    if refused is None:
        return np.where(where, np.int8(why), np.int8(0))
    return np.where((refused == 0) & where, np.int8(why), refused)


def prepare(evaluation: Evaluation, areas: Sequence[str], group: RegionGroup) -> Program:
    """A program for the regions of a group.

    Args:
        evaluation: the rule, bound to data, in a year.
        areas: codes of all areas, by position.
        group: the regions.

    Raises:
        CannotRunError: only the exact engine can say what the rule is.
        Unavailable: the rule has no value for any region.
    """
    bound, partial = evaluation.bound, evaluation.missing is Missing.PARTIAL
    together: dict[int, list[int]] = {}
    for position, leaf in enumerate(bound.plan.leaves):
        if leaf.place == SELF:
            together.setdefault(group.first(leaf.lag), []).append(position)
    among = frozenset(group.among)
    parts = tuple(
        terms(bound, areas, evaluation.year, leaves, lag=lag, among=among, partial=partial)
        for lag, leaves in together.items()
    )
    other = evaluation.elsewhere()
    read_columns = {position for part in parts for position in part.columns}
    collected = {
        position for position, leaf in enumerate(bound.plan.leaves) if leaf.fold is Fold.COLLECT
    }
    if collected & read_columns and (collected - read_columns or len(parts) > 1):
        raise CannotRunError("members of more than one place, or year, are read one by one")
    values = _elsewhere(bound, other)
    calls = {call: _prepared(bound, call, parts, values) for call in calls_of(bound.expression)}
    return Program(bound, parts, other, partial, calls)


def _elsewhere(bound: Bound, other: Together) -> dict[int, "Exact | Collected"]:
    positions = [position for position, leaf in enumerate(bound.plan.leaves) if leaf.place != SELF]
    return dict(zip(positions, other.values_at(positions), strict=True))


def _prepared(
    bound: Bound,
    call: Call,
    parts: Sequence[Terms],
    elsewhere: Mapping[int, "Exact | Collected"],
) -> PreparedCall:
    if not reads(call, {position for part in parts for position in part.columns}):
        values = [elsewhere.get(position, 0) for position in range(len(bound.leaves))]
        return PreparedCall(None, constant=float(calculate(call, values)))
    rule = call.pooled
    if rule is None:
        raise CannotRunError(f"{call.name!r} is a function of the members")
    enters, columns = parts[0].enters, parts[0].columns
    figures = {name: np.zeros(len(enters)) for name, _ in call.needs}
    undefined = np.zeros(len(enters), bool)
    for row in np.flatnonzero(enters):
        values = [
            columns[position].exact[row] if position in columns else elsewhere[position]
            for position in range(len(bound.leaves))
        ]
        try:
            for name, need in call.needs:
                figures[name][row] = float(calculate(need, values))
        except Undefined:
            undefined[row] = True
    return PreparedCall(rule, figures, undefined if undefined.any() else None)
