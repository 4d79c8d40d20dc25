"""Searches by several processes: the answer of one, whatever becomes of the others."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import monotonic, sleep

import pytest
from hypothesis import given
from set_problems import key_of, problems
from test_search_kernels import brute

import bajio
from bajio.engines.array import bitsets, connected, shared_parts, shortlist, sweep
from bajio.engines.array.shortlist import Shortlist
from bajio.engines.array.sweep import Sweep
from bajio.engines.problem import Aim, Linear, Problem

READY_AND_GONE = """
import pickle, sys
pickle.load(sys.stdin.buffer), pickle.load(sys.stdin.buffer)
pickle.dump(True, sys.stdout.buffer)
sys.stdout.flush()
pickle.load(sys.stdin.buffer)
"""
COUNT = 13
NUMBERS = tuple(Fraction(number * number % 97, 7) for number in range(COUNT))
AIMS = [Aim(Linear(NUMBERS), Fraction(41), Fraction(1, 41))]
PATH = [(at, at + step) for step in (1, 5) for at in range(COUNT - step)]


def problem(**changes):
    given = {"count": COUNT, "least": 1, "most": COUNT, "best": 7, "aims": AIMS}
    given["key"] = key_of(AIMS, [])
    return Problem(**{**given, **changes})


PROBLEMS = {"any": problem(), "connected": problem(borders=PATH)}


@pytest.fixture
def _shared(monkeypatch):
    """Others are asked, however short the search."""
    monkeypatch.setattr(sweep, "_SHARED", 0)
    monkeypatch.setattr(sweep, "other_processors", lambda: 2)
    monkeypatch.setattr(bitsets, "_BLOCK", 64)
    monkeypatch.setattr(connected, "_CHUNK", 64)


@pytest.fixture
def alone(monkeypatch):
    monkeypatch.setattr(sweep, "other_processors", lambda: 0)
    return {name: Sweep(one).run() for name, one in PROBLEMS.items()}


@pytest.fixture
def _counted(monkeypatch):
    """This process waits for others to take parts, so that they do."""
    own = shared_parts.SharedParts.next

    def slow(shared):
        until = monotonic() + 10
        while any(thread.is_alive() for _, thread in shared._started) and not shared._next:
            assert monotonic() < until, "no other process took a part"
            sleep(0.01)
        return own(shared)

    monkeypatch.setattr(shared_parts.SharedParts, "next", slow)


@pytest.mark.parametrize("small", [pytest.param(False, marks=pytest.mark.slow), True])
@given(problems())
def test_parts_make_up_the_whole(small, problem):
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(bitsets, "_BLOCK", 4)
            patch.setattr(connected, "_CHUNK", 3)
            patch.setattr(connected, "_APART", 4)
            patch.setattr(shortlist, "_MOST", 6)
        if not problem.aims:
            return
        search, listed = Sweep(problem), Sweep(problem)
        held = Shortlist(problem.best, search._key, search.judge.unit)
        examined = 0
        for part in range(len(listed._parts)):
            found = listed.found_in(part, held.limit)
            held.gain(found)
            examined += found.examined
        best, every = brute(problem)
        assert tuple(map(search._members, held.finish())) == best
        assert examined == every


@pytest.mark.usefixtures("_shared", "_counted")
@pytest.mark.parametrize("name", PROBLEMS)
def test_several_processes_find_what_one_finds(alone, name, monkeypatch):
    taken = []
    own = Shortlist.gain
    monkeypatch.setattr(Shortlist, "gain", lambda held, part: [taken.append(part), own(held, part)])
    monkeypatch.setattr(sweep, "other_processors", lambda: 2)
    assert Sweep(PROBLEMS[name]).run() == alone[name]
    assert taken


@pytest.mark.usefixtures("_shared", "_counted")
@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit",
        "print('hello', flush=True)",
        READY_AND_GONE,
    ],
    ids=["ends", "babbles", "ends at a part"],
)
def test_a_part_that_another_loses_is_done_here(alone, program, monkeypatch):
    monkeypatch.setattr(shared_parts, "_PROGRAM", program)
    monkeypatch.setattr(sweep, "other_processors", lambda: 2)
    for name, one in PROBLEMS.items():
        assert Sweep(one).run() == alone[name]


@pytest.mark.usefixtures("_shared", "_counted")
def test_others_run_nothing_of_the_folder_that_they_are_in(alone, tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("open('ran', 'w').close(); raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sweep, "other_processors", lambda: 2)
    assert Sweep(PROBLEMS["any"]).run() == alone["any"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("_shared")
def test_without_other_processes_one_searches(alone, monkeypatch):
    def refuse(*_, **__):
        raise OSError

    monkeypatch.setattr(sweep, "other_processors", lambda: 2)
    monkeypatch.setattr(shared_parts.subprocess, "Popen", refuse)
    assert Sweep(PROBLEMS["connected"]).run() == alone["connected"]


@pytest.mark.usefixtures("_shared", "_counted")
def test_an_interruption_ends_all(monkeypatch):
    started = []
    own = shared_parts.SharedParts.start

    def start(shared, processes):
        own(shared, processes)
        started.extend(shared._started)

    told = []

    def progress(examined, total):
        told.append((examined, total))
        if len(told) == 40:
            raise KeyboardInterrupt

    monkeypatch.setattr(shared_parts.SharedParts, "start", start)
    found = Sweep(PROBLEMS["any"]).run(progress)
    assert not found.complete
    assert found.sets
    assert found.examined == told[-1][0] < told[-1][1] == 2**COUNT - 1
    assert started
    for process, thread in started:
        assert process.returncode is not None
        assert not thread.is_alive()


def test_processors_are_those_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert shared_parts.other_processors() == 2
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert shared_parts.other_processors() == 7
    monkeypatch.setattr(sys, "executable", "/usr/bin/editor")
    assert shared_parts.other_processors() == 0


@pytest.mark.usefixtures("_shared")
def test_a_rule_over_members_is_shared_too(monkeypatch):
    """Rules that are data travel; the answer is that of one process."""
    monkeypatch.setattr(sweep, "other_processors", lambda: 1)
    asked = {"minimum": "gini-gdp-per-capita", "size": "2-3", "year": 2018, "contiguous": True}
    problems = []
    monkeypatch.setattr(
        sweep.Sweep, "_run_alone", lambda search, _: problems.append(search.problem)
    )
    found = bajio.search(**asked, best=3)
    assert problems == []
    assert len(found.results) == 3


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are told by Linux")
def test_a_command_is_ended_with_all_its_processes():
    """By Ctrl-C it tells the best so far; where it is killed, the others end by themselves."""
    command = [sys.executable, "-m", "bajio", "search", "--year", "2018"]
    wishes = [f"--near={one}=BEL" for one in ("population", "gdp", "area")]
    for how in (signal.SIGINT, signal.SIGKILL):
        search = subprocess.Popen(
            [*command, *wishes], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        until = monotonic() + 60
        while len(members := group(search.pid)) < 2:
            assert monotonic() < until, "no other process was started"
            sleep(0.1)
        sleep(1)
        os.kill(search.pid, how)
        out, _ = search.communicate(timeout=60)
        assert ("Ctrl-C" in out or "Alliances" in out) == (how == signal.SIGINT)
        until = monotonic() + 30
        while members & group(search.pid):
            assert monotonic() < until, "a process was left behind"
            sleep(0.1)


def group(leader):
    """The processes of a group, as Linux tells them."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            _, _, told = (folder / "stat").read_text().rpartition(")")
            state, _, of = told.split()[:3]
            if int(of) == leader and state != "Z":
                found.add(int(folder.name))
    return found
