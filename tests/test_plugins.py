"""Plugins: loaded safely, isolated, told about; registries as values."""

import json
import subprocess
import sys
import textwrap
import threading
import warnings
from pathlib import Path

import pytest
from attrs import evolve
from few_examples import in_few

import bajio
from bajio.cli import main
from bajio.facts.areas import LazyAreas
from bajio.indicators import investment, labour, output, population, trade, welfare
from bajio.registry import PluginWarning, Registry, built_ins
from bajio.registry.plugins import BUILT_IN
from bajio.report.profile_report import profile_report
from bajio.testing.kit import trials

GOOD = """
    import bajio
    from bajio import Indicator, Sum

    @bajio.hookimpl
    def bajio_indicators():
        return [
            Indicator("land-per-person", Sum("area") / Sum("population"), "km²/person",
                      {"en": "Land per person", "es": "Superficie por persona"}),
        ]
"""
HEAD = "import bajio\nfrom bajio import Indicator, Sum, Growth\n"
HOOK = "@bajio.hookimpl\ndef bajio_indicators():\n    return "


def one(*arguments):
    return f"{HEAD}{HOOK}[Indicator({', '.join(arguments)})]\n"


# what is wrong, the plugin's text, what is told
BROKEN = {
    "raises on import": ("raise RuntimeError('no such library')", "no such library"),
    "exits on import": ("import sys; sys.exit(3)", "SystemExit"),
    "is no Python": ("def broken(:\n", "SyntaxError"),
    "raises in a hook": (f"{HEAD}{HOOK}1 / 0\n", "ZeroDivisionError"),
    "returns nothing": (f"{HEAD}{HOOK}None\n", "it returned None"),
    "returns what cannot be listed": (f"{HEAD}{HOOK}7\n", "it returned 7"),
    "returns a text": (f"{HEAD}{HOOK}'land'\n", "a hook returns a list, even of one thing"),
    "returns one thing alone": (
        (
            f"{HEAD}@bajio.hookimpl\ndef bajio_regions():\n"
            "    return bajio.Region(['MX-JAL', 'MX-COL'], code='west')\n"
        ),
        "a hook returns a list, even of one thing",
    ),
    "takes an argument": (
        f"{HEAD}@bajio.hookimpl\ndef bajio_indicators(registry):\n    return []\n",
        "registry",
    ),
    "returns the wrong type": (f"{HEAD}{HOOK}['gdp-nonsense']\n", "is not the Indicator"),
    "repeats a code": (one("'gdp'", "Sum('gdp')", "'USD'", "'GDP'"), "replaces='gdp'"),
    "says that it replaces another code": (
        one("'mine'", "Sum('area')", "'km²'", "'Mine'", "replaces='zzz'"),
        "what replaces another bears its code",
    ),
    "has a unit that the rule cannot have": (
        one("'wrong'", "Sum('area')", "'person'", "'Wrong'"),
        "the rule gives km², not person",
    ),
    "has a custom rule of another unit": (
        (
            f"{HEAD}from bajio.rules import Custom\n"
            f"{HOOK}[Indicator('wrong', Custom(len, ['gdp']), 'MXN', 'Wrong')]\n"
        ),
        "as Custom(..., unit='MXN')",
    ),
    "has an unknown unit": (one("'wrong'", "Sum('area')", "'furlong'", "'Wrong'"), "furlong"),
    "names an unknown measure": (
        one("'wrong'", "Sum('populaton')", "'person'", "'Wrong'"),
        "did you mean 'population'",
    ),
    "sums an intensive measure": (one("'wrong'", "Sum('cpi')", "'1'", "'Wrong'"), "intensive"),
    "sells inflation as growth": (
        one("'wrong'", "Growth(Sum('gdp'))", "'1'", "'Wrong'"),
        "current prices",
    ),
    "implements no hook": ("def bajio_indicators():\n    return []\n", "@bajio.hookimpl"),
    "misspells a hook": (
        "import bajio\n@bajio.hookimpl\ndef bajio_indicator():\n    return []\n",
        "no hook 'bajio_indicator'",
    ),
    "has a manifest to nowhere": (f"{HEAD}{HOOK}{{'x': 'nowhere:X'}}\n", "nowhere"),
    "has a manifest of another code": (
        f"{HEAD}{HOOK}{{'x': 'bajio.indicators.output:INDICATORS'}}\n",
        "holds no 'x'",
    ),
    "exits in a hook": (f"import sys\n{HEAD}{HOOK}sys.exit(3)\n", "SystemExit"),
    "exits where a manifest leads": (
        f"{HEAD}{HOOK}{{'x': 'exits_at_once:X'}}\n",
        "SystemExit",
    ),
    "has an area in an unknown one": (
        (
            f"{HEAD}@bajio.hookimpl\ndef bajio_areas():\n"
            "    return [bajio.Area('MX-XYZ', 'X', 'state', 'MXE')]\n"
        ),
        "unknown area 'MXE'",
    ),
    "has areas that lie in one another": (
        (
            f"{HEAD}@bajio.hookimpl\ndef bajio_areas():\n"
            "    return [bajio.Area('MX-XYZ', 'X', 'state', 'MX-XYZ')]\n"
        ),
        "lies in itself",
    ),
    "has a peer group with an unknown member": (
        (
            f"{HEAD}@bajio.hookimpl\ndef bajio_peer_groups():\n"
            "    return [bajio.PeerGroup('mine', 'Mine', ['MX-JAL', 'MX-COX'])]\n"
        ),
        "unknown area or region 'MX-COX'",
    ),
    "has a set of an unknown indicator": (
        (
            f"{HEAD}@bajio.hookimpl\ndef bajio_indicator_sets():\n"
            "    return [bajio.IndicatorSet('mine', 'Mine', ['gdp', 'populaton'])]\n"
        ),
        "unknown indicator 'populaton'",
    ),
    "is slow": (f"import time\n{HEAD}{HOOK}time.sleep(1.1) or []\n", "slow"),
}


