"""Plugins that break, lie or take over: the built-ins stay, and one warning tells of each."""

import copy
import gc
import json
import os
import pickle
import sys
import threading
import warnings
from textwrap import dedent

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Area, Indicator, Observation, PeerGroup, Region, Sum
from bajio.catalog import world
from bajio.claims.counted import DifferentError
from bajio.cli import main
from bajio.engines.outcome import Gap, Lacking, Unserved
from bajio.errors import (
    BajioError,
    DuplicateCode,
    InvalidClaim,
    InvalidData,
    InvalidValue,
    MissingExtra,
    Unavailable,
    UnknownCode,
    as_line,
)
from bajio.facts.areas import LazyAreas
from bajio.facts.classifications import InvalidCategory
from bajio.facts.exact_figures import InvalidFigure
from bajio.questions.audit.refusals import Undecidable
from bajio.registry import PluginWarning, Registry, built_ins, installed
from bajio.registry.plugins import Plugin, unique
from bajio.words.sentences import sentence

HOOKS = {
    "areas": "bajio_areas",
    "borders": "bajio_borders",
    "claim_sets": "bajio_claims",
    "composites": "bajio_composites",
    "dataset": "bajio_datasets",
    "indicator_sets": "bajio_indicator_sets",
    "indicators": "bajio_indicators",
    "peer_groups": "bajio_peer_groups",
    "regions": "bajio_regions",
}


class Raises(BaseException):
    """Nothing that anybody would catch by name."""


class Unprintable(Exception):
    def __str__(self):
        raise Raises


class Hostile:
    """A thing whose every attribute raises, its repr and its hash as well."""

    def __getattr__(self, name):
        raise Raises(name)

    def __repr__(self):
        raise Raises

    __hash__ = None


class Touchy(dict):
    def keys(self):
        raise Raises

    def __iter__(self):
        raise Raises


class Coded:
    def __init__(self, code, replaces=""):
        self.code = code
        self.replaces = replaces


def plugin(hook, returned):
    """A plugin of which one hook returns something, or raises it."""

    def implementation():
        if isinstance(returned, BaseException):
            raise returned
        return returned

    implementation.__name__ = hook
    return type("Plugged", (), {hook: staticmethod(bajio.hookimpl(implementation))})()


