"""What notebooks show of what is no answer: tables, inert, in light and dark; text elsewhere."""

import re

import pytest

import bajio
from bajio.errors import BajioError
from bajio.mappings import FrozenDict
from bajio.report.notebook_display import bundle_of

REGISTRY = bajio.Registry.default()
VALUES = {
    "region": (lambda: bajio.region("bajio"), "MX-AGU, MX-GUA, MX-QUE, MX-SLP"),
    "indicator": (lambda: bajio.list_indicators()["gdp"], "Gross domestic product"),
    "measure": (lambda: bajio.list_measures()["gdp"], "GDP at current market prices"),
    "rule": (lambda: bajio.list_indicators()["population-density"].rule, "Σ population ÷ Σ area"),
    "dataset": (lambda: bajio.list_datasets()[0], "2026"),
    "source": (lambda: REGISTRY.dataset.sources["world-bank"], "World Bank"),
    "area": (lambda: REGISTRY.areas["MX-JAL"], "Jalisco"),
    "peer group": (lambda: bajio.list_peer_groups()["oecd"], "DEU"),
    "claims": (lambda: REGISTRY.claim_sets["san-miguel"], "12.4 million"),
    "composite": (lambda: REGISTRY.composites["composite-prosperity"], "composite-prosperity"),
    "observation": (lambda: bajio.Observation("MX-JAL", 2018, "gdp", 5), "2018"),
    "options": (lambda: bajio.Options(year=2018), "2018"),
    "regions": (bajio.list_regions, "South-Southeast"),
    "indicators": (bajio.list_indicators, "USD/person"),
    "measures": (bajio.list_measures, "Population"),
    "datasets": (bajio.list_datasets, "bajio"),
    "peer groups": (bajio.list_peer_groups, "Pacific Alliance"),
    "areas": (lambda: REGISTRY.areas, "Afghanistan"),
    "sources": (lambda: REGISTRY.dataset.sources, "World Bank"),
    "composites": (lambda: REGISTRY.composites, "Prosperity"),
}


def shown(bundle):
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", bundle["text/html"], flags=re.DOTALL)


@pytest.mark.parametrize("name", VALUES)
def test_what_there_is_shows_itself_as_a_table(name):
    make, told = VALUES[name]
    value = make()
    bundle = value._repr_mimebundle_()
    assert bundle == bundle_of(value)
    assert told in shown(bundle)
    assert "<table" in bundle["text/html"]
    assert bundle["text/plain"] == repr(value)
    assert len(bundle["text/plain"]) <= 400  # a few lines
    assert len(bundle["text/html"]) < 40_000


def test_a_table_takes_the_colours_of_the_notebook():
    html = bajio.region("bajio")._repr_mimebundle_()["text/html"]
    assert ".bajio-cell .bajio { color: inherit" in html
    assert "url(" not in html


def test_it_is_told_in_the_usual_language(monkeypatch):
    monkeypatch.setenv("BAJIO_LANG", "es")
    assert "Alianza del Bajío" in shown(bajio.region("bajio")._repr_mimebundle_())
    assert "Producto interno bruto" in shown(bajio.list_measures()._repr_mimebundle_())


def test_a_long_list_shows_its_first_and_says_how_many_more():
    bundle = REGISTRY.areas._repr_mimebundle_()
    count = len(REGISTRY.areas) - 100
    assert bundle["text/html"].count("<tr>") == 101
    assert f"{count} more are not shown." in shown(bundle)
    empty = FrozenDict[str, str]({})
    assert bundle_of(empty) == {"text/plain": "{}"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x1b[31mred", "\u202eoijab", "x" * 10**4]
)
def test_hostile_names_are_inert(text):
    region = bajio.Region(["MX-JAL", "MX-COL"], code="mine", names=text)
    nowhere = bajio.Region(["NO-WHERE"], code="mine", names=text)
    measure = bajio.Measure("rain", text, "mm", kind="intensive", time="stock")
    for value in (region, nowhere, measure):
        html = value._repr_mimebundle_()["text/html"]
        assert not {"<script", "\x1b", "\u202e"} & {
            one for one in ("<script", "\x1b", "\u202e") if one in html
        }


def test_what_another_registry_knows_shows_its_fields():
    region = bajio.Region(["NO-WHERE"], code="mine", names="Mine")
    with pytest.raises(BajioError):
        REGISTRY.region(region)
    assert "NO-WHERE" in shown(region._repr_mimebundle_())
