"""One region: bajio, what it is measured against, and proof that both say the same."""

import json
import random
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import by_hand
import crowd
from outcomes import Outcome, WrongAnswerError, contest
from stopwatch import Run, each_in_turn, output, process, python

import bajio

DATA = Path(bajio.__file__).parent / "data"
BY_HAND = Path(__file__).parent / "by_hand.py"
YEAR = 2018
SCRIPT = shutil.which("bajio", path=sysconfig.get_path("scripts"))
COMMAND = (SCRIPT,) if SCRIPT else (sys.executable, "-m", "bajio")
PROFILE = (*COMMAND, "profile", "bajio", "--year", str(YEAR))
TEN = (
    "population",
    "area",
    "population-density",
    "gdp-mxn",
    "gdp",
    "gdp-per-capita",
    "gdp-growth",
    "fdi",
    "exports",
    "employment",
)
#: Runs a command whose charts are not drawn.
UNDRAWN = """
import sys
from bajio.report import embedded_charts
embedded_charts.chart_shown = lambda *_: embedded_charts.ShownChart("")
sys.argv[1:] = {}
from bajio.__main__ import run
run()
"""
HEAVY = ("pint", "numpy", "pandas", "rich", "click")
PLUGINS = 50
STATES_OF_A_REGION = 4
CLOSE = 1e-9


def run_all(*, quick: bool) -> Iterator[Outcome]:
    """Run the contests one by one.

    Raises:
        WrongAnswerError: contenders do not agree.
    """
    processes, calls = (3, 10) if quick else (15, 100)
    yield imports(processes)
    yield from cold(processes)
    yield from warm(calls)
    yield from crowded(processes)


def imports(rounds: int) -> Outcome:
    """`import bajio`, which must not load a heavy library, against what it stands on."""
    found = output(*python(f"import sys, bajio; print(*({HEAVY!r} & sys.modules.keys()))"))
    if found.strip():
        raise WrongAnswerError(f"import bajio loads {found.strip()}")
    name = "import bajio / import attrs, pluggy"
    own, other = process(*python("import bajio")), process(*python("import attrs, pluggy"))
    return contest(name, own, other, goal=0.8, rounds=rounds)


def cold(rounds: int) -> Iterator[Outcome]:
    """A whole process that answers, against pandas by hand, and against loading pint."""
    own = process(*PROFILE)
    told = json.loads(output(*PROFILE, "--format", "json"))
    lines = by_hand.profile(by_hand.read(str(DATA)), by_hand.BAJIO, YEAR, "un-members")
    agree({one["indicator"]: of_json(one) for one in told["results"]}, lines)
    by = process(sys.executable, str(BY_HAND), str(DATA), str(YEAR))
    yield contest("cold profile / pandas by hand", own, by, goal=0.35, rounds=rounds)
    pint = process(*python("import pint; pint.UnitRegistry()"))
    yield contest("cold profile / pint's registry", own, pint, goal=0.7, rounds=rounds)
    yield reported(own, rounds)


def reported(profile: Run, rounds: int) -> Outcome:
    """A whole report but the drawing of its charts, against the profile that it begins with."""
    words = ("report", "bajio", "--year", str(YEAR), "--format")
    told, alone = (
        json.loads(output(*command, "json"))
        for command in ((*COMMAND, *words), (*PROFILE, "--format"))
    )
    if told["profile"] != alone:
        raise WrongAnswerError("the profile of the report is not the profile")
    undrawn = process(*python(UNDRAWN.format((*words, "html"))))
    return contest("cold report, charts undrawn / profile", undrawn, profile, goal=3, rounds=rounds)


def of_json(result: dict[str, Any]) -> tuple[Any, ...]:
    """What the JSON of a result has in common with a line by hand."""
    rank = result["rank"]
    place = (None, None, None, None)
    if rank:
        place = rank["position"], rank["of"], first(rank["above"]), first(rank["below"])
    return result["value"], result["share_of_host"], *place


def of_result(result: Any) -> tuple[Any, ...]:
    """What a result has in common with a line by hand."""
    rank = result.rank
    place = (None, None, None, None)
    if rank:
        place = rank.position, rank.of, first(rank.above), first(rank.below)
    return result.value, result.share_of_host, *place


def first(codes: Any) -> str | None:
    """The one code, or none."""
    return codes[0] if codes else None