def registry_with(hook, returned):
    """A registry of the built-ins and one such plugin, and the warnings about it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        registry = Registry({**built_ins(), "theirs": plugin(hook, returned)})
        assert [one.plugin.name for one in registry.plugins][-1] == "theirs"
        found = bajio.evaluate("bajio", "population", year=2018, peers=None, registry=registry)
    assert found.value == 12_706_038
    assert registry.failures
    assert {failure.plugin for failure in registry.failures} == {"theirs"}
    return registry, [str(one.message) for one in caught]


ERRORS = [
    Raises("x"),
    GeneratorExit(),
    SystemExit(3),
    Unprintable(),
    RecursionError(),
    MemoryError(),
]


@pytest.mark.parametrize("hook", sorted(HOOKS.values()))
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_hook_may_raise_anything(hook, error):
    registry, told = registry_with(hook, error)

    assert type(error).__name__ in registry.failures[0].reason
    assert all("\n" not in line for line in told)


THINGS = [
    Hostile(),
    Coded([]),
    Coded({"a": 1}),
    Coded("gdp", replaces="gdp"),
    Coded(Hostile()),
    Coded("x", replaces=Hostile()),
    ("MEX",),
    ("MEX", "USA", "CAN"),
    ("MEX", 5),
    (None, None),
    5,
    None,
    "\x1b[31m" * 100,
]


@pytest.mark.parametrize("hook", sorted(HOOKS.values()))
def test_a_hook_may_return_anything(hook):
    for returned in (
        *([thing] for thing in THINGS),
        Touchy(),
        {5: "a:b"},
        {"gdp": 5},
        Hostile(),
        7,
    ):
        _, told = registry_with(hook, returned)

        assert max(map(len, told)) < 2500


@given(
    st.sampled_from(sorted(HOOKS.values())),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(THINGS[1:]),
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.tuples(inner, inner),
    ),
)
def test_no_value_of_a_hook_takes_a_built_in_away(hook, returned):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        registry = Registry({**built_ins(), "theirs": plugin(hook, [returned])})
        for kind in HOOKS:
            len(getattr(registry, kind) if kind != "dataset" else registry.dataset.measures)

    assert registry.indicator("gdp") == bajio.list_indicators()["gdp"]
    assert registry.region("bajio") == bajio.region("bajio")


@pytest.mark.parametrize(
    ("kind", "hook", "thing"),
    [
        ("indicators", "bajio_indicators", Coded("gdp", "gdp")),
        (
            "indicators",
            "bajio_indicators",
            Indicator("gdp", Sum("no-such-measure"), "USD", "Mine", replaces="gdp"),
        ),
        ("regions", "bajio_regions", Coded("bajio", "bajio")),
        ("peer_groups", "bajio_peer_groups", Coded("oecd", "oecd")),
        ("claim_sets", "bajio_claims", Coded("san-miguel", "san-miguel")),
        ("composites", "bajio_composites", Coded("composite-prosperity", "composite-prosperity")),
        ("indicator_sets", "bajio_indicator_sets", Coded("profile", "profile")),
    ],
)
def test_what_is_refused_replaces_nothing(kind, hook, thing):
    registry, told = registry_with(hook, [thing])

    assert getattr(registry, kind)[thing.code] == getattr(Registry.default(), kind)[thing.code]
    assert getattr(registry, kind).provider(thing.code).startswith("bajio.")
    assert len(told) == 1


@pytest.mark.parametrize("code", ["MEX", "MX-JAL", "01001"])
def test_an_area_of_a_plugin_does_not_take_one_of_the_built_ins_away(code):
    registry, _ = registry_with("bajio_areas", [Area(code, "Mine", within="USA")])

    assert registry.areas[code] == Registry.default().areas[code]
    assert len(registry.areas.children("MEX", "municipality")) == 2475


def test_late_areas_of_a_plugin_do_not_take_late_ones_of_the_built_ins_away():
    late = LazyAreas("parish", "state", lambda: [Area("01001", "Mine", "parish", "MX-JAL")])
    registry = Registry({**built_ins(), "theirs": plugin("bajio_areas", [late])})
    with pytest.warns(PluginWarning, match="its code is taken"):
        found = registry.areas.children("MEX", "parish")
    assert found == ()
    assert registry.areas["01001"].kind == "municipality"


@pytest.mark.parametrize("junk", [5, Hostile(), Touchy()], ids=lambda junk: type(junk).__name__)
@pytest.mark.parametrize(
    ("command", "hook", "thing", "names"),
    [
        (
            "regions",
            "bajio_regions",
            Region(["MX-JAL"], code="mine"),
            ["charter"],
        ),
        (
            "indicators",
            "bajio_indicators",
            Indicator("mine", Sum("area"), "km²", "Mine"),
            ["label", "better", "topic", "description", "unit", "rule"],
        ),
        (
            "peers",
            "bajio_peer_groups",
            PeerGroup("mine", "Mine", ["MEX"]),
            ["names", "memberships"],
        ),
    ],
)
def test_nothing_that_was_forced_into_a_thing_reaches_the_others(
    capsys, monkeypatch, command, hook, thing, names, junk
):
    for name in names:
        forced = copy.copy(thing)
        object.__setattr__(forced, name, junk)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            registry = Registry({**built_ins(), "theirs": plugin(hook, [forced])})
            monkeypatch.setattr("bajio.cli.options.registry_of", lambda *_, it=registry: it)
            assert main([command]) == 0
        assert "should not have happened" not in capsys.readouterr().err
        assert [failure.plugin for failure in registry.failures] == ["theirs"]


def test_an_area_in_a_number_is_set_aside():
    area = Area("XX-1", "X")
    object.__setattr__(area, "within", 5)
    registry, _ = registry_with("bajio_areas", [area])

    assert "XX-1" not in registry.areas


def test_a_measure_of_a_plugin_does_not_take_a_built_in_away():
    mine = bajio.Measure("gdp", "GDP of mine", "person")
    source = bajio.Source("mine", "Me")
    data = bajio.dataset(
        "mine",
        measures=[mine],
        sources=[source],
        observations=[Observation("MEX", "2018", "gdp", 1)],
    )
    registry, _ = registry_with("bajio_datasets", [data])

    assert registry.dataset.measures["gdp"] == Registry.default().dataset.measures["gdp"]


def test_a_plugin_named_as_a_built_in_stands_beside_it():
    theirs = Plugin(
        "bajio.indicators", lambda: plugin("bajio_regions", []), "installed", "evil", "1"
    )
    own = [Plugin(name, lambda: None, "built-in") for name in built_ins()]

    assert list(unique([*own, theirs, theirs]))[-2:] == [
        "evil:bajio.indicators",
        "evil:bajio.indicators:2",
    ]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"[bajio]\n=\n", b"[bajio]\nx=\n", b"[bajio", b"[bajio]\n\x00 = \x00", b""],
)
def test_a_broken_declaration_of_any_distribution_ends_nothing(tmp_path, content):
    folder = tmp_path / "other-1.0.dist-info"
    folder.mkdir()
    (folder / "entry_points.txt").write_bytes(content)
    good = tmp_path / "good-1.0.dist-info"
    good.mkdir()
    (good / "entry_points.txt").write_text("[bajio]\ngood = good_plugin\n", encoding="utf-8")

    assert "good" in [one.name for one in installed([str(tmp_path)])]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes by name")
def test_a_declaration_that_is_a_pipe_or_a_folder_is_passed_over(tmp_path):
    for name in ("pipe", "folder"):
        (tmp_path / f"{name}-1.dist-info").mkdir()
    os.mkfifo(tmp_path / "pipe-1.dist-info" / "entry_points.txt")
    (tmp_path / "folder-1.dist-info" / "entry_points.txt").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")

    assert installed([str(tmp_path), str(tmp_path / "broken.zip"), "", "\x00", 5, None]) == []


def test_a_passing_error_sets_no_built_in_aside():
    failing = [RecursionError("near the limit"), MemoryError()]

    def load():
        if failing:
            raise failing.pop()
        return world

    registry = Registry({"world": Plugin("world", lambda: Later(load), "built-in")})
    for error in (MemoryError, RecursionError):
        with pytest.raises(error):
            len(registry.peer_groups)
    assert "oecd" in registry.peer_groups
    assert registry.failures == ()


class Later:
    """A plugin whose peer groups are those of another that is loaded when they are asked for."""

    def __init__(self, load):
        self.load = load

    @bajio.hookimpl
    def bajio_peer_groups(self):
        return self.load().bajio_peer_groups()

    @bajio.hookimpl
    def bajio_areas(self):
        return world.bajio_areas()


def test_the_limit_of_recursion_sets_no_built_in_aside():
    registry = Registry()

    def deep(left):
        return registry.indicators["gdp"] if left == 0 else deep(left - 1)

    for left in range(sys.getrecursionlimit()):
        try:
            deep(left)
        except RecursionError:
            break
    assert registry.indicators["gdp"].code == "gdp"
    assert registry.failures == ()


ALL_ERRORS = [
    BajioError("no"),
    UnknownCode("region", "bahio", ["bajio"], "see"),
    InvalidValue("no"),
    InvalidData("no", file="a.csv", row=3, column="b"),
    InvalidCategory("activity", "no", 3),
    InvalidClaim("no", file="a.toml", claim="x", key="y", line=3),
    Unavailable("no", latest_year=2024),
    MissingExtra("array", "numpy"),
    DuplicateCode("no"),
    InvalidFigure("no", 3),
    DifferentError("no"),
    Lacking("no", gaps=[Gap("population", "MX-AGU", "2018", "none")]),
    Unserved("'x'", "MX-AGU", ", convertible to m,", ": it is in s"),
    bajio.errors.AmbiguousName("area", "Congo", {"COD": "DR Congo", "COG": "Congo"}),
    Undecidable(sentence("problem.no-data", what="gdp")),
]


@pytest.mark.parametrize("error", ALL_ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_pickled_and_copied(error):
    pickled = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    for again in (pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)
        assert again.args == error.args


def test_every_kind_of_error_is_tried():
    def kinds(kind):
        return {kind.__name__} | {name for one in kind.__subclasses__() for name in kinds(one)}

    tried = {type(error).__name__ for error in ALL_ERRORS}
    internal = {"NotUnderstoodError", "Uncovered", "Undefined"}
    same = {"InvalidRegion", "InvalidRule", "UnitMismatch"}  # made as InvalidValue is
    assert {
        name for name in kinds(BajioError) if not name.startswith("_")
    } <= tried | internal | same


@given(st.text(max_size=300) | st.text(st.characters(), min_size=2000, max_size=5000))
def test_messages_are_bounded_and_in_one_line(text):
    for error in (UnknownCode("region", text, []), InvalidValue(f"no {text!r} here")):
        assert len(str(error)) <= 2000
        assert as_line(error).isprintable()


def test_the_garbage_collector_is_left_as_it_was(capsys):
    for change in (gc.enable, gc.disable, gc.enable):
        change()
        before = gc.isenabled()
        main(["regions"])
        assert gc.isenabled() is before
    capsys.readouterr()


def test_datasets_laid_over_are_not_all_kept():
    registry = Registry()
    source = bajio.Source("mine", "Me")
    area = (
        bajio.measures("area") if hasattr(bajio, "measures") else registry.dataset.measures["area"]
    )
    for value in range(1, 60):
        data = bajio.dataset(
            "mine",
            measures=[area],
            sources=[source],
            observations=[Observation("MX-JAL", "", "area", value)],
        )
        found = bajio.evaluate("MX-JAL", "area", data, registry=registry, peers=None)
        assert found.value == value
        assert registry.with_data(data) is registry.with_data(data)
    assert len(registry._overlaid) <= 16


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("_attempt", range(3))
def test_a_child_forked_during_a_first_load_answers(_attempt):
    began = threading.Event()

    def slow():
        began.set()
        threading.Event().wait(0.5)
        return []

    registry = Registry({**built_ins(), "slow": Slow(slow)})
    thread = threading.Thread(target=lambda: len(registry.regions))
    thread.start()
    began.wait(10)
    child = os.fork()
    if child == 0:
        os._exit(0 if "bajio" in registry.regions else 1)
    assert os.waitstatus_to_exitcode(wait_for(child, 20)) == 0
    thread.join()


class Slow:
    def __init__(self, call):
        self.call = call

    @bajio.hookimpl
    def bajio_regions(self):
        return self.call()


def wait_for(child, seconds):
    """The status of a child; of one that hangs, that of being killed."""
    timer = threading.Timer(seconds, os.kill, (child, 9))
    timer.start()
    try:
        return os.waitpid(child, 0)[1]
    finally:
        timer.cancel()


@pytest.mark.parametrize("_attempt", range(3))
def test_threads_that_ask_a_new_registry_for_different_things_all_get_them(_attempt):
    registry = Registry()
    asked = [
        lambda: registry.areas["MEX"],
        lambda: registry.borders["MX-JAL"],
        lambda: registry.dataset.measures["gdp"],
        lambda: registry.regions["bajio"],
        lambda: registry.peer_groups["oecd"],
        lambda: registry.indicators["gdp"],
    ]
    answers = []
    threads = [
        threading.Thread(target=lambda ask=ask: answers.append(ask()), daemon=True)
        for ask in asked * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == len(asked) * 3


SHOUTS = dedent("""
    import bajio
    from bajio import Indicator
    from bajio.rules import Custom
    print("imported")

    def loud(members):
        print("asked")
        return sum(member["population"] for member in members)

    @bajio.hookimpl
    def bajio_indicators():
        print("hooked")
        rule = Custom(loud, needs=["population"], unit="person")
        label = "<b>\\x1b[31mloud</b> [x](javascript:y)|"
        return [Indicator("loud", rule, "person", label)]
