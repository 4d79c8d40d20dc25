"""Areas, borders, regions and groups that come with data: read, refused by their place, written."""

import json
import pickle

import pytest
from drawn import examples
from hypothesis import given, strategies as st

import bajio
from bajio import Area, Charter, Currency, Gazetteer, Membership, PeerGroup, Region, Registry
from bajio.cli import main
from bajio.errors import BajioError, InvalidData, InvalidValue, Unavailable
from bajio.registry import PluginWarning, built_ins

TABLES = {
    "areas": [
        "code,name_en,name_es,kind,within",
        "NW,North-West,Noroeste,province,CUB",
        "SE,South-East,Sureste,province,CUB",
        "NX,Next door,Al lado,province,HTI",
    ],
    "borders": ["a,b", "NW,SE"],
    "regions": ["region,area,joined,left", "both,NW,,", "both,SE,2010,"],
    "peer-groups": ["group,member", "provinces,NW", "provinces,SE", "provinces,both"],
}
DESCRIBED = {
    "name": "own",
    "sources": [{"name": "count", "title": "A count"}],
    "regions": [{"name": "both", "label": {"en": "Both", "es": "Ambas"}}],
    "peerGroups": [{"name": "provinces", "label": "Provinces"}],
}
FIGURES = ["area,period,value", "NW,2018,5000", "SE,2018,6300", "NX,2018,5"]
SERIES = {
    "measure": "population",
    "source": "count",
    "edition": "2020",
    "unit": "thousand person",
    "frequency": "A",
}


@pytest.fixture
def folder(tmp_path):
    """A folder with a pack, some of its tables and of what it says of itself changed."""

    def write(tables=None, figures=FIGURES, **described):
        every = {**TABLES, **(tables or {})}
        resources = [{"name": "people", "path": "people.csv", "series": SERIES}]
        for holds, lines in every.items():
            if lines:
                (tmp_path / f"{holds}.csv").write_text("\n".join(lines) + "\n", "utf-8")
                resources.append({"name": holds, "path": f"{holds}.csv", "holds": holds})
        (tmp_path / "people.csv").write_text("\n".join(figures) + "\n", "utf-8")
        content = {**DESCRIBED, "resources": resources, **described}
        (tmp_path / "datapackage.json").write_text(json.dumps(content), "utf-8")
        return tmp_path

    return write


def test_borders_take_names(folder):
    pairs = ["a,b", "north-west,SE", "Al lado,Sureste", "NW,Guantánamo"]
    data = bajio.read_package(folder({"borders": pairs[:3]}))
    borders = Registry.default().with_data(data).borders
    assert (borders["SE"], borders["NX"]) == ({"NW", "NX"}, {"SE"})
    with pytest.raises(InvalidData, match=r"borders\.csv, row 4, column .b.: unknown area .Guant"):
        bajio.read_package(folder({"borders": pairs}))


def test_what_a_pack_brings_is_known_where_its_data_are(folder):
    data = bajio.read_package(folder())
    registry = Registry.default().with_data(data)

    assert registry.areas["NW"].names["es"] == "Noroeste"
    assert registry.areas.children("CUB", "province") == ("NW", "SE")
    assert registry.borders["NW"] == {"SE"}
    assert registry.region("both").members == ("NW", "SE")
    assert registry.region("both").at(2009).members == ("NW",)
    assert "provinces" in registry.peer_groups
    assert "NW" not in Registry.default().areas
    assert "both" not in Registry.default().regions

    result = bajio.evaluate("both", "population", data=data, year=2018, peers="provinces")
    assert result.value == 11_300_000
    assert result.share_of_host == 1
    assert bajio.evaluate("NX", "population", registry=registry, year=2018).value == 5000


