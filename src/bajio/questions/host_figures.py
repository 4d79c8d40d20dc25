"""The host of a region: its own figure, or that of all its parts, or why there is neither.

A host's figure comes from where the region's own do. What its source publishes for it goes first;
else it is all its parts together, as long as they can be all of it: they are not where another
source publishes a total that is far from theirs. Figures of a user's are held against a host's
only where that is of the user's figures too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from bajio.engines.bound_plan import Bound, MembersAt
from bajio.engines.evaluation import Evaluation, sums_of
from bajio.engines.outcome import Outcome
from bajio.engines.seams import mixed
from bajio.errors import BajioError, Unavailable, some
from bajio.facts.measures import Kind
from bajio.facts.observations import Exact
from bajio.registry import Registry
from bajio.rules.plan import HOST, PARTS, SELF

PUBLISHED, PARTS_SUMMED = "published", "sum-of-parts"
#: The sum of parts is no host where it is under or over these multiples of a published total.
_FAR = Fraction(3, 4), Fraction(4, 3)


@frozen(eq=False, repr=False)
class HostFigure:
    """A host's figure to hold a region's against.

    Attributes:
        outcome: what it is; `None` where there is none.
        basis: `published` or `sum-of-parts`.
        reason: why there is none, or why it is none to hold a region's against.
        gap: how far the sum of parts is from what another source publishes, as a fraction of that.
    """

    outcome: Outcome | None
    basis: str = ""
    reason: str = ""
    gap: Fraction | None = None


@frozen(eq=False, repr=False)
class Hosting:
    """Composes the host of a question.

    Attributes:
        registry, bound: the rule, bound to the region's series.
        host: the country's code.
        kind: that of the region's members, if they are of one.
        elsewhere: gives the rule bound to what answers for the host by itself.
    """

    registry: Registry
    bound: Bound
    host: str
    kind: str | None
    elsewhere: Callable[[], Bound]

    def figure(
        self, year: int, members: Sequence[str], other: MembersAt, key: tuple[object, ...]
    ) -> HostFigure:
        """The host's figure in a year.

        Args:
            year: the period.
            members: codes of the region's own.
            other: gives the members of places but the region, its host and its parts.
            key: tells questions apart whose hosts have figures of their own.
        """
        lacking = ""
        for basis, codes in self._ways(year):
            way = ("host", *key, self.host, codes, basis, year)
            host_figure: HostFigure | None = self.registry.kept.get(way)
            if host_figure is None:  # it is the same for all regions of the host
                host_figure = self.registry.kept[way] = self._way(basis, codes, year, other)
            reason = host_figure.reason
            if not reason and self.bound.is_laid_over:
                reason = self._unlike(basis, codes, members, year)
            if not reason and host_figure.outcome is not None:
                return host_figure
            lacking = (
                host_figure.reason
                if host_figure.outcome and host_figure.reason
                else lacking or reason
            )
        _, bare = self._parts(year)
        if bare:
            lacking = f"{lacking}, and {bare}" if lacking else bare
        return HostFigure(None, reason=lacking or "its parts differ in kind")

    def members(self, year: int, members: Sequence[str]) -> tuple[str, ...]:
        """The areas whose figures are the host's, in a rule that compares with it.

        Raises:
            Unavailable: there is nothing to compare with, with the reason.
        """
        leaves = [
            position for position, leaf in enumerate(self.bound.plan.leaves) if leaf.place == HOST
        ]
        first = None
        for basis, codes in self._ways(year):
            sums = sums_of(self.bound, codes, year, leaves)
            if sums is None:
                continue
            reason, _ = self._far(sums, year, leaves) if basis == PARTS_SUMMED else ("", None)
            if not reason and self.bound.is_laid_over:
                reason = self._unlike(basis, codes, members, year)
            if not reason:
                return codes
            first = first or reason
        if first:
            raise Unavailable(f"{self.host} is nothing to compare with: {first}")
        return (self.host,)

    def _ways(self, year: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What can be the host: itself, then all its parts of the members' kind."""
        if not self.bound.plan.collects:
            yield PUBLISHED, (self.host,)
        parts, _ = self._parts(year)
        if parts:
            yield PARTS_SUMMED, parts

    def _parts(self, year: int) -> tuple[tuple[str, ...], str]:
        """Codes of all areas in it that are of the members' kind; or why these are not all of it.

        None where the members differ in kind.
        """
        if self.kind is None:
            return (), ""
        without = self.bound.without(self.host, self.kind, year)
        if without:
            return (), bare(without, self.kind)
        return self.bound.parts(self.host, self.kind, year), ""

    def _way(self, basis: str, codes: tuple[str, ...], year: int, other: MembersAt) -> HostFigure:
        if basis == PUBLISHED and not self.bound.has(self.host):
            return HostFigure(None, basis, "no figure of its own")
        try:
            evaluation = Evaluation(
                self.bound,
                lambda place, lag: codes if place in {SELF, HOST, PARTS} else other(place, lag),
                year,
            )
            outcome = evaluation.outcome()
        except BajioError as error:
            return HostFigure(None, basis, str(error))
        if basis == PUBLISHED:
            return HostFigure(None if outcome.rolled_up else outcome, basis)  # see the parts
        leaves = [
            position for position, leaf in enumerate(self.bound.plan.leaves) if leaf.place == SELF
        ]
        reason, gap = self._far(evaluation.sums(), year, leaves)
        return HostFigure(outcome, basis, reason, gap)

    def _unlike(self, basis: str, codes: Sequence[str], members: Sequence[str], year: int) -> str:
        """Why a host's figures and the members' own are not of one kind; empty where they are."""
        if basis == PUBLISHED:
            measure = mixed(self.bound, year, members, codes)
            return f"own {measure!r} of its parts, not its own" if measure else ""
        measure = mixed(self.bound, year, codes, codes)
        return f"own {measure!r} of some of its parts, not of all" if measure else ""

    def _far(
        self, sums: Mapping[int, Exact], year: int, leaves: Sequence[int]
    ) -> tuple[str, Fraction | None]:
        """Why parts are not the whole, as far as another source tells; else how far they are.

        Args:
            sums: what the parts come to together, by leaf.
            year: the period.
            leaves: positions of the leaves that are theirs.
        """
        try:
            bound = self.elsewhere()
        except BajioError:
            return "", None
        if not bound.has(self.host):
            return "", None
        gap = None
        for position in leaves:
            if bound.leaves[position].unit != self.bound.leaves[position].unit:
                continue
            columns = bound.leaves[position].columns
            if len(columns) != 1 or columns[0].measure.kind is not Kind.EXTENSIVE:
                continue
            column = columns[0]
            alone = sums_of(bound, (self.host,), year, [position])
            whole = None if alone is None else alone.get(position)
            parts = sums.get(position)
            if not whole or parts is None:
                continue
            share = Fraction(parts) / whole
            if not _FAR[0] <= share <= _FAR[1]:
                source = self.registry.dataset.sources[column.series.source]
                what = f"the {column.measure.code!r} that {source} gives it"
                return f"its known parts add up to {float(share) * 100:.0f} % of {what}", None
            gap = share - 1 if gap is None else gap
        return "", gap


def bare(codes: Sequence[str], kind: str) -> str:
    """That areas have no parts of a kind."""
    has = "has" if len(codes) == 1 else "have"
    return f"{some(codes, 4)} {has} no areas of the kind {kind!r}"
