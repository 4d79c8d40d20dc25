"""Every public function as a user's program calls it, and the types of what comes back."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Unpack, assert_type

import duckdb
import polars as pl

import bajio
from bajio.answers import (
    Audit,
    Breakdown,
    Bulk,
    BulkResult,
    BulkTable,
    Comparison,
    Decomposition,
    Difference,
    Explanation,
    Finding,
    Missed,
    Profile,
    Rank,
    Result,
    Scores,
    Search,
    Sensitivity,
    Specialisations,
    Standing,
    Timeline,
)
from bajio.indicators.practice import best_practice
from bajio.questions.choices import Asked

land = bajio.Indicator(
    "land-per-person",
    bajio.Sum("area") / bajio.Sum("population"),
    "km²/person",
    {"en": "Land per person", "es": "Superficie por persona"},
    better="lower",
)


@bajio.hookimpl
def bajio_indicators() -> list[bajio.Indicator]:
    """A hook keeps its type."""
    return [land, best_practice(land)]


def value_of(code: str, **options: Unpack[Asked]) -> float:
    """A function of one's own passes options on."""
    return bajio.evaluate("bajio", code, **options).value


def one_region() -> None:
    """A region by its code, as a set, or as the codes of its members."""
    assert_type(value_of("gdp", year=2018, peers=None), float)
    region = bajio.region("bajio") | bajio.Region(["MX-JAL", "MX-AGU"])
    assert_type(region, bajio.Region)
    profile = bajio.profile(region, year=2018, peers="un-members", indicators=["gdp", land])
    assert_type(profile, Profile)
    assert_type(profile["gdp"], Result)
    assert_type(profile.table("activity-shares"), Breakdown)
    assert_type(profile.unavailable, tuple[Missed, ...])

    result = bajio.evaluate(["MX-AGU", "MX-JAL"], land, year=2018, membership="as-of")
    assert_type(result, Result)
    assert_type(result.value, float)
    assert_type(result.exact, int | Fraction)
    assert_type(result.rank, Rank | None)
    assert_type(result.host_value, int | Fraction | None)
    assert_type(result.period, str | None)
    assert_type(result.explain(), Explanation)
    table = bajio.break_down("bajio", "activity-shares", level="31-33")
    assert_type(table.values, Mapping[str, float])

    rank = bajio.rank("bajio", "gdp", peers=["FRA", bajio.Region(["DEU"])], host="remainder")
    assert_type(rank.above, tuple[str, ...])
    assert_type(bajio.standings("bajio", "gdp"), tuple[Result, tuple[Standing, ...]])
    assert_type(bajio.series("bajio", "gdp", years=range(2010, 2019), host="drop"), Timeline)
    assert_type(bajio.sensitivity("bajio", "gdp", joining=["MX-JAL"], year=2018), Sensitivity)
    assert_type(bajio.difference("bajio", "gdp", years=(2012, 2018)), Difference)
    assert_type(bajio.difference("bajio", "gdp", base="sur-sureste", year=2018), Difference)
    assert_type(bajio.specialisations("bajio", top=3, against="sur-sureste"), Specialisations)
    split = bajio.decompose("mexican-states", "theil-gdp-per-capita", ["bajio", "rest"])
    assert_type(split, Decomposition)
    assert_type(split.within, Fraction)


def several_regions() -> None:
    """Side by side, by composites, and looked for."""
    assert_type(bajio.compare(["bajio", "sur-sureste"], indicators="gdp", year=2018), Comparison)
    equal = bajio.Composite("mine", "Mine", ["gdp-per-capita", "unemployment-rate"])
    assert_type(bajio.composite("bajio", equal, among="mexican-regions", year=2018), Scores)
    weighed = bajio.composite(["bajio", "sur-sureste"], "composite-prosperity")
    weighed.weights(change=Fraction(1, 2), steps=4)
    found = bajio.search(
        near={"population": 12_000_000}, at_least={land: "0.01 km²/person"}, size="2-4"
    )
    assert_type(found, Search)
    bajio.search(maximum=land, among=["MX-AGU", "MX-JAL"], contiguous=True, best=3)