def test_what_a_pack_brings_is_asked_for_by_name(folder):
    more = {"aliases": ["area,alias", "NW,Occidente"], "identifiers": ["area,identifier", "NW,Q7"]}
    data = bajio.read_package(folder(more))
    for name in ("North-West", "noroeste", "Occidente", "Q7"):
        assert bajio.evaluate(name, "population", data=data, year=2018).value == 5_000_000
    assert bajio.evaluate("Ambas", "population", data=data, year=2018).value == 11_300_000


def test_what_was_there_is_there_beside_a_pack(folder):
    data = bajio.read_package(folder())
    assert bajio.evaluate("bajio", "population", data=data, year=2018).value == 12_706_038
    registry = Registry.default().with_data(data)
    assert registry.areas["01001"].within == "MX-AGU"
    assert registry.borders["MX-AGU"] == Registry.default().borders["MX-AGU"]


def test_packs_can_be_laid_over_one_another(folder, tmp_path):
    first = bajio.read_package(folder())
    region = Region(["NW", "NX"], code="across")
    across = Gazetteer(regions=[region])
    second = bajio.dataset("more", sources=[], observations=[], gazetteer=across)
    registry = Registry.default().with_data(first).with_data(second)
    assert registry.region("across").members == ("NW", "NX")
    assert registry.region("both").members == ("NW", "SE")
    together = Registry.default().with_data(second.over(first))
    assert together.region("across").members == ("NW", "NX")
    assert bajio.evaluate("across", "population", registry=together, year=2018).value == 5_005_000
    again = pickle.loads(pickle.dumps(registry))  # noqa: S301  # its own
    assert again.region("across").members == ("NW", "NX")


class _Packed:
    """A plugin whose data bring areas and regions."""

    def __init__(self, data):
        self._data = data

    @bajio.hookimpl
    def bajio_datasets(self):
        return [self._data]


def registry_of(*plugins):
    named = {f"plugin-{number}": _Packed(one) for number, one in enumerate(plugins)}
    return Registry({**built_ins(), **named})


def test_a_plugin_brings_all_that_comes_with_its_data(folder):
    registry = registry_of(bajio.read_package(folder()))
    assert registry.region("both").members == ("NW", "SE")
    assert registry.borders["NW"] == {"SE"}
    assert bajio.evaluate("both", "population", registry=registry, year=2018).value == 11_300_000
    provided = registry.plugins[-1].provides
    assert provided["bajio_areas"] == ("NW", "SE", "NX")
    assert provided["bajio_regions"] == ("both",)
    assert provided["bajio_peer_groups"] == ("provinces",)
    assert provided["bajio_borders"] == ("NW SE",)
    assert not registry.failures


def test_what_a_plugin_cannot_bring_is_set_aside(folder):
    own = Gazetteer(
        areas=[Area("X", "X", "province", "NOWHERE"), Area("Y", "Y", "province", "CUB")],
        regions=[Region(["Y"], code="bajio"), Region(["Y"], code="fine")],
    )
    registry = registry_of(bajio.dataset("o", sources=[], observations=[], gazetteer=own))
    with pytest.warns(PluginWarning, match="lies in|NOWHERE"):
        areas = registry.areas
    assert "X" not in areas
    assert "Y" in areas
    with pytest.warns(PluginWarning, match="'bajio' is provided by"):
        regions = registry.regions
    assert regions["bajio"].members != ("Y",)
    assert regions["fine"].members == ("Y",)
    assert {failure.hook for failure in registry.failures} == {"bajio_areas", "bajio_regions"}


def test_a_plugin_s_area_can_replace_another():
    own = Gazetteer(areas=[Area("CUB", "Isle", replaces="CUB")])
    registry = registry_of(bajio.dataset("o", sources=[], observations=[], gazetteer=own))
    assert str(registry.areas["CUB"].names) == "Isle"
    assert not registry.failures


