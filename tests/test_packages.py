"""Data packages say how they are to be read: what they say is honoured, or refused by name."""

import hashlib
import json
import os
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from drawn import examples
from hypothesis import given, strategies as st

import bajio
from bajio.cli import main
from bajio.errors import BajioError, DuplicateCode, InvalidData, InvalidValue
from bajio.facts.dataset import observations_of

STATES = ("MX-AGU", "MX-GUA")
ROWS = ("area,period,value", "MX-AGU,2018,1500", "MX-GUA,2018,2500")


def descriptor(**table):
    """A descriptor of one table, of beds by state."""
    return {
        "name": "own",
        "sources": [{"name": "ministry", "title": "Ministry of Health"}],
        "measures": [
            {"name": "beds", "label": "Beds", "unit": "1", "kind": "extensive", "time": "stock"}
        ],
        "resources": [
            {
                "name": "beds",
                "path": "beds.csv",
                "series": {
                    "measure": "beds",
                    "source": "ministry",
                    "edition": "2024",
                    "unit": "1",
                    "frequency": "A",
                },
            }
            | table
        ],
    }


@pytest.fixture
def package(tmp_path):
    """Write a package; give its folder."""

    def write(content, files):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
        for name, file in files.items():
            data = file if isinstance(file, bytes) else "\n".join(file).encode()
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write


def figures(folder):
    return {one.area: one.value for one in bajio.read_package(folder).observations("beds")}


def value(*fields, **schema):
    """A schema whose value's field says something."""
    named = [{"name": "area"}, {"name": "period"}, {"name": "value", **dict(fields)}]
    return {"schema": {"fields": named, **schema}}


