"""Charts: their figures are the answers', their words are inert, their files are whole."""

import json
import re
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from xml.etree import ElementTree as ET
from zlib import crc32

import pytest

import bajio
from bajio.cli import main
from bajio.errors import InvalidValue, MissingExtra, Unavailable
from bajio.questions.results import plain
from bajio.report.charts import pictures
from bajio.report.charts.gallery import KINDS
from bajio.report.charts.lorenz_curve import gini
from bajio.report.charts.map_steps import map_steps
from bajio.report.charts.theme import LOSSES, STEPS, WIDTH, apart
from bajio.report.charts.ticks import axis_of

YEAR = 2018


#: What each kind shows: an answer, and the kind by name where the answer has several.
ANSWERS = {
    "rank": (lambda: bajio.evaluate("bajio", "gdp", year=YEAR), "rank"),
    "series": (lambda: bajio.series("bajio", "gdp-per-capita", years=range(2003, 2025)), None),
    "members": (lambda: bajio.evaluate("bajio", "gdp", year=YEAR), "members"),
    "compare": (
        lambda: bajio.compare(
            ["bajio", "GTM"], indicators=["gdp", "gdp-growth", "activity-shares"], year=YEAR
        ),
        None,
    ),
    "specialisations": (lambda: bajio.specialisations("bajio", year=YEAR), None),
    "map": (lambda: bajio.evaluate("bajio", "gdp-per-capita", year=YEAR), "map"),
    "spread": (lambda: bajio.evaluate("bajio", "gdp-per-capita", year=YEAR), "spread"),
    "sensitivity": (lambda: bajio.sensitivity("bajio", "area"), None),
    "audit": (lambda: bajio.audit("san-miguel"), None),
    "profile": (lambda: bajio.profile("bajio", year=YEAR), None),
    "breakdown": (lambda: bajio.break_down("bajio", "activity-shares", year=YEAR), None),
    "difference": (
        lambda: bajio.difference("bajio", "gdp-per-capita", base="sur-sureste", year=YEAR),
        None,
    ),
    "decompose": (
        lambda: bajio.decompose(
            "mexican-states", "theil-gdp-per-capita", ["bajio", "sur-sureste", "rest"], year=YEAR
        ),
        None,
    ),
    "composite": (lambda: bajio.composite("bajio", "composite-prosperity", year=YEAR), None),
    "search": (
        lambda: bajio.search(
            near={"population": "BEL", "gdp": "BEL"}, size=2, among="mexican-states", year=YEAR
        ),
        None,
    ),
}


@cache
def answer_of(kind):
    return ANSWERS[kind][0]()


@cache
def drawn(kind, language=None):
    return answer_of(kind).plot(ANSWERS[kind][1], language=language)


DRAWN = {kind: partial(drawn, kind) for kind in ANSWERS}


@pytest.fixture(scope="module")
def charts():
    return {kind: draw() for kind, draw in DRAWN.items()}


def every(node):
    """All objects in a specification."""
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from every(part)
    elif isinstance(node, list):
        for part in node:
            yield from every(part)


def test_every_kind_is_tried():
    assert set(DRAWN) == set(KINDS)


def test_a_rank_has_each_peer_with_its_exact_value_and_place(charts):
    _, lines = bajio.standings("bajio", "gdp", year=YEAR)
    rows = charts["rank"].spec["datasets"]["peers"]

    assert [(row["code"], row["position"], row["value"]) for row in rows] == [
        (line.code, line.position, plain(line.exact)) for line in lines
    ]
    assert [row["code"] for row in rows if row["role"] == "region"] == ["bajio"]
    places = {(row["level"], row["value"]) for row in rows}
    assert len(places) == len(rows)


def test_few_peers_are_bars_alone():
    chart = bajio.evaluate("bajio", "gdp", year=YEAR, peers="pacific-alliance").plot()

    assert set(chart.spec["datasets"]) == {"near"}
    assert len(chart.spec["datasets"]["near"]) == 5