AREAS = TABLES["areas"]
# what is wrong with the tables, or what the descriptor says, and what is told of it
HOSTILE = {
    "parents in a circle": (
        {"areas": ["code,name,kind,within", "A,One,province,B", "B,Two,province,A"]},
        {},
        "areas.csv, row 2, column 'within': area 'A' lies in itself: B in A",
    ),
    "a parent that is not known": (
        {"areas": [*AREAS, "ZZ,Far,Lejos,province,CUX"]},
        {},
        "areas.csv, row 5, column 'within': unknown area 'CUX'",
    ),
    "the code of a bundled area": (
        {"areas": [*AREAS, "MX-JAL,Jalisco,Jalisco,province,CUB"]},
        {},
        "area 'MX-JAL' is Jalisco already: give it a code of its own, or say that it replaces MX",
    ),
    "the code of a bundled municipality": (
        {"areas": [*AREAS, "01001,County,Condado,county,USA"]},
        {},
        "areas.csv, row 5, column 'code': area '01001' is Aguascalientes already",
    ),
    "the code of a bundled region": (
        {"areas": [*AREAS, "bajio,Lowland,Bajío,province,CUB"]},
        {},
        "areas.csv, row 5, column 'code': 'bajio' is a region already",
    ),
    "an area that replaces none": (
        {"areas": ["code,name,kind,within,replaces", "NW,N,province,CUB,NW", "SE,S,province,CUB,"]},
        {},
        "areas.csv, row 2, column 'replaces': area 'NW' says that it replaces one, and there is",
    ),
    "an area that stands twice": (
        {"areas": [*AREAS, "NW,Again,Otra vez,province,CUB"]},
        {},
        "areas.csv, row 5: area 'NW' is given twice",
    ),
    "an area without a name": (
        {"areas": [*AREAS, "ZZ,,,province,CUB"]},
        {},
        "areas.csv, row 5, column 'name_en': the area has no name",
    ),
    "an area without a kind": (
        {"areas": [*AREAS, "ZZ,Far,Lejos,,CUB"]},
        {},
        "areas.csv, row 5, column 'kind': it is empty",
    ),
    "two columns of English names": (
        {"areas": ["code,name,name_en,kind", "NW,N,N,province"]},
        {},
        "areas.csv, row 2, column 'name': the columns name and name_en are both there",
    ),
    "a code with blanks": (
        {"areas": [*AREAS, "Z Z,Far,Lejos,province,CUB"]},
        {},
        "areas.csv, row 5: 'Z Z' is not an area code",
    ),
    "years of an area upside down": (
        {"areas": ["code,name,kind,since,until", "NW,N,province,2010,2001"]},
        {},
        "areas.csv, row 2: area 'NW' is there since 2010 until 2001",
    ),
    "a year of two digits": (
        {"areas": ["code,name,kind,since", "NW,N,province,98"]},
        {},
        "areas.csv, row 2, column 'since': '98' is not a year",
    ),
    "a column that is not known": (
        {"areas": ["code,name,kind,capital", "NW,N,province,X"]},
        {},
        "areas.csv, row 1: unexpected columns ['capital']",
    ),
    "a column that lacks": ({"borders": ["a", "NW"]}, {}, "borders.csv, row 1: lacks ['b']"),
    "a residual in no area": (
        {"areas": [*AREAS, "REST,Rest,Resto,unallocated,"]},
        {},
        "areas.csv, row 5: area 'REST' is unallocated: say within which area it is",
    ),
    "an alias of no area": (
        {"aliases": ["area,alias", "MEX,Tenochtitlan"]},
        {},
        "aliases.csv, row 2, column 'area': the package has no area 'MEX' to give this alias to",
    ),
    "years of money upside down": (
        {"currencies": ["area,currency,since,until", "NW,CUP,2010,2001"]},
        {},
        "currencies.csv, row 2: CUP is money since 2010 until 2001",
    ),
    "two moneys at one time": (
        {"currencies": ["area,currency,since,until", "NW,CUP,,2010", "NW,CUC,2010,"]},
        {},
        "areas.csv, row 2: area 'NW' has CUP and CUC at one time",
    ),
    "a border that stands twice": (
        {"borders": [*TABLES["borders"], "SE,NW"]},
        {},
        "borders.csv, row 3: the border of NW and SE is given twice",
    ),
    "a border to itself": (
        {"borders": ["a,b", "NW,NW"]},
        {},
        "borders.csv, row 2: 'NW' cannot border on itself",
    ),
    "a border of a name and its code": (
        {"borders": ["a,b", "NW,North-West"]},
        {},
        "borders.csv, row 2: 'NW' cannot border on itself",
    ),
    "a border on no area": (
        {"borders": ["a,b", "NW,NOWHERE"]},
        {},
        "borders.csv, row 2, column 'b': unknown area 'NOWHERE'",
    ),
    "a border of a residual": (
        {
            "areas": [*AREAS, "REST,Rest,Resto,unallocated,CUB"],
            "borders": ["a,b", "NW,SE", "NW,REST"],
        },
        {},
        "borders.csv, row 3, column 'b': REST (Rest) is what CUB has and none of its parts",
    ),
    "a member that is not known": (
        {"regions": [*TABLES["regions"], "both,SEX,,"]},
        {},
        "regions.csv, row 4, column 'area': unknown area 'SEX'",
    ),
    "a member in another": (
        {"regions": ["region,area", "both,NW", "both,CUB"]},
        {},
        "regions.csv, row 2: the region overlaps itself: NW (North-West) lies in CUB (Cuba)",
    ),
    "a member twice": (
        {"regions": [*TABLES["regions"], "both,SE,2015,"]},
        {},
        "regions.csv, row 4: 'SE' is a member in those years already",
    ),
    "years of a member upside down": (
        {"regions": ["region,area,joined,left", "both,NW,2010,2001"]},
        {},
        "regions.csv, row 2: NW joined in 2010 and left in 2001",
    ),
    "a region that nobody describes": (
        {"regions": [*TABLES["regions"], "boht,NX,,"]},
        {},
        "regions.csv, row 4, column 'region': unknown region 'boht': did you mean 'both'?",
    ),
    "a region without members": (
        {"regions": None},
        {},
        "datapackage.json: region 'both' has no members: no table that holds regions names any",
    ),
    "a region of a bundled code": (
        {"regions": ["region,area", "bajio,NW"], "peer-groups": None},
        {"regions": [{"name": "bajio"}], "peerGroups": []},
        "regions.csv, row 2, column 'region': 'bajio' is Bajío Alliance of bajio.catalog.mexico",
    ),
    "a region of an area's code": (
        {"regions": ["region,area", "NW,SE"], "peer-groups": None},
        {"regions": [{"name": "NW"}], "peerGroups": []},
        "regions.csv, row 2: region 'NW' is an area as well",
    ),
    "a group of a region's code": (
        {"peer-groups": ["group,member", "both,NW"]},
        {"peerGroups": [{"name": "both", "label": "Both"}]},
        "peer-groups.csv, row 2: peer group 'both' is a region as well",
    ),
    "a group of a bundled code": (
        {"peer-groups": ["group,member", "oecd,NW"]},
        {"peerGroups": [{"name": "oecd", "label": "OECD"}]},
        "peer-groups.csv, row 2, column 'group': 'oecd' is OECD of bajio.catalog.world already",
    ),
    "a peer that is not known": (
        {"peer-groups": ["group,member", "provinces,NW", "provinces,NOX"]},
        {},
        "peer-groups.csv, row 3, column 'member': unknown area or region 'NOX'",
    ),
    "a name that is no text": (
        {},
        {"regions": [{"name": "both", "label": {"en": 5}}]},
        "regions[0].label.en: 5 is not a text",
    ),
    "an empty name": (
        {},
        {"peerGroups": [{"name": "provinces", "label": {"en": ""}}]},
        "peerGroups[0].label: a label needs a text in each of its languages",
    ),
    "two regions of one name": (
        {},
        {"regions": [{"name": "both"}, {"name": "both"}]},
        "two regions have the name 'both'",
    ),
    "a word that is not known": (
        {},
        {"regions": [{"name": "both", "members": ["NW"]}]},
        "regions[0]: 'members' is not known",
    ),
    "a charter that lacks its agreement": (
        {},
        {"regions": [{"name": "both", "charter": {"signed": "2018"}}]},
        "regions[0].charter: it lacks 'agreement'",
    ),
    "a table of what nobody knows": (
        {"rivers": ["code", "X"]},
        {},
        "'rivers' is not read; it can be areas, aliases, identifiers, currencies, borders",
    ),
}


