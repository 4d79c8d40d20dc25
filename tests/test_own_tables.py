"""Tables as people have them: what is read of them, what is asked for, and what is refused."""

from fractions import Fraction

import pytest
from bajio import read_table, write_package
from bajio.errors import BajioError, InvalidData
from bajio.registry.own_data import read_package
from tables_of_people import CASES, Case

_ABOUT = {"unit": "1", "kind": "extensive", "time": "stock", "source": "Secretaría de Salud"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
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
