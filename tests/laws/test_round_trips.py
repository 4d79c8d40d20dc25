"""Law 16: written and read again, things are equal."""

import copy
import json
import pickle
from fractions import Fraction
from sys import modules

import pytest
from attrs import NOTHING, fields
from drawn import examples
from hypothesis import given, strategies as st

from bajio.composites import Component, Composite
from bajio.errors import BajioError, InvalidRule
from bajio.facts.observations import Observation
from bajio.facts.sources import Source
from bajio.indicator import Indicator
from bajio.questions.profile import profile
from bajio.questions.single import evaluate
from bajio.readers.datapackage import read_package
from bajio.readers.package_writer import write_package
from bajio.registry.own_data import dataset
from bajio.report.json_data import json_text
from bajio.report.kinds import RESULT
from bajio.report.records import Voice
from bajio.rules.custom import Custom
from bajio.rules.nodes import Convert, Deflate, Lag, Maximum, Minimum, Sum
from bajio.rules.notation import from_data, is_data, to_data
from bajio.rules.rule import Rule
from bajio.rules.spread import Gini, GroupMean, GroupWeight
from bajio.testing.strategies import regions, rules, tables, worlds
from bajio.testing.wide import wide_regions, wide_worlds
from bajio.testing.worlds import ACTIVITIES, MEASURES, YEAR

FIXED = st.sampled_from(
    [
        Convert(Sum("output"), to="EUR", at="rate"),
        Deflate(Sum("output"), base=2015),
        Lag(Sum("people"), 2),
        Minimum("quota"),
        Maximum("gva", {"activity": "31-33", "sex": "F"}),
        Fraction(1, 3) * Sum("people") - Sum("land"),
    ]
)


@given(rules() | FIXED)
def test_a_rule_survives_json(rule):
    assert from_data(json.loads(json.dumps(to_data(rule)))) == rule


def is_public(kind):
    """Whether a class is the one of its name: attrs leaves another behind where it adds slots."""
    ours = kind.__module__.startswith("bajio.rules")
    return ours and getattr(modules[kind.__module__], kind.__name__) is kind


def constructors(kind=Rule):
    """Every constructor of rules: what has attributes, and nothing below it."""
    below = [one for one in kind.__subclasses__() if is_public(one)]
    found = {one for sub in below for one in constructors(sub)}
    return found if below else {kind}


def arguments(kind, *, every):
    """Arguments of a constructor: those that it needs, or all."""
    given = {
        "operator": "+",
        "value": Fraction(3, 2),
        "measure": "gva",
        "dimension": "activity",
        "axis": "member",
        "base": 2015,
        "to": "USD",
        "parts": {"one": Sum("people"), "other": Gini(Sum("output"))},
    }
    optional = {"level": "31-33", "years": 3, "nominal": True, "epsilon": Fraction(1, 2)}
    optional |= {"degree": 3, "total": Sum("output"), "place": "MX-JAL", "of": "MX-JAL"}
    optional |= {"where": {"activity": "23"}, "at": "ppp-factor", "by": "cpi-other"}
    for attribute in fields(kind):
        name = attribute.name
        if attribute.default is NOTHING or every:
            is_rule = name in kind.children
            chosen = Sum("people") / Sum("land") if is_rule else {**optional, **given}.get(name)
            if chosen is not None:
                yield name, chosen


@pytest.mark.parametrize("every", [False, True], ids=["least", "most"])
@pytest.mark.parametrize(
    "kind",
    sorted(constructors() - {Custom, GroupMean, GroupWeight}, key=str),
    ids=lambda kind: kind.__name__,
)
def test_every_constructor_survives_json(kind, every):
    rule = kind(**dict(arguments(kind, every=every)))
    read = from_data(json.loads(json.dumps(to_data(rule))))
    assert read == rule
    assert str(read) == str(rule)
    assert not str(rule).startswith(f"{kind.__name__}(rule")


class OfMyOwn(Gini):
    """A class that no reader knows, though its name were one of bajio's."""


@pytest.mark.parametrize(
    "rule", [Custom(len, ["people"]), OfMyOwn(Sum("people")), 2 * OfMyOwn(Sum("people"))]
)
def test_code_has_no_notation(rule):
    assert not is_data(rule)
    with pytest.raises(InvalidRule, match="is code: it has no notation"):
        to_data(rule)


