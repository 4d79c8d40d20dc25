"""Outlines for maps: of nearly all areas, meeting where these border, read when asked for."""

import json
import pickle
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest

import bajio
from bajio import Gazetteer, Source
from bajio.answers import Outlines
from bajio.errors import BajioError, InvalidData, UnknownCode
from bajio.questions.map_outlines import outlines
from bajio.readers.outline_files import outlines_text, read_outlines
from bajio.registry import Registry

FOLDER = Path(bajio.__file__).parent / "data" / "outlines"
MINE = Source("mine", "My map")
SQUARE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
#: Municipalities and territories of which there is no shape.
NEWER = {"02007", "04013", "12082", "12083", "12084", "12085"}


@pytest.fixture(scope="module")
def known():
    return Registry.default()


@pytest.fixture(scope="module")
def states(known):
    return outlines(known.areas.children("MEX", "state"))


def size(ring):
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def total(outline):
    return sum(
        abs(size(r)) * (1 if at == 0 else -1) for p in outline.polygons for at, r in enumerate(p)
    )


def meeting(drawn):
    """Pairs of areas of which a stretch of line is part of both shapes."""
    lines = {}
    for code, outline in drawn.items():
        for rings in outline.polygons:
            for ring in rings:
                for pair in pairwise(ring):
                    lines.setdefault(frozenset(pair), set()).add(code)
    return {pair for codes in lines.values() for pair in combinations(sorted(codes), 2)}


def test_all_states_and_municipalities_and_un_members_but_one_have_a_shape(known, states):
    assert len(states) == 32
    municipal = {code for state in states for code in known.areas.children(state, "municipality")}
    assert municipal - set(outlines(municipal)) == NEWER
    members = known.region("un-members").members
    assert set(members) - set(outlines(members)) == {"TUV"}
    assert len(outlines("world")) == 236
    assert outlines(["TUV", "BEL"]).keys() == {"BEL"}
    with pytest.raises(UnknownCode):
        outlines(["XYZ"])


def test_rings_close_and_lie_on_earth_and_cross_no_meridian_of_180_degrees(known):
    for code, outline in outlines("world").items():
        west, south, east, north = outline.bounds
        assert -180 <= west < east <= 180, code
        assert -90 <= south < north <= 90, code
        for rings in outline.polygons:
            for ring in rings:
                assert ring[0] == ring[-1], code
                assert len(ring) > 3, code
                assert size(ring), code
                assert all(abs(x - u) < 180 or abs(y) == 90 for (x, y), (u, _) in pairwise(ring)), (
                    code
                )
    assert outlines(["ATA"])["ATA"].bounds[1] == -90
    assert {round(outlines([code])[code].bounds[0]) for code in ("RUS", "FJI")} == {-180}


def test_states_meet_where_they_border(known, states):
    """As the drawing has it: of 67 pairs each has a line of its own in both shapes."""
    found = meeting(states)
    assert found == {(one, two) for one in states for two in known.borders[one] if one < two}
    assert ("MX-GUA", "MX-ZAC") in found


def test_states_are_as_large_as_their_municipalities(known, states):
    for code, outline in states.items():
        parts = outlines(known.areas.children(code, "municipality")).values()
        assert total(outline) == pytest.approx(sum(map(total, parts)), rel=0.02)
        assert outline.source.code == "inegi-boundaries"
        assert {one.source for one in parts} == {outline.source}


def test_they_are_small_and_read_for_maps_only():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000
    code = (
        "import sys, bajio; bajio.profile('bajio', year=2018).to_dict();"
        "print('bajio.readers.outline_files' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def geojson(*features):
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": code, "geometry": {"type": kind, "coordinates": shape}}
            for code, kind, shape in features
        ],
    }


TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [1, 2]},
    "objects": {
        "any": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "A", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "B", "arcs": [[[~1, 2]]]},
                {"type": "Polygon", "arcs": [[0, 1]]},
            ],
        }
    },
    "arcs": [[[0, 0], [0, 2], [2, 0]], [[2, 2], [-2, -2]], [[2, 2], [0, -2], [-2, 0]]],
}


