"""Whatever was asked, laid over or damaged before, an answer is that of a fresh start."""

import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from drawn import examples
from hypothesis import event, given, settings, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

import bajio
from bajio import Area, BajioError, Indicator, Measure, Membership, Observation, Region, Source
from bajio.facts.regions import PeerGroup
from bajio.questions.profile import profile
from bajio.questions.standing import standings
from bajio.registry import Registry
from bajio.report.profile_report import profile_report

#: On a busy machine a plugin can be told to be slow.
pytestmark = pytest.mark.filterwarnings("ignore:.*slow:bajio.registry.plugins.PluginWarning")
YEARS = (2017, 2018, 2019, 2020)
STATES = ("A-1", "A-2", "A-3", "A-4", "B-1", "B-2")
COUNTRIES = ("AAA", "BBB", "CCC", "DDD")
PEOPLE = Measure("people", "People", "person", time="stock", minimum=0)
MONEY = Measure("money", "Money", "USD", prices="current")
SOURCES = [Source("national", "National figures"), Source("world", "World figures")]
REGIONS = [
    Region(["A-1", "A-2"], code="pair"),
    Region([Membership("A-1"), Membership("A-3", joined=2019)], code="grown"),
    Region([Membership("A-1"), Membership("A-2", left=2019)], code="shrunk"),
    Region([Membership("A-4", 2017, 2018), Membership("A-4", joined=2020), "A-2"], code="back"),
    Region([Membership("A-1"), Membership("A-2", left=2035)], code="leaving"),
    Region(["A-1", "A-2", "A-3", "A-4"], code="whole"),
    Region(["A-1", "B-1"], code="across"),
]
GROUPS = [
    PeerGroup("countries", "Countries", COUNTRIES),
    PeerGroup("growing", "Growing", ["AAA", "BBB", Membership("CCC", joined=2019)]),
    PeerGroup("regions", "Regions", ["pair", "grown", "shrunk", "across", "DDD"]),
    PeerGroup("states", "States", STATES),
]
INDICATORS = [
    Indicator("people", bajio.Sum("people"), "person", "People"),
    Indicator("per-head", bajio.Sum("money") / bajio.Sum("people"), "USD/person", "Money a head"),
    Indicator("people-growth", bajio.Growth(bajio.Sum("people")), "1", "Growth"),
    Indicator(
        "people-to-grown",
        bajio.Sum("people") / bajio.rules.At(bajio.Sum("people"), "grown"),
        "1",
        "People to those of a growing region",
    ),
    Indicator("people-share", bajio.Share(bajio.Sum("people")), "1", "Share"),
]


def figure(measure, area, year):
    """A fixed figure, with ties and zeros among them and now and then none."""
    seed = (STATES + COUNTRIES).index(area) * 7 + year % 10 * 3 + len(measure)
    return None if seed % 19 == 0 else seed % 6 * 10


def observations(areas, measure):
    found = ((area, year, figure(measure, area, year)) for area in areas for year in YEARS)
    return [
        Observation(area, year, measure, value) for area, year, value in found if value is not None
    ]


def base_data():
    rows = [*observations(STATES, "people"), *observations(STATES, "money")]
    for year in YEARS:
        parts = (figure("people", state, year) or 0 for state in STATES[:4])
        rows.append(Observation("AAA", year, "people", sum(parts)))
    return bajio.dataset(
        "national", measures=[PEOPLE, MONEY], sources=SOURCES[:1], observations=rows
    )


def world_data():
    rows = [*observations(COUNTRIES, "people"), *observations(COUNTRIES, "money")]
    return bajio.dataset("world", measures=[PEOPLE, MONEY], sources=SOURCES[1:], observations=rows)


