"""The profile: a set of indicators for one region, each with its rank among the peers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, fields_dict, frozen

from bajio.engines.outcome import Outcome
from bajio.errors import BajioError, Unavailable, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.evaluation import Options, Question, ask, source_uses
from bajio.questions.ranking import choose_year, field_of, rank_outcome, sort_key
from bajio.questions.results import Rank, Result
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.questions.explanation import Explanation

RegionLike = str | Region | Iterable[str]


@frozen
class Missed:
    """An indicator that could not be answered, and why.

    Attributes:
        indicator: what was asked.
        reason: why there is no number.
        latest_year: the newest year that has one.
    """

    indicator: Indicator
    reason: str
    latest_year: int | None = None

    def error(self) -> Unavailable:
        """The same as an exception."""
        return Unavailable(self.reason, latest_year=self.latest_year)


@frozen(eq=False)
class Profile(Mapping[str, Result]):
    """What a region is, by indicator code.

    Iteration gives the codes of what was answered; a code of what was not raises `Unavailable`
    with the reason.

    Attributes:
        region: whose profile it is.
        options: how it was asked.
        results: what was answered, in the order of the indicators.
        unavailable: what was not.
    """

    region: Region
    options: Options
    results: tuple[Result, ...]
    unavailable: tuple[Missed, ...]
    registry: Registry = field(repr=False)

    def __getitem__(self, code: str) -> Result:
        for result in self.results:
            if result.indicator.code == code:
                return result
        for missed in self.unavailable:
            if missed.indicator.code == code:
                raise missed.error()
        asked = [result.indicator.code for result in self.results]
        raise UnknownCode("indicator", code, asked, "it was not asked for")

    def __contains__(self, code: object) -> bool:
        return any(result.indicator.code == code for result in self.results)

    def __iter__(self) -> Iterator[str]:
        return (result.indicator.code for result in self.results)

    def __len__(self) -> int:
        return len(self.results)


def profile(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    indicators: Iterable[str | Indicator] | None = None,
    registry: Registry | None = None,
    **options: Any,
) -> Profile:
    """What a region is among its peers.

    Args:
        region: a region's code, area codes joined by `+`, a `Region`, or an iterable of codes.
        data: a dataset that is laid over what the registry has.
        indicators: codes or indicators; all that are registered, if not given.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as `bajio.Options` has them: year, peers, host, missing, membership, editions,
            threshold.

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
    known = _registry(registry, data)
    asked = known.region(region)
    chosen = checked_options(known, options)
    results: list[Result] = []
    missed: list[Missed] = []
    for indicator in select(known, indicators):
        answer = try_answer(known, indicator, asked, chosen)
        if isinstance(answer, Result):
            results.append(answer)
        else:
            missed.append(answer)
    return Profile(asked, chosen, tuple(results), tuple(missed), known)


def rank(
    region: RegionLike,
    indicator: str | Indicator,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Any,
) -> Rank:
    """Where a region stands among its peers by one indicator.

    Args:
        region, indicator, data, registry, options: as in `evaluate`.

    Raises:
        Unavailable: it has no value, or no peer has one, with the reason.

    Examples:
        >>> import bajio
        >>> print(bajio.rank("bajio", "population", year=2018, peers="latin-america"))
        10 of 43
    """
    result = evaluate(indicator, region, data, registry=registry, **options)
    if result.rank is None:
        raise Unavailable(result.rank_reason)
    return result.rank


def evaluate(
    indicator: str | Indicator,
    region: RegionLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Any,
) -> Result:
    """One indicator for one region.

    Args:
        indicator: a code or an indicator, registered or not.
        region, registry, options: as in `profile`.
        data: a dataset that is laid over what the registry has.

    Raises:
        Unavailable: it has no value, with the reason.

    Examples:
        >>> import bajio
        >>> land = bajio.Indicator(
        ...     "land-per-person", bajio.Sum("area") / bajio.Sum("population"), "km²/person", "Land"
        ... )
        >>> bajio.evaluate(land, "bajio", year=2018).exact
        Fraction(36353, 4235346)
    """
    known = _registry(registry, data)
    asked = indicator if isinstance(indicator, Indicator) else known.indicator(indicator)
    answer = try_answer(known, asked, known.region(region), checked_options(known, options))
    if isinstance(answer, Result):
        return answer
    raise answer.error()


def _registry(registry: Registry | None, data: Dataset | None) -> Registry:
    known = registry or Registry.default()
    return known if data is None else known.with_data(data)


