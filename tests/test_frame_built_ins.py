"""All built-in indicators over the bundled figures as a table: as the exact engine has them."""

from functools import cache

import narwhals as nw
import pytest
from backends import BACKENDS, arrow, by_key
from repeated import first_of_each_kind

import bajio
from bajio import Registry
from bajio.questions.breakdown import Breakdown
from bajio.questions.results import Result

YEAR = 2018
#: What is known of years of a census alone.
OF_CENSUSES = dict.fromkeys(
    ("schooling", "illiterate", "without-drainage", "without-piped-water"), 2020
)
OTHERS = ("pandas", "pyarrow", "duckdb")
CODES = sorted(Registry.default().indicators)
BY_MEMBER = [
    code
    for code in CODES
    if getattr(Registry.default().indicator(code).rule, "axis", "") == "member"
]


@cache
def bundled():
    """The figures of one source for each measure that indicators of Mexico's states read."""
    data = Registry.default().dataset
    seen, units, dimensions = [], {}, set()
    shorter = {"quarterly": [], "monthly": []}
    for measure in data.measures.values():
        for series in data.newest(measure.code):
            table = data.table(series)
            states = [key for key, areas in table.values.items() if "MX-JAL" in areas]
            rate = measure.code in {"exchange-rate", "ppp-factor", "cpi"}
            rate = rate and any("MEX" in areas for areas in table.values.values())
            if (not states and not rate) or measure.code in units:
                continue
            units[measure.code] = series.unit
            often = series.frequency.name.lower()
            shorter.get(often, []).append(measure.code)
            dimensions |= set(measure.dimensions)
            for key, areas in table.values.items():
                where = dict(zip(measure.dimensions, key, strict=True))
                for area, cells in areas.items():
                    if area.startswith(("MEX", "MX-")):
                        seen += [
                            (area, period or None, measure.code, float(value), where)
                            for period, value in cells.items()
                            if not period or int(period[:4]) > YEAR - 12
                        ]
    names = sorted(dimensions)
    columns = {
        "area": [row[0] for row in seen],
        "period": [row[1] for row in seen],
        "measure": [row[2] for row in seen],
        "value": [row[3] for row in seen],
        **{name: [row[4].get(name) for row in seen] for name in names},
    }
    kinds = (str, str, str, float, *[str] * len(names))
    return arrow(columns, kinds), {"units": units, **shorter}


def expected(code):
    year = OF_CENSUSES.get(code, YEAR)
    try:
        answer = bajio.profile("bajio", indicators=[code], year=year, peers=None)[code]
    except bajio.BajioError:
        return {}
    if isinstance(answer, Result):
        return {code: answer.value}
    assert isinstance(answer, Breakdown)
    return {f"{code}_{key}": value for key, value in answer.values.items()}


def answered(codes, backend, *keys):
    """The values of some indicators in the year, by their columns and other keys."""
    table, options = bundled()
    found = bajio.evaluate_table(BACKENDS[backend](table), codes, regions=["bajio"], **options)
    names = nw.from_native(found).collect_schema().names()
    periods = [name for name in names if name == "period"]
    own = {}
    for key, row in by_key(found, *periods, *keys).items():
        if not periods or key[0] == str(OF_CENSUSES.get(codes[0], YEAR)):
            tail = "".join(f"_{part}" for part in key[len(periods) :])
            own |= {
                name + tail: value
                for name, value in row.items()
                if name.startswith(tuple(codes))
                and not name.endswith(("_coverage", "_reason"))
                and value is not None
            }
    return own


#: One backend each time; the others, which the engine's own tests compare as well, where there is
#: time for them.
EACH_BACKEND = pytest.mark.parametrize(
    "backend",
    ["polars-lazy", *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS)],
)


@pytest.mark.filterwarnings("ignore:DataFrame is highly fragmented")
@EACH_BACKEND
@pytest.mark.parametrize(
    "code", first_of_each_kind(code for code in CODES if code not in BY_MEMBER)
)
def test_a_built_in_indicator_over_the_bundled_figures(code, backend):
    wanted = expected(code)
    assert wanted or code == "employment-compound-growth-10"  # whose figures begin later
    assert answered([code], backend) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@EACH_BACKEND
@pytest.mark.parametrize("code", first_of_each_kind(BY_MEMBER))
def test_an_indicator_by_member_has_a_row_for_each(code, backend):
    wanted = expected(code)
    assert len(wanted) == 4
    assert answered([code], backend, "member") == pytest.approx(wanted, rel=1e-9, abs=1e-12)