class World:
    """All that does not change, as a plugin."""

    @bajio.hookimpl
    def bajio_areas(self):
        countries = [Area(code, code) for code in COUNTRIES]
        return [*countries, *(Area(code, code, "state", code[0] * 3) for code in STATES)]

    @bajio.hookimpl
    def bajio_datasets(self):
        return [base_data(), world_data()]

    @bajio.hookimpl
    def bajio_regions(self):
        return REGIONS

    @bajio.hookimpl
    def bajio_peer_groups(self):
        return GROUPS

    @bajio.hookimpl
    def bajio_indicators(self):
        return INDICATORS


@bajio.hookimpl
def extra_regions():
    return [Region(["A-2", "A-3"], code="extra"), Region(["B-1", "B-2"], code="other")]


class Extra:
    """A plugin that comes and goes."""

    bajio_regions = staticmethod(extra_regions)

    @staticmethod
    @bajio.hookimpl
    def bajio_peer_groups():
        return [PeerGroup("extras", "Extras", ["extra", "pair", "CCC"])]


def build(plugins, overlays):
    registry = Registry({"world": World(), **{name: Extra() for name in plugins}})
    for overlay in overlays:
        registry = registry.with_data(overlay)
    return registry


def told(registry, question):
    """All that an answer says, or the error."""
    region, options = question
    try:
        answer = profile_report(profile(region, registry=registry, **options), members=True).data()
    except BajioError as error:
        return type(error).__name__, str(error)
    return json.loads(json.dumps(answer, default=str))


overlays = st.lists(
    st.tuples(
        st.sampled_from(STATES + COUNTRIES),
        st.sampled_from(YEARS),
        st.sampled_from(["people", "money"]),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[:3],
)
questions = st.tuples(
    st.sampled_from([region.code for region in REGIONS] + ["A-1", "A-1+A-3", "extra", "AAA"]),
    st.fixed_dictionaries(
        {
            "year": st.sampled_from((*YEARS, None)),
            "peers": st.sampled_from(["countries", "growing", "regions", "states", "extras", None]),
            "membership": st.sampled_from(["newest", "as-of"]),
            "missing": st.sampled_from(["refuse", "partial", "bound"]),
        },
        optional={
            "host": st.sampled_from(["drop", "remainder"]),
            "year_tolerance": st.integers(1, 2),
        },
    ),
)


class Asking(RuleBasedStateMachine):
    """Datasets and plugins come and go between questions; each answer is that of a fresh registry.

    The registry with the plugins is kept for as long as they are; datasets are laid over it, and
    what was laid over is taken away again, so that caches meet all orders of questions.
    """

    @initialize()
    def start(self):
        self.plugins = ()
        self.laid = []
        self.registries = [build((), ())]

    @rule(rows=overlays)
    @precondition(lambda self: len(self.laid) < 3)
    def lay_over(self, rows):
        given = [Observation(area, year, measure, value) for area, year, measure, value in rows]
        own = bajio.dataset(
            f"own-{len(self.laid)}",
            measures=[PEOPLE, MONEY],
            sources=[Source("national", "National figures")],
            observations=given,
        )
        self.laid.append(own)
        self.registries.append(self.registries[-1].with_data(own))

    @rule()
    @precondition(lambda self: self.laid)
    def take_away(self):
        self.laid.pop()
        self.registries.pop()

    @rule()
    def add_or_remove_a_plugin(self):
        self.plugins = () if self.plugins else ("extra",)
        self.laid = []
        self.registries = [build(self.plugins, ())]

    @rule(question=questions)
    def ask(self, question):
        answer = told(self.registries[-1], question)
        event("refused" if isinstance(answer, tuple) else f"{len(self.laid)} laid over")
        assert answer == told(build(self.plugins, self.laid), question)

    @rule(question=questions)
    def ask_twice(self, question):
        assert told(self.registries[-1], question) == told(self.registries[-1], question)

    @invariant()
    def what_lies_below_is_as_it_was(self):
        if not self.laid:
            assert len(self.registries) == 1


TestAsking = Asking.TestCase
TestAsking.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)


