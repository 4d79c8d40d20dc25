"""Every public type is one of values: they travel by pickle, equal their copies, and show briefly.

The types are those of the public namespaces, so that none can be forgotten: a new one needs to be
met in an answer, or to stand in `MORE`.
"""

import inspect
import json
from collections.abc import Mapping
from functools import cache

import pytest
from attrs import fields, has
from jsonschema import Draft202012Validator
from test_copies import ANSWERS, WAYS, answer_of

import bajio
from bajio import Memberships, answers, errors, rules
from bajio.cli import main
from bajio.questions.reported import Reported
from bajio.report import documents
from bajio.report.bulk_report import BULK
from bajio.report.schemas import json_schema

NAMESPACES = (bajio, answers, rules, errors)
#: What is itself and no value: it is not equal to another that was made alike.
ITSELF = {"Areas", "FaultList", "Loaded", "Plugin", "Registry", "Series"}
#: A repr is of so many letters at most, and of one line.
MOST = 400
X = bajio.Sum("x")
MORE = [
    bajio.Currency("MXN"),
    bajio.Observation("MX-AGU", "2018", "population", 1),
    bajio.Options(year=2018),
    bajio.answers.Review(author="A desk", published="2019-05-03"),
    bajio.WeightedMean("x", weight="y"),
    bajio.Mean("x"),
    bajio.Over(X, years=2),
    rules.Convert(X, to="USD", at="period-average"),
    rules.Deflate(X, base=2018),
    rules.Maximum("x"),
    rules.Minimum("x"),
    bajio.Share(X),
    rules.Custom(len, ["x"], unit="1"),
    rules.Number(2),
    rules.Member("MX-AGU", {"x": 1}.items()),
    rules.Stack({"one": X, "other": X / bajio.Sum("y")}),
    answers.Failure("mine", "bajio_regions", "it has none"),
    answers.Gap("MX-AGU", "gdp", "2018"),
    answers.Origin("mine.toml", {("", "a"): 1}),
    answers.Conflict(("one", "other"), lenient=False),
    answers.Convention("en"),
    answers.NamedPlace(0, 7, "Jalisco", ("MX-JAL",)),
    answers.PrintedPeriod("2018", answers.Period.parse("2018"), answers.Period.parse("2018")),
    answers.TextClaim(("gdp",), answers.ClaimForm.LEVEL),
    answers.Outline("A", ((((0, 0), (0, 1), (1, 1), (0, 0)),),), bajio.Source("mine", "My map")),
    errors.FaultList(),
    *answers.About,
    *answers.ClaimForm,
    *answers.EntryKind,
    *answers.Exemption,
    *answers.PeriodRole,
    *answers.Frequency,
    *answers.Refusal,
    *rules.Trait,
    answers.Counted.TIMES,
]


@cache
def public():
    """The public classes by name."""
    named = {
        name: getattr(module, name)
        for module in NAMESPACES
        for name in dir(module)
        if not name.startswith("_") and inspect.isclass(getattr(module, name))
    }
    return {name: kind for name, kind in named.items() if kind.__module__.startswith("bajio")}


@cache
def samples():
    """Some objects of each class that is met in answers and in what is registered."""
    found, seen, kept = {}, set(), []
    registry = bajio.Registry.default()
    known = (registry.regions, registry.indicators, registry.peer_groups, registry.composites)
    held = (registry.claim_sets, registry.indicator_sets, registry.dataset.measures)
    waiting = [answer_of(name) for name in ANSWERS]
    waiting += [one for things in (*known, *held) for one in things.values()]
    waiting += [registry, registry.dataset, registry.areas, registry.areas["MX-AGU"]]
    waiting += [
        *registry.plugins,
        registry.plugins[0].plugin,
        *registry.dataset.sources.values(),
        *MORE,
    ]
    waiting += [give() for give in registry.dataset.classifications.values()]
    waiting += [answer_of("result").members, answer_of("scores").weights()]
    waiting += [answer_of("ranked bulk").ranks, answer_of("bulk").coverage]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        kept.append(thing)  # or another would be made in its place
        found.setdefault(type(thing), []).append(thing)
        if isinstance(thing, tuple | list):
            waiting += thing[:40]
        elif isinstance(thing, Mapping) and type(thing).__name__ not in ITSELF:
            waiting += list(thing.values())[:40]
        if has(type(thing)) and type(thing).__name__ not in ITSELF:
            waiting += [getattr(thing, one.name, None) for one in fields(type(thing))]
    return found