@pytest.fixture
def plugin_file(tmp_path):
    def write(text, name="mine.py"):
        path = tmp_path / name
        path.write_text(textwrap.dedent(text))
        return str(path)

    return write


@pytest.fixture(scope="module")
def before():
    return profile_report(bajio.profile("bajio", year=2018)).data()


def test_a_plain_file_is_a_plugin(plugin_file):
    registry = Registry.load(plugin_file(GOOD))
    result = bajio.evaluate("bajio", "land-per-person", year=2018, registry=registry)

    assert result.value == pytest.approx(109059 / 12706038)
    assert result.sources


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_plugin_is_set_aside_with_one_warning_and_all_else_stays(
    fault, plugin_file, before, tmp_path, monkeypatch
):
    (tmp_path / "exits_at_once.py").write_text("import sys; sys.exit(3)")
    monkeypatch.syspath_prepend(tmp_path)
    text, told = BROKEN[fault]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        registry = Registry.load(plugin_file(text))
        after = profile_report(bajio.profile("bajio", year=2018, registry=registry)).data()
        assert registry.peer_groups
        assert registry.indicator_sets

    assert after == before
    assert [str(one.message) for one in caught if told in str(one.message)], caught
    assert len(caught) == 1
    assert "mine.py" in str(caught[0].message)
    assert len(registry.failures) == 1


def test_a_dataset_about_unknown_areas_leaves_the_figures_that_it_is_laid_over(before):
    bundled = Registry().dataset

    class Mine:
        @bajio.hookimpl
        def bajio_datasets(self):
            return [
                bajio.dataset(
                    "mine",
                    measures=[bundled.measures["population"]],
                    sources=[bundled.sources["conapo"]],
                    observations=[bajio.Observation("XX-YYY", 2018, "population", 1)],
                )
            ]

    registry = Registry({**built_ins(), "mine": Mine()})
    with pytest.warns(PluginWarning, match="unknown area 'XX-YYY'"):
        found = bajio.profile("bajio", year=2018, registry=registry)

    [population] = [one for one in before["results"] if one["indicator"] == "population"]
    assert found["population"].value == population["value"]