def test_topojson_and_geojson_are_read():
    found = read_outlines(json.dumps(TOPOLOGY).encode(), "mine")
    assert found == {
        "A": ((((1, 2), (1, 3), (2, 3), (1, 2)),),),
        "B": ((((1, 2), (2, 3), (2, 2), (1, 2)),),),
    }
    again = read_outlines(outlines_text(found).encode(), "mine")
    assert again == found
    plain = {
        **TOPOLOGY,
        "transform": None,
        "arcs": [[[0, 0], [0, 2], [2, 2]], [[2, 2], [0, 0]], [[2, 2], [2, 0], [0, 0]]],
    }
    assert read_outlines(json.dumps(plain).encode(), "mine")["A"] == (
        (((0, 0), (0, 2), (2, 2), (0, 0)),),
    )
    one = read_outlines(json.dumps(geojson(("A", "Polygon", [SQUARE]))).encode(), "mine")
    assert one == {"A": ((tuple(map(tuple, SQUARE)),),)}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (geojson(("A", "Polygon", [[[0, 0], [10**400, 0], [0, 1], [0, 0]]])), "no outlines can be"),
        (b" " * (64 * 2**20 + 1), "simplify them"),
        (b"{", "no outlines can be read"),
        (b"[]", "neither TopoJSON nor GeoJSON"),
        (b'{"type": "Point"}', "neither TopoJSON nor GeoJSON"),
        (b"[" * 10**5, "nested too deep"),
        (b"\xff", "no outlines can be read"),
        (
            geojson(("A", "Polygon", [SQUARE]), ("A", "Polygon", [SQUARE])),
            "two shapes have the id 'A'",
        ),
        (geojson((1, "Polygon", [SQUARE])), "the id 1 is not a text"),
        (geojson(("A", "Point", [0, 0])), "no polygon|neither"),
        (geojson(("A", "Polygon", [SQUARE[:-1]])), "does not close"),
        (
            geojson(("A", "Polygon", [[[0, 0], [200, 0], [0, 1], [0, 0]]])),
            "no longitude and latitude",
        ),
        (
            geojson(("A", "Polygon", [[[0, 0], ["x", 0], [0, 1], [0, 0]]])),
            "no outlines can be read",
        ),
        ({**TOPOLOGY, "arcs": []}, "neither TopoJSON"),
        ({**TOPOLOGY, "objects": {}}, "no outlines can be read"),
    ],
)
def test_what_is_no_file_of_outlines_is_refused(given, told):
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    with pytest.raises(InvalidData, match=told) as caught:
        read_outlines(content, "mine.json")
    assert caught.value.file == "mine.json"


def pack(folder, **entry):
    (folder / "shapes.json").write_text(json.dumps(geojson(("MX-GUA", "Polygon", [SQUARE]))))
    resource = {"name": "shapes", "path": "shapes.json", "holds": "outlines", "format": "geojson"}
    content = {
        "name": "mine",
        "sources": [{"name": "mine", "title": "My map"}],
        "resources": [resource | {"source": "mine"} | entry],
    }
    (folder / "datapackage.json").write_text(json.dumps(content))
    return folder


def test_packs_bring_shapes_which_go_before_others(tmp_path):
    data = bajio.read_package(pack(tmp_path, kinds=["state"]))
    found = outlines("bajio", data)
    assert found["MX-GUA"].source == MINE
    assert found["MX-GUA"].bounds == (0, 0, 1, 1)
    assert found["MX-QUE"].source.code == "inegi-boundaries"
    again = bajio.read_package(bajio.write_package(data, tmp_path / "again"))
    assert again == data
    assert pickle.loads(pickle.dumps(data)) == data  # noqa: S301  # its own
    assert outlines(["MX-GUA"], again) == {"MX-GUA": found["MX-GUA"]}
    other = bajio.read_package(pack(tmp_path, kinds=["country"]))
    assert outlines(["MX-GUA"], other)["MX-GUA"].source.code == "inegi-boundaries"


def test_states_of_the_pack_of_the_united_states_meet_where_they_border():
    data = bajio.read_package(Path(__file__).parent.parent / "examples" / "packs" / "united-states")
    registry = Registry.default().with_data(data)
    drawn = outlines("us-states", registry=registry)
    assert set(drawn) == set(registry.peer_groups["us-states"].newest(None))
    assert drawn["US-AK"].bounds[0] < -179 < 179 < drawn["US-AK"].bounds[2]
    assert meeting(drawn) == set(data.gazetteer.borders)


def test_plugins_bring_shapes():
    own = Outlines(
        MINE,
        (),
        lambda: read_outlines(json.dumps(geojson(("BEL", "Polygon", [SQUARE]))).encode(), ""),
    )
    data = bajio.dataset("d", sources=[], observations=[], gazetteer=Gazetteer(outlines=[own]))

    class Plugin:
        @bajio.hookimpl
        def bajio_datasets(self):
            return [data]

    from bajio.registry import built_ins

    registry = Registry({**built_ins(), "p": Plugin()})
    assert outlines(["BEL"], registry=registry)["BEL"].source == MINE


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"format": "csv"}, "outlines are topojson or geojson"),
        ({"source": "other"}, "unknown source 'other'"),
        ({"source": None}, "lack their 'source'"),
        ({"holds": "areas", "source": None}, "outlines are topojson or geojson"),
        ({"holds": "areas", "format": "csv"}, "stand in its series"),
        ({"kinds": "state"}, "not a list"),
    ],
)
def test_descriptors_of_outlines_are_checked(tmp_path, entry, told):
    with pytest.raises(BajioError, match=told):
        bajio.read_package(pack(tmp_path, **entry))