@frozen
class Standing:
    """One line of a ranking.

    Attributes:
        position: in standard competition ranking.
        code: of the peer; that of the region itself in its own line.
        exact: the value.
    """

    position: int
    code: str
    exact: Exact


def standings(
    region: RegionLike,
    indicator: str | Indicator,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Any,
) -> tuple[Result, tuple[Standing, ...]]:
    """The whole ranking in which a region stands, best first.

    Args:
        region, indicator, data, registry, options: as in `evaluate`.

    Returns:
        The region's result, and a line for each peer with data and for the region.

    Raises:
        Unavailable: the region has no value, or no peer has one, with the reason.

    Examples:
        >>> import bajio
        >>> result, lines = bajio.standings("bajio", "gdp", year=2018, peers="pacific-alliance")
        >>> [(line.position, line.code) for line in lines]
        [(1, 'MEX'), (2, 'COL'), (3, 'CHL'), (4, 'PER'), (5, 'bajio')]
    """
    known = _registry(registry, data)
    asked = indicator if isinstance(indicator, Indicator) else known.indicator(indicator)
    place, chosen = known.region(region), checked_options(known, options)
    result = evaluate(asked, place, registry=known, **options)
    if result.rank is None:
        raise Unavailable(result.rank_reason)
    question = ask(known, asked, place, chosen)
    peers = field_of(question, result.year or period_of_timeless(question))
    middle = Fraction(result.low + result.high) / 2
    lines = [*peers.values.items(), (place.code, middle if result.exact is None else result.exact)]
    keyed = sorted(
        (sort_key(value, asked), code != place.code, code, value) for code, value in lines
    )
    keys = [key for key, *_ in keyed]
    return result, tuple(
        Standing(bisect_left(keys, key) + 1, code, value) for key, _, code, value in keyed
    )


def checked_options(registry: Registry, options: Mapping[str, Any]) -> Options:
    """Options from keyword arguments.

    Raises:
        UnknownCode: an option, a peer group, a measure or an edition that is not known.
        InvalidValue: a value that an option does not have.
    """
    known = fields_dict(Options)
    for name in options:
        if name not in known:
            raise UnknownCode("option", name, known)
    chosen = Options(**options)
    if chosen.peers is not None:
        registry.peer_group(chosen.peers)
    for measure, edition in chosen.editions:
        registry.dataset.measure(measure)
        registry.dataset.newest(measure, edition)
    return chosen


def select(
    registry: Registry, indicators: Iterable[str | Indicator] | None
) -> tuple[Indicator, ...]:
    """The indicators that are asked for; all that are registered where none is named."""
    if indicators is None:
        return tuple(registry.indicators.values())
    if isinstance(indicators, str):
        indicators = [indicators]
    return tuple(
        one if isinstance(one, Indicator) else registry.indicator(one) for one in indicators
    )


def try_answer(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> Result | Missed:
    """The answer to one question, or why there is none."""
    question = None
    try:
        question = ask(registry, indicator, region, options)
        return _answer(question)
    except Unavailable as error:
        latest = question.newest_year() if question else None
        return Missed(indicator, error.reason, latest if latest != options.year else None)
    except BajioError as error:
        return Missed(indicator, str(error))


def _answer(question: Question) -> Result:
    options = question.options
    year = None if question.timeless else options.year or choose_year(question)
    at = year or period_of_timeless(question)
    outcome = question.outcome(at)
    result = Result(
        question.indicator,
        question.region,
        outcome.low,
        outcome.high,
        year,
        outcome.status,
        outcome.coverage,
        host=question.host,
        sources=source_uses(question.registry, outcome.series),
        holders=outcome.holders,
        members=lambda: question.member_figures(at),
        explain=lambda result: _explanation(question, result, at),
    )
    result = _with_host(result, question, outcome, at)
    if options.peers is None:
        return result
    try:
        return evolve(result, rank=rank_outcome(question, outcome, at))
    except Unavailable as error:
        return evolve(result, rank_reason=error.reason)


def _explanation(question: Question, result: Result, year: int) -> "Explanation":
    from bajio.questions.explanation import explain

    return explain(question, result, year)


def period_of_timeless(question: Question) -> int:
    """The year that peers and members are taken in, where the figures have none."""
    return question.options.year or question.registry.dataset.reference_year or 0


def _with_host(result: Result, question: Question, outcome: Outcome, year: int) -> Result:
    found = question.host_outcome(year)
    if found is None:
        return result
    host, basis = found
    result = evolve(result, host_value=host.low)
    if not question.bound.plan.additive or not host.low or not outcome.is_point:
        return result
    share = Fraction(outcome.low) / host.low
    return evolve(result, share_of_host=share, share_basis=basis)
