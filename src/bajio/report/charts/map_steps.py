"""The steps of a map: from which figure on an area has which colour."""

from collections.abc import Sequence

from bajio.facts.observations import Exact
from bajio.report.charts.theme import LOSSES, STEPS
from bajio.report.charts.ticks import steps_of


def map_steps(values: Sequence[Exact]) -> tuple[list[Exact], list[str]]:
    """Where each step begins, and its colour: about as many values in each.

    Where there are figures below nothing and above it, those below have colours of their own.

    Examples:
        >>> map_steps([1, 2, 3, 4, 5])[0], map_steps([-3, -1, 2, 4, 6, 8])[0]
        ([1, 2, 3, 4, 5], [-3, -1, 0, 4, 6])
    """
    below = [value for value in values if value < 0]
    if not below or max(values) <= 0:
        bounds = [min(values), *steps_of(values, len(STEPS))]
        return bounds, list(STEPS[-len(bounds) :])
    above = [value for value in values if value >= 0]
    share = round(len(STEPS) * len(below) / len(values))
    count = min(max(share, 1), len(LOSSES))
    first = [min(below), *steps_of(below, count)]
    second: list[Exact] = [0, *steps_of(above, len(STEPS) - count)]
    return [*first, *second], [*_spread(LOSSES, len(first)), *_spread(STEPS, len(second))]


def _spread(colours: Sequence[str], count: int) -> list[str]:
    """So many of some colours, as far from one another as they can be."""
    return [colours[(2 * step + 1) * len(colours) // (2 * count)] for step in range(count)]