def test_a_manifest_names_datasets_too(tmp_path, monkeypatch):
    (tmp_path / "rainy.py").write_text(
        "import bajio\n"
        "RAIN = bajio.dataset('rain', sources=[bajio.Source('gauge', 'Gauges')],\n"
        "    measures=[bajio.Measure('rain', 'Rain', 'mm', kind='intensive', time='stock')],\n"
        "    observations=[bajio.Observation('MX-JAL', 2018, 'rain', 812)])\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    class Mine:
        @bajio.hookimpl
        def bajio_datasets(self):
            return {"rain": "rainy:RAIN", "snow": "rainy:SNOW"}

    registry = Registry({**built_ins(), "mine": Mine()})
    with pytest.warns(PluginWarning, match="snow"):
        assert "rain" in registry.dataset.measures


def test_areas_that_are_read_late_and_fail_leave_the_others():
    class Mine:
        @bajio.hookimpl
        def bajio_areas(self):
            def load():
                raise OSError("no such table")

            return [LazyAreas("district", "municipality", load)]

    registry = Registry({**built_ins(), "mine": Mine()})
    with pytest.warns(PluginWarning, match="no such table"):
        assert "MX-XYZ" not in registry.areas
    assert "MX-JAL" in registry.areas
    assert registry.region("MX-JAL").members == ("MX-JAL",)


class Late:
    """Provides areas of a kind when they are asked for."""

    def __init__(self, kind, *areas):
        self.lazy = LazyAreas(kind, "country", lambda: areas)

    @bajio.hookimpl
    def bajio_areas(self):
        return [self.lazy]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (bajio.Area("MX-XYZ", "X", "state", "NOWHERE"), "'NOWHERE', which is not known"),
        (bajio.Area("MX-JAL", "X", "state", "MEX"), "its code is taken"),
        ("MX-XYZ", "is no area"),
    ],
)
def test_areas_that_are_read_late_and_are_wrong_leave_the_others(wrong, told):
    registry = Registry({**built_ins(), "mine": Late("state", wrong)})
    with pytest.warns(PluginWarning, match=told):
        found = bajio.evaluate("bajio", "area", registry=registry)
    assert found.share_of_host == bajio.evaluate("bajio", "area").share_of_host


def test_municipalities_of_a_plugin_come_beside_those_of_mexico():
    ours = bajio.Area("GT-0101", "Guatemala", "municipality", "GTM")
    registry = Registry({**built_ins(), "mine": Late("municipality", ours)})

    assert registry.areas.children("GTM", "municipality") == ("GT-0101",)
    assert len(registry.areas.children("MEX", "municipality")) > 2000


def test_a_plugin_that_is_slow_twice_is_told_of_once(plugin_file):
    regions = HOOK.replace("indicators", "regions")
    text = f"import time\ntime.sleep(1.1)\n{HEAD}{HOOK}[]\n{regions}[]\n"
    with pytest.warns(PluginWarning, match="slow") as caught:
        assert Registry.load(plugin_file(text)).plugins
    assert len(caught) == 1
    assert "set aside" not in str(caught[0].message)


def test_all_datasets_of_a_plugin_are_told():
    class Mine:
        @bajio.hookimpl
        def bajio_datasets(self):
            return [
                bajio.dataset(name, measures=[], sources=[], observations=[])
                for name in ("rain", "snow")
            ]

    registry = Registry({**built_ins(), "mine": Mine()})
    assert registry.plugins[-1].provides == {"bajio_datasets": ("rain", "snow")}


