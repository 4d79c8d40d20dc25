"""The profile: a set of indicators for one region, each with its rank among the peers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from sys import modules
from typing import TYPE_CHECKING, Any, overload

from attrs import evolve, field, fields_dict, frozen

from bajio.arguments import as_items
from bajio.engines.outcome import Missing
from bajio.errors import BajioError, InvalidValue, Unavailable, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator
from bajio.questions.answering import period_of_timeless, try_answer
from bajio.questions.choices import AS_OF
from bajio.questions.columns import sort_key
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import Options, ask
from bajio.questions.ranking import field_of
from bajio.questions.results import Missed, Rank, Result
from bajio.questions.variants import as_asked
from bajio.registry import Registry
from bajio.rules.nodes import Table

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown
    from bajio.questions.bulk.memberships import Memberships
    from bajio.questions.bulk.settings import Settings

    Answer = Result | Breakdown
RegionLike = str | Region | Iterable[str]


@frozen(eq=False)
class Profile(Mapping[str, "Answer"]):
    """What a region is, by indicator code.

    Iteration gives the codes of what was answered; a code of what was not raises `Unavailable`
    with the reason.

    Attributes:
        region: whose profile it is.
        options: how it was asked.
        results: what was answered by a number, in the order of the indicators.
        tables: what was answered by a breakdown, likewise.
        unavailable: what was not.
    """

    region: Region
    options: Options
    results: tuple[Result, ...]
    unavailable: tuple[Missed, ...]
    registry: Registry = field(eq=False, repr=False)
    tables: "tuple[Breakdown, ...]" = ()

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

    def __getitem__(self, code: str) -> "Answer":
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
    indicators: Iterable[str | Indicator] | None = None,
    registry: Registry | None = None,
    **options: Any,
) -> Profile:
    """What a region is among its peers.

    Args:
        region: a region's code, area codes joined by `+`, a `Region`, or an iterable of codes.
        data: a dataset that is laid over what the registry has.
        indicators: codes of indicators or of sets, or indicators; the set `profile` and those of
            plugins, if not given.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as `bajio.Options` has them: year, peers, host, missing, membership, editions,
            threshold, year_tolerance, against, level.

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
    asked = known.region(region)
    chosen = useful_options(known, options)
    asked_for = as_asked(known, select(known, indicators), chosen)
    answers = [_answer(known, one, asked, chosen) for one in asked_for]
    return Profile(
        asked,
        chosen,
        tuple(one for one in answers if isinstance(one, Result)),
        tuple(one for one in answers if isinstance(one, Missed)),
        known,
        tuple(one for one in answers if not isinstance(one, Result | Missed)),
    )


