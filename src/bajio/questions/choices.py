"""What the options of a question can be: as keyword arguments, and each checked as it is given."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, Self, TypedDict, cast

from attrs import field, fields_dict, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_items, as_text, as_texts, as_texts_by_name, as_word
from bajio.brief import Brief
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, shown
from bajio.facts.periods import WHOLE, Period, Season, as_period, as_year
from bajio.facts.regions import PeerGroup, Region

PeriodLike = str | int | Period
FrequencyWord = Literal["annual", "quarterly", "monthly"]
RegionLike = str | Region | Iterable[str]
PeersLike = str | PeerGroup | Region | Iterable[str | Region] | None
HostPolicy = Literal["keep", "drop", "remainder"]
MissingPolicy = Literal["refuse", "partial", "bound"]
MembershipPolicy = Literal["newest", "as-of"]
EditionsLike = Mapping[str, str] | Iterable[tuple[str, str]]
_NO_SHARE = Fraction(0)
HOST_POLICIES = ("keep", "drop", "remainder")
NEWEST, AS_OF = MEMBERSHIPS = ("newest", "as-of")


def host_policy(text: str) -> HostPolicy:
    """One of the policies for a peer that contains the region."""
    return cast("HostPolicy", as_word(text, HOST_POLICIES, "host policy"))


def membership(text: str) -> MembershipPolicy:
    """One of the ways to take members in the past."""
    return cast("MembershipPolicy", as_word(text, MEMBERSHIPS, "membership"))


def missing(text: str) -> str:
    """One of the policies for missing data."""
    return as_word(text, Missing, "policy for missing data")


def editions(
    values: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Editions by measure, as sorted pairs."""
    return as_texts_by_name(values, "editions")


def threshold(value: Fraction | float) -> Fraction:
    """A share between 0 and 1."""
    share = exact_number(value)
    if not 0 <= share <= 1:
        raise InvalidValue(f"a threshold of {shown(value)}: it is a share between 0 and 1")
    return share


def tolerance(value: int) -> int:
    """A number of years."""
    if type(value) is not int or not 0 <= value <= 100:
        raise InvalidValue(f"a tolerance of {shown(value)} years: give a whole number from 0 on")
    return value


def category(text: str) -> str:
    """The code of a category."""
    if not as_text(text, "a level"):
        raise InvalidValue("the level is empty: give the code of a category, as '31-33'")
    return text


def whom(value: PeersLike) -> Any:
    """Whom to rank among, as a value: of a list, what is in it; what each is, the registry says."""
    if value is None or isinstance(value, str | PeerGroup | Region):
        return value
    return tuple(as_items(value, "peers"))


def place(value: str | Region | Iterable[str]) -> Any:
    """A region: its code, or the codes of its members joined by `+`, or the region itself."""
    return value if isinstance(value, str | Region) else "+".join(as_texts(value, "areas"))


