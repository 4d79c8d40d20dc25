"""The profile: a set of indicators for one region, each with its rank among the peers."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Unpack, cast

from attrs import field, frozen

from bajio.errors import InvalidValue, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.indicator import IndicatorSet
from bajio.questions.asking import IndicatorsLike, registry_with, select_with_sets, useful_options
from bajio.questions.choices import AS_OF, Asked, Options, RegionLike
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single import try_table
from bajio.questions.single_answer import try_answer
from bajio.questions.variants import as_asked
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown
    from bajio.questions.single import Answer


@frozen(eq=False, repr=False)
class Profile(Reported, Mapping[str, Result]):
    """What a region is, by indicator code.

    Iteration gives the codes of what was answered; a code of what was not raises `Unavailable`
    with the reason. A table, as `activity-shares`, is there by its code too, as a `Breakdown`;
    type checkers, which cannot tell it from a number, have it from `table`.

    Attributes:
        region: whose profile it is.
        options: how it was asked.
        results: what was answered by a number, in the order of the indicators.
        tables: what was answered by a breakdown, likewise.
        unavailable: what was not.
        grouped: the sets that were asked for whose indicators stand under headings.
    """

    region: Region
    options: Options
    results: tuple[Result, ...]
    unavailable: tuple[Missed, ...]
    registry: Registry = field(eq=False, repr=False)
    tables: "tuple[Breakdown, ...]" = ()
    grouped: tuple[IndicatorSet, ...] = ()

    @property
    def composition(self) -> tuple[str, ...]:
        """Codes of the region's members: of the year asked for, where they are to be those."""
        year = self.options.year
        if year is not None and self.options.membership == AS_OF:
            return self.region.members_in(year)
        return self.region.members

    @property
    def answers(self) -> "tuple[Answer, ...]":
        """Results and tables."""
        return (*self.results, *self.tables)

    def __getitem__(self, code: str) -> Result:
        return cast("Result", self._answer(code))

    def table(self, code: str) -> "Breakdown":
        """The answer to an indicator that is a table.

        Raises:
            Unavailable: it has no value at all, with the reason.
            InvalidValue: the indicator is a number.
        """
        answer = self._answer(code)
        if isinstance(answer, Result):
            raise InvalidValue(f"{code!r} is a single number, and no table")
        return answer

    def _answer(self, code: str) -> "Answer":
        for answer in self.answers:
            if answer.indicator.code == code:
                return answer
        for missed in self.unavailable:
            if missed.indicator.code == code:
                raise missed.error()
        asked = [answer.indicator.code for answer in self.answers]
        raise UnknownCode("indicator", code, asked, "it was not asked for")

    def __contains__(self, code: object) -> bool:
        return any(answer.indicator.code == code for answer in self.answers)

    def __iter__(self) -> Iterator[str]:
        return (answer.indicator.code for answer in self.answers)

    def __len__(self) -> int:
        return len(self.answers)


def profile(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    indicators: IndicatorsLike | None = None,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Profile:
    """What a region is among its peers.

    Args:
        region: a region's code or name, those of areas joined by `+`, a `Region`, or an iterable of
            codes or names.
        data: a dataset that is laid over what the registry has.
        indicators: codes of indicators or of sets, or indicators; the set `profile` and those of
            plugins, if not given.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as `bajio.Options` has them: year or period, peers, host, missing, membership,
            editions, threshold, year_tolerance, against, level.

    Returns:
        Results by indicator code, with what could not be answered and why.

    Raises:
        BajioError: an unknown code, an empty or overlapping region, a wrong option.

    Examples:
        >>> import bajio
        >>> p = bajio.profile("bajio", year=2018)
        >>> p["population"].value, str(p["population"].rank)
        (12706038, '74 of 194')
        >>> round(p["gdp"].value / 1e9, 2), p["gdp"].rank.above, p["gdp"].rank.below
        (136.04, ('KWT',), ('UKR',))
    """
    known = registry_with(registry, data)
    chosen = useful_options(known, options)
    selected, sets = select_with_sets(known, indicators)
    place = known.region(region)
    answers = [
        (try_table if indicator.rule.is_table else try_answer)(known, indicator, place, chosen)
        for indicator in as_asked(known, selected, chosen)
    ]
    return Profile(
        place,
        chosen,
        tuple(answer for answer in answers if isinstance(answer, Result)),
        tuple(answer for answer in answers if isinstance(answer, Missed)),
        known,
        tuple(answer for answer in answers if not isinstance(answer, Result | Missed)),
        tuple(indicator_set for indicator_set in sets if indicator_set.groups),
    )
