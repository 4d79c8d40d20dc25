"""Tables as people have them: what is read of them, what is asked for, and what is refused."""

import json
import os
import re
from fractions import Fraction
from io import BytesIO, StringIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tables_of_offices
import tables_of_people
from hypothesis import given, strategies as st
from tables_of_offices import SEX_BELOW, formatted, old_workbook
from tables_of_people import Case, workbook
from xlsxwriter import Workbook

from bajio import evaluate, profile, read_table, write_package
from bajio.cli import main
from bajio.errors import BajioError, InvalidData, InvalidValue
from bajio.registry.own_data import read_package
from bajio.registry.own_tables import TotalsDisagree, preview_table
from bajio.words.messages import message_text

CASES = [*tables_of_people.CASES, *tables_of_offices.CASES]
_ABOUT = {"unit": "1", "kind": "extensive", "time": "stock", "source": "Secretaría de Salud"}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_tables_of_people_are_read_or_refused(case: Case, tmp_path):
    path = tmp_path / case.name
    path.write_bytes(case.content if isinstance(case.content, bytes) else case.content.encode())
    if isinstance(case.expected, str):
        with pytest.raises(InvalidData, match=r"(?s).") as refused:
            read_table(path, "beds", **_ABOUT, **case.said)
        assert case.expected in str(refused.value)
        return
    data = read_table(path, "beds", **_ABOUT, **case.said)
    read = {(one.area, one.period): one.value for one in data.observations("beds")}
    exact = {
        key: value if value is None else Fraction(str(value))
        for key, value in case.expected.items()
    }
    assert read == exact
    again = read_package(write_package(data, tmp_path / "package"))
    assert {(one.area, one.period): one.value for one in again.observations("beds")} == read


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "faults.csv"
    path.write_text("Entidad,2018,2019\nJalizco,1,2\nColima,x,4\nColima,5,#REF!\nNayarit,6,7\n")
    with pytest.raises(BajioError) as refused:
        read_table(path, "beds", **_ABOUT)
    told = str(refused.value)
    assert all(
        part in told for part in ("A2", "Jalizco", "B3", "'x'", "C4", "#REF!", "B4" and "C4")
    )
    kept = read_table(path, "beds", on_error="skip", **_ABOUT)
    assert {(one.area, one.period): one.value for one in kept.observations("beds")} == {
        ("MX-COL", "2019"): 4,
        ("MX-COL", "2018"): 5,
        ("MX-NAY", "2018"): 6,
        ("MX-NAY", "2019"): 7,
    }


def test_a_web_page_and_more_columns_than_a_sheet_has_are_refused_at_once(tmp_path, monkeypatch):
    page, wide = tmp_path / "page.xls", tmp_path / "wide.csv"
    page.write_text("<html><table><tr><td>Estado</td><td>2018</td></tr></table></html>")
    with pytest.raises(InvalidData, match="it is a web page"):
        read_table(page, "beds", **_ABOUT)
    wide.write_text("Estado" + ",2018" * 200_000 + "\nJalisco" + ",1" * 200_000 + "\n")
    monkeypatch.setattr("bajio.readers.tidy_tables.find_layout", pytest.fail)
    with pytest.raises(InvalidData, match="row 1: over 16,384 columns"):
        read_table(wide, "beds", **_ABOUT)


