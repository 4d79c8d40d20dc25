"""Many regions, some after others: none but the latest need be held in memory."""

from collections.abc import Iterable, Iterator
from typing import Any

from bajio.facts.dataset import Dataset
from bajio.indicator import Indicator
from bajio.questions.bulk.evaluating import stream
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.bulk.results import Bulk
from bajio.questions.profile import many, registry_with
from bajio.registry import Registry


def evaluate_chunks(
    indicators: str | Indicator | Iterable[str | Indicator],
    regions: Memberships,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Any,
) -> Iterator[Bulk]:
    """Indicators for many regions, chunk by chunk.

    Args:
        indicators: codes of indicators or of sets, or indicators.
        regions: the memberships of the regions.
        data: a dataset that is laid over what the registry has.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as in `profile`, and how the regions are worked through: `chunk`, how many at once
            (65,536; fewer where they have more than four members); `accumulate`, `float`, or
            `exact` for exact values beside the floats; `progress`, a function that is called with
            how many regions are done, and how many there are.

    Yields:
        The answers for one chunk of regions, by code of the indicator; `rows` says which.

    Raises:
        BajioError: an unknown code, a region that overlaps itself, an option that makes no sense
            for many regions.
        MissingExtra: numpy is not installed.

    Examples:
        >>> import bajio
        >>> states = bajio.region("mexican-states").members
        >>> fives = bajio.Memberships.combinations(states, 5)
        >>> best = 0.0
        >>> for part in bajio.evaluate_chunks("population", fives, year=2018, peers=None):
        ...     best = max(best, part["population"].values.max())
        >>> len(fives), int(best)
        (201376, 49390058)
    """
    known = registry_with(registry, data)
    return stream(*many(known, indicators, regions, options))