def test_a_series_has_the_values_of_region_and_host(charts):
    answer = bajio.series("bajio", "gdp-per-capita", years=range(2003, 2025))
    rows = charts["series"].spec["datasets"]["points"]

    assert [(r["period"], r["value"]) for r in rows if r["role"] == "region"] == [
        (one.period, one.value) for one in answer.results
    ]
    assert [r["value"] for r in rows if r["role"] == "host"] == [
        plain(one.host_value) for one in answer.results
    ]


def test_an_indexed_series_is_a_hundred_where_all_begin():
    lines = [
        bajio.series(region, "gdp-mxn", years=range(first, 2019))
        for region, first in (("bajio", 2003), ("sur-sureste", 2005))
    ]
    rows = lines[0].plot(beside=lines[1:], indexed=True).spec["datasets"]["points"]
    names = list(dict.fromkeys(row["name"] for row in rows))

    assert names == ["Bajío Alliance", "Mexico", "South-Southeast (Oaxaca Pact)"]
    assert {row["value"] for row in rows if row["period"] == "2005"} == {100}
    base = next(one.exact for one in lines[0].results if one.period == "2005")
    assert [row["value"] for row in rows if row["role"] == "region"] == [
        plain(Fraction(one.exact * 100) / base) for one in lines[0].results
    ]


def test_a_line_is_broken_where_periods_are_missing():
    rows = (
        bajio.series("bajio", "employment", years=[2016, 2017, 2018, 2021, 2022])
        .plot()
        .spec["datasets"]["points"]
    )
    assert [row["piece"] for row in rows] == ["0-0", "0-0", "0-0", "0-1", "0-1"]


def test_what_adds_up_leaves_the_host_out_unless_indexed():
    answer = bajio.series("bajio", "gdp", years=range(2010, 2013))

    assert {row["role"] for row in answer.plot().spec["datasets"]["points"]} == {"region"}
    indexed = answer.plot(indexed=True).spec["datasets"]["points"]
    assert {row["role"] for row in indexed} == {"region", "host"}


def test_lines_of_another_indicator_are_refused():
    answer = bajio.series("bajio", "gdp", years=[2018])
    with pytest.raises(InvalidValue, match="lines are of one indicator"):
        answer.plot(beside=[bajio.series("bajio", "population", years=[2018])])


def test_members_add_up_to_the_region(charts):
    result = bajio.evaluate("bajio", "gdp", year=YEAR)
    *parts, whole = charts["members"].spec["datasets"]["members"]
    exact = {one.area: one.exact for one in result.members}

    assert {row["area"]: row["value"] for row in parts} == {
        code: plain(value) for code, value in exact.items()
    }
    assert whole["value"] == result.value == parts[-1]["end"]
    assert all(before["end"] == after["start"] for before, after in pairwise(parts))


def test_members_of_a_ratio_stand_beside_the_region():
    result = bajio.evaluate("bajio", "gdp-growth", year=2019)
    rows = result.plot("members").spec["datasets"]["members"]
    values = {one.area: one.value for one in result.members} | {"bajio": result.value}

    assert {row["area"]: row["value"] for row in rows} == values
    assert [row["value"] for row in rows] == sorted(values.values(), reverse=True)
    assert {row["start"] for row in rows} == {0}


def test_a_comparison_has_a_panel_an_indicator_that_is_a_number(charts):
    answer = bajio.compare(["bajio", "GTM"], indicators=["gdp", "gdp-growth"], year=YEAR)
    data = charts["compare"].spec["datasets"]

    assert {code: [row["value"] for row in rows] for code, rows in data.items()} == {
        indicator.code: [one.value for one in answers] for indicator, answers in answer.rows()
    }


def test_one_without_a_figure_says_so():
    answer = bajio.compare(["bajio", "GTM"], indicators=["gdp-mxn", "schooling"], year=2020)
    rows = answer.plot(language="es").spec["datasets"]["schooling"]

    assert [(row["value"] is None, row["words"]) for row in rows][1] == (True, "sin dato")