""")


@pytest.mark.parametrize("output_format", ["table", "json", "csv", "markdown"])
def test_a_plugin_neither_prints_among_the_answers_nor_steers_what_shows_them(
    tmp_path, capsys, output_format
):
    path = tmp_path / "shouts.py"
    path.write_text(SHOUTS, encoding="utf-8")
    question = ["profile", "bajio", "--indicators", "loud", "--year", "2018", "--peers", "none"]

    assert main(["--plugin", str(path), *question, "--format", output_format]) == 0
    found = capsys.readouterr()
    assert "\x1b" not in found.out
    assert not {"imported", "hooked", "asked"} & set(found.out.split())
    assert {"imported", "hooked", "asked"} <= set(found.err.split())
    if output_format == "markdown":
        assert "\\<b\\>\ufffd\\[31mloud\\</b\\> \\[x\\](javascript:y)\\|" in found.out
    if output_format == "json":
        assert json.loads(found.out)["results"][0]["label"].startswith("<b>\x1b[31mloud")


@pytest.mark.filterwarnings("error")
def test_a_warning_that_is_an_error_takes_nothing_away(monkeypatch, capsys):
    monkeypatch.setattr("bajio.registry.collector.SLOW", 0.0)
    registry = Registry({**built_ins(), "theirs": plugin("bajio_regions", Raises("x"))})

    assert registry.region("bajio").members == ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
    assert registry.indicator("gdp").code == "gdp"
    assert len(registry.failures) == len(capsys.readouterr().err.splitlines())
    assert [failure.plugin for failure in registry.failures if not failure.used] == ["theirs"]


@pytest.mark.parametrize(
    ("hook", "thing"),
    [
        ("bajio_regions", Region(["MX-JAL"], code="MEX")),
        ("bajio_regions", Region(["MX-JAL"], code="MX-AGU")),
        ("bajio_regions", Region(["MX-JAL"], code="01001")),
        ("bajio_regions", Region(["MX-JAL"], code="oecd")),
        ("bajio_peer_groups", PeerGroup("bajio", "Mine", ["USA"])),
        ("bajio_peer_groups", PeerGroup("MEX", "Mine", ["USA"])),
    ],
    ids=lambda one: getattr(one, "code", one),
)
def test_no_region_or_group_takes_the_name_of_what_is_asked_for_by_it(hook, thing):
    registry = Registry({**built_ins(), "theirs": plugin(hook, [thing])})
    usual = Registry.default()

    with pytest.warns(PluginWarning, match="already: rename"):
        assert {*registry.regions, *registry.peer_groups} == {*usual.regions, *usual.peer_groups}
    assert registry.region(thing.code) == usual.region(thing.code)
    assert registry.peer_group(thing.code) == usual.peer_group(thing.code)
    before = bajio.rank("bajio", "population", year=2018)
    assert bajio.rank("bajio", "population", year=2018, registry=registry) == before
