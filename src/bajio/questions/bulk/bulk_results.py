"""Results in bulk: arrays with an entry a region, and what says how far each can be trusted."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from attrs import field, fields, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, UnknownCode
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.reported import Dated, Reported
from bajio.questions.results import Missed, Result, SourceUse
from bajio.units import Unit

if TYPE_CHECKING:
    from bajio.engines.array import Bools, Bytes, Floats, Integers, Objects, Piece, Texts
    from bajio.questions.bulk.region_numbers import RegionNumber


class _OfArrays(Brief):
    """Arrays and texts, equal where all that is in them is, what is not a number included."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            _same(getattr(self, attribute.name), getattr(other, attribute.name))
            for attribute in fields(type(self))  # type: ignore[arg-type]  # each below is attrs
        )

    __hash__ = None  # type: ignore[assignment]  # it is compared by its content


def _same(value: Any, other: Any) -> bool:
    if isinstance(value, str):
        return bool(value == other)
    kinds = (value.dtype, value.shape) == (other.dtype, other.shape)
    return kinds and bool(value.tobytes() == other.tobytes())


@frozen(eq=False, repr=False)
class BulkCoverage(_OfArrays):
    """How much of what each region needs was there: an array each, with an entry a region.

    Attributes:
        members: the share of members that enter the number.
        weight: the share of their population; not a number where that is not known.
        periods: the share of periods that enter.
    """

    members: "Floats"
    weight: "Floats"
    periods: "Floats"


@frozen(eq=False, repr=False)
class BulkRanks(_OfArrays):
    """Where each region stands among the peers: an array each, with an entry a region.

    Attributes:
        position: 1 is best, as in `Rank`; zero where there is no rank.
        of: peers with data, and the region.
        tied: how many peers have the very same value.
        missing: how many peers have no data.
        peers: code of the peer group.
        host: what was done with a peer that contains a region.
    """

    position: "Integers"
    of: "Integers"
    tied: "Integers"
    missing: "Integers"
    peers: str
    host: str

    @property
    def best(self) -> "Integers":
        """The best position that peers without data allow."""
        return self.position

    @property
    def worst(self) -> "Integers":
        """The worst position that peers without data allow."""
        return self.position + self.missing


@frozen(eq=False, repr=False)
class BulkResult(Reported, Dated):
    """An indicator's values for many regions.

    Attributes:
        indicator: what was asked.
        period: in SDMX notation; `None` for what has none.
        memberships: the regions.
        rows: which of them, in their order.
    """

    indicator: Indicator
    period: str | None
    memberships: Memberships
    rows: range
    _number: "RegionNumber" = field(repr=False)
    _piece: "Piece" = field(repr=False)

    @classmethod
    def of(cls, number: "RegionNumber", rows: range, piece: "Piece") -> "BulkResult":
        """The values of one number, for some regions."""
        return cls(number.indicator, number.period, number.memberships, rows, number, piece)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BulkResult):
            return NotImplemented
        mine = (self.indicator, self.period, self.rows, self.memberships, self._piece)
        return mine == (other.indicator, other.period, other.rows, other.memberships, other._piece)

    __hash__ = None  # type: ignore[assignment]  # it is compared by its content

    @property
    def values(self) -> "Floats":
        """The values as floats; not a number where `refused` says why there is none."""
        return self._piece.values

    @property
    def sources(self) -> tuple[SourceUse, ...]:
        """What the numbers come from."""
        return self._number.sources()

    @property
    def defined(self) -> "Bools":
        """Whether each region has a value."""
        defined: Bools = self.refused == 0
        return defined

    @property
    def refused(self) -> "Bytes":
        """Why a region has no value, as a number of `Refusal`; zero where it has one."""
        refused: Bytes = self._piece.filled("refused")
        return refused

    @property
    def status(self) -> "Texts":
        """The weakest SDMX status of each region's figures; empty where it has no value."""
        status: Texts = self._piece.letters()
        return status

    @property
    def exact(self) -> "Objects":
        """The values as ints and Fractions; `None` where there is none.

        Raises:
            InvalidValue: they were not asked for.
        """
        if self._piece.exact is None:
            raise InvalidValue("values were accumulated as floats: ask with accumulate='exact'")
        return self._piece.exact

    @property
    def coverage(self) -> BulkCoverage:
        """How much of what each region needs was there."""
        return BulkCoverage(
            *(self._piece.filled(name) for name in ("members", "weight", "periods"))
        )

    @property
    def ranks(self) -> BulkRanks:
        """Where each region stands.

        Raises:
            InvalidValue: no ranks were asked for.
        """
        peers = self.peers
        if peers is None:
            raise InvalidValue("without peers there are no ranks: name a group, as 'un-members'")
        arrays = {name: self._piece.filled(name) for name in ("position", "of", "tied", "missing")}
        return BulkRanks(**arrays, peers=peers, host=self._number.options.host)

    @property
    def peers(self) -> str | None:
        """Code of the group that they are ranked among; `None` where they are not ranked."""
        peers = self._number.options.peers
        return None if peers is None else self._number.registry.peer_group(peers).code

    @property
    def unit(self) -> Unit:
        """The unit of the values."""
        return self.indicator.unit

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        when = "" if self.period is None else f" in {self.period}"
        refused = len(self) - int(self.defined.sum())
        but = f", {refused:,} of them refused" if refused else ""
        return f"<{self.indicator.code} of {len(self):,} regions{when}{but}>"

    def members(self, row: int) -> tuple[str, ...]:
        """Codes of a region's members."""
        return self.memberships.members(self.rows[row])

    def label(self, row: int) -> str:
        """What a region is called."""
        return self.memberships.label(self.rows[row])

    def region(self, row: int) -> Region:
        """A region by itself."""
        return self.memberships.region(self.rows[row])

    def result(self, row: int) -> Result:
        """A region's answer by the exact engine, with sources, neighbours and derivation.

        Raises:
            Unavailable: it has no value, with the reason.
        """
        answer = self._number.alone(self.region(row))
        if isinstance(answer, Missed):
            raise answer.error()
        return answer

    def reason(self, row: int) -> str:
        """Why a region has no value; empty where it has one."""
        if self.refused[row] == 0:
            return ""
        result = self._number.alone(self.region(row))
        return result.reason if isinstance(result, Missed) else ""

    def table(self) -> "dict[str, Any]":
        """Arrays by name, as a frame of any library takes them: a column each, a row a region."""
        covered = self.coverage
        columns: dict[str, Any] = {
            "region": [self.label(row) for row in range(len(self))],
            self.indicator.code: self.values,
            "coverage_members": covered.members,
            "coverage_weight": covered.weight,
            "coverage_periods": covered.periods,
            "status": self.status,
            "refused": self.refused,
        }
        if self._number.options.peers is not None:
            ranks = self.ranks
            columns |= {"position": ranks.position, "of": ranks.of}
        return columns


