"""What a question is asked with: registry, region, indicator and options, each checked once."""

from collections.abc import Iterable, Mapping
from sys import modules
from typing import Any, NamedTuple, cast

from attrs import fields_dict

from bajio.arguments import as_items
from bajio.engines.outcome import Missing
from bajio.errors import BajioError, InvalidValue, UnknownCode, shown
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.indicator import Indicator, IndicatorSet
from bajio.questions.choices import Options, RegionLike
from bajio.questions.compositions import Compositions
from bajio.questions.variants import as_asked
from bajio.registry import Registry, known_by
from bajio.rules.rule import Rule

_ORDER = "the region comes first, then the indicator"

IndicatorLike = str | Indicator
IndicatorsLike = IndicatorLike | Iterable[IndicatorLike]


class Asking(NamedTuple):
    """What one indicator for one region is asked with."""

    registry: Registry
    indicator: Indicator
    region: Region
    options: Options


def asking(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None,
    registry: Registry | None,
    options: Mapping[str, object],
    *,
    ranks: bool = True,
) -> Asking:
    """What one indicator for one region is asked with, resolved and checked.

    Args:
        region, indicator, data, registry, options: as a user gave them.
        ranks: whether the question ranks; else it is refused to be given peers.

    Raises:
        BajioError: an unknown code, an empty or overlapping region, an option that means nothing.
    """
    known = registry_with(registry, data)
    _check_order(known, region, indicator)
    chosen = (useful_options if ranks else unranked_options)(known, options)
    asked = as_asked(known, [known.indicator(indicator)], chosen)[0]
    return Asking(known, asked, known.region(region), chosen)


def _check_order(registry: Registry, region: object, indicator: object) -> None:
    """Refuse what another function is asked, and a region in the place of an indicator.

    Raises:
        InvalidValue: several indicators or regions, a table, or what is no indicator at all.
        UnknownCode: an indicator that is a region, or a set of indicators.
    """
    for argument in (region, indicator):
        _check_one(argument)
    if isinstance(region, Indicator) or isinstance(indicator, Region):
        raise InvalidValue(_ORDER)
    if isinstance(indicator, Rule):
        raise InvalidValue(
            f"the rule {shown(str(indicator))} has neither code nor unit: give "
            "bajio.Indicator('mine', rule, 'USD', 'Mine')"
        )
    if not isinstance(indicator, str | Indicator):
        if isinstance(indicator, Iterable):
            raise InvalidValue(
                "one region is asked for several indicators by profile(indicators=...)"
            )
        raise InvalidValue(f"an indicator is a code or an Indicator, not {shown(indicator)}")
    if isinstance(indicator, Indicator) or indicator in registry.indicators:
        return
    if indicator in registry.indicator_sets:
        by_set = f"it is a set of them, for a profile: indicators={indicator!r}"
        raise UnknownCode("indicator", indicator, (), by_set)
    if isinstance(region, str) and region in registry.indicators:
        raise UnknownCode("indicator", indicator, (), f"{_ORDER}, as {indicator!r}, {region!r}")


def _check_one(value: object) -> None:
    """Refuse many regions, and a table, where one region is asked for one indicator."""
    many = modules.get("bajio.questions.bulk.memberships")  # which need not be loaded to tell
    if many is not None and isinstance(value, many.Memberships):
        raise InvalidValue("many regions are asked by bajio.evaluate_many(memberships, indicators)")
    if hasattr(type(value), "columns"):
        raise InvalidValue(
            "a table is asked by bajio.evaluate_table(frame, indicators, regions=...)"
        )


def registry_with(registry: Registry | None, data: Dataset | None) -> Registry:
    """The registry that is asked, or the default one, with a dataset laid over what it has."""
    known = known_by(registry)
    return known if data is None else known.with_data(data)


def useful_options(
    registry: Registry, options: Mapping[str, object], *, brings_peers: bool = False
) -> Options:
    """Options from keyword arguments, each of which can change the answer.

    Args:
        registry: what is known.
        options: as a user gave them.
        brings_peers: whether what is asked can have peers of its own, as claims do.

    Raises:
        UnknownCode: an option, a peer group, a measure or an edition that is not known.
        InvalidValue: a value that an option does not have, or that means nothing beside the others.
    """
    known = {name: one for name, one in fields_dict(Options).items() if one.init}
    for name in options:
        if name not in known:
            raise UnknownCode("option", name, known)
    is_given = cast("dict[str, Any]", dict(options))
    peers = is_given.pop("peers", known["peers"].default)
    if peers is not None:
        group = registry.peer_group(peers)
        peers = peers if isinstance(peers, str) else group
    chosen = Options(**is_given, peers=peers)
    for name in ("host", "year_tolerance"):
        unranked = peers is None and not brings_peers
        if unranked and getattr(chosen, name) != known[name].default:
            raise InvalidValue(f"{name}= says how to rank, and peers=None not to: leave one out")
    if chosen.threshold and chosen.missing != Missing.PARTIAL:
        raise InvalidValue("threshold= goes with missing='partial' only")
    if isinstance(chosen.against, Region):
        chosen = chosen.but(against=_named(registry, chosen.against, chosen.membership))
    for measure, edition in chosen.editions:
        registry.dataset.measure(measure)
        registry.dataset.newest(measure, edition)
    return chosen


def unranked_options(registry: Registry, options: Mapping[str, object]) -> Options:
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
    place = registry.region(region)
    try:
        known = registry.region(place.code) == place
    except BajioError:
        known = False
    places = Compositions(registry, membership)
    if not known and places.is_dated(place):
        raise InvalidValue(
            f"against={str(place)!r} has years of joining and leaving: give the code of a region "
            "that is registered, or one without years, as region.at(2018)"
        )
    return place.code if known else "+".join(places.members(place, None))


def select(registry: Registry, indicators: IndicatorsLike | None) -> tuple[Indicator, ...]:
    """The indicators that are asked for, a set's by its name; the usual ones if none is named."""
    return select_with_sets(registry, indicators)[0]


def select_with_sets(
    registry: Registry, indicators: IndicatorsLike | None
) -> tuple[tuple[Indicator, ...], tuple[IndicatorSet, ...]]:
    """The indicators that are asked for, and the sets that were named, in their order."""
    if indicators is None:
        indicators = registry.shown_by_default()
    if isinstance(indicators, str | Indicator):
        indicators = [indicators]
    chosen: list[Indicator] = []
    sets: dict[str, IndicatorSet] = {}
    for item in as_items(indicators, "indicators"):
        if not isinstance(item, str) or item in registry.indicators:
            chosen.append(registry.indicator(item))
        elif item in registry.indicator_sets:
            sets[item] = registry.indicator_sets[item]
            chosen += map(registry.indicator, sets[item].members)
        else:
            chosen.append(registry.indicator(item))
    return tuple(dict.fromkeys(chosen)), tuple(sets.values())