class TestWhatATableSays:
    def test_missing_values_are_none(self, package):
        table = value(missingValues=["", "-999", "n/a"])
        rows = [*ROWS, "MX-QUE,2018,-999", "MX-SLP,2018,n/a", "MX-JAL,2018,"]

        found = figures(package(descriptor(**table), {"beds.csv": rows}))
        gaps = dict.fromkeys(("MX-QUE", "MX-SLP", "MX-JAL"))
        assert found == {"MX-AGU": 1500, "MX-GUA": 2500, **gaps}

    def test_a_field_s_own_missing_values_count(self, package):
        table = value(
            ("missingValues", [{"value": "x", "label": "not asked"}]), missingValues=["y"]
        )

        assert (
            figures(package(descriptor(**table), {"beds.csv": [*ROWS, "MX-QUE,2018,x"]}))["MX-QUE"]
            is None
        )
        with pytest.raises(InvalidData, match=r"beds.csv, row 4, column 'value': 'y' is not"):
            figures(package(descriptor(**table), {"beds.csv": [*ROWS, "MX-QUE,2018,y"]}))

    def test_an_empty_cell_is_missing_only_where_the_schema_lets_it(self, package):
        folder = package(
            descriptor(**value(missingValues=["-"])), {"beds.csv": [*ROWS, "MX-QUE,2018,"]}
        )
        with pytest.raises(
            InvalidData, match=r"row 4.*which the schema's missingValues do not name"
        ):
            figures(folder)

    @pytest.mark.parametrize(
        ("marks", "written", "meant"),
        [
            ({"groupChar": "."}, "1.100", 1100),
            ({"groupChar": ".", "decimalChar": ","}, "1.100,5", Fraction(2201, 2)),
            ({"decimalChar": ","}, "1,5", Fraction(3, 2)),
            ({"groupChar": ","}, "12,345.5", Fraction(24691, 2)),
            ({"groupChar": " "}, "1 234 567", 1234567),
            ({"bareNumber": True}, "7", 7),
            ({"type": "integer"}, "7", 7),
        ],
        ids=str,
    )
    def test_numbers_as_they_are_written(self, package, marks, written, meant):
        table = value(*marks.items()) | {"dialect": {"delimiter": ";"}}
        rows = ["area;period;value", f"MX-AGU;2018;{written}"]

        assert figures(package(descriptor(**table), {"beds.csv": rows})) == {"MX-AGU": meant}

    @pytest.mark.parametrize(
        ("marks", "written"),
        [
            ({"groupChar": "."}, "1.1"),
            ({"groupChar": "."}, "1100.5"),
            ({"decimalChar": ","}, "1.5"),
            ({"groupChar": ",", "decimalChar": "."}, "1,23"),
            ({"type": "integer"}, "7.5"),
            ({}, "1,5"),
            ({}, "\uff11"),
            ({}, " 5"),
            ({}, "1_000"),
        ],
        ids=str,
    )
    def test_numbers_that_are_written_otherwise_are_refused(self, package, marks, written):
        table = value(*marks.items()) | {"dialect": {"delimiter": ";"}}
        rows = ["area;period;value", f"MX-AGU;2018;{written}"]

        with pytest.raises(InvalidData, match=r"beds.csv, row 2, column 'value'"):
            figures(package(descriptor(**table), {"beds.csv": rows}))

    @pytest.mark.parametrize("header", [True, False], ids=["with header", "without"])
    def test_a_path_can_be_a_list(self, package, header):
        more = ["MX-QUE,2018,3500"]
        folder = package(
            descriptor(path=["beds.csv", "more.csv"]),
            {"beds.csv": ROWS, "more.csv": [ROWS[0], *more] if header else more},
        )
        assert figures(folder) == {"MX-AGU": 1500, "MX-GUA": 2500, "MX-QUE": 3500}

    def test_errors_name_the_file_of_a_list(self, package):
        folder = package(
            descriptor(path=["beds.csv", "more.csv"]),
            {"beds.csv": ROWS, "more.csv": [ROWS[0], "MX-QUE,2018,x"]},
        )
        with pytest.raises(InvalidData, match=r"^more.csv, row 2, column 'value'"):
            figures(folder)

    @pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512", ""])
    def test_a_hash_of_any_usual_kind_is_checked(self, package, algorithm):
        content = "\n".join(ROWS).encode()
        digest = hashlib.new(algorithm or "md5", content).hexdigest()
        stated = f"{algorithm}:{digest}" if algorithm else digest

        assert figures(package(descriptor(hash=stated), {"beds.csv": content})) == {
            "MX-AGU": 1500,
            "MX-GUA": 2500,
        }
        with pytest.raises(InvalidData, match=r"beds.csv: .*changed or damaged"):
            figures(package(descriptor(hash=stated), {"beds.csv": content.replace(b"15", b"16")}))

    @pytest.mark.parametrize(
        ("dialect", "rows"),
        [
            ({"delimiter": ";"}, ["area;period;value", "MX-AGU;2018;1500"]),
            ({"delimiter": "\t"}, ["area\tperiod\tvalue", "MX-AGU\t2018\t1500"]),
            ({"quoteChar": "'"}, ["area,period,value", "'MX-AGU','2018','1500'"]),
            ({"skipInitialSpace": True}, ["area, period, value", "MX-AGU, 2018, 1500"]),
            ({"commentChar": "#"}, ["# beds", *ROWS[:2], "# it's, \"odd"]),
            ({"commentRows": [1]}, ["anything", *ROWS[:2]]),
            ({"headerRows": [2]}, ["anything at all", *ROWS[:2]]),
            ({"escapeChar": "\\", "doubleQuote": False}, [ROWS[0], "MX\\-AGU,2018,1500"]),
            ({"lineTerminator": "\r\n"}, ROWS[:2]),
        ],
        ids=str,
    )
    def test_a_dialect_is_followed(self, package, dialect, rows):
        folder = package(descriptor(dialect=dialect), {"beds.csv": rows})
        assert figures(folder) == {"MX-AGU": 1500}

    def test_a_null_sequence_is_missing(self, package):
        folder = package(
            descriptor(dialect={"nullSequence": "\\N"}), {"beds.csv": [*ROWS, "MX-QUE,2018,\\N"]}
        )
        assert figures(folder)["MX-QUE"] is None

    def test_a_table_without_header_has_the_names_of_its_schema(self, package):
        table = value() | {"dialect": {"header": False}}

        assert figures(package(descriptor(**table), {"beds.csv": ROWS[1:]}))["MX-GUA"] == 2500
        with pytest.raises(InvalidData, match="its schema names no fields"):
            figures(package(descriptor(dialect={"header": False}), {"beds.csv": ROWS[1:]}))

    @pytest.mark.parametrize("encoding", ["utf-8", "UTF-16", "latin-1", "windows-1252", "cp850"])
    def test_an_encoding_is_followed(self, package, encoding):
        rows = ["area,period,value,note", "MX-AGU,2018,1500,año"]
        folder = package(
            descriptor(encoding=encoding), {"beds.csv": "\n".join(rows).encode(encoding)}
        )
        [seen] = bajio.read_package(folder).observations("beds")
        assert seen.note == "año"

    @pytest.mark.parametrize(
        "content",
        [
            b"\xef\xbb\xbf" + "\n".join(ROWS).encode(),
            "\n".join([*ROWS, "", ""]).encode(),
            "\r\n".join([*ROWS, ""]).encode(),
            "\r".join(ROWS).encode(),
            "\n".join([*ROWS[:2], "", ROWS[2]]).encode(),
            "\n".join(ROWS).replace("2500", '"2500"').encode() + b"\n\n",
        ],
        ids=["BOM", "blank last lines", "CRLF", "CR", "a blank line", "quotes"],
    )
    def test_marks_of_editors_change_nothing(self, package, content):
        folder = package(descriptor(), {"beds.csv": content})
        assert figures(folder) == {"MX-AGU": 1500, "MX-GUA": 2500}

    def test_line_ends_of_unicode_are_no_line_ends(self, package):
        rows = ["area,period,value,note", "MX-AGU,2018,1500,one\u2028two\x85three"]
        [seen] = bajio.read_package(package(descriptor(), {"beds.csv": rows})).observations("beds")

        assert seen.note == "one\u2028two\x85three"

    @pytest.mark.parametrize(
        ("constraints", "row", "problem"),
        [
            ({"required": True}, "MX-QUE,2018,", "requires a value"),
            ({"minimum": 1000}, "MX-QUE,2018,999", "not at least 1000"),
            ({"maximum": "2500"}, "MX-QUE,2018,2500.5", "not at most 2500"),
            ({"exclusiveMinimum": 1000}, "MX-QUE,2018,1000", "not above 1000"),
            ({"enum": [1500, "2500"]}, "MX-QUE,2018,3", "not one of"),
            ({"unique": True}, "MX-QUE,2018,1500", "given twice"),
            ({"maxLength": 4}, "MX-QUE,2018,15000", "of 4 letters at most"),
        ],
        ids=str,
    )
    def test_constraints_hold(self, package, constraints, row, problem):
        table = value(("constraints", constraints))

        assert figures(package(descriptor(**table), {"beds.csv": ROWS}))["MX-AGU"] == 1500
        with pytest.raises(InvalidData, match=rf"beds.csv, row 4, column 'value': .*{problem}"):
            figures(package(descriptor(**table), {"beds.csv": [*ROWS, row]}))


