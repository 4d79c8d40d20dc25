"""What a benchmark tells: a ratio beside its goal, or how a cost grows with the work."""

from collections.abc import Iterator
from math import log
from statistics import linear_regression, median
from typing import NamedTuple

from stopwatch import Run, race


class WrongAnswerError(Exception):
    """Two contenders that should say the same do not."""


class Outcome(NamedTuple):
    """What a contest showed.

    Attributes:
        name: what was measured.
        own, other: of bajio, and of what it is measured against: median seconds, or MiB.
        ratio: how many times the other's cost bajio has: the median of the rounds' ratios, so
            that a machine that is slow for a while changes it little.
        goal: the most that the ratio should be; 0 where there is no goal.
        rounds: how often each was measured.
        unit: `s` or `MiB`.
    """

    name: str
    own: float
    other: float
    ratio: float
    goal: float
    rounds: int
    unit: str = "s"


class Growth(NamedTuple):
    """How a cost grows with the work.

    Attributes:
        name: what was measured.
        size: what the work is counted in.
        sizes: how much of it.
        seconds: how long each took.
        peaks: the greatest memory that each held, in MiB.
    """

    name: str
    size: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    peaks: tuple[float, ...]


class Order(NamedTuple):
    """How the time of a question grows with one thing that it is asked about.

    Attributes:
        name: what is asked, and what there is more and more of.
        stated: how it grows, as the project says: `n`, `n log n`, `n²` or `n³`.
        sizes: how much of it.
        seconds: of the processor, that each took.
    """

    name: str
    stated: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the logarithm of time over that of size, by least squares."""
        return linear_regression(*([log(one) for one in side] for side in self[2:])).slope

    @property
    def greatest(self) -> float:
        """The exponent that is stated, a logarithm counting nothing."""
        return {"n²": 2.0, "n³": 3.0}.get(self.stated, 1.0)


Shown = Iterator[Outcome | Growth | Order]


def contest(name: str, own: Run, other: Run, *, goal: float, rounds: int) -> Outcome:
    """Time two contenders in turns."""
    times = race({"own": own, "other": other}, rounds)
    return compared(name, times["own"], times["other"], goal=goal)


def compared(
    name: str, own: list[float], other: list[float], *, goal: float, unit: str = "s"
) -> Outcome:
    """The outcome of rounds that were measured, each of bajio beside one of the other."""
    ratio = median(mine / theirs for mine, theirs in zip(own, other, strict=True))
    return Outcome(name, median(own), median(other), ratio, goal, len(own), unit)
