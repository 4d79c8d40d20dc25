"""Where a region stands: its rank, and the whole ranking that it stands in."""

from bisect import bisect_left
from fractions import Fraction
from typing import Unpack

from attrs import frozen

from bajio.brief import Alike
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.questions.asking import Asking, IndicatorLike, asking
from bajio.questions.choices import Asked, Options, RegionLike
from bajio.questions.peers import sort_key
from bajio.questions.question import ask
from bajio.questions.ranking import field_of
from bajio.questions.results import Missed, Rank, Result
from bajio.questions.single_answer import try_answer
from bajio.questions.years import period_of
from bajio.registry import Registry


def rank(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Asked],
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
    result = _ranked(asking(region, indicator, data, registry, options)).rank
    assert result is not None
    return result


def _ranked(asked: Asking) -> Result:
    """A result that has a rank.

    Raises:
        Unavailable: it has no value, or no peer has one.
    """
    code, options = asked.indicator.code, asked.options
    if asked.indicator.rule.is_table:
        raise InvalidValue(f"{code!r} is a table: it has no rank")
    result = try_answer(*asked)
    if isinstance(result, Missed):
        raise result.error()
    if result.rank is None:
        raise _unranked(asked.registry, result, asked.region, options)
    return result


def _unranked(registry: Registry, result: Result, region: Region, options: Options) -> Unavailable:
    """Why there is no rank, with the newest year that has one."""
    if not result.rank_reason:
        return Unavailable("without peers there is no rank: name a group, as 'un-members'")
    newest = try_answer(registry, result.indicator, region, options.but(year=None))
    ranked = newest.period if isinstance(newest, Result) and newest.rank else None
    return Unavailable(result.rank_reason, latest_period=ranked)


@frozen(eq=False, repr=False)
class Standing(Alike):
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
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Asked],
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
    return standings_of(asking(region, indicator, data, registry, options))


def standings_of(asked: Asking) -> tuple[Result, tuple[Standing, ...]]:
    """The same of a question that is asked already."""
    result, place = _ranked(asked), asked.region
    question = ask(*asked)
    peers = field_of(question, period_of(question, result.year))
    middle = Fraction(result.low + result.high) / 2
    lines = [*peers.values.items(), (place.code, middle if result.point is None else result.point)]
    keyed = sorted(
        (sort_key(value, asked.indicator), code != place.code, code, value) for code, value in lines
    )
    keys = [key for key, *_ in keyed]
    return result, tuple(
        Standing(bisect_left(keys, key) + 1, code, value) for key, _, code, value in keyed
    )