def without(names):
    """What is refused, and the names that its message has."""
    return [
        (value(("bareNumber", False)), "bareNumber"),
        (value(("unit", "thousand")), "unit"),
        (value(("type", "boolean")), "boolean"),
        (value(("format", "currency")), "currency"),
        (value(("constraints", {"pattern": "(a+)+$"})), "pattern"),
        (value(("constraints", {"atMost": 3})), "atMost"),
        (value(("groupChar", "."), ("decimalChar", ".")), "groupChar and decimalChar"),
        (value(fieldsMatch="loosely"), "loosely"),
        (value(nullValues=["0"]), "nullValues"),
        ({"schema": "schema.json"}, "schema.json"),
        ({"dialect": {"decimal": ","}}, "decimal"),
        ({"dialect": {"delimiter": ";;"}}, "delimiter"),
        ({"dialect": {"delimiter": ",", "quoteChar": ","}}, "two things"),
        ({"dialect": {"headerRows": [1, 2]}}, "several rows"),
        ({"missingValues": ["-999"]}, "missingValues"),
        ({"scale": 1000}, "scale"),
        ({"data": []}, "data"),
        ({"compression": "gz"}, "compression"),
        ({"format": "xlsx"}, "xlsx"),
        ({"encoding": "utf-7"}, "utf-7"),
        ({"encoding": "unicode_escape"}, "unicode_escape"),
        ({"hash": "crc32:12345678"}, "crc32"),
        ({"path": None}, "no path"),
        ({"path": []}, "no path"),
        ({"path": 5}, "path"),
        ({"path": "../beds.csv"}, "leads out"),
        ({"path": "/etc/passwd"}, "leads out"),
        ({"bytes": 3}, "3"),
        ({"rows": 7}, "7"),
    ]