def test_two_files_of_one_name_are_two_plugins(plugin_file, tmp_path):
    first = plugin_file(GOOD)
    (tmp_path / "other").mkdir()
    second = plugin_file(GOOD.replace("land-per-person", "land"), "other/mine.py")
    known = Registry.load(first, second, first).indicators

    assert {"land-per-person", "land"} <= set(known)


def test_a_file_can_hold_dataclasses(plugin_file):
    text = """
        from __future__ import annotations
        from dataclasses import dataclass
        from typing import ClassVar

        @dataclass
        class Station:
            name: str
            count: ClassVar[int] = 0
    """
    assert (
        "land-per-person"
        in Registry.load(plugin_file(textwrap.dedent(text) + textwrap.dedent(GOOD))).indicators
    )


def test_a_code_can_be_replaced_when_it_is_said(plugin_file):
    text = one("'area'", "2 * Sum('area')", "'km²'", "'Twice'", "replaces='area'")
    registry = Registry.load(plugin_file(text))

    assert bajio.evaluate("bajio", "area", registry=registry).value == 2 * 109059
    assert bajio.evaluate("bajio", "area").value == 109059


def test_two_plugins_with_one_code_are_both_named(plugin_file):
    first, second = plugin_file(GOOD, "first.py"), plugin_file(GOOD, "second.py")
    registry = Registry.load(first, second)
    with pytest.warns(PluginWarning, match=r"second\.py.*land-per-person.*first\.py"):
        known = registry.indicators

    assert "land-per-person" in known


def test_registries_do_not_see_each_other(plugin_file):
    mine = Registry.load(plugin_file(GOOD))

    assert "land-per-person" in mine.indicators
    assert "land-per-person" not in Registry().indicators
    assert "land-per-person" not in bajio.list_indicators()


def test_a_closed_registry_provides_nothing():
    with Registry() as registry:
        assert "gdp" in registry.indicators
        assert registry.regions
    assert not registry.indicators
    assert not registry.regions
    assert not registry.datasets
    assert not list(registry.areas)


def test_a_file_is_read_anew(plugin_file):
    path = plugin_file(GOOD)
    assert "land-per-person" in Registry.load(path).indicators
    plugin_file(GOOD.replace("land-per-person", "land-per-head"))

    assert "land-per-head" in Registry.load(path).indicators
    assert "land-per-person" not in Registry.load(path).indicators