def test_specialisations_have_quotients_and_shares(charts):
    answer = answer_of("specialisations")
    rows = charts["specialisations"].spec["datasets"]["activities"]

    assert [(row["activity"], row["quotient"], row["share"]) for row in rows] == [
        (row.activity, row.quotient.value, plain(row.share)) for row in answer.rows
    ]


def test_a_map_has_each_state_with_its_value_and_the_members_outlined(charts):
    rows = {row["code"]: row for row in charts["map"].spec["datasets"]["areas"]}
    _, lines = bajio.standings("MX-JAL", "gdp-per-capita", year=YEAR, peers="mexican-states")

    assert {code: row["value"] for code, row in rows.items()} == {
        line.code: plain(line.exact) for line in lines
    }
    assert {code for code, row in rows.items() if row["member"]} == {
        "MX-AGU",
        "MX-GUA",
        "MX-QUE",
        "MX-SLP",
    }
    for row in rows.values():
        points = [p for rings in row["geometry"]["coordinates"] for ring in rings for p in ring]
        assert all(0 <= x <= WIDTH and 0 <= y <= 470 for x, y in points)
    names = charts["map"].spec["datasets"]["names"]
    assert {row["name"].split("  ")[0] for row in names} == {
        "Aguascalientes",
        "Guanajuato",
        "Querétaro",
        "San Luis Potosí",
    }


def test_a_map_parts_losses_from_gains():
    chart = bajio.evaluate("sur-sureste", "gdp-growth", year=2019).plot("map")
    view = chart.spec["vconcat"][0]["layer"][0]["encoding"]["color"]["scale"]
    colours = dict(zip(view["domain"], view["range"], strict=True))
    rows = chart.spec["datasets"]["areas"]

    below = {colours[row["step"]] for row in rows if row["value"] < 0}
    above = {colours[row["step"]] for row in rows if row["value"] >= 0}
    assert below
    assert below <= set(LOSSES)
    assert above <= set(STEPS)


@pytest.mark.parametrize("values", [[-1, 1], [-3, -2, -1, 5], [-1, *range(9)], [0, 0], [-2, -1]])
def test_the_steps_of_a_map_begin_below_all_and_rise(values):
    bounds, colours = map_steps(values)
    assert len(bounds) == len(colours) == len(set(colours))
    assert bounds[0] == min(values)
    assert all(before < after for before, after in pairwise(bounds))