@examples(15)
@given(st.lists(questions, min_size=4, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_answer(asked, shuffler):
    straight = build(("extra",), ())
    answers = [told(straight, question) for question in asked]
    order = list(range(len(asked)))
    shuffler.shuffle(order)
    shuffled = build(("extra",), ())

    assert {at: told(shuffled, asked[at]) for at in order} == dict(enumerate(answers))


@examples(10)
@given(st.lists(questions, min_size=6, max_size=12))
def test_threads_that_ask_at_once_get_what_one_gets(asked):
    alone = [told(build(("extra",), ()), question) for question in asked]
    shared = build(("extra",), ())
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda question: told(shared, question), asked))

    assert together == alone


def test_threads_that_race_to_the_first_answer_of_the_built_ins():
    registry = Registry()
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(
                lambda year: standings("bajio", "gdp", registry=registry, year=year)[0].exact,
                [2018, 2019, 2020, 2021] * 4,
            )
        )

    assert found[:4] * 4 == found


class Filing(RuleBasedStateMachine):
    """A package on disk is written, damaged and read: the same data, or one refusal."""

    written = Bundle("written")

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())

    def teardown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(target=written, rows=overlays, number=st.integers(0, 10**6))
    def write(self, rows, number):
        data = bajio.dataset(
            "own",
            measures=[PEOPLE, MONEY],
            sources=SOURCES[:1],
            observations=[
                Observation(area, year, measure, value, status="P", note='n, "1"')
                for area, year, measure, value in rows
            ],
        )
        place = self.folder / f"{number}-{len(list(self.folder.iterdir()))}"
        bajio.write_package(data, place)
        return data, place

    @rule(package=written)
    def read(self, package):
        data, place = package
        assert bajio.read_package(place) == data

    @rule(
        package=written,
        choice=st.randoms(use_true_random=False),
        damage=st.sampled_from(["flip", "cut", "remove", "double", "empty", "append"]),
    )
    def damage_and_read(self, package, choice, damage):
        data, place = package
        hurt = place.with_name(f"{place.name}-hurt")
        shutil.copytree(place, hurt)
        file = choice.choice(sorted(path for path in hurt.rglob("*") if path.is_file()))
        content = file.read_bytes()
        at = choice.randrange(max(len(content), 1))
        if damage == "remove":
            file.unlink()
        else:
            changed = {
                "flip": content[:at]
                + bytes([content[at] ^ 1 << choice.randrange(7)])
                + content[at + 1 :],
                "cut": content[:at],
                "double": content + content,
                "empty": b"",
                "append": content + b"\x00",
            }[damage]
            file.write_bytes(changed)
        event(f"{damage} {file.suffix}")
        try:
            seen = bajio.read_package(hurt)
            rows = {measure: list(seen.observations(measure)) for measure in sorted(seen.measures)}
        except BajioError:
            event("refused")
        else:
            same = {name: list(data.observations(name)) for name in sorted(data.measures)}
            if file.suffix != ".json":
                assert rows == same, (damage, file.name)
        finally:
            shutil.rmtree(hurt)


TestFiling = Filing.TestCase
TestFiling.settings = settings(max_examples=25, stateful_step_count=8, deadline=None)


@pytest.mark.parametrize("damage", range(0, 4000, 37))
def test_one_changed_byte_of_a_table_never_changes_an_answer_unsaid(tmp_path, damage):
    data = bajio.dataset(
        "own",
        measures=[PEOPLE],
        sources=SOURCES[:1],
        observations=[
            Observation(f"X-{number}", year, "people", number * 1000 + year)
            for number in range(40)
            for year in YEARS
        ],
    )
    bajio.write_package(data, tmp_path / "own")
    [table] = (tmp_path / "own").rglob("*.csv")
    content = bytearray(table.read_bytes())
    content[damage % len(content)] ^= 1
    table.write_bytes(content)

    with pytest.raises(BajioError):
        list(bajio.read_package(tmp_path / "own").observations("people"))