@pytest.mark.parametrize(("table", "named"), without(()), ids=str)
def test_what_is_not_read_is_refused_by_name(package, table, named):
    folder = package(descriptor(**table), {"beds.csv": ROWS})

    with pytest.raises(InvalidData, match=named) as caught:
        figures(folder)
    assert len(str(caught.value)) < 600


def changed(change):
    content = descriptor()
    change(content)
    return content


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(version=5), "version: 5 is not a text"),
        (lambda d: d.update(referenceYear="x"), "referenceYear: 'x' is not a year"),
        (lambda d: d.update(referenceYear=True), "referenceYear: True is not a year"),
        (lambda d: d["resources"][0]["series"].update(edition=2024), "edition 2024 is not a text"),
        (lambda d: d["resources"][0]["series"].update(frequency="W"), "series.frequency: 'W'"),
        (
            lambda d: d["resources"][0]["series"].update(multiplier=1000),
            "'multiplier' is not known",
        ),
        (lambda d: d["resources"][0]["series"].update(source="none"), "undefined source, 'none'"),
        (lambda d: d["resources"][0]["series"].update(measure="nil"), "undefined measure"),
        (lambda d: d["resources"].append(d["resources"][0]), "two tables have the name 'beds'"),
        (
            lambda d: d["resources"].append(d["resources"][0] | {"name": "other"}),
            "'beds' and 'other' are of one series",
        ),
        (lambda d: d["measures"][0].update(minimum="1/0"), "minimum: '1/0' divides by zero"),
        (lambda d: d["measures"][0].update(minimun=0), "'minimun' is not known"),
        (lambda d: d["measures"][0].update(kind="extensiv"), "did you mean 'extensive'"),
        (lambda d: d["measures"][0].update(label=5), "label: 5 is not an object"),
        (lambda d: d["measures"][0].update(dimensions=["value"]), "dimension 'value' is taken"),
        (lambda d: d["measures"][0].update(unit="km^99"), "powers of a unit go to 60"),
        (lambda d: d["sources"][0].update(editions=["1", "1"]), "stands twice"),
        (lambda d: d.update(classifications=[{"name": "../x"}]), "'../x' is not a code"),
    ],
    ids=range(18),
)
def test_a_descriptor_that_says_what_cannot_be_is_refused(package, change, told):
    folder = package(changed(change), {"beds.csv": ROWS})

    with pytest.raises(BajioError, match=told):
        bajio.read_package(folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"name": "a", "name": "b", "resources": []}', "'name' is given twice"),
        ('{"name": "a", "resources": [], "referenceYear": NaN}', "NaN is no number"),
        ('{"name": "a", "resources": [], "referenceYear": 1e999999999}', "exponents go from"),
        ('{"name": "a", "resources": [], "referenceYear": ' + "9" * 10**5 + "}", "digits"),
        ("[" * 10**5, "nested too deep"),
        ('{"name": ' * 10**5, "nested too deep"),
        ("", "no data package can be read"),
    ],
    ids=range(7),
)
def test_a_descriptor_that_no_reader_bears_is_refused(package, text, told):
    with pytest.raises(InvalidData, match=told):
        bajio.read_package(package(text, {}))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["area,period,value,value", "MX-AGU,2018,1,2"], "two columns are called 'value'"),
        (["area,period,value,", "MX-AGU,2018,1,"], "column 4 has no name"),
        ([*ROWS, "MX-GUA,2018,2500"], "row 4: MX-GUA 2018 is given twice"),
        ([*ROWS[:2], "MX-GUA,2018,", "MX-QUE,2018,1", "MX-GUA,2018,5"], "row 5: MX-GUA 2018"),
        ([*ROWS, "MX-QUE,\uff12\uff10\uff11\uff18,1"], "row 4, column 'period'"),
        ([*ROWS, "MX-QUE,2018-Q1,1"], "'2018-Q1' is quarterly"),
        ([*ROWS, "MX-QUE,2018"], "row 4: 2 fields where the header has 3"),
        ([*ROWS, ",2018,5"], "row 4, column 'area': no value of area"),
        ([*ROWS, 'MX-QUE,2018,"5'], "row 4: it cannot be cut into cells"),
        ([*ROWS, '"' + "x" * 200_000 + '",2018,5'], "row 4: it cannot be cut into cells"),
        ([*ROWS, "MX-QUE,2018,1e400000000"], "row 4, column 'value': .*exponents"),
        ([*ROWS, "MX-QUE,2018," + "9" * 5000], "row 4, column 'value': .*400 digits"),
        ([""], "it has no header"),
    ],
    ids=range(13),
)
def test_a_table_that_contradicts_itself_is_refused(package, rows, told):
    with pytest.raises(InvalidData, match=rf"^beds.csv.*{told}") as caught:
        figures(package(descriptor(), {"beds.csv": rows}))
    assert len(str(caught.value)) < 400


