"""Every alliance of the Mexican states: a search against a bare loop of numpy over half tables."""

import tracemalloc
from collections.abc import Iterable, Sequence
from time import perf_counter

import numpy as np
from outcomes import Growth, Shown, WrongAnswerError, contest

import bajio

YEAR, TARGET = 2018, 11427054
STATES = bajio.list_peer_groups()["mexican-states"].at(None)
QUICK, ALL = (18, 22, 24), (20, 24, 28, 32)
MIB = 2**20


def run_all(*, quick: bool) -> Shown:
    """One additive target over all sets; then how the cost grows with the sets.

    The loop has one processor, and bajio all that it may use.

    Raises:
        WrongAnswerError: the loop finds a set that is nearer, or farther.
    """
    counts = QUICK if quick else ALL
    states = STATES[: counts[-1]]
    people = [figure(code) for code in states]
    check(search(states), bare(people))
    yield contest(
        f"all {2 ** len(states) - 1:,} sets of {len(states)} / a bare loop of numpy",
        lambda: search(states),
        lambda: bare(people),
        goal=2,
        rounds=2 if quick else 5,
    )
    yield growth("search of all sets", [(STATES[:count], False) for count in counts])
    yield growth("search of connected sets", [(STATES, True)] if not quick else [(states, True)])


def figure(code: str) -> int:
    """How many people a state has."""
    return int(bajio.evaluate(code, "population", year=YEAR, peers=None).value)


def search(states: Sequence[str], *, contiguous: bool = False) -> bajio.answers.Search:
    """The set whose people are nearest to a number, by bajio."""
    wish = {"population": TARGET}
    return bajio.search(among=states, near=wish, year=YEAR, best=1, contiguous=contiguous)


def bare(people: Sequence[int]) -> tuple[float, int]:
    """The same by hand: how far the nearest set is, and how many sets there are."""
    half = len(people) // 2
    high, low = sums(people[:half]), sums(people[half:])
    nearest = np.inf
    for total in high.tolist():
        away = np.abs(low + (total - TARGET))
        at = away.argmin()
        nearest = min(nearest, float(away[at]))
    return nearest, len(high) * len(low) - 1


def sums(people: Iterable[int]) -> np.ndarray:
    """The people of every set of some states."""
    found = np.zeros(1)
    for one in people:
        found = np.concatenate((found, found + one))
    return found


def check(found: bajio.answers.Search, by_hand: tuple[float, int]) -> None:
    """Compare answers.

    Raises:
        WrongAnswerError: they differ.
    """
    away = abs(found.results[0].figures[0].exact - TARGET)
    if (away, found.examined) != by_hand or not found.optimal:
        raise WrongAnswerError(f"bajio finds {away} of {found.examined} sets, the loop {by_hand}")


def growth(name: str, works: Sequence[tuple[Sequence[str], bool]]) -> Growth:
    """Time, and peak memory in a run of its own, which is slower for being watched."""
    sizes, seconds, peaks = [], [], []
    for states, contiguous in works:
        search(states[:3], contiguous=contiguous)
        began = perf_counter()
        found = search(states, contiguous=contiguous)
        seconds.append(perf_counter() - began)
        sizes.append(found.examined)
        tracemalloc.start()
        search(states, contiguous=contiguous)
        peaks.append(tracemalloc.get_traced_memory()[1] / MIB)
        tracemalloc.stop()
    return Growth(name, "sets", tuple(sizes), tuple(seconds), tuple(peaks))