@frozen(repr=False)
class Options(Brief):
    """How a question is to be answered.

    Attributes:
        year: the year that is asked for, or that the period lies in; `None`: the newest that has
            data.
        peers: code of the peer group, or the group itself; `None`: no ranking.
        host: `keep`, `drop` or `remainder`, for a peer that contains the region.
        missing: `refuse`, `partial` or `bound`.
        membership: `newest` composition for all periods, or that `as-of` each.
        editions: editions by measure, where not the newest.
        threshold: the least share of the members' population that `partial` accepts; of members,
            where that is not known.
        year_tolerance: how many years from the period a peer's figure may be; such are marked.
        against: a region in the host's stead in what is compared with it, as location quotients.
        level: the category whose parts stand in for the leaves of a classification.
        period: a year, quarter or month, as `2018`, `2018-Q3` or `2019-02`; `year` is the short
            way to a year.
        season: the part of a year that the period is, whatever the year.

    Raises:
        InvalidValue: the year is not that of the period, or an option has no such value.

    Examples:
        >>> Options(period="2019-02").year, Options(year=2018) == Options(period="2018")
        (2019, True)
    """

    year: int | None = None
    peers: str | PeerGroup | None = "un-members"
    host: HostPolicy = "keep"
    missing: str = "refuse"
    membership: MembershipPolicy = "newest"
    editions: tuple[tuple[str, str], ...] = ()
    threshold: Fraction = _NO_SHARE
    year_tolerance: int = 0
    against: str | None = None
    level: str | None = None
    period: Period | None = field(default=None, eq=False)
    season: Season = field(init=False, default=WHOLE, repr=False)

    def __init__(  # noqa: PLR0913, PLR0917  # an option each
        self,
        year: int | None = None,
        peers: PeersLike = "un-members",
        host: str = "keep",
        missing: str = "refuse",
        membership: str = "newest",
        editions: EditionsLike = (),
        threshold: Fraction | float = _NO_SHARE,
        year_tolerance: int = 0,
        against: RegionLike | None = None,
        level: str | None = None,
        period: PeriodLike | None = None,
    ) -> None:
        given = (year, peers, host, missing, membership, editions, threshold, year_tolerance)
        chosen: dict[str, Any] = {}
        for name, value in zip(_USUAL, (*given, against, level, period), strict=True):
            check = None if value is _USUAL[name] else _CHECKS.get(name)
            chosen[name] = value if check is None else check(value)
        of, read = chosen["year"], chosen["period"]
        if read is None and of is not None:
            read = WHOLE.of(of)
        if read is not None and of not in {None, read.year}:
            raise InvalidValue(
                f"year={of} and period={str(read)!r} are not one: leave one of them out"
            )
        if read is not None:
            chosen |= {"period": read, "year": read.year, "season": read.season}
        for name in _NAMES:  # a frozen object is filled as attrs itself does
            object.__setattr__(self, name, chosen.get(name, WHOLE))

    def but(self, **changes: Any) -> Self:
        """The same with other values, which are right already and are not checked again.

        Another year is of the same season.

        Examples:
            >>> Options(year=2018).but(year=2019) == Options(year=2019)
            True
            >>> str(Options(period="2018-02").but(year=2019).period)
            '2019-02'
        """
        if "year" in changes:
            year, season = changes["year"], changes.get("season", self.season)
            changes["period"] = None if year is None else season.of(year)
        other = object.__new__(type(self))
        for name in _NAMES:  # a frozen object is filled as attrs itself does
            object.__setattr__(other, name, changes.pop(name, getattr(self, name)))
        assert not changes
        return other

    def arguments(self) -> dict[str, Any]:
        """The same as the keyword arguments of a question."""
        return {name: getattr(self, name) for name in _USUAL}

    def of_year(self) -> Self:
        """The same of the whole year that the period lies in."""
        return self.but(year=self.year, season=WHOLE)

    def at(self, period: Period) -> Self:
        """The same in another period."""
        return self.but(year=period.year, season=period.season)


_NAMES = tuple(fields_dict(Options))
#: What is right as it is, where nothing else is given.
_USUAL = {name: one.default for name, one in fields_dict(Options).items() if one.init}
#: What each option can be.
_CHECKS: dict[str, Callable[[Any], Any]] = {
    "year": as_year,
    "peers": whom,
    "host": host_policy,
    "missing": missing,
    "membership": membership,
    "editions": editions,
    "threshold": threshold,
    "year_tolerance": tolerance,
    "against": place,
    "level": category,
    "period": as_period,
}


class _Reading(TypedDict, total=False):
    """Whose figures a question reads, and what it does where some are missing."""

    missing: MissingPolicy
    membership: MembershipPolicy
    editions: EditionsLike
    threshold: Fraction | float
    against: RegionLike | None
    level: str | None


class AskedOverYears(_Reading, total=False):
    """The options of a question about several years, in its keyword arguments."""

    peers: PeersLike
    host: HostPolicy
    year_tolerance: int


class Asked(AskedOverYears, total=False):
    """The options of most questions, in their keyword arguments, as `Options` has them."""

    year: int | None
    period: PeriodLike | None


class Unranked(_Reading, total=False):
    """The options of a question that ranks nothing, in its keyword arguments."""

    year: int | None
    period: PeriodLike | None


class Audited(TypedDict, total=False):
    """The options of an audit, in its keyword arguments."""

    host: HostPolicy
    missing: MissingPolicy
    threshold: Fraction | float
    membership: MembershipPolicy
    editions: EditionsLike