def test_kinds_that_do_not_fit_are_refused(package):
    table = descriptor()
    table["resources"][0]["series"]["kinds"] = ["country"]
    data = bajio.read_package(package(table, {"beds.csv": ROWS}))
    rule = bajio.Indicator("all-beds", bajio.Sum("beds"), "1", "Beds")

    with pytest.raises(BajioError, match="MX-AGU is a state, and the table is stated to cover"):
        bajio.evaluate("MEX", rule, data=data, peers=None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_nothing_but_plain_files_inside_is_read(package, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "beds.csv"
    outside.write_text("\n".join(ROWS))
    folder = package(descriptor(), {})
    beds = folder / "beds.csv"

    beds.symlink_to(outside)
    with pytest.raises(InvalidData, match="leads out"):
        figures(folder)
    beds.unlink()
    os.mkfifo(beds)
    with pytest.raises(InvalidData, match="no plain file"):
        figures(folder)
    beds.unlink()
    beds.symlink_to("/dev/zero")
    with pytest.raises(InvalidData, match="leads out"):
        figures(folder)
    beds.unlink()
    beds.mkdir()
    with pytest.raises(InvalidData, match=r"directory|no plain file"):
        figures(folder)


def test_a_damaged_bundled_table_is_noticed(monkeypatch):
    from bajio.catalog import bundled
    from bajio.readers.datapackage import open_package

    def damaged(name):
        content = bundled.read(name)
        return content.replace(b"1", b"2", 1) if name.endswith(".csv") else content

    with pytest.raises(InvalidData, match="changed or damaged"):
        list(open_package(damaged).dataset().observations("population"))


def test_the_digest_is_of_what_is_read(package):
    first = bajio.read_package(package(descriptor(), {"beds.csv": ROWS})).digest
    again = bajio.read_package(package(descriptor(), {"beds.csv": ROWS})).digest
    other = bajio.read_package(package(descriptor(), {"beds.csv": ROWS[:2]})).digest
    unit = descriptor()
    unit["resources"][0]["series"]["unit"] = "percent"

    assert first == again
    assert len({first, other, bajio.read_package(package(unit, {"beds.csv": ROWS})).digest}) == 3


def test_a_measure_of_the_bundled_data_need_not_be_defined(package):
    table = descriptor()
    table["measures"] = []
    table["resources"][0]["series"] |= {"measure": "population", "unit": "person"}
    data = bajio.read_package(package(table, {"beds.csv": ROWS}))

    assert bajio.evaluate(STATES, "population", data=data, year=2018).value == 4000


def test_a_measure_that_nothing_defines_is_refused_with_what_is_near(package):
    table = descriptor()
    table["measures"] = []
    table["resources"][0]["series"]["measure"] = "populaton"

    with pytest.raises(InvalidData, match=r"'beds' is of an undefined measure.*'population'"):
        bajio.read_package(package(table, {"beds.csv": ROWS}))


def own(**options):
    given = {
        "sources": [bajio.Source("own-count", "Own count")],
        "observations": [bajio.Observation(code, 2018, "population", 1000) for code in STATES],
    }
    return bajio.dataset(**({"name": "mine"} | given | options))


def test_figures_of_a_measure_of_the_bundled_data():
    assert bajio.evaluate(STATES, "population", data=own(), year=2018).value == 2000
    assert bajio.evaluate(STATES, "population", data=own(measures=[]), year=2018).value == 2000


def test_a_definition_that_differs_is_refused_with_the_difference():
    measure = bajio.Measure("population", "Population", "1", time="flow")
    told = "measure 'population' of mine is not that of bajio: unit '1', not 'person', time"

    with pytest.raises(DuplicateCode, match=told):
        bajio.evaluate(STATES, "population", data=own(measures=[measure]), year=2018)


def test_a_definition_that_differs_in_its_label_alone_is_the_same():
    measure = bajio.Measure("population", "People", "person", time="stock", minimum=0)

    found = bajio.evaluate(STATES, "population", data=own(measures=[measure]), year=2018)
    assert found.value == 2000


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            {"observations": [bajio.Observation("MX-AGU", 2018, "poplation", 1)]},
            "row 1.*'population'",
        ),
        ({"sources": []}, "has no source"),
        ({"units": {"populaton": "person"}}, "'population'"),
        ({"edition": 1}, "edition 1 is not a text"),
        ({"name": 5}, "5 is no name of a dataset"),
        ({"reference_year": "2018"}, "'2018' is not a year"),
        ({"areas": "MX-AGU"}, "give a list"),
        ({"observations": ["MX-AGU"]}, "'MX-AGU' is no Observation"),
        ({"observations": [bajio.Observation(5, 2018, "population", 1)]}, "row 1.*5 is not a text"),
        (
            {"observations": [bajio.Observation("MX-AGU", 2018, "population", 0.5)]},
            "row 1, column 'value': 0.5 is a float",
        ),
        (
            {"observations": [bajio.Observation("MX-AGU", 2018, "population", Decimal("NaN"))]},
            "NaN.* is not finite",
        ),
        (
            {"observations": [bajio.Observation("MX-AGU", 2018, "population", True)]},
            "row 1, column 'value': True is no number",
        ),
        (
            {"observations": [bajio.Observation("MX-AGU", 2018, "population", 10**500)]},
            "row 1, column 'value': .*400 digits",
        ),
        ({"observations": [bajio.Observation("MX-AGU", "", "population", 1)]}, "have periods"),
    ],
    ids=range(14),
)
def test_what_is_given_in_python_is_checked(options, told):
    with pytest.raises(BajioError, match=told):
        own(**options)