def _answer(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> "Answer | Missed":
    if not isinstance(indicator.rule, Table):
        return try_answer(registry, indicator, region, options)
    from bajio.questions.breakdown import break_down

    try:
        return break_down(registry, indicator, region, options)
    except Unavailable as error:
        return Missed(indicator, error.reason, error.latest_year)
    except BajioError as error:
        return Missed(indicator, str(error))


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
    options = lasting(options)
    result = _number(evaluate(indicator, region, data, registry=registry, **options))
    if result.rank is None:
        raise _unranked(result, data, registry, options)
    return result.rank


def lasting(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options that can be read more than once, where peers are given one after another."""
    peers = options.get("peers")
    return {**options, **({"peers": tuple(peers)} if isinstance(peers, Iterator) else {})}


def _unranked(
    result: Result, data: Dataset | None, registry: Registry | None, options: Mapping[str, Any]
) -> Unavailable:
    """Why there is no rank, with the newest year that has one."""
    if not result.rank_reason:
        return Unavailable("without peers there is no rank: name a group, as 'un-members'")
    any_year = {**options, "year": None}
    newest = _number(evaluate(result.indicator, result.region, data, registry=registry, **any_year))
    return Unavailable(result.rank_reason, latest_year=newest.year if newest.rank else None)


@overload
def evaluate(
    indicator: str | Indicator, region: RegionLike, data: Dataset | None = None, **options: Any
) -> "Answer": ...


@overload
def evaluate(indicator: Any, region: Any, *data: Any, **options: Any) -> Any: ...


def evaluate(
    indicator: Any,
    region: Any,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Any,
) -> Any:
    """One indicator for one region; one or more for many regions, or over a table of your own.

    Args:
        indicator: a code or an indicator, registered or not; for many regions or a table also
            several of them; for many regions also the name of a set.
        region: as in `profile`; `Memberships`, for many; or a frame of polars, pandas, pyarrow,
            DuckDB or PySpark.
        registry: as in `profile`.
        data: a dataset that is laid over what the registry has.
        options: as in `profile`; for many regions `accumulate`, `chunk` and `progress` as well, as
            `bajio.evaluate_chunks` has them; over a table, as `bajio.PanelOptions` has them.

    Returns:
        A `Result`, or a `Breakdown` where the indicator is a table; for many regions a
        `BulkResult` or a `BulkTable`, or, of several indicators, a `Bulk` of them by code.
        Over a table of your own, a frame of the same backend, lazy where that is: the region,
        the period, and for each indicator its value, `CODE_coverage`, and in `CODE_reason` why
        there is no value.

    Raises:
        Unavailable: it has no value, with the reason. Of many regions none is raised for: each
            that is refused is said to be so.
        MissingExtra: many regions are asked about, and numpy is not installed.

    Examples:
        >>> import bajio
        >>> land = bajio.Indicator(
        ...     "land-per-person", bajio.Sum("area") / bajio.Sum("population"), "km²/person", "Land"
        ... )
        >>> bajio.evaluate(land, "bajio", year=2018).exact
        Fraction(36353, 4235346)
        >>> states = bajio.region("mexican-states").members
        >>> pairs = bajio.Memberships.combinations(states, 2)
        >>> found = bajio.evaluate("population", pairs, year=2018, peers="un-members")
        >>> found.label(0), int(found.values[0]), int(found.ranks.position[0])
        ('MX-AGU+MX-BCN', 5087437, 118)
    """
    known = registry_with(registry, data)
    if _are_many(region):
        from bajio.questions.bulk.evaluating import evaluate_many

        found = evaluate_many(*many(known, indicator, region, options))
        alone = isinstance(indicator, Indicator) or indicator in known.indicators.codes
        return next(iter(found.values())) if alone else found
    if hasattr(type(region), "columns"):  # as frames have, and no code, region or list of codes
        from bajio.questions.panel import PanelOptions, evaluate_panel

        return evaluate_panel(indicator, region, known, PanelOptions.of(options))
    asked, chosen = _asked(known, indicator, options)
    return _answered(known, asked, known.region(region), chosen)


def _are_many(region: object) -> bool:
    """Whether it is the memberships of many regions; their module is not imported for others."""
    module = modules.get("bajio.questions.bulk.memberships")
    return module is not None and isinstance(region, module.Memberships)


def many(
    registry: Registry, indicator: Any, regions: "Memberships", options: Mapping[str, Any]
) -> "tuple[Registry, tuple[Indicator, ...], Memberships, Options, Settings]":
    """What is asked of many regions, checked."""
    from bajio.questions.bulk.settings import taken_from

    settings, others = taken_from(options)
    chosen = useful_options(registry, others)
    given = [indicator] if isinstance(indicator, Indicator) else indicator
    return registry, as_asked(registry, select(registry, given), chosen), regions, chosen, settings


def _asked(
    registry: Registry, indicator: str | Indicator, options: Mapping[str, Any]
) -> tuple[Indicator, Options]:
    """An indicator as the options ask for it, and the options."""
    if not isinstance(indicator, str | Indicator):
        raise InvalidValue("one region is asked for several indicators by profile(indicators=...)")
    chosen = useful_options(registry, options)
    found = registry.indicator(indicator)
    return as_asked(registry, [found], chosen)[0], chosen


def _answered(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> "Answer":
    answer = _answer(registry, indicator, region, options)
    if isinstance(answer, Missed):
        raise answer.error()
    return answer


def _number(answer: "Answer") -> Result:
    if isinstance(answer, Result):
        return answer
    raise InvalidValue(f"{answer.indicator.code!r} is a table: it has no rank")


def registry_with(registry: Registry | None, data: Dataset | None) -> Registry:
    """The registry that is asked, or the default one, with a dataset laid over what it has."""
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
    known = registry_with(registry, data)
    asked, chosen = _asked(known, indicator, options)
    place = known.region(region)
    result = _number(_answered(known, asked, place, chosen))
    if result.rank is None:
        raise _unranked(result, None, known, options)
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
    chosen = evolve(chosen, peers=peers_asked(registry, chosen.peers))
    if isinstance(chosen.against, Region):
        chosen = evolve(chosen, against=_named(registry, chosen.against, chosen.membership))
    for measure, edition in chosen.editions:
        registry.dataset.measure(measure)
        registry.dataset.newest(measure, edition)
    return chosen


def peers_asked(registry: Registry, given: Any) -> str | PeerGroup | None:
    """The peers that an option names: the code of a group, or a group made of them.

    Raises:
        BajioError: they name no group.
    """
    if given is None:
        return None
    group = registry.peer_group(given)
    return given if isinstance(given, str) else group


def useful_options(registry: Registry, options: Mapping[str, Any]) -> Options:
    """Options from keyword arguments, each of which can change the answer.

    Raises:
        InvalidValue: one that means nothing beside the others.
        UnknownCode: as `checked_options`.
    """
    chosen = checked_options(registry, options)
    if chosen.peers is None:
        ranking = {"host": chosen.host != "keep", "year_tolerance": chosen.year_tolerance != 0}
        for name in (name for name, given in ranking.items() if given):
            raise InvalidValue(f"{name}= says how to rank, and peers=None not to: leave one out")
    if chosen.threshold and chosen.missing != Missing.PARTIAL:
        raise InvalidValue("threshold= goes with missing='partial' only")
    return chosen


def unranked_options(registry: Registry, options: Mapping[str, Any]) -> Options:
    """The options of a question that ranks nothing.

    Raises:
        InvalidValue, UnknownCode: as `useful_options`; or a group to rank among is given.
    """
    if options.get("peers") is not None:
        raise InvalidValue("peers= names whom to rank among, and this ranks nothing: leave it out")
    return useful_options(registry, {**options, "peers": None})


def _named(registry: Registry, region: Region, membership: str) -> str:
    """A region as rules name it: by its code where that is known, else by its areas'.

    Raises:
        InvalidValue: its areas are not all that it is, since it has years of joining and leaving.
    """
    found = registry.region(region)
    try:
        known = registry.region(found.code) == found
    except BajioError:
        known = False
    places = Compositions(registry, membership)
    if not known and places.is_dated(found):
        raise InvalidValue(
            f"against={str(found)!r} has years of joining and leaving: give the code of a region "
            "that is registered, or one without years, as region.at(2018)"
        )
    return found.code if known else "+".join(places.members(found, None))


def select(
    registry: Registry, indicators: Iterable[str | Indicator] | None
) -> tuple[Indicator, ...]:
    """The indicators that are asked for, a set's by its name; the usual ones if none is named."""
    if indicators is None:
        indicators = registry.shown_by_default()
    if isinstance(indicators, str):
        indicators = [indicators]
    chosen: list[Indicator] = []
    for one in as_items(indicators, "indicators"):
        if not isinstance(one, str) or one in registry.indicators:
            chosen.append(registry.indicator(one))
        elif one in registry.indicator_sets:
            chosen += map(registry.indicator, registry.indicator_sets[one].members)
        else:
            chosen.append(registry.indicator(one))
    return tuple(dict.fromkeys(chosen))
