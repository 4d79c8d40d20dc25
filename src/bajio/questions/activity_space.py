"""Which activities go together: places and the activities that each has, as a network."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import fsum, sqrt
from operator import mul

from attrs import frozen

#: A matrix is squared so many times: what two eigenvalues differ by, 2 to this power, decides.
_SQUARINGS = 40
#: A second eigenvalue, or its lead over the third, that is below this is none.
_NEGLIGIBLE = 1e-9


@frozen(slots=False)
class ActivitySpace:
    """Places, each with the activities that it has.

    Attributes:
        held: the activities of each place, by its code; every place has one.

    Examples:
        >>> held = {"A": {"iron", "cars"}, "B": {"iron", "cars", "corn"}, "C": {"corn"}}
        >>> space = ActivitySpace(held)
        >>> space.proximity("iron", "cars"), space.proximity("iron", "corn")
        (Fraction(1, 1), Fraction(1, 2))
        >>> space.density("A", "corn")
        Fraction(1, 1)
    """

    held: Mapping[str, frozenset[str] | set[str]]

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """The places that have an activity, by its code."""
        places: dict[str, set[str]] = {}
        for place, activities in self.held.items():
            for activity in sorted(activities):
                places.setdefault(activity, set()).add(place)
        return dict(sorted(places.items()))

    def proximity(self, activity: str, other: str) -> Fraction:
        """The lesser probability that a place with one of two activities has the other as well."""
        places, other_places = self.places[activity], self.places[other]
        return Fraction(len(places & other_places), max(len(places), len(other_places)))

    def density(self, place: str, activity: str) -> Fraction:
        """How much of what is near to an activity a place has, itself aside; none if none is."""
        nearness = {
            other: self.proximity(activity, other) for other in self.places if other != activity
        }
        near = sum((nearness[other] for other in self.held[place] - {activity}), Fraction())
        return near / (sum(nearness.values()) or 1)

    @cached_property
    def complexities(self) -> dict[str, float]:
        """The economic complexity index of each place; empty where there is none.

        It is the second eigenvector of the matrix that leads from places to their activities and
        back, less its mean and over its standard deviation; positive for what is diverse.
        """
        places = list(self.held)
        vector = _second_vector(self._symmetric(places))
        if vector is None:
            return {}
        sizes = [len(self.held[place]) for place in places]
        raw = [entry / sqrt(size) for entry, size in zip(vector, sizes, strict=True)]
        scores, diversity = _standardised(raw), _standardised([float(size) for size in sizes])
        sign = -1 if fsum(map(mul, scores, diversity)) < 0 else 1
        return {place: sign * score for place, score in zip(places, scores, strict=True)}

    @cached_property
    def activity_complexities(self) -> dict[str, float]:
        """The same of each activity: the mean of the places that have it, standardised again."""
        if not self.complexities:
            return {}
        means = [
            fsum(self.complexities[place] for place in places) / len(places)
            for places in self.places.values()
        ]
        return dict(zip(self.places, _standardised(means), strict=True))

    def _symmetric(self, places: list[str]) -> list[list[float]]:
        """How much places share, over the root of their diversities, less the first eigenvector."""
        roots = [sqrt(len(self.held[place])) for place in places]
        total = fsum(root * root for root in roots)
        return [
            [
                fsum(1 / len(self.places[key]) for key in sorted(self.held[one] & self.held[two]))
                / (root * other)
                - root * other / total
                for two, other in zip(places, roots, strict=True)
            ]
            for one, root in zip(places, roots, strict=True)
        ]


def _second_vector(matrix: list[list[float]]) -> list[float] | None:
    """The eigenvector of the greatest eigenvalue of a symmetric matrix; `None` if it has not one.

    Of a high power of the matrix every column is that vector, where one eigenvalue is the greatest.
    """
    power = matrix
    for _ in range(_SQUARINGS):
        size = sqrt(fsum(entry * entry for row in power for entry in row))
        if size < _NEGLIGIBLE:
            return None
        scaled = [[entry / size for entry in row] for row in power]
        power = [[fsum(map(mul, row, column)) for column in scaled] for row in scaled]
    trace = fsum(row[position] for position, row in enumerate(power))
    if fsum(entry * entry for row in power for entry in row) < trace * trace * (1 - _NEGLIGIBLE):
        return None  # two eigenvalues are the same, and any mixture of their vectors is one
    return max(power, key=lambda row: fsum(entry * entry for entry in row))


def _standardised(values: list[float]) -> list[float]:
    """Less their mean, over their standard deviation; zeros where they are all the same."""
    mean = fsum(values) / len(values)
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > _NEGLIGIBLE else 0.0 for value in values]