def test_a_map_among_countries_has_the_region_as_one():
    result = bajio.evaluate("bajio", "gdp", year=YEAR)
    rows = result.plot("map", among="pacific-alliance").spec["datasets"]["areas"]
    values = {row["code"]: row["value"] for row in rows}

    assert {values[code] for code in ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")} == {result.value}
    assert values["CHL"] == bajio.evaluate("CHL", "gdp", year=YEAR).value


def test_a_spread_is_the_curve_that_lorenz_drew(charts):
    exact = {
        leaf.name.split()[1].strip(","): {area: Fraction(one) for area, one, _ in leaf.figures}
        for leaf in bajio.evaluate("bajio", "gdp-per-capita", year=YEAR).explain().leaves
    }
    output, people = exact["gdp"], exact["population"]
    order = sorted(output, key=lambda code: output[code] / people[code])
    start, *rows = charts["spread"].spec["datasets"]["curve"]

    assert (start["across"], start["up"]) == (0, 0)
    assert [row["area"] for row in rows] == order
    for at, row in enumerate(rows, 1):
        assert row["across"] == plain(sum(people[c] for c in order[:at]) / sum(people.values()))
        assert row["up"] == plain(sum(output[c] for c in order[:at]) / sum(output.values()))
    pairs = sum(
        abs(output[one] * people[other] - output[other] * people[one])
        for one in order
        for other in order
    )
    index = pairs / (2 * sum(output.values()) * sum(people.values()))
    points = [(Fraction(0), Fraction(0))]
    for code in order:
        across, up = points[-1]
        parts = people[code] / sum(people.values()), output[code] / sum(output.values())
        points.append((across + parts[0], up + parts[1]))
    assert gini(points[1:]) == index
    assert f"Gini {float(index):.4f}" in charts["spread"].spec["title"]["subtitle"]


def test_a_spread_is_of_sums_and_their_quotients_alone():
    with pytest.raises(Unavailable, match="a spread is of a sum"):
        bajio.evaluate("bajio", "gdp-growth", year=YEAR).plot("spread")
    rows = bajio.evaluate("bajio", "gdp", year=YEAR).plot("spread").spec["datasets"]["curve"]
    assert [row["across"] for row in rows] == [0, 0.25, 0.5, 0.75, 1]


def test_sensitivity_has_each_variant_with_its_value(charts):
    answer = answer_of("sensitivity")
    own, *rows = charts["sensitivity"].spec["datasets"]["variants"]
    values = {
        one.area: one.answer.value
        for one in (*answer.without, *answer.joining)
        if isinstance(one.answer, bajio.answers.Result)
    }

    assert own["value"] == answer.result.value
    assert {row["area"] for row in rows} >= {one.area for one in answer.without}
    assert all(row["value"] == row["end"] == values[row["area"]] for row in rows)
    assert {row["start"] for row in rows} == {answer.result.value}


def test_an_audit_has_each_printed_number_that_has_a_figure(charts):
    rows = {row["id"]: row for row in charts["audit"].spec["datasets"]["claims"]}
    findings = {
        finding.claim.id: finding
        for finding in answer_of("audit").findings
        if finding.reading is not None and finding.figure is not None
    }

    assert rows.keys() == findings.keys()
    for code, row in rows.items():
        finding = findings[code]
        assert row["value"] == finding.figure.value
        assert row["verdict"] == finding.verdict
        assert row["low"] == plain(finding.reading.low)
        if row["low"] is not None and row["high"] is not None and abs(row["at"]) < 0.6:
            inside = row["from"] <= row["at"] <= row["to"]
            assert inside is (row["low"] <= row["value"] <= row["high"])


def test_a_profile_has_each_rank_with_its_value(charts):
    rows = charts["profile"].spec["datasets"]["ranks"]
    ranked = [one for one in answer_of("profile").results if one.rank]

    assert [(row["indicator"], row["position"], row["of"], row["value"]) for row in rows] == [
        (one.indicator.code, one.rank.position, one.rank.of, one.value) for one in ranked
    ]
    assert all(0 <= row["best"] <= row["at"] <= row["worst"] <= 1 for row in rows)
    with pytest.raises(Unavailable, match="ask for a profile with peers"):
        bajio.profile("bajio", indicators=["area"], peers=None).plot()


def test_a_breakdown_has_each_value(charts):
    answer = answer_of("breakdown")
    rows = charts["breakdown"].spec["datasets"]["values"]

    assert {row["key"]: row["value"] for row in rows} == dict(answer.values)
    assert [row["value"] for row in rows] == sorted(answer.values.values(), reverse=True)


def test_a_difference_has_each_contribution_and_the_whole(charts):
    answer = answer_of("difference")
    *rows, whole = charts["difference"].spec["datasets"]["contributions"]

    assert {row["area"]: row["value"] for row in rows} == {
        one.area: plain(one.total) for one in answer.contributions
    }
    assert whole["value"] == plain(answer.change)


def test_a_decomposition_has_each_part_and_the_whole(charts):
    answer = answer_of("decompose")
    *rows, whole = charts["decompose"].spec["datasets"]["groups"]

    assert [(row["group"], row["role"], row["value"]) for row in rows] == [
        (group.region.code, part, plain(Fraction(getattr(group, part))))
        for group in answer.groups
        for part in ("within", "between")
    ]
    assert whole["value"] == answer.total.value


def test_municipalities_of_one_state_are_drawn_in_their_state():
    result = bajio.evaluate(["14039", "14120"], "population", year=2020, peers=None)
    rows = result.plot("map").spec["datasets"]["areas"]
    assert {row["code"][:2] for row in rows} == {"14"}
    assert len(rows) == 125


def test_peers_without_a_name_are_called_by_their_members():
    chart = bajio.evaluate("bajio", "gdp", year=YEAR, peers="FRA+DEU").plot()
    assert "Among: Germany, France" in " ".join(chart.spec["title"]["subtitle"])


def test_a_composite_has_each_score(charts):
    answer = answer_of("composite")
    rows = charts["composite"].spec["datasets"]["scores"]

    assert [(row["code"], row["position"], row["value"]) for row in rows] == [
        (one.code, one.position, one.value) for one in answer.scores
    ]
    assert [row["code"] for row in rows if row["role"] == "region"] == ["bajio"]


def test_a_search_has_each_alliance_by_what_was_wished_for(charts):
    found = answer_of("search")
    rows = charts["search"].spec["datasets"]["alliances"]

    assert [(tuple(row["members"]), row["x"], row["y"]) for row in rows] == [
        (one.members, *(each.value for each in one.figures)) for one in found.results
    ]
    dashed = [
        node["encoding"][axis]["datum"]
        for node in every(charts["search"].spec)
        for axis in ("x", "y")
        if isinstance(node.get("mark"), dict)
        and node["mark"].get("strokeDash")
        and "datum" in node["encoding"][axis]
    ]
    assert dashed == [plain(wish.value) for wish in found.wishes]


def test_a_search_for_one_thing_is_of_bars():
    found = bajio.search(near={"population": "BEL"}, size=2, among="mexican-states", year=YEAR)
    rows = found.plot().spec["datasets"]["alliances"]

    assert [(tuple(row["members"]), row["value"], row["end"]) for row in rows] == [
        (one.members, one.figures[0].value, one.figures[0].value) for one in found.results
    ]
    assert [row["role"] for row in rows][:2] == ["region", "peer"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", DRAWN)
def test_each_chart_tells_its_subject_period_and_sources(kind, language):
    spec = DRAWN[kind](language=language).spec
    above = " ".join([*spec["title"]["text"], *spec["title"]["subtitle"]])
    below = " ".join(spec["vconcat"][-1]["mark"]["text"])

    name = {"en": "Bajío Alliance", "es": "Alianza del Bajío"}[language]
    if kind not in {"decompose", "search"}:  # which are of more than one region
        assert name in above
    if kind != "search":
        assert name in spec["description"]
    assert kind == "sensitivity" or re.search(
        r"20\d\d", f"{above}{json.dumps(spec['vconcat'], ensure_ascii=False)}"
    )
    assert {"en": "Source", "es": "Fuente"}[language] in below
    assert "INEGI" in below
    assert f"bajio {bajio.__version__}" in below


@pytest.mark.parametrize("kind", DRAWN)
def test_a_chart_loads_nothing_and_links_nowhere(charts, kind):
    for node in every(charts[kind].spec):
        assert not {"url", "href", "image"} & set(node)


def states():
    return bajio.Region(bajio.list_peer_groups()["mexican-states"].at(YEAR), code="all")


NARROW = {
    "names of all states": lambda how: bajio.evaluate(states(), "gdp", year=YEAR).plot(**how),
    "members of all states": lambda how: bajio.evaluate(states(), "gdp", year=YEAR).plot(
        "members", **how
    ),
    "members below nothing": lambda how: bajio.evaluate(states(), "gdp-growth", year=2019).plot(
        "members", **how
    ),
    "spread of all states": lambda how: bajio.evaluate(states(), "gdp-per-capita", year=YEAR).plot(
        "spread", **how
    ),
    "long units": lambda how: bajio.compare(
        ["bajio", "sur-sureste"], indicators=["gdp-ppp", "gdp-per-capita-ppp"], year=YEAR
    ).plot(**how),
    "wide letters": lambda how: bajio.evaluate(
        bajio.Region(["MX-QUE", "MX-GUA"], code="wide", names="W" * 60), "gdp", year=YEAR
    ).plot(**how),
    "one area": lambda how: bajio.evaluate("MX-QUE", "gdp", year=YEAR).plot("members", **how),
    "one year": lambda how: bajio.series("bajio", "gdp", years=[YEAR]).plot(**how),
}


@pytest.mark.parametrize("kind", [*DRAWN, *NARROW])
def test_nothing_reaches_out_of_a_chart(kind):
    how = {"language": "es"}  # whose words are the longer ones
    chart = NARROW[kind](how) if kind in NARROW else DRAWN[kind](**how)
    head = chart.drawn(".svg").partition(">")[0]
    assert f'width="{WIDTH + 40}"' in head  # it grows with what is wider


def test_a_region_without_a_name_is_called_by_its_members():
    two = bajio.evaluate(["MX-JAL", "MX-COL"], "gdp", year=YEAR).plot()
    assert two.spec["title"]["text"] == ["GDP, 2018: Colima, Jalisco"]
    every = bajio.evaluate(states().members, "gdp", year=YEAR).plot("members")
    assert every.spec["title"]["text"] == ["GDP, 2018: Aguascalientes and 31 more"]


def test_one_area_is_one_bar():
    rows = bajio.evaluate("MX-QUE", "gdp", year=YEAR).plot("members").spec["datasets"]["members"]
    assert [row["area"] for row in rows] == ["MX-QUE"]


def each_as_one_picture():
    """Each chart as one kind of picture, in turn; as the other, of which others are, slow."""
    return [
        pytest.param(kind, ending, begins, marks=() if (at + turn) % 2 else pytest.mark.slow)
        for at, kind in enumerate(DRAWN)
        for turn, (ending, begins) in enumerate(((".png", b"\x89PNG"), (".pdf", b"%PDF")))
    ]


@pytest.mark.parametrize(("kind", "ending", "begins"), each_as_one_picture())
def test_each_chart_is_drawn(charts, kind, ending, begins, tmp_path):
    path = tmp_path / f"chart{ending}"
    charts[kind].save(path)
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize("kind", DRAWN)
def test_each_chart_is_saved_as_what_it_says(charts, kind, tmp_path):
    charts[kind].save(tmp_path / "chart.json")
    assert json.loads((tmp_path / "chart.json").read_text("utf-8")) == json.loads(
        json.dumps(charts[kind].spec)
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_picture_in_pixels_has_its_words(language):
    chart = DRAWN["rank"](language=language)
    picture = chart.drawn(".png")
    assert int.from_bytes(picture[16:20]) == 2 * (WIDTH + 40)
    length = int.from_bytes(picture[33:37])
    kind, told, sealed = picture[37:41], picture[41 : 41 + length], picture[41 + length :][:4]
    assert (kind, told) == (b"iTXt", b"Description\0\0\0\0\0" + chart.alt.encode())
    assert int.from_bytes(sealed) == crc32(kind + told)


def test_a_picture_in_lines_has_its_words(charts):
    root = ET.fromstring(charts["rank"].drawn(".svg"))  # noqa: S314  # our own
    assert root.get("role") == "img"
    assert root.get("aria-label") == charts["rank"].alt
    assert root.find("{http://www.w3.org/2000/svg}title").text == charts["rank"].alt


HOSTILE = [
    "<script>alert(1)</script>",
    "\x1b[31mred\nnext",
    "\u202eoijab",
    "x" * 10**4,
    "' + alert(1) + \"",
]


@pytest.mark.parametrize("text", HOSTILE, ids=["script", "escape", "turned", "long", "expression"])
def test_hostile_labels_are_inert(text):
    region = bajio.Region(["MX-AGU", "MX-GUA"], code="mine", names=text)
    odd = bajio.Indicator("odd", bajio.Sum("gdp") / bajio.Sum("area"), "MXN/km²", text)
    result = bajio.evaluate(region, odd, year=YEAR, peers="mexican-states")
    lines = bajio.series(region, odd, years=range(2015, 2019))
    both = bajio.compare([region, "GTM"], indicators=[odd], year=YEAR, peers=None)
    drawn = [
        result.plot("rank"),
        result.plot("members"),
        result.plot("map"),
        result.plot("spread"),
        lines.plot(),
        both.plot(),
        bajio.profile(region, indicators=[odd], year=YEAR, peers="mexican-states").plot(),
        bajio.difference(region, odd, years=(2015, 2018)).plot(),
        bajio.sensitivity(region, odd, year=YEAR, peers="mexican-states").plot(),
        bajio.search(maximum=odd, size=2, among="mexican-states", year=YEAR).plot(),
        bajio.break_down(region, "activity-shares", year=YEAR).plot(),
    ]
    for chart in drawn:
        held = json.dumps(chart.spec, ensure_ascii=False)
        assert not re.search("[\x00-\x1f\u202e]", held)
        for node in every(chart.spec):
            for key in ("labelExpr", "filter", "expr", "signal"):
                assert "alert" not in str(node.get(key, ""))
        assert max(map(len, texts_of(chart.spec))) <= 4000
    for chart in drawn[::5]:
        assert "<script" not in chart.drawn(".html")
        ET.fromstring(chart.drawn(".svg"))  # noqa: S314  # well-formed, our own


def texts_of(node):
    """All texts in a specification."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from texts_of(part)


def test_files_are_never_written_over_others(charts, tmp_path):
    path = tmp_path / "chart.svg"
    charts["rank"].save(path)
    with pytest.raises(InvalidValue, match="it is there already"):
        charts["members"].save(path)
    charts["members"].save(path, overwrite=True)
    assert "Guanajuato" in path.read_text("utf-8")
    with pytest.raises(InvalidValue, match=r"no chart ends in '\.gif'"):
        charts["rank"].save(tmp_path / "chart.gif")


@pytest.mark.parametrize("kind", ["rank", "members", "map"])
def test_alternative_texts_agree_in_number(kind):
    for region, has, tiene in (("MX-AGU+MX-GUA", "have", "tienen"), ("bajio", "has", "tiene")):
        result = bajio.evaluate(region, "gdp", year=2018)
        assert f" {has} " in result.plot(kind, language="en").alt
        assert f" {tiene} " in result.plot(kind, language="es").alt


def test_a_notebook_shows_the_chart_or_its_words(charts, monkeypatch):
    bundle = charts["rank"]._repr_mimebundle_()
    assert bundle["text/plain"] == charts["rank"].alt
    assert bundle["application/vnd.vegalite.v5+json"] == charts["rank"].spec
    assert bundle["image/svg+xml"].startswith("<svg")
    monkeypatch.setattr(pictures, "are_there", lambda: False)
    assert "image/svg+xml" not in charts["rank"]._repr_mimebundle_()


def test_what_draws_is_named_where_it_is_not_there(charts, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    assert json.loads(charts["rank"].drawn(".json"))
    with pytest.raises(MissingExtra, match=r"bajio\[charts\]"):
        charts["rank"].drawn(".png")


def test_answers_without_a_chart_say_which_have_one():
    with pytest.raises(InvalidValue, match="Rank has no chart: plot Result"):
        bajio.rank("bajio", "area").plot()
    with pytest.raises(InvalidValue, match="did you mean 'members'"):
        bajio.evaluate("bajio", "area").plot("member")
    with pytest.raises(InvalidValue, match="no words in the language"):
        bajio.evaluate("bajio", "area").plot(language="xx")
    with pytest.raises(Unavailable, match="without peers"):
        bajio.evaluate("bajio", "area", peers=None).plot("rank")


def test_an_explanation_and_an_unranked_result_show_the_members():
    result = bajio.evaluate("bajio", "area", peers=None)
    assert result.plot().spec == result.explain().plot().spec == result.plot("members").spec


def test_labels_are_moved_apart_in_their_order():
    places = [10.0, 11.0, 12.0, 300.0, 301.0]
    moved = apart(places, 18, 0, 310)

    assert all(after - before >= 18 - 1e-9 for before, after in pairwise(moved))
    assert moved[0] >= 0
    assert moved[-1] <= 310


@pytest.mark.parametrize("values", [[5], [-3, 8], [0, 0], [1, 10**9], [Fraction(1, 3), 10]])
def test_axes_hold_what_lies_on_them(values):
    for choices in ({}, {"zero": True}, {"powers": True}):
        axis = axis_of(values, **choices)
        assert axis.low <= min(values)
        assert max(values) <= axis.high
        assert 1 <= len(axis.marks) <= 9
        assert all(axis.low <= mark <= axis.high for mark in axis.marks)


LINES = {
    "rank": ["bajio", "area"],
    "series": [
        "bajio",
        "gdp-per-capita",
        "--years",
        "2015-2018",
        "--beside",
        "MX-JAL",
        "--indexed",
    ],
    "members": ["bajio", "gdp", "--year", "2018"],
    "compare": ["bajio", "GTM", "--indicators", "area,gdp", "--year", "2018"],
    "specialisations": ["bajio", "--year", "2018", "--top", "3"],
    "map": ["bajio", "gdp", "--year", "2018", "--among", "pacific-alliance"],
    "spread": ["bajio", "gdp", "--year", "2018"],
    "sensitivity": ["bajio", "area", "--peers", "pacific-alliance"],
    "audit": ["san-miguel"],
    "profile": ["bajio", "--year", "2018", "--indicators", "area,gdp"],
    "breakdown": ["bajio", "activity-shares", "--year", "2018"],
}


@pytest.mark.parametrize("kind", LINES)
def test_the_command_line_draws_each_kind(kind, capsys, tmp_path):
    assert main(["plot", kind, *LINES[kind], "--lang", "es"]) == 0
    spec = json.loads(capsys.readouterr().out)
    path = tmp_path / "chart.json"
    assert main(["plot", kind, *LINES[kind], "--lang", "es", "--output", str(path)]) == 0
    assert json.loads(path.read_text("utf-8")) == spec
    assert main(["plot", kind, *LINES[kind], "--output", str(path)]) == 2
    assert "it is there already" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_an_answer_is_saved_as_its_picture(ending, tmp_path, capsys):
    answer = bajio.evaluate("bajio", "gdp", year=YEAR)
    answer.save(tmp_path / f"one{ending}", language="es")
    path = tmp_path / f"other{ending}"
    words = ["rank", "bajio", "gdp", "--year", "2018", "--lang", "es", "--output", str(path)]
    assert main(words) == 0
    if ending != ".pdf":  # which tells when it was made
        assert path.read_bytes() == (tmp_path / f"one{ending}").read_bytes()
    assert main(["regions", "--output", str(tmp_path / f"regions{ending}")]) == 2
    assert "'regions' has no chart: plot Result" in capsys.readouterr().err


COMMANDS = {
    "members": ["explain", "bajio", "gdp", "--year", "2018"],
    "difference": ["difference", "bajio", "gdp", "--years", "2008", "2018"],
    "composite": ["composite", "bajio", "composite-prosperity", "--year", "2018"],
    "search": ["search", "--near", "gdp=BEL", "--size", "2", "--year", "2018"],
}


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_command_draws_what_it_answers(kind, tmp_path, capsys):
    path = tmp_path / "chart.svg"
    ordered = ["composite", "composite-prosperity", "bajio", "--year", "2018"]
    words = ordered if kind == "composite" else COMMANDS[kind]
    assert main([*words, "--output", str(path)]) == 0, capsys.readouterr().err
    ET.fromstring(path.read_text("utf-8"))  # noqa: S314  # our own


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rank bajio", "give REGION INDICATOR"),
        ("compare bajio", "give REGION REGION..."),
        ("rang bajio gdp", "did you mean 'rank'?"),
        ("rank bajio gdp --indexed", "--indexed changes nothing here: 'rank' takes none"),
        ("rank bajio gdp --output x.gif", "no chart ends in '.gif'"),
        ("rank bajio activity-shares", "is a table"),
        ("breakdown bajio gdp", "'gdp' is a number"),
        ("series bajio gdp --year 2018", "give --years"),
        ("specialisations bajio --peers oecd", "specialisations have no peers"),
        ("audit san-miguel --level 31-33", "claims have their own"),
        ("map bajio gdp --among nowhere", "nowhere"),
        ("map bajio gdp --among mexican-regions", "'mexican-regions' is of regions"),
        ("spread MX-JAL gdp", "one member has no spread"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_a_line(words, told, capsys):
    assert main(["plot", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert told in err
