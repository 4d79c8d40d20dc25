"""Many regions at once: bajio, and the same by hand in numpy, pandas and polars.

All alliances of four of Mexico's states: three sums, two ratios, and where three of these stand
among the members of the United Nations. By hand nothing is checked: no unit, no year, no missing
figure, and who has the same value as a peer is left to rounding.
"""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from outcomes import Growth, Outcome, Shown, WrongAnswerError, contest
from stopwatch import output, python

import bajio

YEAR = 2018
EACH = 4
PEERS = "un-members"
RANKED = ("population", "gdp", "gdp-per-capita")
UNRANKED = ("area", "population-density")
SUMS = ("population", "gdp", "area")
RATIOS = {"population-density": ("population", "area"), "gdp-per-capita": ("gdp", "population")}
GROWING = (24, 40, 71, 126)  # alliances of four among so many countries: up to ten million
CLOSE = 1e-12

Arrays = dict[str, np.ndarray]


class Given(NamedTuple):
    """What one has at hand before one begins.

    Attributes:
        states: codes.
        figures: of each state, by measure.
        peers: the values of the peers, sorted, by indicator.
        members: positions of the first members, the second members, ... of each alliance.
        memberships: the same, as bajio has it.
        long: a row for each member of each alliance, for pandas and for polars.
        frames: the figures, likewise.
    """

    states: tuple[str, ...]
    figures: Arrays
    peers: Arrays
    members: np.ndarray
    memberships: bajio.Memberships
    long: tuple[pd.DataFrame, pl.DataFrame]
    frames: tuple[pd.DataFrame, pl.DataFrame]


def run_all(*, quick: bool) -> Shown:
    """Run the contests one by one.

    Raises:
        WrongAnswerError: contenders do not agree.
    """
    rounds = 5 if quick else 100
    given = prepare()
    yield from contests(given, rounds)
    yield growth(GROWING[:2] if quick else GROWING)


