"""What comes in at the data's door and cannot be used is refused: the thing, the value, where."""

import copy
import json
import os
from fractions import Fraction

import pytest

import bajio
from bajio import Area, Observation, Region, Source
from bajio.errors import BajioError, InvalidData, InvalidRegion, InvalidValue, UnknownCode
from bajio.facts.classifications import Category, Classification
from bajio.facts.exact_figures import InvalidFigure
from bajio.facts.series import Series
from bajio.files import write_file
from bajio.readers.datapackage import open_package, read_package

BEDS = {"name": "beds", "label": "Beds", "unit": "1", "kind": "extensive", "time": "stock"}
SERIES = {
    "measure": "beds",
    "source": "ministry",
    "edition": "2024",
    "unit": "1",
    "frequency": "A",
}
TABLE = {"name": "beds", "path": "beds.csv", "series": SERIES}
PACKAGE = {
    "name": "own",
    "sources": [{"name": "ministry", "title": "Ministry of Health"}],
    "measures": [BEDS],
    "resources": [TABLE],
}
FIELDS = [{"name": "area"}, {"name": "period"}, {"name": "value"}]


@pytest.fixture
def folder(tmp_path):
    """A folder with a package, some of its entries changed, and the files of its tables."""

    def write(text="area,period,value\nMX-AGU,2018,1500\n", *, encoding="utf-8", **changes):
        described = json.dumps(PACKAGE | changes)
        (tmp_path / "datapackage.json").write_text(described, encoding="utf-8")
        (tmp_path / "beds.csv").write_bytes(text.encode(encoding))
        return tmp_path

    return write


def observed(folder):
    return list(read_package(folder).observations("beds"))


def table(**changes):
    return {"resources": [TABLE | changes]}


def fields(*changed, **schema):
    named = {one["name"]: one for one in changed}
    return table(schema={"fields": [named.get(one["name"], one) for one in FIELDS], **schema})


# what is wrong with a package, what is told of it
DESCRIPTORS = {
    "a title that is a number": (
        {"sources": [{"name": "ministry", "title": 7}]},
        "7 is not a text",
    ),
    "a title without end": ({"sources": [{"name": "m", "title": "x" * 10**6}]}, "1000000 letters"),
    "a table without a name": (table(name=""), "it is empty"),
    "neither true nor false": ({"resources": [TABLE | {"series": SERIES | {"derived": 1}}]}, "1"),
    "a label that is a list": ({"measures": [BEDS | {"label": ["x"]}]}, "is not an object"),
    "a label of a number": ({"measures": [BEDS | {"label": {"en": 5}}]}, "5 is not a text"),
    "bytes below none": (table(bytes=-1), "-1 is not a whole number"),
    "half a byte": (table(bytes=0.5), "is not a whole number"),
    "digits as marks": (fields({"name": "value", "groupChar": "1"}), "cannot mark groups"),
}


@pytest.mark.parametrize("wrong", DESCRIPTORS)
def test_what_a_descriptor_says_wrongly_is_named(folder, wrong):
    changes, told = DESCRIPTORS[wrong]
    with pytest.raises(InvalidData) as raised:
        observed(folder(**changes))
    assert told in str(raised.value)
    assert "datapackage.json" in str(raised.value)


# what is wrong with a table, by its schema and its text, and what is told of it
ROW = "area,period,value\nMX-AGU,2018,1500\n"
TABLES = {
    "an unknown format": (fields({"name": "value", "format": "x"}), ROW, "format 'x' is not read"),
    "marks of numbers in a text": (
        fields({"name": "area", "groupChar": ","}),
        ROW,
        "marks of numbers are given, and it holds no numbers",
    ),
    "a limit of what is no number": (
        fields({"name": "area", "constraints": {"minimum": 5}}),
        ROW,
        "'MX-AGU' is not at least 5, as the schema says",
    ),
    "a key of no column": (
        fields(primaryKey=["area", "month"]),
        ROW,
        "the primary key has 'month', which is no column",
    ),
    "a key that stands twice": (
        fields(primaryKey=["period"]),
        f"{ROW}MX-GUA,2018,1\n",
        "2018",
    ),
    "an encoding that is not known": (table(encoding="latin-99"), ROW, "'latin-99' is not"),
    "an encoding that is not read": (table(encoding="rot13"), ROW, "'rot13' is not read"),
    "an area that is not known": ({}, ROW.replace("MX-AGU", "MX-XXX"), "unknown area 'MX-XXX'"),
    "a period that is none": ({}, ROW.replace("2018", "18"), "'18'"),
    "no file": (table(path="gone.csv"), ROW, "cannot be read: "),
}


@pytest.mark.parametrize("wrong", TABLES)
def test_what_a_table_holds_wrongly_is_named(folder, wrong):
    changes, text, told = TABLES[wrong]
    data = folder(text, **changes)
    with pytest.raises(BajioError) as raised:
        bajio.evaluate("MX-AGU", _beds(), data=read_package(data), year=2018)
    assert told in str(raised.value)


def _beds():
    return bajio.Indicator("beds", bajio.Sum("beds"), "1", "Beds")