def test_figures_of_numpy_are_figures():
    numpy = pytest.importorskip("numpy")
    seen = [
        bajio.Observation("MX-AGU", numpy.int64(2018), "population", numpy.int64(7)),
        bajio.Observation("MX-GUA", 2018, "population", numpy.uint8(5)),
    ]
    assert bajio.evaluate(STATES, "population", data=own(observations=seen), year=2018).value == 12


@pytest.mark.parametrize("missing", ["NA", "NaT"])
def test_what_pandas_has_for_nothing_is_refused_with_the_way_out(missing):
    pandas = pytest.importorskip("pandas")
    seen = [bajio.Observation("MX-AGU", 2018, "population", getattr(pandas, missing))]

    with pytest.raises(InvalidData, match="where there is none, give None"):
        own(observations=seen)


def test_nothing_that_is_handed_out_can_be_changed():
    data = own()
    [series] = data.series
    table = data.table(series)

    for change in (
        table.values.clear,
        lambda: table.values[()]["MX-AGU"].update({"2018": 5}),
        lambda: table.values[()].pop("MX-AGU"),
        lambda: table.marks.update({}),
        lambda: data.measures.pop("population"),
        data.classifications.clear,
    ):
        with pytest.raises((TypeError, AttributeError)):
            change()
    assert bajio.evaluate(STATES, "population", data=data, year=2018).value == 2000