@pytest.mark.parametrize("wrong", HOSTILE)
def test_what_is_wrong_is_told_with_its_place(folder, wrong):
    tables, described, told = HOSTILE[wrong]
    with pytest.raises(BajioError) as raised:
        bajio.read_package(folder(tables, **described))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_all_that_is_wrong_is_told_at_once(folder, capsys):
    path = folder(
        {
            "areas": [*AREAS, "ZZ,,,province,CUB", "YY,Far,Lejos,,CUB"],
            "borders": [*TABLES["borders"], "NW,"],
            "regions": [*TABLES["regions"], "boht,NX,,", "both,NX,98,"],
        }
    )
    told = [
        "areas.csv, row 5, column 'name_en'",
        "areas.csv, row 6, column 'kind'",
        "borders.csv, row 3, column 'b'",
        "regions.csv, row 4, column 'region'",
        "regions.csv, row 5, column 'joined'",
    ]
    with pytest.raises(InvalidData) as raised:
        bajio.read_package(path)
    assert [str(one).partition(":")[0] for one in raised.value.faults] == told
    assert str(raised.value) == str(raised.value.faults[0])
    assert main(["check", str(path)]) == 2
    out = capsys.readouterr().out
    assert "5 faults" in out
    for file in ("areas.csv", "borders.csv", "regions.csv"):
        assert file in out