def agree(own: dict[str, tuple[Any, ...]], lines: list[Any]) -> None:
    """Compare answers: what is a float within rounding, all else to the letter.

    Raises:
        WrongAnswerError: they differ.
    """
    if set(own) != {line.indicator for line in lines}:
        raise WrongAnswerError(f"bajio answers {sorted(own)}")
    for line in lines:
        ours, theirs = own[line.indicator], tuple(line)[1:]
        if not all(map(same, ours, theirs)):
            raise WrongAnswerError(f"{line.indicator}: bajio says {ours}, pandas {theirs}")


def same(ours: Any, theirs: Any) -> bool:
    """Whether two answers are the same, floats being so within rounding."""
    if ours is None or theirs is None or isinstance(ours, str):
        return bool(ours == theirs)
    return bool(abs(ours - theirs) <= CLOSE * abs(ours))


class Warm:
    """The contenders of a warm question: all data in memory, other regions answered before."""

    def __init__(self, tables: Any, group: str) -> None:
        self.group = group
        self._tables = tables
        self._prepared = by_hand.prepare(tables, YEAR, group)

    def own(self, region: Any) -> Any:
        """By bajio."""
        return bajio.profile(region, year=YEAR, peers=self.group, indicators=TEN)

    def from_tables(self, region: Any) -> Any:
        """By pandas from the tables as they were read."""
        return by_hand.profile(self._tables, region, YEAR, self.group, TEN)

    def from_columns(self, region: Any) -> Any:
        """By pandas, the year's figures and the peers' sorted columns having been worked out."""
        return by_hand.answer(self._prepared, region, TEN)

    def check(self, regions: Iterable[Any]) -> None:
        """Compare all three."""
        for region in regions:
            found = {code: of_result(result) for code, result in self.own(region).items()}
            agree(found, self.from_tables(region))
            agree(found, self.from_columns(region))


def warm(rounds: int) -> Iterator[Outcome]:
    """Ten indicators with their ranks, in a process that has answered before."""
    tables = by_hand.read(str(DATA))
    regions = new_regions([code for code in tables["area"]["area"] if code.startswith("MX-")])
    for group, among in (("un-members", ""), ("mexican-states", ", among states")):
        three = Warm(tables, group)
        three.check([by_hand.BAJIO, *islice(regions, 10)])
        before = [by_hand.BAJIO] * (rounds + 1)
        for name, by, goal, new in (
            (f"warm profile{among} / pandas", three.from_tables, 1, False),
            (f"warm profile, new region{among} / pandas", three.from_tables, 0.15, True),
            (f"warm profile, new region{among} / columns", three.from_columns, 0, True),
        ):
            asked = list(islice(regions, rounds + 1)) if new else before
            own, other = each_in_turn(asked, three.own), each_in_turn(asked, by)
            yield contest(name, own, other, goal=goal, rounds=rounds)
            three.check(asked[:10])


def new_regions(states: list[str]) -> Iterator[list[str]]:
    """Regions of a few states each, the same on every run, none twice."""
    drawn = list(combinations(states, STATES_OF_A_REGION))
    random.Random(YEAR).shuffle(drawn)
    return map(list, drawn)


def crowded(rounds: int) -> Iterator[Outcome]:
    """The same command among many installed plugins that it does not need."""
    codes = ",".join(bajio.profile("bajio", year=YEAR))
    with TemporaryDirectory() as folder:
        for what, module, command in (
            ("regions", crowd.REGION, PROFILE),
            ("indicators", crowd.INDICATOR, (*PROFILE, "--indicators", codes)),
        ):
            path = str(crowd.make(Path(folder, what), PLUGINS, module))
            seen = output(
                sys.executable, "-m", "bajio", "plugins", "--format", "json", PYTHONPATH=path
            )
            crowd_seen = [one for one in json.loads(seen) if one["origin"] == "installed"]
            if sum(bool(one["provides"]) for one in crowd_seen) < PLUGINS:
                raise WrongAnswerError(f"bajio does not see {PLUGINS} plugins")
            if output(*command) != output(*command, PYTHONPATH=path):
                raise WrongAnswerError(f"plugins with {what} change the answer")
            yield contest(
                f"cold profile, {PLUGINS} plugins of {what} / none",
                process(*command, PYTHONPATH=path),
                process(*command),
                goal=1.25,
                rounds=rounds,
            )