def many_regions() -> None:
    """Answers are by code, of one indicator as well."""
    pairs = bajio.Memberships.combinations(bajio.region("mexican-states").members, 2)
    bulk = bajio.evaluate_many(pairs, "population", year=2018, accumulate="exact", chunk=100)
    assert_type(bulk, Bulk)
    assert_type(bulk["population"], BulkResult)
    assert_type(bulk.table("contribution-gdp-growth"), BulkTable)
    chunks = bajio.evaluate_chunks(pairs, ["gdp", land], peers=None, progress=print)
    assert_type(chunks, Iterator[Bulk])


def tables() -> None:
    """A frame comes out as what went in."""
    frame = pl.DataFrame({"area": ["MX-AGU"], "year": [2018], "population": [1.0]})
    wide = {"population": "population"}
    names = {"period": "year"}
    eager = bajio.evaluate_table(frame, "population", regions="bajio", columns=names, wide=wide)
    assert_type(eager, pl.DataFrame)
    lazy = bajio.evaluate_table(frame.lazy(), ["population"], regions=["bajio"], rank=True)
    assert_type(lazy, pl.LazyFrame)
    relation = duckdb.table("panel")
    answer = bajio.evaluate_table(relation, land, regions=relation, by=[])
    assert_type(answer, duckdb.DuckDBPyRelation)


def claims(audited: bajio.ClaimSet) -> None:
    """A claim set by its code, or as it is."""
    audit = bajio.audit("san-miguel", year=2018, peers=["USA"], membership="as-of")
    assert_type(audit, Audit)
    assert_type(audit["gdp"], Finding)
    assert_type(bajio.audit(audited), Audit)
    assert_type(bajio.read_claims("claims.toml"), bajio.ClaimSet)


def what_there_is() -> None:
    """Everything by its code."""
    assert_type(bajio.list_indicators(), Mapping[str, bajio.Indicator])
    assert_type(bajio.list_regions(), Mapping[str, bajio.Region])
    assert_type(bajio.list_measures(), Mapping[str, bajio.Measure])
    assert_type(bajio.list_peer_groups(), Mapping[str, bajio.PeerGroup])
    assert_type(bajio.list_datasets(), tuple[bajio.Dataset, ...])


def figures_of_ones_own() -> None:
    """Declared in Python, written to and read from a package."""
    ports = bajio.dataset(
        "ports",
        measures=[bajio.Measure("containers", "Containers", "1", kind="extensive", time="flow")],
        sources=[bajio.Source("mine", "My own figures")],
        observations=[bajio.Observation("MX-COL", 2018, "containers", 3_100_000)],
    )
    assert_type(ports, bajio.Dataset)
    bajio.write_package(ports, "ports")
    assert_type(bajio.read_package("ports"), bajio.Dataset)
    handled = bajio.Indicator("containers", bajio.Sum("containers"), "1", "Containers handled")
    bajio.evaluate(["MX-COL"], handled, ports, year=2018, peers=None, missing="partial")


def refusals() -> int | None:
    """An error has its parts."""
    try:
        bajio.evaluate("bajio", "gdp", year=2030)
    except bajio.Unavailable as error:
        return error.latest_year
    except bajio.errors.UnknownCode as error:
        assert_type(error.code, str)
    except bajio.BajioError:
        pass
    return None


def rules() -> bajio.rules.Rule:
    """Rules make rules."""
    growth = bajio.Growth(bajio.Sum("gdp-constant"), years=5)
    theil = bajio.TheilT(bajio.Sum("gdp") / bajio.Sum("population"), weight=bajio.Sum("population"))
    assert_type(bajio.rules.Gini(theil), bajio.rules.Gini)
    return growth + 2 * theil - bajio.rules.Lag(growth, 1)
