"""Tables against a plain reading: quarters, categories, holes, figures twice, odd types."""

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from backends import BACKENDS, EACH, by_key
from drawn import examples_on_each
from hypothesis import Phase, event, given, settings, strategies as st

import bajio
from bajio import Indicator, Measure, Region, Sum

AREAS, YEARS, QUARTERS = ("A1", "A2", "A3"), (2019, 2020), (1, 2, 3, 4)
FLOW = Measure("sent", "Sent", "1", minimum=0)
STOCK = Measure("held", "Held", "1", time="stock")
MADE = Measure("made", "Made", "1", time="stock", dimensions=["sector"])
REGIONS = {"one": ("A1",), "two": ("A1", "A2"), "three": AREAS}
INDICATORS = {
    "sent": Sum("sent"),
    "held": Sum("held"),
    "food": Sum("made", {"sector": "10"}) / Sum("made", {"sector": "20"}),
    "both": Sum("sent") / Sum("held"),
}
#: How the same figures can be written; each number has two places at most.
FIGURES = {
    "floats": lambda cells: pa.array([None if one is None else float(one) for one in cells]),
    "decimals": lambda cells: pa.array(cells, pa.decimal128(12, 2)),
    "texts": lambda cells: pa.array(["" if one is None else str(one) for one in cells]),
}
TEXTS = {
    "text": pa.array,
    "category": lambda cells: pa.array(cells).dictionary_encode(),
    "large": lambda cells: pa.array(cells, pa.large_string()),
}
NUMBERS = st.sampled_from([0, 0, 1, 2, 3, "0.1", "0.2", "0.3", "-0.3", "-1"]).map(Decimal)


@st.composite
def figures(draw):
    """Rows of a long table: area, period, measure, sector, value."""
    keys = [
        (area, f"{year}-Q{quarter}", measure, None)
        for area in AREAS
        for year in YEARS
        for quarter in QUARTERS
        for measure in ("sent", "held")
    ]
    keys += [
        (area, str(year), "made", sector)
        for area in AREAS
        for year in YEARS
        for sector in ("10", "20")
    ]
    values = draw(st.lists(NUMBERS, min_size=len(keys), max_size=len(keys)))
    seen = [(*key, value) for key, value in zip(keys, values, strict=True)]
    seen = [row if row[2] != "sent" or draw(RARELY) else (*row[:4], abs(row[4])) for row in seen]
    for _ in range(draw(st.integers(0, 3))):
        del seen[draw(st.integers(0, len(seen) - 1))]
    for _ in range(draw(st.integers(0, 1))):
        seen.append(seen[draw(st.integers(0, len(seen) - 1))])
    if draw(st.booleans()):
        at = draw(st.integers(0, len(seen) - 1))
        seen[at] = (*seen[at][:4], None)
    return seen


RARELY = st.integers(0, 60).map(lambda number: number == 0)
WRONG = "invalid"


def cell(seen, area, year, measure, sector, *, partial):
    """A figure of a year: a number, `None`, or that it is wrong."""
    own = [row for row in seen if (row[0], row[2], row[3]) == (area, measure, sector)]
    if measure == "made":
        found = [row[4] for row in own if row[1] == str(year) and row[4] is not None]
        return None if not found else WRONG if len(found) > 1 else Fraction(found[0])
    found = [
        [row[4] for row in own if row[1] == f"{year}-Q{quarter}" and row[4] is not None]
        for quarter in QUARTERS
    ]
    there = [one for one in found if one]
    if len(there) < (1 if measure == "held" and partial else len(QUARTERS)):
        return None
    least = -(10**9) if measure == "held" else 0
    if any(len(one) > 1 or one[0] < least for one in there):
        return WRONG
    total = sum(Fraction(one[0]) for one in there)
    return total / len(there) if measure == "held" else total


NEEDS = {
    "sent": [("sent", None)],
    "held": [("held", None)],
    "food": [("made", "10"), ("made", "20")],
    "both": [("sent", None), ("held", None)],
}


def by_hand(seen, code, members, year, *, partial):
    """The value, coverage and reason of an indicator, member by member."""
    terms = {
        area: [cell(seen, area, year, *need, partial=partial) for need in NEEDS[code]]
        for area in members
    }
    entered = [own for own in terms.values() if None not in own]
    coverage = Fraction(len(entered), len(members))
    if not entered or (len(entered) < len(members) and not partial):
        return None, coverage, "missing"
    if any(WRONG in own for own in entered):
        return None, coverage, "invalid"
    sums = [sum(column) for column in zip(*entered, strict=True)]
    if len(sums) == 1:
        return sums[0], coverage, None
    return (sums[0] / sums[1], coverage, None) if sums[1] else (None, coverage, "undefined")


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(20), phases=[Phase.generate])
@given(
    figures(),
    st.sampled_from(sorted(FIGURES)),
    st.sampled_from(sorted(TEXTS)),
    st.sampled_from(["refuse", "partial"]),
)
def test_a_table_is_what_a_plain_reading_makes_of_it(backend, seen, number, text, missing):
    area, period, measure, sector, value = zip(*seen, strict=True)
    table = pa.table(
        {
            "area": TEXTS[text](area),
            "period": TEXTS[text](period),
            "measure": TEXTS[text](measure),
            "sector": pa.array([None if one is None else int(one) for one in sector]),
            "value": FIGURES[number](value),
        }
    )
    found = bajio.evaluate_table(
        BACKENDS[backend](table),
        [Indicator(code, rule, "1", code) for code, rule in INDICATORS.items()],
        regions=[Region(members, code=code) for code, members in REGIONS.items()],
        measures=[FLOW, STOCK, MADE],
        quarterly=["sent", "held"],
        missing=missing,
    )
    answers = by_key(found, "region", "period")
    assert {key[1] for key in answers} <= {str(year) for year in YEARS} | {None}
    for region, members in REGIONS.items():
        for year in YEARS:
            row = answers.get((region, str(year)), {})
            for code in INDICATORS:
                wanted = by_hand(seen, code, members, year, partial=missing == "partial")
                event(str(wanted[2]))
                own = row.get(code)
                assert row.get(f"{code}_reason", "missing") == wanted[2], (region, year, code)
                assert (own is None) == (wanted[0] is None)
                if own is not None:
                    assert abs(own - wanted[0]) <= 1e-9 * max(1, abs(wanted[0]))
                    assert abs(row[f"{code}_coverage"] - wanted[1]) <= 1e-12
