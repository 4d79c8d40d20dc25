"""Large tables are read by column, and say what the same table says that is read cell by cell."""

import os
from time import process_time

import pytest
import tables_of_offices
import tables_of_people
from hypothesis import given, settings, strategies as st
from tables_of_people import Case

from bajio import evaluate, read_table
from bajio.cli import main
from bajio.errors import InvalidData
from bajio.readers import tidy_tables
from bajio.registry.own_tables import preview_table

CASES = [*tables_of_people.CASES, *tables_of_offices.CASES]
_ABOUT = {"unit": "1", "kind": "extensive", "time": "stock", "source": "Own count"}
AREAS = ["Jalisco", "Colima", "nay.", "MX-AGU", "06", "Jalizco", "Juárez"]
CELLS = ["1", "250", "12.5", "-3", "0.25", "n.d.", "", "7 p", "x", "1234.5", "12 345"]


@pytest.fixture
def by_column(monkeypatch):
    monkeypatch.setattr(tidy_tables, "SMALLEST", 0)


def read(path, on_error="refuse", **said):
    """What is read of a table, and what is wrong with it: each thing once, by what is told."""
    table = preview_table(path, "beds", **{**_ABOUT, **said})
    told = {(one.column, one.found.partition(" (in ")[0], one.expected) for one in table.faults}
    try:
        seen = list(table.dataset(on_error).observations("beds"))
    except InvalidData as error:
        return table, told, error.problem.partition(":")[0] if table.wanted else "refused"
    return table, told, {(o.area, o.period): (o.value, o.status, o.note) for o in seen}


def is_by_column(table):
    return bool(table.readings) and not isinstance(table.readings[0].figures, tuple)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(AREAS), st.sampled_from(["2018", "2019", "2020-Q1"])),
        min_size=3,
        max_size=12,
    ),
    st.data(),
)
def test_by_column_is_by_cell(tmp_path_factory, keys, data):
    lines = [f"{area},{when},{data.draw(st.sampled_from(CELLS))},note" for area, when in keys]
    path = tmp_path_factory.mktemp("tidy") / "beds.csv"
    path.write_text("\n".join(["Estado,periodo,camas,otro", *lines]) + "\n")
    by_cell = read(path, "skip", numbers="us")
    before, tidy_tables.SMALLEST = tidy_tables.SMALLEST, 0
    try:
        by_column = read(path, "skip", numbers="us")
    finally:
        tidy_tables.SMALLEST = before
    assert by_column[2] == by_cell[2]
    assert by_cell[1] <= by_column[1]  # which tells of numbers of unknown areas too


@pytest.mark.usefixtures("by_column")
@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name.endswith((".csv", ".tsv"))], ids=lambda c: c.name
)
def test_tables_of_people_are_read_alike(case: Case, tmp_path, monkeypatch):
    path = tmp_path / case.name
    path.write_bytes(case.content if isinstance(case.content, bytes) else case.content.encode())
    by_column = read(path, **case.said)
    monkeypatch.setattr(tidy_tables, "SMALLEST", 10**9)
    assert by_column[1:] == read(path, **case.said)[1:]


@pytest.mark.usefixtures("by_column")
def test_a_tidy_table_is_read_by_column(tmp_path):
    path = tmp_path / "beds.csv"
    path.write_text(
        "cve;mes;camas\n01001;2018-01;1,512\n01002;2018-01;n.d.\n01002;2018-02;\n01001;2018-02;7.25\n"
    )
    table, told, seen = read(path)
    assert is_by_column(table)
    assert not told
    assert seen == {
        ("01001", "2018-01"): (1512, "A", ""),
        ("01002", "2018-01"): (None, "O", "n.d."),
        ("01001", "2018-02"): (7.25, "A", ""),
    }
    data = read_table(path, "beds", scale="thousand", **_ABOUT)
    found = evaluate("01001", "beds", data=data, period="2018-01")
    assert found.value == 1_512_000


@pytest.mark.usefixtures("by_column")
def test_faults_of_a_tidy_table_are_told_once_for_each_text(tmp_path, capsys):
    path = tmp_path / "beds.csv"
    rows = ["Jalizco,2018,1", "Jalizco,2019,2", "Colima,2018,x", "Colima,2019,-5", "Colima,2019,6"]
    path.write_text("\n".join(["estado,year,beds", "Jalisco,2018,4", "Nayarit,2018,3", *rows]))
    assert main(["check", str(path), "--measure", "population"]) == 2
    told = capsys.readouterr().out
    for part in ("Jalizco", "(in 2 rows)", "'x'", "at least 0", "again, as in C7"):
        assert part in told


@pytest.mark.slow
def test_a_million_rows_are_read_in_bounded_memory(tmp_path):
    from resource import RUSAGE_SELF, getrusage

    from bajio.registry import Registry

    areas = Registry.default().areas
    areas.load("municipality")
    codes = [code for code in areas if areas[code].kind == "municipality"][:2475]
    path = tmp_path / "beds.csv"
    with path.open("w") as file:
        file.write("cve_mun,periodo,camas\n")
        for code in codes:
            file.writelines(
                f"{code},{1990 + at // 12}-{at % 12 + 1:02},{at}\n" for at in range(405)
            )
    before = getrusage(RUSAGE_SELF).ru_maxrss
    data = read_table(path, "beds", **_ABOUT)
    assert data.measures["beds"].unit
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 25 * os.path.getsize(path) + 2**28


def test_without_polars_the_time_is_as_the_rows_are(tmp_path, monkeypatch):
    monkeypatch.setattr(tidy_tables, "SMALLEST", 10**9)

    def seconds(rows):
        path = tmp_path / f"beds-{rows}.csv"
        states = [f"{state:02}" for state in range(1, 33)]
        lines = [f"{states[at % 32]},{1750 + at // 32},{at}" for at in range(rows)]
        path.write_text("\n".join(["cve_ent,periodo,camas", *lines]))
        started = process_time()
        read_table(path, "beds", **_ABOUT)
        return process_time() - started

    seconds(100)
    few = min(seconds(1000), seconds(1000))
    assert min(seconds(8000), seconds(8000)) < 20 * few  # eight times; of a square 64 times
