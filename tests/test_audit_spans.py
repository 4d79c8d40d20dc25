"""Spans of years that a text leaves open: which of them fit the figures below, by hand."""

import pytest

import bajio
from bajio import Area, Indicator, Measure, Observation, Registry, Source, Sum, hookimpl
from bajio.questions.audit.findings import Aspect
from bajio.readers.claim_files import parse_claims

YEARS = range(2011, 2022)
FIGURES = {
    # the region of the first two states has 11, 22, 33, 44 and 75
    "gifts": {
        "XA-1": (10, 20, 30, 40, 70),
        "XA-2": (1, 2, 3, 4, 5),
        "XAA": (100, 200, 250, 300, 500),
    },
    "alms": {"XA-1": (5, 5, 5, 5, 5), "XA-2": (0, 0, 0, 0, 0), "XAA": (10, 20, 40, 80, 160)},
    "tolls": {"XA-1": (1,) * 11, "XA-2": (0,) * 11},
    "loans": {"XA-1": (8, 9, 2, 3, 4), "XA-2": (0, 0, 0, 0, 0)},
}


class World:
    @hookimpl
    def bajio_areas(self):
        states = [Area(f"XA-{number}", f"State {number}", "state", "XAA") for number in (1, 2, 3)]
        return [*states, Area("XAA", "XAA")]

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, str(year), measure, value)
            for measure, areas in FIGURES.items()
            for area, values in areas.items()
            for year, value in zip(YEARS, values, strict=False)
        ]
        measures = [Measure(code, code, "USD", prices="current", minimum=0) for code in FIGURES]
        sources = [Source("own", "Own")]
        return [bajio.dataset("own", measures=measures, sources=sources, observations=seen)]

    @hookimpl
    def bajio_indicators(self):
        return [Indicator(code, Sum(code), "USD", code) for code in FIGURES]


REGISTRY = Registry({"world": World()})


def audit_of(*claims):
    text = 'code = "c"\ntitle = "C"\nsubject = "XA-1+XA-2"\nyear = 2015\n'
    for at, claim in enumerate(claims):
        lines = claim.replace("; ", "\n")
        text += f'[[claims]]\nid = "c{at}"\nstatement = "S."\nopen_span = "lately"\n{lines}\n'
    return bajio.audit(parse_claims(text), registry=REGISTRY)


def spans(*claims, language="en"):
    """The remark on the spans that fit the first claim."""
    [remark] = audit_of(*claims)["c0"].about(Aspect.INVERSE)
    return remark.text.text(language)


def gifts(printed):
    return f'indicator = "gifts"; printed = "{printed}"'


def share(printed, whole=None):
    asked = f'indicator = "gifts"; relation = "share-of"; printed = "{printed}"'
    return asked if whole is None else f'{asked}; whole = "{whole}"'


NONE = "No span of years in the data fits."
ONLY = "The text gives no years; only {} fit."
IN_2013 = "2013 (33 USD of 250 USD, 13.2 %)"
IN_TWO = "2011 and 2012 (33 USD of 300 USD, 11.0 %)"
IN_THREE = "2011–2013 (66 USD of 550 USD, 12.0 %)"
BOTH = f"The text gives no years; 2 spans fit: {IN_2013}; {IN_TWO}."


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([gifts(33)], BOTH),
        ([gifts(66)], ONLY.format(IN_THREE)),
        ([gifts(67)], NONE),
        ([gifts(185)], ONLY.format("2011–2015 (185 USD of 1,350 USD, 13.7 %)")),
        # over 31 is up to a tenth more, 34.1; over 29 ends at 31.9
        ([gifts("over 31")], BOTH),
        ([gifts("over 29")], NONE),
        ([gifts("over 33")], NONE),
        ([gifts("under 36")], BOTH),
        ([gifts("under 37")], NONE),
        # a share tells the two apart
        ([gifts(33), share("13.2 %")], ONLY.format(IN_2013)),
        ([gifts(33), share("11.0 %")], ONLY.format(IN_TWO)),
        ([gifts(33), share("12.0 %")], NONE),
        # and so does what it is of, within a tenth
        ([gifts(33), share("over 10 %", "227")], NONE),
        ([gifts(33), share("over 10 %", "228")], ONLY.format(IN_2013)),
        ([gifts(33), share("over 10 %", "272")], ONLY.format(IN_2013)),
        ([gifts(33), share("over 10 %", "273")], BOTH),
        ([gifts(33), share("over 10 %", "277")], BOTH),
        ([gifts(33), share("over 10 %", "278")], ONLY.format(IN_TWO)),
        ([gifts(33), share("over 10 %", "333")], ONLY.format(IN_TWO)),
        ([gifts(33), share("over 10 %", "334")], NONE),
        # another subject, indicator or name has a span of its own
        ([gifts(33), share("13.2 %") + '; subject = "XA-1"'], BOTH),
        ([gifts(33), share("13.2 %").replace("gifts", "alms")], BOTH),
    ],
)
def test_the_spans_that_fit(claims, told):
    assert spans(*claims) == told