def test_tables_of_the_areas_of_a_pack_are_checked_and_brought_in(tmp_path, capsys):
    path, pack, made = tmp_path / "leitos.csv", "examples/packs/brazil", str(tmp_path / "leitos")
    path.write_text("Estado,2018\nAcre,1\nBahia,2\nSão Paulo,3\n", encoding="utf-8")
    about = ["--measure", "beds", "--label", "Leitos", "--unit", "1", "--kind", "extensive"]
    about += ["--time", "stock", "--source", "IBGE", "--output", made]
    assert main(["import", str(path), *about]) == 2
    assert main(["check", str(path), "--data", pack]) == 0
    assert main(["import", str(path), *about, "--data", pack]) == 0
    capsys.readouterr()
    asked = ["profile", "Bahia+São Paulo", "--data", pack, "--data", made, "--indicators", "beds"]
    assert main([*asked, "--peers", "none", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["value"] == 5


def test_what_claims_name_and_nobody_knows_is_told_by_line(tmp_path, capsys):
    path = tmp_path / "claims.toml"
    claims = [("a", "Juárez", "population"), ("b", "Guanajato", "poblacion"), ("c", "Gto.", "gdp")]
    path.write_text(
        'code = "t"\ntitle = "t"\nlocale = "es-MX"\n'
        + "".join(
            f'[[claims]]\nid = "{code}"\nstatement = "x"\nsubject = "{subject}"\n'
            f'indicator = "{indicator}"\nprinted = "más de 6 millones"\n'
            for code, subject, indicator in claims
        ),
        encoding="utf-8",
    )
    assert main(["check", str(path), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(one["row"], one["column"]) for one in faults] == [
        (7, "subject"),
        (13, "subject"),
        (14, "indicator"),
    ]
    assert "'Juárez' is several" in faults[0]["found"]
    assert "did you mean 'MX-GUA'" in faults[1]["expected"]


def test_each_kind_of_fault_is_told_by_row_and_column(tmp_path, capsys):
    path = tmp_path / "faults.csv"
    rows = [
        "Estado,Año,Unidad,Personas",
        "Jalizco,2018,personas,uno",
        "Juárez,2018,personas,3",
        "Colima,2018,personas,x",
        "Colima,2019,personas,4",
        "Nayarit,2018,personas,-5",
        "Sonora,2018,personas,nan",
        "Oaxaca,1018,personas,7",
        "Puebla,2018-Q1,personas,8",
        "Sinaloa,2018,hogares,9",
        "Durango,2018,personas,#DIV/0!",
        "Tabasco,2018,personas,€10",
        ",2018,personas,11",
        "Tlaxcala,2018,personas,12.5%",
        "Colima,2019,personas,4",
    ]
    path.write_text("\n".join(rows))
    assert main(["check", str(path), "--measure", "population", "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    told = {f"{one['column']}{one['row'] or ''}": one["found"] for one in faults}
    for place, part in {
        "A2": "unknown area 'Jalizco'",
        "D2": "'uno' is no number",
        "A3": "'Juárez' is",
        "D4": "'x' is no number",
        "D15": "MX-COL in 2019 again, as in D5",
        "D6": "-5",
        "D7": "'nan' is no number",
        "B8": "'1018' is no year",
        "D9": "2018-Q1 beside 2019",
        "D10": "'hogares' beside 'personas'",
        "D11": "#DIV/0! is an error",
        "D12": "'€10' is an amount of money",
        "A13": "figures without an area",
    }.items():
        assert part in told[place], (place, told.get(place))
    assert any("'12.5%'" in found for found in told.values())


def _zip(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _sheet(cells: str) -> bytes:
    """An xlsx file whose sheet has some XML."""
    book = workbook({"Hoja1": [["Estado", 2018], ["Jalisco", 1]]})
    with ZipFile(BytesIO(book)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    return _zip(members)


HOSTILE = {
    "empty.csv": b"",
    "blank.csv": b" \n\n",
    "nul.csv": b"Estado,2018\nJalisco,1\x00\n",
    "columns.csv": b"," * 10**6,
    "quotes.csv": b'"' * 10**5,
    "one-quote.csv": b'Estado,2018\n"Jalisco,1\n',
    "long-cell.csv": b"Estado,2018\nJalisco," + b"1" * 10**6 + b"\n",
    "deep.json": b"[" * 10**5,
    "twins.json": b'[{"a": 1, "a": 2}]',
    "nan.json": b'[{"estado": "Jalisco", "2018": NaN}, {"estado": "Colima", "2018": Infinity}]',
    "no-zip.xlsx": b"PK\x03\x04" + b"x" * 100,
    "no-ole.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000,
    "bomb.xlsx": _zip({"xl/worksheets/sheet1.xml": b" " * 50_000_000}),
    "many.xlsx": _zip({f"{n}.txt": b"" for n in range(6000)}),
    "far.xlsx": _sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "entities.xlsx": _zip({"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
    "repeated.ods": _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                b"<table:table-row table:number-rows-repeated='1000000'>"
                b"<table:table-cell office:value-type='float' "
                b"table:number-columns-repeated='16000'/></table:table-row>"
            ),
        }
    ),
    "damaged.parquet": b"PAR1" + b"x" * 100 + b"PAR1",
    "noise.bin": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_one_line(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    started = process_time()
    with pytest.raises(BajioError) as refused:
        read_table(path, "beds", **_ABOUT)
    assert len(str(refused.value)) < 2000
    assert "\n" not in str(refused.value)
    assert process_time() - started < 10


def test_folders_and_pipes_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv", tmp_path / "nothing.csv"):
        with pytest.raises(BajioError):
            read_table(path, "beds", **_ABOUT)


def test_formulas_count_as_what_they_show(tmp_path):
    path = tmp_path / "formulas.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["Estado", 2018], ["Jalisco", 3], ["Colima", 4]]):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("B3", "=1+1", None, 2)
    data = read_table(path, "beds", **_ABOUT)
    assert [one.value for one in data.observations("beds")] == [3, 2]


def test_formulas_without_a_value_are_faults(tmp_path):
    path = tmp_path / "errors.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["Estado", 2018], ["Jalisco", 3], ["Colima"], ["Nayarit"]]):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B4", "=NA()", None, "#N/A")
    with pytest.raises(InvalidData, match="B3: #DIV/0! is an error of the spreadsheet's formula"):
        read_table(path, "beds", **_ABOUT)
    read = read_table(path, "beds", on_error="skip", **_ABOUT).observations("beds")
    assert [(one.area, one.value, one.note) for one in read] == [
        ("MX-JAL", 3, ""),
        ("MX-NAY", None, "#N/A"),
    ]


def test_hidden_sheets_are_not_read_and_that_is_told(tmp_path):
    path = tmp_path / "hidden.xlsx"
    with Workbook(path) as book:
        for name, figure in (("Datos", 3), ("Viejos", 4)):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate([["Estado", 2018], ["Jalisco", figure], ["Colima", 4]]):
                sheet.write_row(row, 0, cells)
        sheet.hide()
    table = preview_table(path, "beds", **_ABOUT)
    assert table.set_aside == (("Viejos", "it is hidden"),)
    assert [one.value for one in table.figures] == [3, 4]
    with pytest.raises(InvalidData, match="hidden"):
        read_table(path, "beds", sheet="Viejos", **_ABOUT)


@given(numbers=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=2, max_size=6))
def test_a_figure_is_read_as_it_was_printed_or_asked_for(numbers):
    """Whatever marks decimals, no figure is read as another."""
    states = ["Jalisco", "Colima", "Nayarit", "Sonora", "Oaxaca", "Puebla"]
    for grouping, decimal, said in ((",", ".", "mx"), (".", ",", "eu")):
        marks = str.maketrans(",.", grouping + decimal)
        printed = [f"{number:,.2f}".translate(marks) for number in numbers]
        rows = list(zip(states, printed, strict=False))
        frame = pd.DataFrame(rows, columns=["Estado", "2018"])
        for options in ({}, {"numbers": said}):
            table = preview_table(frame, "balance", **_ABOUT, **options)
            if table.wanted:  # what can be read in two ways is asked for
                assert not options
                continue
            seen = table.dataset().observations("balance")
            assert [one.value for one in seen] == [Fraction(number) for number in numbers]


def test_frames_of_every_backend_are_read_alike():
    columns = {"Estado": ["Jalisco", "Colima"], "2018": [1.5, None], "2019": [2.0, 3.0]}
    frame = pl.DataFrame(columns)
    frames = [
        frame,
        frame.lazy(),
        pd.DataFrame(columns),
        pa.table(columns),
        duckdb.from_arrow(pa.table(columns)),
    ]
    read = [
        {
            (one.area, one.period): one.value
            for one in read_table(each, "beds", **_ABOUT).observations("beds")
        }
        for each in frames
    ]
    assert all(each == read[0] for each in read)
    half = Fraction(3, 2)
    assert read[0] == {("MX-JAL", "2018"): half, ("MX-JAL", "2019"): 2, ("MX-COL", "2019"): 3}


def test_frames_of_pandas_have_years_as_numbers_and_what_is_missing():
    frame = pd.DataFrame({"Estado": ["Jalisco", "Colima"], 2018: [1, 2], 2019: [3, 4]})
    frame[2019] = pd.array([3, None], dtype="Int64")
    read = read_table(frame, "beds", **_ABOUT).observations("beds")
    assert {(one.area, one.period): one.value for one in read} == {
        ("MX-JAL", "2018"): 1,
        ("MX-COL", "2018"): 2,
        ("MX-JAL", "2019"): 3,
    }
    quarters = pd.PeriodIndex(["2018Q1", "2018Q1"], freq="Q")
    frame = pd.DataFrame({"Estado": ["Jalisco", "Colima"], "periodo": quarters, "v": [1, 2]})
    read = read_table(frame, "beds", **_ABOUT).observations("beds")
    assert {one.period for one in read} == {"2018-Q1"}


def test_what_is_said_of_a_table_is_never_passed_over():
    frame = pd.DataFrame({"Estado": ["Jalisco", "Colima"], "2018": [1.5, 2]})
    with pytest.raises(BajioError, match="unknown option 'scal'"):
        read_table(frame, "beds", scal="thousand", **_ABOUT)
    with pytest.raises(BajioError, match="the table has figures of 2018: leave period 2017 out"):
        read_table(frame, "beds", period=2017, **_ABOUT)
    with pytest.raises(BajioError, match="measured in person, and not in USD"):
        read_table(frame, "population", unit="USD", source="Salud")
    data = read_table(frame, "population", unit="million person", source="Salud")
    assert evaluate("Jalisco", "population", data=data, year=2018, peers=None).value == 1_500_000


def test_percents_that_may_be_fractions_are_asked_for():
    frame = pd.DataFrame({"Estado": ["Jalisco", "Colima"], "2018": [0.12, 0.5]})
    said = {"unit": "%", "kind": "intensive", "weight": "population", "time": "stock"}
    said["source"] = "Salud"
    with pytest.raises(InvalidData, match="say scale: 1, 100"):
        read_table(frame, "share", **said)
    read = read_table(frame, "share", **said, scale=100).observations("share")
    assert [one.value for one in read] == [12, 50]


def test_a_measure_of_ones_own_has_an_indicator():
    frame = pd.DataFrame({"Estado": ["Jalisco", "Colima"], "2018": [10, 20]})
    data = read_table(frame, "beds", label="Camas", **_ABOUT)
    result = evaluate("MX-JAL+MX-COL", "beds", data=data, year=2018)
    assert (result.value, str(result.indicator.label)) == (30, "Camas")
    assert "beds" in profile("MX-JAL", data=data, year=2018)


def test_a_total_that_disagrees_is_told(tmp_path, capsys):
    path = tmp_path / "totals.csv"
    path.write_text("Entidad,2018\nTotal,35\nJalisco,10\nColima,20\n")
    table = preview_table(path, "beds", **_ABOUT)
    (fault,) = table.faults
    assert fault.harmless
    assert (fault.row, fault.column) == (2, "B")
    assert "30" in fault.expected
    with pytest.warns(TotalsDisagree, match="^totals.csv: B2: Total is 35: its parts sum to 30$"):
        data = read_table(path, "beds", **_ABOUT)
    assert [one.value for one in data.observations("beds")] == [10, 20]


def test_a_total_counts_areas_beside_their_parts_once(tmp_path):
    path, rows = tmp_path / "levels.csv", "MX-AGU,11\n01001,5\n02001,7\n"
    path.write_text(f"Entidad,2018\n{rows}Total,18\n")
    assert not [fault for fault in preview_table(path, "beds", **_ABOUT).faults if fault.disagrees]
    path.write_text(f"Entidad,2018\n{rows}Total,23\n")
    with pytest.warns(TotalsDisagree, match="B5: Total is 23: its parts sum to 18"):
        read_table(path, "beds", **_ABOUT)


def test_import_writes_what_data_takes(tmp_path, capsys):
    path, folder = tmp_path / "camas.csv", tmp_path / "camas"
    path.write_text("Entidad,2018\nJalisco,10\nColima,20\n")
    said = ["--unit", "1", "--kind", "extensive", "--time", "stock", "--source", "Salud"]
    assert main(["import", str(path), "--measure", "beds", "--output", str(folder)]) == 2
    assert not folder.exists()
    assert "unit" in capsys.readouterr().out
    command = ["import", str(path), "--measure", "beds", *said, "--output", str(folder)]
    assert main(command) == 0
    assert main(["profile", "MX-JAL", "--indicators", "beds", "--data", str(folder)]) == 0
    assert main(command) == 2  # it is there already
    assert main([*command, "--force"]) == 0


class _Typed(StringIO):
    """What somebody types on a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_cannot_be_told_is_asked_on_a_terminal_until_it_can_be(tmp_path, capsys, monkeypatch):
    path, folder = tmp_path / "camas.csv", tmp_path / "camas"
    path.write_text('Camas (miles)\nEntidad,2018\nJalisco,"1,512"\nColima,"2,300"\n')
    first = ["mx", "two words", "thousand", "Salud", "mx", "beds", "thousand", "Salud"]
    then = ["zorks", "extensive", "stock", "1", "neither", "extensive", "stock"]
    monkeypatch.setattr("sys.stdin", _Typed("".join(f"{one}\n" for one in (*first, *then))))
    monkeypatch.setattr("sys.stderr", _Typed())
    assert main(["import", str(path), "--output", str(folder)]) == 0
    read = {one.area: one.value for one in read_package(folder).observations("beds")}
    assert read == {"MX-JAL": 1_512_000, "MX-COL": 2_300_000}


def test_check_ends_with_2_where_something_is_wrong(tmp_path, capsys):
    right, wrong = tmp_path / "right.csv", tmp_path / "wrong.csv"
    right.write_text("Entidad,2018\nJalisco,10\nColima,20\n")
    wrong.write_text("Entidad,2018\nJalisco,10\nColimma,20\nNayarit,x\n")
    assert main(["check", str(right)]) == 0
    capsys.readouterr()
    assert main(["check", str(wrong), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(one["row"], one["column"]) for one in faults] == [(3, "A"), (4, "B")]


@pytest.mark.parametrize("figures", [[1.2, 0.3], [0.12, 0.3], [9.5, 3.25]])
def test_percents_of_old_workbooks_are_asked_for_where_a_format_could_hide_them(figures, tmp_path):
    """A cell shown as 120 % holds 1.2, and the formats of xls are not read."""
    path = tmp_path / "shares.xls"
    rows = [["Estado", 2018], ["Jalisco", figures[0]], ["Colima", figures[1]]]
    path.write_bytes(old_workbook({"A": rows}))
    about = {"kind": "intensive", "time": "stock", "weight": "population", "source": "INEGI"}
    with pytest.raises(InvalidData, match="scale: 1, 100"):
        read_table(path, "share", unit="%", **about)
    data = read_table(path, "share", unit="%", scale=100, **about)
    assert [one.value for one in data.observations("share")] == [
        Fraction(str(one)) * 100 for one in figures
    ]


@pytest.mark.parametrize("figures", [[1.2, 0.3], [0.12, 0.3], [9.5, 3.25]])
@pytest.mark.parametrize("unit", ["%", "1"])
def test_percents_of_workbooks_are_what_they_show(figures, unit, tmp_path):
    path = tmp_path / "shares.xlsx"
    rows = [["Estado", 2018], ["Jalisco", figures[0]], ["Colima", figures[1]]]
    shown = {(1, 1): "0.0%", (2, 1): "0.00%"}
    path.write_bytes(formatted(rows, shown))
    about = {"kind": "intensive", "time": "stock", "weight": "population", "source": "INEGI"}
    exact = [Fraction(str(one)) for one in figures]
    if unit == "1":
        with pytest.raises(InvalidData, match=r"in percent, and the unit is 1: 0\.01 makes"):
            read_table(path, "share", unit=unit, **about)
        data = read_table(path, "share", unit=unit, scale="0.01", **about)
        assert [one.value for one in data.observations("share")] == exact
        return
    data = read_table(path, "share", unit=unit, **about)
    assert [one.value for one in data.observations("share")] == [100 * one for one in exact]
    with pytest.raises(InvalidValue, match="is in percent, as the unit is: leave the scale out"):
        read_table(path, "share", unit=unit, scale=100, **about)


@pytest.mark.parametrize(
    ("shown", "unit", "is_right"),
    [
        ('"$"#,##0', "MXN", True),
        ('"$"#,##0', "USD", True),
        ('"$"#,##0', "person", False),
        ('"$"#,##0', "EUR", False),
        ("[$€-2] #,##0", "EUR", True),
        ("[$€-2] #,##0", "MXN", False),
        ("[$USD] #,##0", "MXN", False),
        ("#,##0", "person", True),
    ],
)
def test_money_is_checked_against_the_unit(shown, unit, is_right, tmp_path):
    path = tmp_path / "money.xlsx"
    rows = [["Estado", 2018], ["Jalisco", 12], ["Colima", 30]]
    path.write_bytes(formatted(rows, {(1, 1): shown, (2, 1): shown}))
    about = {**_ABOUT, "unit": unit}
    if is_right:
        read = read_table(path, "amount", **about).observations("amount")
        assert [one.value for one in read] == [12, 30]
        return
    with pytest.raises(InvalidData, match=r"B2: .* is an amount of money: the unit is"):
        read_table(path, "amount", **about)


def test_a_category_that_is_not_in_the_header_is_refused(tmp_path):
    path = tmp_path / "sexes.xlsx"
    path.write_bytes(workbook({"A": SEX_BELOW}))
    with pytest.raises(InvalidValue, match="'Niñas': there are 'Hombres', 'Mujeres'"):
        read_table(path, "beds", values="Niñas", **_ABOUT)


def test_what_was_assumed_is_told(tmp_path, capsys):
    path = tmp_path / "beds.csv"
    rows = ["Entidad,Año,Ene,Feb", "Jalisco,2018,1,2", ",2019,3,4", "Colima,2018,5,6", ",2019,7,8"]
    path.write_text("\n".join(rows))
    assert main(["import", str(path)]) == 2
    assert re.search("Assumed +column A: what is written once", capsys.readouterr().out)
    assert main(["import", str(path), "--lang", "es"]) == 2
    assert "Se supuso" in capsys.readouterr().out
    main(["import", str(path), "--format", "json"])
    (sheet,) = json.loads(capsys.readouterr().out)["sheets"]
    assert sheet["assumed"] == ["column A: what is written once is for the rows below it"]


#: What only names areas and figures is the same in all languages.
_PLAIN = re.compile(r".+ is [A-Z0-9].*|-?[0-9.]+")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_told_of_a_table_is_told_in_spanish(case: Case, tmp_path):
    path = tmp_path / case.name
    path.write_bytes(case.content if isinstance(case.content, bytes) else case.content.encode())
    table = preview_table(path, None, **case.said)
    told = [text for fault in table.faults for text in (fault.found, fault.expected)]
    told += [one.reason for one in table.wanted]
    told += [one.reason for reading in table.readings for one in reading.left_out]
    told += [reading.layout.form for reading in table.readings]
    english = [one for one in told if message_text(one, "es") == one and not _PLAIN.fullmatch(one)]
    assert not english


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"kind": "intensive", "weight": "nope"}, "unknown measure 'nope': a weight is a measure"),
        ({"kind": "intensive", "weight": "populaton"}, "did you mean 'population'"),
        ({"kind": "extensive", "source": ""}, "the source is empty"),
        ({"kind": "extensive", "source": " "}, "the source is empty"),
    ],
)
def test_a_weight_that_is_no_measure_and_an_empty_source_are_refused(tmp_path, said, told):
    path = tmp_path / "beds.csv"
    path.write_text("Estado,2018\nJalisco,5\nColima,3\n", encoding="utf-8")
    about = {"label": "Beds", "unit": "1", "time": "stock", "source": "X", **said}
    with pytest.raises(BajioError, match=told):
        read_table(path, "beds", **about)