def test_the_order_of_plugins_does_not_change_answers(before):
    turned = dict(reversed(built_ins().items()))
    again = profile_report(bajio.profile("bajio", year=2018, registry=Registry(turned))).data()

    assert again == before


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("population", ["held_indicators"]),
        ("theil-l-gdp-per-capita", ["held_indicators", "inequality"]),
    ],
)
def test_one_question_imports_one_module_of_indicators_at_most(code, modules):
    script = (
        f"import sys, bajio; bajio.evaluate('bajio', {code!r}, year=2018); "
        "print(sorted(m for m in sys.modules if m.startswith('bajio.indicators.')))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    wanted = [f"bajio.indicators.{module}" for module in modules]
    assert found.stdout.strip() == str(wanted), found.stderr


class Topic:
    """A module of built-in indicators as a plugin of its own."""

    def __init__(self, module):
        self.module = module

    @bajio.hookimpl
    def bajio_indicators(self):
        return self.module.INDICATORS


def lifted(module):
    """The text of a module of built-in indicators, with a hook of its own."""
    hook = "\n\n@bajio.hookimpl\ndef bajio_indicators():\n    return INDICATORS\n"
    return f"import bajio\n{Path(module.__file__).read_text(encoding='utf-8')}{hook}"


def test_a_built_in_module_gives_the_same_from_outside(tmp_path, monkeypatch, before):
    """Built-ins use no private door: a module of theirs serves as well from a package."""
    (tmp_path / "lifted_output.py").write_text(lifted(output), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    others = {one.__name__: Topic(one) for one in (population, investment, trade, labour, welfare)}
    plugins = {name: one for name, one in built_ins().items() if name != "bajio.indicators"}
    registry = Registry({**plugins, "lifted": "lifted_output", **others})
    after = profile_report(bajio.profile("bajio", year=2018, registry=registry)).data()

    def by_code(data):
        return {result["indicator"]: result for result in data["results"]}

    assert by_code(after) == by_code(before)


def test_threads_can_read_one_registry():
    registry = Registry()
    values = []

    def read():
        result = bajio.evaluate("bajio", "gdp", year=2018, registry=registry)
        values.append((result.exact, result.rank.position))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(values) == 8
    assert len(set(values)) == 1


RACE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from bajio import Registry
sys.setswitchinterval(1e-6)
start = Barrier(8)
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda _: start.wait() * 0 or Registry.default(), range(8)))
sys.exit(len(set(map(id, found))))
"""


def test_threads_that_ask_for_the_default_registry_first_at_once_get_the_same():
    assert subprocess.run([sys.executable, "-c", RACE], check=False).returncode == 1


NO_REGISTRY = {
    "profile": lambda other: bajio.profile("bajio", registry=other),
    "evaluate": lambda other: bajio.evaluate("bajio", "gdp", registry=other),
    "audit": lambda other: bajio.audit("san-miguel", registry=other),
    "diff": lambda other: bajio.diff("fdi=2018", "fdi=2025-10", registry=other),
    "memberships": lambda other: bajio.Memberships.of(["bajio"], registry=other),
    "text": lambda other: bajio.answers.read_text("Jalisco", "bajio", registry=other),
    "table": lambda other: bajio.read_table("t.csv", measure="gdp", registry=other),
    "package": lambda other: bajio.read_package("package", registry=other),
    "trials": lambda other: next(trials(bajio.region("bajio"), registry=other)),
}


@pytest.mark.parametrize("other", ["world", {}, built_ins()], ids=["text", "nothing", "plugins"])
@pytest.mark.parametrize("asked", NO_REGISTRY.values(), ids=NO_REGISTRY)
def test_what_is_no_registry_is_refused_as_such(asked, other):
    with pytest.raises(bajio.BajioError, match="registry is given as Registry, not as "):
        asked(other)


def install(folder, name, text, entry):
    """A distribution as an installer leaves it behind."""
    (folder / f"{name}.py").write_text(textwrap.dedent(text))
    info = folder / f"{name}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[bajio]\n{entry}\n")


def command(folder, *arguments, **environment):
    import os

    return subprocess.run(
        [sys.executable, "-m", "bajio", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
    )


def test_installed_plugins_are_found_and_told(tmp_path):
    install(tmp_path, "good_plugin", GOOD, "good = good_plugin")
    install(tmp_path, "bad_plugin", "raise ImportError('gone')", "bad = bad_plugin")
    install(tmp_path, "lost_plugin", "", "lost = vanished_module")
    found = command(tmp_path, "plugins", "--format", "json")
    listed = {one["name"]: one for one in json.loads(found.stdout)}

    assert listed["good"]["distribution"] == "good-plugin"
    assert listed["good"]["version"] == "1.2"
    assert listed["good"]["origin"] == "installed"
    assert listed["good"]["provides"] == {"bajio_indicators": ["land-per-person"]}
    assert listed["good"]["seconds"] >= 0
    assert "gone" in listed["bad"]["failures"][0]["reason"]
    assert "vanished_module" in listed["lost"]["failures"][0]["reason"]
    assert listed["bajio.catalog.world"]["origin"] == "built-in"


def test_a_broken_plugin_does_not_disable_the_command_line(tmp_path):
    install(tmp_path, "bad_plugin", "import sys; sys.exit(3)", "bad = bad_plugin")
    profile = command(tmp_path, "profile", "bajio", "--indicators", "population")
    version = command(tmp_path, "--version")

    assert profile.returncode == 0
    assert "million persons" in profile.stdout
    assert profile.stderr.count("\n") == 1
    assert "'bad' of bad-plugin 1.2" in profile.stderr
    assert (version.returncode, version.stderr) == (0, "")


@pytest.mark.parametrize(("restriction", "known"), [("", False), ("good", True), ("other", False)])
def test_an_environment_variable_restricts(tmp_path, restriction, known):
    install(tmp_path, "good_plugin", GOOD, "good = good_plugin")
    found = command(tmp_path, "indicators", BAJIO_PLUGINS=restriction)

    assert ("land-per-person" in found.stdout) == known


def test_a_restriction_to_what_is_not_installed_is_told(tmp_path):
    install(tmp_path, "good_plugin", GOOD, "good = good_plugin")
    found = command(tmp_path, "regions", BAJIO_PLUGINS="good, goood")

    assert found.returncode == 0
    assert found.stderr.count("\n") == 1
    assert "BAJIO_PLUGINS names 'goood'" in found.stderr
    assert "there is good" in found.stderr


def test_the_option_after_the_command_is_told_where_it_goes(capsys):
    assert main(["profile", "bajio", "--plugin", "mine.py"]) == 2
    assert "before the command, as in `bajio --plugin mine.py" in capsys.readouterr().err


def test_a_custom_rule_that_exits_is_told(plugin_file, capsys):
    text = "import sys\n" + one("'out'", "bajio.rules.Custom(sys.exit, ['area'])", "'1'", "'Out'")

    assert main(["--plugin", plugin_file(text), "profile", "bajio", "--indicators", "out"]) == 2
    assert "the custom rule 'exit' failed: SystemExit" in capsys.readouterr().err


def test_check_without_hypothesis_tells_how_to_install_it(tmp_path):
    (tmp_path / "hypothesis.py").write_text("raise ModuleNotFoundError('hypothesis')")
    found = command(tmp_path, "plugins", "--check")

    assert found.returncode == 2
    assert found.stderr == "bajio: --check needs Hypothesis: pip install 'bajio[testing]'\n"


def test_the_command_line_takes_a_plain_file(plugin_file, capsys):
    path = plugin_file(GOOD)
    question = ["profile", "bajio", "--indicators", "land-per-person", "--year", "2018"]

    assert main(["--plugin", path, *question]) == 0
    assert "km² per person" in capsys.readouterr().out
    assert main(question) == 2


def test_a_file_that_is_none_is_refused(capsys):
    assert main(["--plugin", "nowhere.py", "profile", "bajio"]) == 2
    assert "'nowhere.py' is no file of a plugin" in capsys.readouterr().err


BESIDE = """
            Indicator("people", Sum("population"), "person", "People", traits=["internal"]),
        ]