@frozen(repr=False)
class BulkTable(Reported):
    """A table's values for many regions: a column a key.

    Attributes:
        indicator: what was asked.
        axis: `activity` or another dimension, `member`, or `part`.
        cells: the values of each key.
        total: what they add up to, where they do.

    For the axis `member` the keys are all areas: an area that is none of a region's members has no
    value there, and `refused` says so.
    """

    indicator: Indicator
    axis: str
    cells: Mapping[str, BulkResult]
    total: BulkResult | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns."""
        return tuple(self.cells)

    @property
    def values(self) -> "Floats":
        """The values with two axes: a row a region, a column a key."""
        from bajio.engines.array import side_by_side

        values: Floats = side_by_side([cell.values for cell in self.cells.values()])
        return values

    @property
    def refused(self) -> "Bytes":
        """Why there is no value, likewise."""
        from bajio.engines.array import side_by_side

        refused: Bytes = side_by_side([cell.refused for cell in self.cells.values()])
        return refused

    @property
    def period(self) -> str | None:
        """In SDMX notation; `None` for what has none."""
        return next(iter(self.cells.values())).period

    @property
    def year(self) -> int | None:
        """The year that the period is, or lies in; `None` for what has none."""
        return next(iter(self.cells.values())).year

    @property
    def unit(self) -> Unit:
        """The unit of all values."""
        return self.indicator.unit

    def members(self, row: int) -> tuple[str, ...]:
        """Codes of a region's members."""
        return next(iter(self.cells.values())).members(row)

    def label(self, row: int) -> str:
        """What a region is called."""
        return next(iter(self.cells.values())).label(row)

    def __getitem__(self, key: str) -> BulkResult:
        if key not in self.cells:
            raise UnknownCode("key", key, self.cells)
        return self.cells[key]

    def __len__(self) -> int:
        return len(next(iter(self.cells.values())))

    def __repr__(self) -> str:
        return f"<{self.indicator.code} of {len(self):,} regions by {len(self.cells)} {self.axis}s>"


BulkAnswer = BulkResult | BulkTable


@frozen(eq=False, repr=False)
class Bulk(Reported, Mapping[str, BulkResult]):
    """Several indicators for many regions, by code.

    A table, as `contribution-gdp-growth`, is there by its code too, as a `BulkTable`; type
    checkers, which cannot tell it from a number, have it from `table`.

    Attributes:
        memberships: the regions.
        rows: which of them, in their order.
    """

    memberships: Memberships
    rows: range
    _answers: Mapping[str, BulkAnswer] = field(repr=False)

    def __getitem__(self, code: str) -> BulkResult:
        return cast("BulkResult", self._answer(code))

    def table(self, code: str) -> BulkTable:
        """The answers to an indicator that is a table.

        Raises:
            InvalidValue: the indicator is a number.
        """
        answer = self._answer(code)
        if isinstance(answer, BulkResult):
            raise InvalidValue(f"{code!r} is a single number, and no table")
        return answer

    def _answer(self, code: str) -> BulkAnswer:
        if code not in self._answers:
            raise UnknownCode("indicator", code, self._answers, "it was not asked for")
        return self._answers[code]

    def __contains__(self, code: object) -> bool:
        return code in self._answers

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def __repr__(self) -> str:
        return f"<{', '.join(self._answers)} of {len(self.rows):,} regions>"