def test_a_primary_key_that_every_table_has_is_no_other(folder):
    assert len(observed(folder(**fields(primaryKey=["area", "period"])))) == 1


def test_a_limit_holds_of_no_empty_cell(folder):
    limited = fields({"name": "value", "constraints": {"minimum": 5}})
    found = observed(folder(f"{ROW}MX-GUA,2018,\n", **limited))
    assert [one.value for one in found] == [1500, None]


def test_a_measure_that_nothing_defines_is_named_with_its_table(folder):
    with pytest.raises(InvalidData, match=r"table 'beds' is of an undefined measure: .*'beds'"):
        read_package(folder(measures=[]))


def test_a_table_that_is_not_there_is_named(folder):
    with pytest.raises(InvalidData, match="the package has no table 'rooms'"):
        open_package(folder()).rows("rooms")


def test_no_package_is_told_where_one_was_looked_for(tmp_path):
    with pytest.raises(InvalidData, match="no data package can be read: ") as raised:
        read_package(tmp_path / "nowhere")
    assert "nowhere" in str(raised.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("code,name_en\nall,All\n", "lacks the column 'parent'"),
        ("code,parent,name_en\nall,,All\na,b,A\n", "the parent 'b' is no category"),
        ("code,parent,name_en\na,,A\n", "the total 'all' is no category"),
    ],
)
def test_a_classification_that_cannot_be_right_is_named(folder, rows, told):
    nested = {"name": "activities", "path": "activities.csv"}
    data = folder(
        measures=[
            BEDS | {"dimensions": ["activity"], "classifications": {"activity": "activities"}}
        ],
        classifications=[{"name": "activities", "total": "all"}],
        resources=[TABLE, nested],
    )
    (data / "activities.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InvalidData) as raised:
        read_package(data).classification("beds", "activity")
    assert told in str(raised.value)


def test_a_category_that_is_not_there_is_named():
    found = Classification("activities", [Category("all", "All"), Category("a", "A", "all")], "all")
    assert "a" in found
    assert "b" not in found
    with pytest.raises(UnknownCode, match="unknown category of activities 'b'"):
        found["b"]


SEEN = Observation("MX-AGU", 2018, "population", 5)


def _population(*seen):
    data = bajio.dataset("own", observations=seen, sources=[Source("own", "Own")])
    return bajio.evaluate("MX-AGU", "population", year=2018, data=data)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ("MX-AGU", "'MX-AGU' is no Observation"),
        (Observation("MX-AGU", 2018, "population", 5, where=["x"]), "has the dimensions none"),
        (Observation("MX-XXX", 2018, "population", 5), "unknown area 'MX-XXX'"),
    ],
)
def test_an_observation_of_one_s_own_that_cannot_be_used_is_named_by_its_row(seen, told):
    with pytest.raises(BajioError) as raised:
        _population(SEEN, seen)
    assert told in str(raised.value)
    assert "row 2" in str(raised.value)


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda: bajio.Membership("MX-AGU", 2019, 2018), InvalidValue, "joined in 2019 and left"),
        (lambda: Region("MX-AGU"), InvalidRegion, "not the text 'MX-AGU'"),
        (lambda: Area("AAA", "A", since=2000, until=1999), InvalidValue, "since 2000 until 1999"),
        (lambda: Area("AAA", "A", kind="unallocated"), InvalidValue, "say within which area"),
        (
            lambda: Series("beds", "own", 2024, "1", "A", lambda _areas: None),
            InvalidValue,
            "edition 2024 is not a text: write it in quotes",
        ),
    ],
)
def test_facts_that_cannot_be_right_are_refused(make, error, told):
    with pytest.raises(error) as raised:
        make()
    assert told in str(raised.value)


def test_what_is_told_of_a_figure_can_be_copied():
    error = copy.copy(InvalidFigure("it is none", 3))
    assert (error.problem, error.at) == ("it is none", 3)


def test_a_number_without_end_is_not_written(tmp_path):
    third = bajio.Observation("MX-AGU", 2018, "population", Fraction(1, 3))
    data = bajio.dataset("own", observations=[third], sources=[Source("own", "Own")])
    with pytest.raises(InvalidData, match="no finite decimal notation: round it first"):
        bajio.write_package(data, tmp_path / "out")


def test_a_file_is_never_written_over_where_it_is_not_to_be(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidValue, match="is there already"):
        write_file(path, "theirs", overwrite=False)
    monkeypatch.setattr(os, "link", _without_links)
    with pytest.raises(InvalidValue, match="is there already"):
        write_file(path, "theirs", overwrite=False)
    write_file(tmp_path / "other.csv", "theirs", overwrite=False)

    assert path.read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "other.csv").read_text(encoding="utf-8") == "theirs"


def _without_links(*_):
    raise OSError


def test_a_folder_is_no_file_to_be_replaced(tmp_path):
    (tmp_path / "out" / "datapackage.json").mkdir(parents=True)
    data = bajio.dataset("own", observations=[SEEN], sources=[Source("own", "Own")])
    with pytest.raises(InvalidValue, match="is a folder"):
        bajio.write_package(data, tmp_path / "out", overwrite=True)