"""


def trials_in_few(thing, registry):
    """Those of the plugin's indicators, by some examples: `.ci/run` has them all, by all."""
    return (
        evolve(trial, law=evolve(trial.law, examples=10))
        for trial in trials(thing, registry)
        if isinstance(thing, bajio.Indicator)
    )


def test_check_tries_the_laws_and_tells_what_is_broken(plugin_file, capsys, monkeypatch):
    monkeypatch.setattr("bajio.registry.plugins.BUILT_IN", BUILT_IN[:-1])
    monkeypatch.setattr("bajio.testing.kit.trials", trials_in_few)
    both = GOOD.rstrip().removesuffix("]").rstrip() + BESIDE

    assert main(["--plugin", plugin_file(both), "plugins", "--check", "--format", "json"]) == 1
    told = capsys.readouterr()
    land, people = [row for row in json.loads(told.out) if row["plugin"] == "mine.py"]
    assert land["broken"] == []
    assert {"division", "coverage"} <= set(land["kept"])
    assert people["broken"] == ["internality"]
    assert "people breaks the law 'internality'" in told.err


def first_trials(thing, registry):
    """The first law of each thing, by a few examples: `.ci/run` has them all, by all."""
    return [in_few(next(iter(trials(thing, registry))))]


@pytest.mark.slow
def test_check_passes_with_the_built_ins_and_a_plugin_beside_them(plugin_file, capsys, monkeypatch):
    monkeypatch.setattr("bajio.testing.kit.trials", first_trials)

    assert main(["--plugin", plugin_file(GOOD), "plugins", "--check", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["plugin"] for row in rows} >= {"bajio.indicators", "mine.py"}
    assert not any(row["broken"] for row in rows)
    assert {row["code"] for row in rows} >= set(bajio.list_indicators()) | set(bajio.list_regions())


HANGS = """
import bajio
from bajio import Indicator
from bajio.rules import Custom

def slow(members):
    while True:
        pass

@bajio.hookimpl
def bajio_indicators():
    return [Indicator("slow", Custom(slow, needs=["population"], unit="person"), "person", "Slow")]
"""


#: What is stopped may be in the middle of anything, as in a weak reference's callback.
STOPPED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@STOPPED
def test_check_gives_no_law_more_than_its_time(plugin_file, capsys, monkeypatch):
    monkeypatch.setattr("bajio.registry.plugins.BUILT_IN", BUILT_IN[:-1])
    path, before = plugin_file(HANGS), set(threading.enumerate())

    assert main(["--plugin", path, "plugins", "--check", "--patience", "0.2"]) == 1
    assert "Seen: it is not done after 0.2 s, at " in capsys.readouterr().err
    assert set(threading.enumerate()) <= before  # what is overdue takes no more time


@STOPPED
def test_check_does_not_wait_for_a_hook_for_ever(plugin_file, capsys):
    path = plugin_file(
        "import bajio\n@bajio.hookimpl\ndef bajio_regions():\n    while True: pass\n"
    )
    before = set(threading.enumerate())

    assert main(["--plugin", path, "plugins", "--check", "--patience", "0.5"]) == 2
    assert "is not done after 0.5 s" in capsys.readouterr().err
    assert set(threading.enumerate()) <= before


def test_what_a_plugin_prints_is_not_among_the_answers(plugin_file, capsys):
    asked = GOOD.replace("        return [", "        print('asked')\n        return [")
    noisy = f"    print('loaded'){asked}"

    assert main(["--plugin", plugin_file(noisy), "rank", "bajio", "gdp", "--format", "json"]) == 0
    found = capsys.readouterr()
    assert json.loads(found.out)["region"]["code"] == "bajio"
    assert "loaded\nasked\n" in found.err


def test_what_a_plugin_writes_to_the_descriptor_of_stdout_is_not_among_the_answers(plugin_file):
    writing = "        import os, sys\n        os.write(1, b'written\\n')\n"
    writing += "        os.system('echo started')\n        sys.__stdout__.write('kept\\n')\n"
    path = plugin_file(GOOD.replace("        return [", f"{writing}        return ["))
    command = [sys.executable, "-m", "bajio", "--plugin", path, "rank", "bajio", "gdp", "--format"]

    found = subprocess.run([*command, "json"], capture_output=True, text=True)
    assert json.loads(found.stdout)["region"]["code"] == "bajio"
    assert {"written", "started", "kept"} <= set(found.stderr.split())


def test_a_built_in_module_works_the_same_from_outside(tmp_path, monkeypatch):
    """Built-ins use no private door: one is moved into a package that is not bajio's."""
    (tmp_path / "foreign_trade.py").write_text(lifted(trade), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    plugins = {name: name for name in BUILT_IN[:-1]}
    plugins |= {one.__name__: Topic(one) for one in (population, output, investment, labour)}
    outside = Registry({**plugins, "foreign-trade": "foreign_trade"})
    inside = Registry({**plugins, "trade": Topic(trade)})
    asked = [one.code for one in trade.INDICATORS]

    assert outside.plugins[-1].plugin.origin == "given"
    for year in (None, 2018):
        found, expected = (
            profile_report(
                bajio.profile("bajio", year=year, indicators=asked, registry=registry)
            ).data()
            for registry in (outside, inside)
        )
        assert found == expected
        assert len(found["results"]) == len(asked)