def of(kind):
    """Some objects of a class, or of those below it."""
    return [thing for own, things in samples().items() if issubclass(own, kind) for thing in things]


KINDS = sorted(name for name, kind in public().items() if not issubclass(kind, BaseException))


@pytest.mark.parametrize("name", KINDS)
def test_a_value_equals_its_copies_and_shows_itself_briefly(name):
    things = of(public()[name])

    assert things, f"no {name} is met: let an answer of test_copies have one, or add it to MORE"
    for thing in (*things[:2], *things[-2:]):
        shown = repr(thing)
        assert "\n" not in shown
        assert len(shown) <= MOST
        if name not in ITSELF:
            for way, again in WAYS.items():
                assert again(thing) == thing, way


def raised(kind):
    """An error of a class, with what each of its arguments asks for."""
    given = inspect.signature(kind).parameters.values()
    texts = [one for one in given if one.default is one.empty and one.kind is not one.VAR_KEYWORD]
    return kind(*["text"] * len(texts))


@pytest.mark.parametrize(
    "name", sorted(name for name, kind in public().items() if issubclass(kind, BaseException))
)
@pytest.mark.parametrize("way", WAYS)
def test_a_copy_of_an_error_says_the_same(name, way):
    error = raised(public()[name])
    again = WAYS[way](error)

    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


#: The schemas of answers that have a document of their own, by class.
SCHEMAS = {
    "Audit": "audit",
    "Breakdown": "breakdown",
    "Comparison": "compare",
    "Decomposition": "decompose",
    "Difference": "difference",
    "Relatedness": "near",
    "Revision": "diff",
    "Explanation": "explain",
    "Ledger": "ledger",
    "Portrait": "report",
    "Profile": "profile",
    "Scores": "composite",
    "Search": "search",
    "Sensitivity": "sensitivity",
    "Specialisations": "specialisations",
    "Timeline": "series",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_an_answer_is_as_a_dictionary_is_what_its_schema_says(name):
    answer = answer_of(name)
    if not isinstance(answer, Reported):
        return
    data = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    schema = SCHEMAS.get(type(answer).__name__)

    assert data
    if schema is not None:
        Draft202012Validator(json_schema(schema)).validate(data)


def test_answers_for_many_regions_are_dictionaries_too():
    asked = ["gdp", "contribution-gdp-growth", "herfindahl"]
    many = Memberships.of(["bajio", "MX-JAL", "GTM"])
    bulk = bajio.evaluate_many(many, asked, year=2018, peers="un-members")
    data = json.loads(json.dumps(bulk.to_dict(), allow_nan=False))
    Draft202012Validator(dict(BULK.schema)).validate(data)

    gdp = data["indicators"]["gdp"]
    assert [one["region"] for one in gdp["regions"]] == ["bajio", "MX-JAL", "GTM"]
    assert gdp["regions"][0]["rank"]["position"] == bulk["gdp"].ranks.position[0]
    assert gdp["regions"][0]["value"] == bulk["gdp"].values[0]
    assert gdp == json.loads(json.dumps(bulk["gdp"].to_dict()))
    refused = data["indicators"]["herfindahl"]["regions"][2]
    assert (refused["value"], refused["rank"]) == (None, None)
    assert refused["refused"]
    assert list(data["tables"]) == ["contribution-gdp-growth"]


def test_every_answer_that_a_command_gives_is_a_dictionary_too(capsys):
    assert set(SCHEMAS) == {kind.__name__ for kind in public().values() if reports(kind)}
    assert main(["series", "bajio", "gdp", "--years", "2017-2018", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    asked = bajio.series("bajio", "gdp", years=[2017, 2018], peers="un-members")

    assert asked.to_dict() == printed


def reports(kind):
    """Whether a document is made of a class."""
    return issubclass(kind, Reported) and kind.__name__ not in documents._RECORDS