def test_the_first_three_of_many_spans_are_named():
    assert spans('indicator = "alms"; printed = "5"') == (
        "The text gives no years; 5 spans fit: 2011 (5 USD of 10 USD, 50.0 %); "
        "2012 (5 USD of 20 USD, 25.0 %); 2013 (5 USD of 40 USD, 12.5 %)."
    )


def test_spans_are_told_in_spanish():
    assert spans(gifts(33), language="es") == (
        "El texto no dice qué años; coinciden 2: 2013 (33 USD de 250 USD, 13.2 %); "
        "2011 y 2012 (33 USD de 300 USD, 11.0 %)."
    )
    assert spans(gifts(34), language="es") == "Ningún periodo de años en los datos coincide."


def test_a_country_without_figures_is_not_told():
    assert spans('indicator = "loans"; printed = "9"') == (
        "The text gives no years; 2 spans fit: 2012 (9 USD); 2013–2015 (9 USD)."
    )


def parts(first, second, total=44):
    """What is said of printed parts of the year 2014, in which the states have 40 and 4."""
    claim = (
        'indicator = "gifts"; relation = "sum-of"; whole = { claim = "c0" }; '
        f'parts = {{ XA-1 = "{first}", XA-2 = "{second}" }}'
    )
    found = audit_of(gifts(total), claim)["c1"]
    return [(str(one.text), one.weighty) for one in found.about(Aspect.CHOICE)]


def test_printed_parts_are_those_of_the_years():
    told = "In those years the data have State 1 40 USD and State 2 4 USD."

    assert parts(40, 4) == [(told, False)]


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        (39, 3, "all below"),
        (39, 4, "all below"),
        (40, 3, "all below"),
        (41, 5, "all above"),
        (40, 5, "all above"),
        (39, 5, "not all near"),
        (41, 3, "not all near"),
    ],
)
def test_printed_parts_that_are_not_those_of_the_years(first, second, how):
    told = (
        f"The printed parts are {how} what the data have for those years: "
        "State 1 40 USD and State 2 4 USD. "
        "An edition that is not in hand is a possible reason, unproved."
    )

    assert parts(first, second) == [(told, True)]


def test_parts_of_several_years_are_summed():
    told = "In those years the data have State 1 60 USD and State 2 6 USD."

    assert parts(60, 6, total=66) == [(told, False)]


def test_parts_are_not_compared_where_several_spans_fit():
    assert parts(30, 3, total=33) == []


def test_no_share_is_taken_of_a_country_without_figures():
    shares = share("900 %").replace("gifts", "loans")

    assert spans('indicator = "loans"; printed = "9"', shares) == NONE


def test_a_span_has_ten_years_at_most():
    assert spans('indicator = "tolls"; printed = "10"') == (
        "The text gives no years; 2 spans fit: 2011–2020 (10 USD); 2012–2021 (10 USD)."
    )
    assert spans('indicator = "tolls"; printed = "11"') == NONE