@examples(25)
@given(worlds(holes=True))
def test_a_dataset_survives_its_files(tmp_path_factory, world):
    folder = tmp_path_factory.mktemp("package")
    write_package(world.data, folder)

    assert read_package(folder) == world.data


def test_statuses_notes_and_gaps_survive_files(tmp_path):
    data = dataset(
        "own",
        measures=MEASURES,
        sources=[Source("survey", 'A "quoted", title', publisher="Señas")],
        observations=[
            Observation("A", 2018, "people", 7, "P", "first, preliminary"),
            Observation("A", 2019, "people", None, "Q", "too few to tell"),
            Observation("B", 2019, "people", Fraction(1, 8)),
        ],
    )
    write_package(data, tmp_path)

    assert read_package(tmp_path) == data
    assert [o.status for o in read_package(tmp_path).observations("people")] == ["P", "A", "Q"]


@given(st.data(), worlds(), rules())
def test_a_result_in_json_keeps_its_exact_value(data, world, rule):
    members = data.draw(regions(world))
    unit = world.bound(rule, members).unit
    indicator = Indicator("generated", rule, unit, "Generated")
    registry = world.registry(indicator)
    result = evaluate(members, indicator, registry=registry, year=YEAR, peers=None)
    read = json.loads(json_text(RESULT.data(result, Voice())))

    assert Fraction(read["exact"]) == result.exact
    assert read["value"] == result.value
    assert read["unit"] == str(result.unit)


def again(thing):
    """A thing pickled and read again, and copied."""
    read = pickle.loads(pickle.dumps(thing))  # noqa: S301  # our own bytes
    assert copy.deepcopy(thing) == read
    return read


@examples(25)
@given(wide_worlds(("people", "output", "balance", "quota", "jobs"), own=True))
def test_a_wide_dataset_survives_its_files_and_pickle(tmp_path_factory, world):
    """Quarters, categories that nest, statuses, reasons, notes, editions and sources."""
    folder = tmp_path_factory.mktemp("package")
    data = world.data
    write_package(data, folder)
    read = read_package(folder)

    assert read == data
    assert read.classification("jobs", "activity") == ACTIVITIES
    assert [str(one) for one in read.series] == [str(one) for one in data.series]
    for measure in data.measures:
        assert set(read.observations(measure)) == set(data.observations(measure))
    assert again(read) == data


@examples(25)
@given(st.data(), rules(), st.sampled_from([None, "countries", "mixed"]))
def test_answers_survive_pickle(data, rule, peers):
    """A result, a profile and all in them are what they were, and can still be asked."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    members = data.draw(regions(world))
    indicator = world.indicator(rule)
    options = {"registry": world.known, "year": YEAR, "peers": peers}
    error = None
    try:
        result = evaluate(members, indicator, **options)
    except BajioError as refusal:
        error = refusal
    if error is not None:
        read = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
        assert (type(read), str(read)) == (type(error), str(error))
        return
    read = again(result)
    assert read == result
    assert json_text(RESULT.data(read, Voice())) == json_text(RESULT.data(result, Voice()))
    found = profile(members, indicators=[indicator], **options)
    other = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert other[indicator.code] == found[indicator.code]


@given(st.data())
def test_regions_and_groups_survive_pickle(data):
    world = data.draw(wide_worlds(("people",)))
    region = data.draw(wide_regions(world))
    read = again(region)
    assert (read, read.members, read.code) == (region, region.members, region.code)
    for group in world.groups:
        assert again(group) == group


@given(rules() | tables() | FIXED)
def test_rules_and_indicators_survive_pickle(rule):
    assert again(rule) == rule
    indicator = Indicator("made", rule, "1", {"en": "Made", "es": "Hecho"}, better="lower")
    assert again(indicator) == indicator


def test_composites_survive_pickle():
    parts = [Component("gdp-per-capita", Fraction(2, 3)), Component("population", 1, "lower")]
    for normalisation in ("min-max", "z-score", "rank"):
        composite = Composite("both", "Both", parts, normalisation=normalisation)
        assert again(composite) == composite


def reads(rule):
    """Codes of the measures that a rule reads, with the rates that it may need."""
    pending, found = [rule], {"people"}
    while pending:
        one = pending.pop()
        found |= {getattr(one, name) for name in ("measure", "at", "by") if hasattr(one, name)}
        pending += [getattr(one, name) for name in one.children]
    return found
