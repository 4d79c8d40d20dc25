"""What is larger than any fact is refused, or answered in bounded time."""

import json

import pytest

import bajio
from bajio.cli import main
from bajio.errors import InvalidRegion, InvalidValue, UnitMismatch
from bajio.facts.areas import Area, Areas


def test_a_chain_of_areas_is_refused():
    chain = [
        Area("A0", "A"),
        *(Area(f"A{at}", "A", "part", f"A{at - 1}") for at in range(1, 10**5)),
    ]
    areas = Areas(chain)

    assert areas.host("A50") == "A0"
    for look in (lambda: areas.host("A99999"), lambda: areas.children("A0", "part")):
        with pytest.raises(InvalidRegion, match="lies in over 50 others"):
            look()


def test_regions_of_many_areas_and_stays_are_combined():
    codes = [f"A{at}" for at in range(27_575)]
    years = range(1002, 9000, 2)
    first = bajio.Region([*codes, *(bajio.Membership("B", year, year + 1) for year in years)])
    second = bajio.Region([*codes[:10], *(bajio.Membership("B", year - 1, year) for year in years)])

    assert len((first - second).areas) == 27_575 - 10 + 1
    assert (first & second).areas == tuple(sorted(codes[:10]))
    assert len((first | second).areas) == 27_576
    assert [("B" in (first - second).members_in(year)) for year in (1001, 1002)] == [False, True]


@pytest.mark.parametrize(
    "unit", [" " * 50_000 + "km", "k" * 10**5, "km^1000000000", "km^61", "k " * 90]
)
def test_units_that_nobody_writes_are_refused(unit):
    with pytest.raises(UnitMismatch) as caught:
        bajio.Measure("x", "X", unit)
    assert len(str(caught.value)) < 300


def test_a_code_of_100_kilobytes_is_refused():
    with pytest.raises(InvalidValue) as caught:
        Area("A" * 10**5, "A")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "figure", [10**399, -(10**399), 10**300], ids=["large", "negative", "large when squared"]
)
@pytest.mark.parametrize("output", ["json", "csv", "table", "markdown"])
def test_figures_beyond_a_float_are_answered_or_refused(tmp_path, capsys, figure, output):
    measure = bajio.Measure("balance", "Balance", "person")
    data = bajio.dataset(
        "own",
        measures=[measure],
        sources=[bajio.Source("own", "Own")],
        observations=[
            bajio.Observation(code, year, "balance", figure + year)
            for code in ("MX-AGU", "MX-GUA", "MEX", "USA", "FRA")
            for year in (2017, 2018)
        ],
    )
    file = tmp_path / "own_plugin.py"
    bajio.write_package(data, tmp_path / "data")
    file.write_text(
        "import bajio\n"
        "from bajio import Growth, Indicator, Sum\n"
        "S = Sum('balance')\n"
        "@bajio.hookimpl\n"
        "def bajio_indicators():\n"
        "    return [Indicator('all-balance', Sum('balance'), 'person', 'Balance'),\n"
        "            Indicator('balance-squared', S * S, 'person^2', 'X'),\n"
        "            Indicator('balance-growth', Growth(Sum('balance')), '1', 'Growth')]\n"
    )
    for command in ("profile", "rank", "explain", "series", "compare", "sensitivity"):
        subject = ["MX-AGU"] + ["MX-GUA"] * (command == "compare")
        what = ["all-balance"]
        if command in {"profile", "compare"}:
            what = ["--indicators", "all-balance,balance-squared,balance-growth"]
        status = main(
            ["--plugin", str(file), command, *subject, *what, "--data", str(tmp_path / "data")]
            + (["--format", output] if command != "sensitivity" or output != "csv" else [])
        )
        out, err = capsys.readouterr()
        assert status == 0 or (status == 2 and (figure < 0 or "beyond 10^307" in err)), (
            command,
            err,
        )
        assert status == 0 or figure < 0 or command not in {"profile", "compare"}, err
        if output == "json" and status == 0:
            json.loads(out)