def test_what_was_given_can_be_changed_without_harm():
    areas, where = {"MX-AGU", "MX-GUA"}, ["x"]
    seen = bajio.Observation("MX-AGU", 2018, "population", 1, where=where)
    where.append("y")
    data = own(areas=areas)
    areas.clear()

    assert seen.where == ("x",)
    assert len(list(data.observations("population"))) == 2


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**30), 10**30),
    st.decimals(allow_nan=False, allow_infinity=False, places=6),
    st.builds(lambda n, k: Fraction(n, 10**k), st.integers(-(10**12), 10**12), st.integers(0, 15)),
    st.just(Decimal("1E+30")),
    st.just(Fraction(1, 2**60)),
)
NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
EDITIONS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    str.strip
)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(STATES), st.integers(1990, 2030)),
        st.tuples(NUMBERS, NOTES),
        min_size=1,
        max_size=6,
    ),
    EDITIONS,
)
@examples(60)
def test_a_package_is_read_as_it_was_written_whatever_the_surroundings(
    tmp_path_factory, seen, edition
):
    measure = bajio.Measure("balance", "Balance", "USD", prices="current")
    data = bajio.dataset(
        "own",
        measures=[measure],
        sources=[bajio.Source("own", "Own", editions=[edition])],
        observations=[
            bajio.Observation(area, year, "balance", value, note=note)
            for (area, year), (value, note) in seen.items()
        ],
        edition=edition,
        reference_year=2020,
    )
    folder = tmp_path_factory.mktemp("package")
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 2, 5, -5
        bajio.write_package(data, folder, overwrite=True)
        again = bajio.read_package(folder)
        [series] = again.series
        notes = {
            (one.area, one.period): (one.value, one.note)
            for one in observations_of(series, again.table(series))
        }
    assert again == data
    assert notes == {(area, str(year)): pair for (area, year), pair in seen.items()}


@pytest.mark.parametrize("edition", ["../../x", "a/b", "C:\\x", "con", "x" * 200, "\u202e", "1\n2"])
def test_a_written_package_stays_in_its_folder(tmp_path, edition):
    data = own(edition=edition)
    path = bajio.write_package(data, tmp_path / "in" / "package")

    assert path.parent == tmp_path / "in" / "package"
    assert os.listdir(tmp_path) == ["in"]
    assert os.listdir(tmp_path / "in") == ["package"]
    assert bajio.read_package(path) == data


def test_tables_of_one_file_name_are_kept_apart(tmp_path):
    first, second = own(edition="May 2024"), own(edition="May-2024")
    both = bajio.Dataset("own", first.measures, first.sources, [*first.series, *second.series])

    assert bajio.read_package(bajio.write_package(both, tmp_path)) == both


def test_a_package_is_not_overwritten_unasked(tmp_path):
    bajio.write_package(own(), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    more = own(observations=[bajio.Observation("MX-AGU", 2018, "population", 7)])

    with pytest.raises(InvalidValue, match="is there already; nothing was written"):
        bajio.write_package(more, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert bajio.read_package(bajio.write_package(more, tmp_path, overwrite=True)) == more


def test_half_a_letter_leaves_nothing_behind(tmp_path):
    seen = [bajio.Observation("MX-AGU", 2018, "population", 7, note="\ud800")]

    with pytest.raises(InvalidValue, match="half a letter"):
        bajio.write_package(own(observations=seen), tmp_path / "package")
    assert not (tmp_path / "package").exists()


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**25),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(
        ["2024", "A", "utf-8", "beds.csv", "../x", "1/0", "1e999999999", "person", "km^9"]
    ),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)
KEYS = st.sampled_from(
    ["missingValues", "dialect", "schema", "hash", "edition", "unit", "minimum", "kinds", "fields"]
)


def outcome(folder):
    """The figures of a package, or why it is refused, in one line of bearable length."""
    told, found = "", {}
    try:
        data = bajio.read_package(folder)
        tables = [(series, data.table(series)) for series in data.series]
    except BajioError as error:
        told = str(error)
    else:
        found = {one.area: one.value for pair in tables for one in observations_of(*pair)}
    assert "\n" not in told
    assert len(told) < 1500
    return found, told


def places(content):
    """Every object and list in a descriptor."""
    found = [content]
    for one in content.values() if isinstance(content, dict) else content:
        if isinstance(one, dict | list):
            found += places(one)
    return found


@given(st.data())
@examples(200)
def test_any_change_of_a_descriptor_ends_in_figures_or_in_one_refusal(tmp_path_factory, data):
    content = descriptor(**value(missingValues=["", "-"]), dialect={"delimiter": ","}, hash=None)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from([one for one in places(content) if one]))
        if isinstance(place, list):
            place[data.draw(st.integers(0, len(place) - 1))] = data.draw(JUNK)
        else:
            key = data.draw(st.one_of(st.sampled_from(sorted(place)), KEYS))
            place[key] = data.draw(JUNK)
    folder = tmp_path_factory.mktemp("package")
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "beds.csv").write_text("\n".join(ROWS))

    found, told = outcome(folder)
    assert told or found in ({"MX-AGU": 1500, "MX-GUA": 2500}, {})


