"""Comparing regions, and following one over years, quarters or months."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

from attrs import field, frozen

from bajio.arguments import as_items
from bajio.errors import InvalidValue
from bajio.facts.dataset import Dataset
from bajio.facts.periods import Frequency, Period, as_frequency, as_periods, as_year, seasons
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import (
    IndicatorLike,
    IndicatorsLike,
    asking,
    registry_with,
    select,
    useful_options,
)
from bajio.questions.choices import (
    Asked,
    AskedOverYears,
    FrequencyWord,
    PeriodLike,
    RegionLike,
)
from bajio.questions.profile import Profile, profile
from bajio.questions.question import Question, ask
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.questions.years import refusal, usable_years
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.questions.single import Answer


@frozen(repr=False)
class Comparison(Reported):
    """Profiles of several regions, indicator by indicator.

    Attributes:
        profiles: one a region, in the order in which they were named.
    """

    profiles: tuple[Profile, ...]

    def rows(self) -> "Iterator[tuple[Indicator, tuple[Answer | Missed, ...]]]":
        """Each indicator with its answer for each region.

        Examples:
            >>> import bajio
            >>> both = bajio.compare(["bajio", "sur-sureste"], year=2022, indicators=["gdp-growth"])
            >>> [[round(answer.value, 4) for answer in answers] for _, answers in both.rows()]
            [[0.0214, 0.0463]]
        """
        answers = [{**_by_code(one.answers), **_by_code(one.unavailable)} for one in self.profiles]
        for code in answers[0]:
            row = tuple(by_code[code] for by_code in answers)
            yield row[0].indicator, row


def _by_code(answers: "Iterable[Answer | Missed]") -> "dict[str, Answer | Missed]":
    return {answer.indicator.code: answer for answer in answers}


def compare(
    regions: Iterable[RegionLike],
    data: Dataset | None = None,
    *,
    indicators: IndicatorsLike | None = None,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Comparison:
    """The profiles of several regions side by side.

    Args:
        regions: two or more, each as in `profile`; overlaps between them are allowed.
        data, indicators, registry, options: as in `profile`.

    Raises:
        InvalidValue: fewer than two regions.
    """
    asked = as_items(regions, "regions")
    if len(asked) < 2:
        raise InvalidValue("a comparison needs two regions or more")
    known = registry_with(registry, data)
    chosen = useful_options(known, options).arguments()
    selected = select(known, indicators)
    places = [known.region(region) for region in asked]
    return Comparison(
        tuple(profile(place, indicators=selected, registry=known, **chosen) for place in places)
    )


@frozen(repr=False)
class Timeline(Reported):
    """An indicator of a region over years, quarters or months.

    Attributes:
        indicator, region: what was asked.
        results: a result a period, oldest first.
        unavailable: periods without one, in SDMX notation, and why.
        registry: what is known.
    """

    indicator: Indicator
    region: Region
    results: tuple[Result, ...]
    unavailable: tuple[tuple[str, Missed], ...]
    registry: Registry = field(eq=False, repr=False)


def series(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    years: Iterable[int] | None = None,
    periods: str | Iterable[PeriodLike] | None = None,
    frequency: FrequencyWord | None = None,
    registry: Registry | None = None,
    **options: Unpack[AskedOverYears],
) -> Timeline:
    """An indicator of a region over years, quarters or months.

    Args:
        region, indicator, data, registry, options: as in `evaluate`; without peers, if none given.
        years: the years; all that are complete, if not given.
        periods: or the periods: a span, as `2018-01..2019-02`, or a list of one frequency.
        frequency: `quarterly` or `monthly`: all quarters, or months, of the years; of all that
            are complete, if none are given.

    Raises:
        InvalidValue: the indicator has no years, or a year is given as well.

    Examples:
        >>> import bajio
        >>> growth = bajio.series("bajio", "gdp-growth", years=range(2017, 2020))
        >>> [(result.year, round(result.value, 4)) for result in growth.results]
        [(2017, 0.0434), (2018, 0.022), (2019, -0.0175)]
    """
    with_peers = {"peers": None, **options}
    known, chosen, asked, base = asking(region, indicator, data, registry, with_peers)
    if chosen.rule.is_table:
        raise InvalidValue(f"{chosen.code!r} is a table: ask for it year by year")
    if base.period is not None:
        raise InvalidValue("a series has years: pass years= or periods=, not year= or period=")
    question = ask(known, chosen, asked, base)
    if question.bound.is_timeless:
        raise InvalidValue(f"{chosen.code!r} has no years: it is the same in all")
    results: list[Result] = []
    missed: list[tuple[str, Missed]] = []
    for period in _asked_periods(question, years, periods, frequency):
        answer = try_answer(known, chosen, asked, base.at(period))
        if isinstance(answer, Result):
            results.append(answer)
        else:
            missed.append((str(period), answer))
    return Timeline(chosen, asked, tuple(results), tuple(missed), known)


def _asked_periods(
    question: Question,
    years: Iterable[int] | None,
    periods: str | Iterable[PeriodLike] | None,
    frequency: FrequencyWord | None,
) -> Sequence[Period]:
    """The periods of a series, oldest first: those that are asked for, or all complete ones.

    Raises:
        InvalidValue: they are given twice.
        Unavailable: none is complete.
    """
    if periods is not None:
        if years is not None or frequency is not None:
            raise InvalidValue("periods= says which: leave out years= and frequency=")
        return as_periods(periods)
    parts = seasons(Frequency.ANNUAL if frequency is None else as_frequency(frequency))
    if years is not None:
        every = {as_year(year) for year in as_items(years, "years")}
        return sorted(season.of(year) for year in every for season in parts)
    complete = [
        season.of(year) for season in parts for year in usable_years(question.in_season(season))
    ]
    if not complete:
        raise refusal(question.in_season(parts[-1]))
    return sorted(complete)
