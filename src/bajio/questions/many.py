"""Many regions at once, or some after others so that none but the latest need be held."""

from collections.abc import Iterator, Mapping
from typing import Literal, Unpack

from bajio.errors import InvalidValue, shown
from bajio.facts.dataset import Dataset
from bajio.questions.asking import IndicatorsLike, registry_with, select, useful_options
from bajio.questions.bulk.bulk_results import Bulk
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.bulk.request import Request
from bajio.questions.bulk.settings import Progress, taken_from
from bajio.questions.choices import Asked
from bajio.questions.variants import as_asked
from bajio.registry import Registry


class AskedOfMany(Asked, total=False):
    """The options of a question about many regions, in its keyword arguments."""

    accumulate: Literal["float", "exact"]
    chunk: int | None
    progress: Progress | None


def evaluate_many(
    memberships: Memberships,
    indicators: IndicatorsLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[AskedOfMany],
) -> Bulk:
    """Indicators for many regions.

    Args:
        memberships: the members of the regions.
        indicators: one or more: codes of indicators or of sets, or indicators.
        data: a dataset that is laid over what the registry has.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as in `profile`, and `accumulate`, `chunk` and `progress` as `evaluate_chunks` has
            them.

    Returns:
        The answers by code of the indicator: a `BulkResult`, or a `BulkTable` where the indicator
        is a table. None is raised for: each region that is refused is said to be so.

    Raises:
        BajioError: an unknown code, a region that overlaps itself, an option that makes no sense
            for many regions.
        MissingExtra: numpy is not installed.

    Examples:
        >>> import bajio
        >>> states = bajio.region("mexican-states").members
        >>> pairs = bajio.Memberships.combinations(states, 2)
        >>> found = bajio.evaluate_many(pairs, "population", year=2018)["population"]
        >>> found.label(0), int(found.values[0]), int(found.ranks.position[0])
        ('MX-AGU+MX-BCN', 5087437, 118)
    """
    return _asked(registry_with(registry, data), memberships, indicators, options).whole()


def evaluate_chunks(
    memberships: Memberships,
    indicators: IndicatorsLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[AskedOfMany],
) -> Iterator[Bulk]:
    """Indicators for many regions, chunk by chunk.

    Args:
        memberships, indicators, data, registry: as in `evaluate_many`.
        options: as in `profile`, and how the regions are worked through: `chunk`, how many at once
            (65,536; fewer where they have more than four members); `accumulate`, `float`, or
            `exact` for exact values beside the floats; `progress`, a function that is called with
            how many regions are done, and how many there are.

    Yields:
        The answers for one chunk of regions, by code of the indicator; `rows` says which.

    Raises:
        BajioError, MissingExtra: as `evaluate_many`.

    Examples:
        >>> import bajio
        >>> states = bajio.region("mexican-states").members
        >>> fives = bajio.Memberships.combinations(states, 5)
        >>> best = 0.0
        >>> for part in bajio.evaluate_chunks(fives, "population", year=2018, peers=None):
        ...     best = max(best, part["population"].values.max())
        >>> len(fives), int(best)
        (201376, 49390058)
    """
    return _asked(registry_with(registry, data), memberships, indicators, options).chunks()


def _asked(
    registry: Registry,
    memberships: Memberships,
    indicators: IndicatorsLike,
    options: Mapping[str, object],
) -> Request:
    """What is asked of many regions, checked."""
    if isinstance(indicators, Memberships):
        raise InvalidValue("the memberships come first, then the indicators")
    if not isinstance(memberships, Memberships):
        raise InvalidValue(
            f"{shown(memberships)} is no memberships: make some by bajio.Memberships.of"
        )
    settings, others = taken_from(options)
    chosen = useful_options(registry, others)
    selected = as_asked(registry, select(registry, indicators), chosen)
    return Request(registry, selected, memberships, chosen, settings)