def contests(given: Given, rounds: int) -> list[Outcome]:
    """All alliances of four states, against the same by hand."""
    found = []
    for name, by_hand, goal, times in (
        ("numpy by hand", by_numpy, 1.2, rounds),
        ("pandas by hand", by_pandas, 0.2, max(rounds // 4, 3)),
        ("polars by hand", by_polars, 0, rounds),
    ):
        agree(own(given), by_hand(given), name)
        asked = f"35,960 alliances / {name}"
        found.append(
            contest(asked, runs(own, given), runs(by_hand, given), goal=goal, rounds=times)
        )
    return found


def runs(answer: Callable[[Given], Arrays], given: Given) -> Callable[[], Arrays]:
    """A contender, ready to be timed."""
    return lambda: answer(given)


def prepare() -> Given:
    """What one has at hand before one begins."""
    states = bajio.region("mexican-states").members
    group = bajio.Registry.default().peer_group(PEERS).at(YEAR)
    figures = {code: column(code, states) for code in SUMS}
    peers = {code: np.sort(column(code, group)) for code in RANKED}
    peers = {code: values[~np.isnan(values)] for code, values in peers.items()}
    every = np.array(list(combinations(range(len(states)), EACH)))
    long = pd.DataFrame(
        {
            "region": np.repeat(np.arange(len(every)), EACH),
            "state": np.array(states)[every.ravel()],
        }
    )
    frame = pd.DataFrame({"state": states, **figures})
    return Given(
        states,
        figures,
        peers,
        np.ascontiguousarray(every.T),
        bajio.Memberships.combinations(states, EACH),
        (long, pl.DataFrame({name: long[name].to_numpy() for name in long})),
        (frame, pl.DataFrame({"state": list(states), **figures})),
    )


def column(code: str, areas: tuple[str, ...]) -> np.ndarray:
    """An indicator for each area by itself."""
    alone = bajio.Memberships.from_indices(areas, np.arange(len(areas))[:, None])
    return np.asarray(bajio.evaluate_many(alone, code, year=YEAR, peers=PEERS)[code].values)


def own(given: Given) -> Arrays:
    """By bajio: values, and positions by the name of what is ranked."""
    ranked = bajio.evaluate_many(given.memberships, RANKED, year=YEAR, peers=PEERS)
    others = bajio.evaluate_many(given.memberships, UNRANKED, year=YEAR, peers=None)
    found = {**ranked, **others}
    values = {code: one.values for code, one in found.items()}  # noqa: PD011  # of no frame
    return values | {f"{code}-rank": ranked[code].ranks.position for code in RANKED}


def by_numpy(given: Given) -> Arrays:
    """By numpy: each measure taken for the first members, the second, ..., and added."""
    first, *others = given.members
    found = {}
    for code, figures in given.figures.items():
        total = figures.take(first)
        for turn in others:
            total += figures.take(turn)
        found[code] = total
    for code, (above, below) in RATIOS.items():
        found[code] = found[above] / found[below]
    return found | positions(given, found)


def positions(given: Given, values: Arrays) -> Arrays:
    """Where values stand among the peers, the highest first."""
    return {
        f"{code}-rank": len(peers) + 1 - np.searchsorted(peers, values[code], side="right")
        for code, peers in given.peers.items()
    }


def by_pandas(given: Given) -> Arrays:
    """By pandas: the memberships joined with the figures, and grouped."""
    found = given.long[0].merge(given.frames[0], on="state").groupby("region")[list(SUMS)].sum()
    for code, (above, below) in RATIOS.items():
        found[code] = found[above] / found[below]
    values = {code: found[code].to_numpy() for code in found}
    return values | positions(given, values)


def by_polars(given: Given) -> Arrays:
    """By polars: likewise, as one lazy query."""
    ratios = [(pl.col(a) / pl.col(b)).alias(code) for code, (a, b) in RATIOS.items()]
    found = (
        given.long[1]
        .lazy()
        .join(given.frames[1].lazy(), on="state")
        .group_by("region", maintain_order=True)
        .agg(pl.col(SUMS).sum())
        .with_columns(ratios)
        .sort("region")
        .collect()
    )
    ranks = {
        f"{code}-rank": len(peers) + 1 - pl.Series(peers).search_sorted(found[code], side="right")
        for code, peers in given.peers.items()
    }
    return {one.name: one.to_numpy() for one in found} | {
        code: rank.to_numpy() for code, rank in ranks.items()
    }


def agree(ours: Arrays, theirs: Arrays, name: str) -> None:
    """Compare answers: values within rounding, positions to the place.

    Raises:
        WrongAnswerError: they differ.
    """
    for code, values in ours.items():
        exactly = code.endswith("-rank")
        same = values == theirs[code] if exactly else np.isclose(values, theirs[code], CLOSE, 0)
        if not same.all():
            at = int(np.argmin(same))
            raise WrongAnswerError(f"{code} of {at}: {values[at]}, by {name} {theirs[code][at]}")


FOLDER = str(Path(__file__).parent)
WORK = """
import sys, time
sys.path.insert(0, {folder!r})
from stopwatch import peak
import bajio
sizes = {size}
areas = [one for one in bajio.Registry.default().peer_group({peers!r}).at({year})]
few = bajio.Memberships.combinations(areas[:8], {each})
ask = dict(year={year}, peers={peers!r})
for part in bajio.evaluate_chunks(few, {codes!r}, **ask):
    pass
some = bajio.Memberships.combinations(areas[:sizes], {each})
list(bajio.evaluate_chunks(bajio.Memberships.combinations(areas[:sizes], 1), {codes!r}, **ask))
began = time.perf_counter()
done = 0
for part in bajio.evaluate_chunks(some, {codes!r}, **ask):
    done += len(part["population"])
print(len(some), time.perf_counter() - began, peak())
"""


def growth(sizes: tuple[int, ...]) -> Growth:
    """All alliances of four of more and more countries, chunk by chunk, each in its own process.

    Five indicators with their ranks; the members are among the peers, and each is left out of the
    ranks of its own alliances.
    """
    codes = (*RANKED, *UNRANKED)
    lines = []
    for size in sizes:
        program = WORK.format(
            folder=FOLDER, size=size, peers=PEERS, year=YEAR, each=EACH, codes=codes
        )
        count, seconds, peak = output(*python(program)).split()
        lines.append((int(count), float(seconds), float(peak)))
    counts, seconds_, peaks = zip(*lines, strict=True)
    return Growth("5 indicators with ranks", "alliances", counts, seconds_, peaks)