def test_all_that_does_not_fit_is_told_at_once(folder, capsys):
    path = folder(
        {
            "borders": [*TABLES["borders"], "NW,NOWHERE"],
            "regions": [*TABLES["regions"], "both,SEX,,", "both,TEX,,"],
            "peer-groups": ["group,member", "provinces,NW", "provinces,NOX"],
        }
    )
    with pytest.raises(InvalidData) as raised:
        bajio.read_package(path)
    assert [(one.file, one.row) for one in raised.value.faults] == [
        ("regions.csv", 4),
        ("regions.csv", 5),
        ("peer-groups.csv", 3),
        ("borders.csv", 3),
    ]
    wrong = ["ZZ,2018,1", "NW,18,1", "NW,2017,many", "SE,2016,few", "YY,2018,2"]
    figures = folder(figures=[*FIGURES, *wrong])
    assert main(["check", str(figures), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert sorted((one["row"], one["column"]) for one in faults) == [
        *((5, "area"), (6, "period"), (7, "value"), (8, "value"), (9, "area"))
    ]
    twice = folder(figures=[*FIGURES, "NW,2018,1", "SE,2018,1", "NX,2017,-5"])
    assert main(["check", str(twice), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert sorted(one["row"] for one in faults) == [5, 6, 7]


def faults_of(path, capsys):
    assert main(["check", str(path), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    return sorted((one["sheet"].partition(".")[0], one["row"]) for one in faults)


def test_a_check_tells_what_is_wrong_in_each_table(folder, capsys):
    wrong = {
        "borders": [*TABLES["borders"], "SE,NW", "NX,NX", "NW,NOWHERE"],
        "regions": [*TABLES["regions"], "both,TEX,,"],
        "peer-groups": [*TABLES["peer-groups"], "provinces,NOX"],
    }
    expected = [*(("borders", row) for row in (3, 4, 5)), ("peer-groups", 5), ("people", 5)]
    path = folder(wrong, figures=[*FIGURES, "NY,2018,5"])
    assert faults_of(path, capsys) == [*expected, ("regions", 4)]
    more = {
        **wrong,
        "areas": [*AREAS, "ZZ,,,province,CUB"],
        "aliases": ["area,alias", "QQ,Nowhere"],
        "regions": [*TABLES["regions"], "both,SE,20,"],
        "peer-groups": TABLES["peer-groups"],
    }
    path = folder(more, figures=[*FIGURES, "ZZ,2018,many"])
    expected = [("aliases", 2), ("areas", 5), ("borders", 3), ("borders", 4), ("people", 5)]
    assert faults_of(path, capsys) == [*expected, ("regions", 4)]


def test_nothing_is_told_that_follows_from_what_is_wrong_elsewhere(folder, capsys):
    tables = {
        "areas": [line.replace("South-East,Sureste", ",") for line in TABLES["areas"]],
        "regions": ["region,area,joined,left", "both,NW,,", "both,SE,2010,"],
    }
    assert faults_of(folder(tables), capsys) == [("areas", 3)]
    tables = {"regions": ["region,area,joined,left", "both,NW,20,"]}
    assert faults_of(folder(tables), capsys) == [("regions", 2)]


def test_a_table_holds_one_thing(folder):
    path = folder() / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    content["resources"][0]["holds"] = "areas"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InvalidData, match=r"resources\[0\]: it holds areas, and has a series"):
        bajio.read_package(path)


CATEGORIES = {
    "a category in itself": (["a,b", "b,a"], "row 2, column 'parent': sectors: 'a' is part of"),
    "a parent that is none": (["a,", "b,c"], "row 3, column 'parent': sectors: the parent 'c' is"),
    "a category twice": (["a,", "a,"], "row 3, column 'code': sectors: 'a' is given twice"),
}


@pytest.mark.parametrize("wrong", CATEGORIES)
def test_what_is_wrong_with_a_classification_is_told_with_its_place(tmp_path, wrong):
    rows, told = CATEGORIES[wrong]
    lines = ["code,parent,name_en", *(f"{row},X" for row in rows)]
    (tmp_path / "sectors.csv").write_text("\n".join(lines) + "\n", "utf-8")
    described = {
        "name": "own",
        "classifications": [{"name": "sectors"}],
        "resources": [{"name": "sectors", "path": "sectors.csv"}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(described), "utf-8")
    data = bajio.read_package(tmp_path)
    with pytest.raises(InvalidData, match=r"sectors\.csv, ") as raised:
        data.classifications["sectors"]()
    assert told in str(raised.value)


def test_a_pack_breaks_a_measure_of_its_own_down(folder):
    path = folder() / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    catch = {"name": "catch", "label": "Catch", "unit": "tonne", "kind": "extensive"}
    content["measures"] = [
        {**catch, "time": "flow", "dimensions": ["fish"], "classifications": {"fish": "fishes"}}
    ]
    content["classifications"] = [{"name": "fishes", "total": "all"}]
    content["resources"] += [
        {"name": "fishes", "path": "fishes.csv"},
        {"name": "catch", "path": "catch.csv", "series": {**SERIES, "measure": "catch"}},
    ]
    content["resources"][-1]["series"]["unit"] = "tonne"
    path.write_text(json.dumps(content), "utf-8")
    fishes = ["code,parent,name_en,name_es", "all,,All,Todo", "cod,all,Cod,Bacalao"]
    rows = ["area,period,fish,value", "NW,2018,all,5", "NW,2018,cod,3", "SE,2018,all,7"]
    for name, lines in {"fishes": [*fishes, "ray,all,Ray,Raya"], "catch": rows}.items():
        text = "\n".join([*lines, *(["SE,2018,cod,1"] if name == "catch" else [])])
        path.with_name(f"{name}.csv").write_text(text + "\n", "utf-8")
    data = bajio.read_package(path)
    total = bajio.Indicator("catch", bajio.Sum("catch", {"fish": "all"}), "tonne", "Catch")
    assert bajio.evaluate("both", total, data, year=2018).value == 12
    assert data.classifications["fishes"]().level("leaves") == ("cod", "ray")


def test_a_figure_of_an_area_that_nobody_knows_is_told_with_its_row(folder):
    data = bajio.read_package(folder(figures=[*FIGURES, "ZZ,2018,1"]))
    with pytest.raises(Unavailable, match=r"people\.csv, row 5, column 'area': unknown area 'ZZ'"):
        bajio.evaluate("both", "population", data, year=2018)


def test_what_says_that_it_replaces_does(folder):
    data = bajio.read_package(
        folder(
            {
                "areas": ["code,name,kind,within,replaces", "MX-JAL,Jalisco!,province,MEX,MX-JAL"],
                "borders": None,
                "regions": ["region,area", "bajio,MX-JAL"],
                "peer-groups": None,
            },
            ["area,period,value", "MX-JAL,2018,1"],
            regions=[{"name": "bajio", "replaces": "bajio"}],
            peerGroups=[],
        )
    )
    registry = Registry.default().with_data(data)
    assert str(registry.areas["MX-JAL"].names) == "Jalisco!"
    assert registry.region("bajio").members == ("MX-JAL",)
    assert Registry.default().region("bajio").members != ("MX-JAL",)
    assert bajio.evaluate("bajio", "population", data=data, year=2018).value == 1000


def test_an_area_that_is_the_same_is_no_fault(folder):
    known = Registry.default().areas["FRA"]
    data = bajio.dataset("own", sources=[], observations=[], gazetteer=Gazetteer(areas=[known]))
    assert Registry.default().with_data(data).areas["FRA"] == known


def test_what_python_hands_in_is_refused_without_a_place():
    with pytest.raises(InvalidValue, match="'A' cannot border on itself"):
        Gazetteer(borders=[("A", "A")])
    with pytest.raises(InvalidValue, match="'AB' is no border"):
        Gazetteer(borders=["AB"])
    with pytest.raises(InvalidValue, match="region 'x' has no members"):
        Gazetteer(regions=[Region([], code="x")])
    group = PeerGroup("g", "G", ["r"], regions=(Region(["MEX"], code="r"),))
    with pytest.raises(InvalidValue, match="peer group 'g' has regions of its own"):
        Gazetteer(peer_groups=[group])
    areas = Gazetteer(areas=[Area("X", "X", within="NOWHERE")])
    data = bajio.dataset("own", sources=[], observations=[], gazetteer=areas)
    with pytest.raises(InvalidValue, match="unknown area 'NOWHERE'"):
        Registry.default().with_data(data)


# Law 16: what is written and read again is equal

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), min_size=1, max_size=12
)
CODES = st.text("ABCXYZ-:'\"é", min_size=1, max_size=6)
YEARS = st.none() | st.integers(1900, 1990)
LATER = st.none() | st.integers(1991, 2050)
LANGUAGES = st.sampled_from(["en", "es", "pt"])
LABELS = st.dictionaries(LANGUAGES, TEXTS, min_size=1)
MONEY = st.none() | st.sampled_from(
    ["CUP", [Currency("AAA", until=1999), Currency("BBB", 2000)], [Currency("AAA")]]
)
CHARTERS = st.none() | st.builds(
    Charter,
    agreement=LABELS,
    signed=st.sampled_from(["", "2018-11"]),
    pillars=st.lists(LABELS, max_size=2),
    agenda=st.lists(LABELS, max_size=2),
    anchor_firms=st.lists(
        st.tuples(CODES, st.lists(TEXTS, max_size=2).map(tuple)),
        max_size=2,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
    workshops=st.none() | LABELS,
    governance=st.none() | LABELS,
    horizon=st.none() | st.integers(0, 99),
    aim=st.none() | LABELS,
)


@st.composite
def gazetteers(draw):
    codes = draw(st.lists(CODES, min_size=2, max_size=5, unique=True))
    areas = [
        Area(
            code,
            draw(LABELS),
            draw(TEXTS),
            draw(st.sampled_from([None, "MEX", *codes[:at]])),
            draw(MONEY),
            since=draw(YEARS),
            until=draw(LATER),
            aliases=draw(st.lists(TEXTS, max_size=2)),
            identifiers=draw(st.lists(TEXTS, max_size=2)),
        )
        for at, code in enumerate(codes)
    ]
    stays = st.lists(
        st.builds(Membership, st.sampled_from(codes), YEARS, LATER), min_size=1, max_size=3
    )
    regions = [
        Region(
            draw(stays),
            code=code,
            names=draw(st.none() | LABELS),
            basis=draw(st.just("") | TEXTS),
            charter=draw(CHARTERS),
        )
        for code in ("one", "two")[: draw(st.integers(0, 2))]
    ]
    groups = [PeerGroup("some", draw(LABELS), draw(stays), draw(st.just("") | TEXTS))]
    pairs = draw(st.sets(st.tuples(*[st.sampled_from(codes)] * 2).filter(lambda p: p[0] < p[1])))
    return Gazetteer(areas, pairs, regions, groups[: draw(st.integers(0, 1))])


@examples(60)
@given(gazetteer=gazetteers())
def test_what_is_written_and_read_again_is_equal(tmp_path_factory, gazetteer):
    from bajio.readers.datapackage import read_package

    data = bajio.dataset("own", sources=[], observations=[], gazetteer=gazetteer)
    folder = tmp_path_factory.mktemp("pack")
    bajio.write_package(data, folder, overwrite=True)
    found = read_package(folder)
    assert found == data
    assert found.gazetteer == gazetteer
    assert pickle.loads(pickle.dumps(found)) == data  # noqa: S301  # its own


def test_gazetteers_that_differ_in_names_differ():
    one, other = (Gazetteer(regions=[Region(["MEX"], code="x", names=n)]) for n in ("A", "B"))
    assert one != other
    assert one == Gazetteer(regions=[Region(["MEX"], code="x", names="A")])
    assert Gazetteer(areas=[Area("X", "X", aliases=["Y"])]) != Gazetteer(areas=[Area("X", "X")])


def test_members_of_a_package_s_regions_and_groups_are_named_as_everywhere(folder):
    tables = {
        **TABLES,
        "regions": ["region,area", "both,Jalisco", "both,Cd. de México"],
        "peer-groups": ["group,member", "provinces,Colima", "provinces,UK"],
    }
    registry = Registry.default().with_data(bajio.read_package(folder(tables)))
    assert registry.regions["both"].members == ("MX-CMX", "MX-JAL")
    assert registry.peer_groups["provinces"].newest(None) == ("GBR", "MX-COL")


def test_other_names_of_regions_and_groups_are_written_and_read_again(tmp_path):
    west = Region(["MX-JAL", "MX-COL"], code="west", names="West", aliases=["Pacífico Centro"])
    coast = PeerGroup("coast", "Coast", ["MX-JAL", "MX-COL"], aliases=["Costa"])
    own = Gazetteer(regions=[west], peer_groups=[coast])
    path = bajio.write_package(
        bajio.dataset("own", sources=[], observations=[], gazetteer=own), tmp_path / "own"
    )
    data = bajio.read_package(path.parent)
    assert data.gazetteer == own
    assert [one.aliases for one in data.gazetteer.regions] == [("Pacífico Centro",)]
    registry = Registry.default().with_data(data)
    assert registry.region("pacifico centro").members == ("MX-COL", "MX-JAL")
    assert registry.peer_group("Costa").code == "coast"