@given(st.binary(max_size=60), st.sampled_from(["", "area,period,value\n", "area,value,period\n"]))
@examples(100)
def test_any_table_ends_in_figures_or_in_one_refusal(tmp_path_factory, content, header):
    folder = tmp_path_factory.mktemp("package")
    (folder / "datapackage.json").write_text(json.dumps(descriptor()), encoding="utf-8")
    (folder / "beds.csv").write_bytes(header.encode() + content)

    _, told = outcome(folder)
    assert told.startswith("beds.csv") or (header and not told)


def test_the_year_of_one_dataset_moves_no_other_answer():
    rain = bajio.Measure("rain", "Rain", "mm", kind="intensive", time="stock", weight="area")
    newest = bajio.evaluate("bajio", "population").year
    for year in (2012, 2050):
        data = own(
            measures=[rain],
            observations=[bajio.Observation("MX-JAL", year, "rain", 800)],
            reference_year=year,
        )
        assert bajio.evaluate("bajio", "population", data=data).year == newest


def test_a_dataset_goes_to_another_process_whole(package):
    import pickle
    from copy import deepcopy

    written = bajio.read_package(package(descriptor(), {"beds.csv": ROWS}))
    for data in (own(), written):
        again = pickle.loads(pickle.dumps(data))  # noqa: S301  # of this very test
        assert again == deepcopy(data) == data


def test_a_source_is_made_of_texts():
    with pytest.raises(InvalidValue, match="a source's title is a text, not 5"):
        bajio.Source("own", 5)
    with pytest.raises(InvalidValue, match="half a character"):
        bajio.Source("own", "Own", citation="\ud800")


@pytest.mark.slow  # tests/test_budgets.py has one without a hash
def test_a_million_columns_are_refused_in_bounded_time(package):
    header = ",".join(f"c{at}" for at in range(10**6))

    with pytest.raises(InvalidData, match=r"beds.csv, row 1: unexpected columns") as caught:
        figures(package(descriptor(), {"beds.csv": [header]}))
    assert len(str(caught.value)) < 300


def test_areas_of_a_package_s_tables_are_named_as_everywhere(tmp_path):
    rows = ["area,period,value", "Jalisco,2018,1", "14 Jalisco,2019,2", "Edo. Méx.,2018,3"]
    seen = [bajio.Observation("MX-JAL", 2018, "population", 1)]
    data = bajio.dataset("mine", sources=[bajio.Source("count", "Count")], observations=seen)
    path = bajio.write_package(data, tmp_path / "mine")
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    table = descriptor["resources"][0]
    (path.parent / table["path"]).write_text("\n".join(rows), encoding="utf-8")
    table = {key: value for key, value in table.items() if key not in {"bytes", "hash"}}
    path.write_text(json.dumps({**descriptor, "resources": [table]}), encoding="utf-8")

    own = bajio.read_package(path.parent)
    for area, year, value in (("MX-JAL", 2018, 1), ("MX-JAL", 2019, 2), ("MX-MEX", 2018, 3)):
        assert bajio.evaluate(area, "population", data=own, year=year).value == value


def test_check_tells_faults_of_all_kinds_of_a_table_in_one_go(tmp_path, capsys):
    rows = ["MX-COL,2018,3", "MX-COL,2018,4", "MX-COX,2019,2a", "MX-NAY,20188,5", "MX-NAY,2019,-6"]
    seen = [bajio.Observation("MX-JAL", 2018, "population", 1)]
    data = bajio.dataset("mine", sources=[bajio.Source("count", "Count")], observations=seen)
    path = bajio.write_package(data, tmp_path / "mine")
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    table = descriptor["resources"][0]
    text = "\n".join(["area,period,value", *rows])
    (path.parent / table["path"]).write_text(text, encoding="utf-8")
    table = {key: value for key, value in table.items() if key not in {"bytes", "hash"}}
    path.write_text(json.dumps({**descriptor, "resources": [table]}), encoding="utf-8")

    assert main(["check", str(path.parent), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    places = {(one["row"], one["column"]) for one in faults}
    assert places == {(3, ""), (4, "area"), (4, "value"), (5, "period"), (6, "value")}
    assert all("documentation" not in one["expected"] for one in faults)
