"""Amounts at the edges between their forms, and the sentences of findings by their counts."""

from fractions import Fraction
from math import inf
from types import SimpleNamespace

import pytest
from hypothesis import example, given, strategies as st

from bajio.claims.intervals import Interval
from bajio.claims.printed import Digits, Printed
from bajio.claims.relations import Relation
from bajio.engines.outcome import Coverage, Gap, Lacking, Outcome, Unserved, together, told
from bajio.errors import Unavailable
from bajio.facts.periods import WHOLE
from bajio.indicator import Indicator
from bajio.questions.audit.findings import (
    Aspect,
    Change,
    Conflict,
    Figure,
    FiguresByYear,
    Span,
    YearsHeld,
    when,
    years_remark,
)
from bajio.questions.audit.inverse import _alternatives, _near
from bajio.questions.audit.refusals import problem_of, undecidable
from bajio.questions.audit.slips import alike_remarks, fitting
from bajio.rules import Sum
from bajio.units import ONE, Unit
from bajio.words import enumerations, magnitudes, quantities
from bajio.words.quantities import Counted
from bajio.words.sentences import Name, text_of

PERSON, USD = Unit.parse("person"), Unit.parse("USD")
numbers = st.fractions(-(10**7), 10**7) | st.integers(-20, 20).map(lambda n: Fraction(n, 20))


@given(numbers, st.integers(0, 4))
@example(Fraction(-1, 2), 0)
@example(Fraction(3, 2), 0)
@example(Fraction(-99995, 1000), 1)
def test_places_are_rounded_half_to_even(number, count):
    scaled = round(number * 10**count)
    text = magnitudes.places(number, count)
    assert Fraction(text.replace(",", "")) * 10**count == scaled
    assert text.startswith("-") == (scaled < 0)
    signed = magnitudes.places(number, count, sign=True)
    assert signed == (text if scaled < 0 else f"+{text}")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("999.94", "999.9"), ("999.95", "1,000"), ("99.994", "99.99"), ("99.995", "100.0"),
        ("9.9994", "9.999"), ("9.9995", "10.00"), ("0.99994", "0.9999"), ("0.99995", "1.000"),
        ("0.00012345", "0.0001234"), ("-999.95", "-1,000"), ("0", "0"), ("1234567.5", "1,234,568"),
    ],
)  # fmt: skip
def test_four_digits_at_their_edges(number, text):
    assert magnitudes.four_digits(Fraction(number)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (999949, "999,949"), (999950, "1.000 million"), (Fraction("999949.9"), "999,950"),
        (10**6, "1.000 million"), (999_949_999, "999.9 million"), (999_950_000, "1.000 billion"),
        (-(10**9), "-1.000 billion"), (Fraction("0.5"), "0.5"), (7, "7"),
    ],
)  # fmt: skip
def test_magnitudes_at_their_edges(number, text):
    assert magnitudes.magnitude(number) == text


def test_small_numbers_are_significant():
    significant = magnitudes.significant
    assert significant(Fraction(1, 10**4), 2) == "0.0001"
    assert significant(Fraction(99, 10**6), 2) == "9.9e-05"
    assert significant(Fraction(1, 3), 2, sign=True) == "+0.33"
    assert significant(Fraction(-1, 3), 2, sign=True) == "-0.33"
    assert significant(0, 2, sign=True) == "+0"
    assert significant(100, 2) == "100"
    assert significant(Fraction(5, 2), 4) == "2.5"


def test_what_is_told_of_a_share():
    assert magnitudes.distance(Fraction(0)) == "0.0 %"
    assert magnitudes.distance(Fraction(1, 1000)) == "0.1 %"
    assert magnitudes.distance(Fraction(1, 1001)) == "< 0.1 %"
    assert magnitudes.distance(Fraction(10)) == "1,000.0 %"
    assert magnitudes.distance(Fraction(10001, 1000)) == "> 1,000 %"
    assert magnitudes.points(Fraction(1, 1000)) == "+0.10"
    assert magnitudes.points(Fraction(999, 10**6)) == "+0.1"
    assert magnitudes.points(Fraction(99949, 10**6)) == "+9.99"
    assert magnitudes.points(Fraction(9995, 10**5)) == "+10.0"
    assert magnitudes.points(0) == "+0.00"
    assert magnitudes.relative(0) == "0 %"
    assert magnitudes.in_full(Fraction(2001, 2)) == "1,000.50"
    assert magnitudes.in_full(Fraction(-2000, 3)) == "-666.667"
    assert magnitudes.in_full(Fraction(1999, 2)) == "999.5"


def outwards(number, digits, *, up):
    return magnitudes.rounded_outwards(Fraction(number), digits, "en", up=up)


def test_ends_are_rounded_outwards():
    assert outwards("1.23456", 4, up=True) == "1.235"
    assert outwards("1.23456", 4, up=False) == "1.234"
    assert outwards("0.99999", 4, up=True) == "1"
    assert outwards("-1.23456", 4, up=True) == "-1.234"
    assert outwards("12345.6", 4, up=True) == "12,346"
    assert outwards("12345.6", 4, up=False) == "12,345"
    assert outwards("100", 4, up=False) == "100"
    assert outwards("1200", 4, up=False) == "1,200"
    assert outwards("1", 1, up=False) == "1"


def test_amounts_by_what_they_count():
    amount, apart = quantities.amount, quantities.apart
    assert amount(Fraction(1), Counted.TIMES) == "1.00 times"
    assert amount(Fraction(99, 100), Counted.TIMES) == "0.99 times"
    assert amount(Fraction(-3, 2), Counted.TIMES) == "-1.50 times"
    assert amount(Fraction(1, 100), Counted.POINTS).startswith("1.00 point")
    assert amount(Fraction(5, 2), Counted.NUMBER) == "2.500"
    assert quantities.difference(0, USD) == "0 USD"
    assert quantities.difference(1, USD) == "+1 USD"
    assert quantities.difference(Fraction(1, 4), ONE, with_unit=False) == "+25.0"
    assert quantities.difference(5, USD, with_unit=False) == "+5"
    assert quantities.amount(Fraction(1, 8), ONE, with_unit=False) == "12.50 %"
    assert apart(Fraction(1, 4), Fraction(1, 20000), ONE) == "0.005 points"
    assert apart(Fraction(1, 4), Fraction(1, 20001), ONE) == "0.005 points"
    assert apart(Fraction(1, 4), Fraction(-1, 100), Counted.POINTS).startswith("1.00 point")
    assert apart(Fraction(1, 4), Fraction(9), Counted.TIMES) == "25.0 %"
    assert quantities.scale_of(Indicator("a", Sum("a"), ONE, "A", as_number=True)) is Counted.NUMBER
    assert quantities.scale_of(Indicator("a", Sum("a"), ONE, "A", as_number=False)) == ONE
    assert quantities.scale_of(Indicator("a", Sum("a"), USD, "A", as_number=True)) == USD


def test_ranges_by_their_ends():
    text = quantities.range_text
    assert text(Interval(1, 2), USD) == "[1, 2] USD"
    assert text(Interval(2, 2), PERSON) == "2 persons"
    assert text(Interval(1, 2), None) == "[1, 2]"
    assert text(Interval(Fraction(1, 100), Fraction(1, 50)), ONE) == "[1 %, 2 %]"
    assert text(Interval(), PERSON) == quantities.say("range.any", "en")
    assert [quantities.end_text(end, USD) for end in (inf, -inf)] == ["∞", "-∞"]
    assert quantities.end_text(Fraction(1234567), USD) == "1.2345 million USD"
    assert quantities.end_text(Fraction(1234567), USD, up=True) == "1.2346 million USD"
    assert quantities.end_text(Fraction(123456), USD) == "123,456 USD"
    assert quantities.end_text(Fraction(1, 7), Counted.POINTS, up=True) == "14.29 points"
    assert quantities.end_text(Fraction(10, 7), Counted.TIMES) == "1.428 times"
    assert quantities.end_text(Fraction(10, 7), Counted.NUMBER) == "1.4285"


def test_lists_of_names_and_years():
    some = enumerations.some_of
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"
    assert some(["a", "b"], 2) == "a, b"
    years = enumerations.years_text
    assert years([2012, 2013], 2013) == "from 2012 on"
    assert years([2013], 2013) == "2013"
    assert years([2012, 2013], 2014) == "2012–2013"
    assert years([]) == ""
    assert enumerations.listed([]) == ""


def test_years_in_which_something_holds():
    def said(years, checked):
        return YearsHeld(years, checked).said()

    assert said((), (2010, 2012)).key == "years.none"
    assert said((2010, 2011, 2012), (2010, 2012)).key == "years.all"
    assert said((2011, 2012), (2010, 2012)).key == "years.onward"
    assert said((2012,), (2010, 2012)).key == "years.some"
    assert said((2010, 2012), (2010, 2012)).key == "years.some"
    assert said((2010,), (2010, 2010)).key == "years.all"
    remark = years_remark((2010,), (2010, 2011), weighty=True)
    assert remark.weighty
    assert remark.aspect is Aspect.YEARS
    assert remark.evidence == (YearsHeld((2010,), (2010, 2011)),)


def test_periods_and_spans_in_words():
    assert when(()) == ""
    assert when((2010,)).key == "when.in"
    assert when((2010, 2012), 2009).key == "when.since"
    assert str(when((2010, 2012), 2009)) == str(when((2012,), 2009))
    assert text_of(Span((2010, 2011), Fraction(1), None).said(), "en") == "2010 and 2011"
    assert text_of(Span((2010, 2012), Fraction(1), None).said(), "en") == "2010–2012"
    assert text_of(FiguresByYear(((2010, 5), (2011, 6)), USD).said(), "en").count("USD") == 2


def test_figures_in_words():
    assert text_of(Figure(3, 3, USD).said(), "en") == "3 USD"
    assert text_of(Figure(3, 3, USD, since=2010).said(), "en") == "+3 USD"
    assert text_of(Figure(3, 3, scale=Counted.TIMES, since=2010).said(), "en") == "3.00 times"
    assert Figure(3, 4, USD).said().key == "figure.between"
    assert Figure(3, 3).value == 3
    assert Figure(3, 4).value is None


def test_conflicts_in_words():
    assert Conflict(("a",), lenient=False).reason.key == "conflict.itself"
    assert Conflict(("a", "b"), lenient=False).reason.key == "conflict.together"
    assert str(Conflict(("a", "b"), lenient=True).reason) != str(
        Conflict(("a", "b"), lenient=False).reason
    )


def gaps(count, **changes):
    return [
        Gap(**{"area": f"A{at}", "measure": "gdp", "period": "2018", **changes})
        for at in range(count)
    ]


def test_gaps_are_told_together():
    assert str(Gap("A", "gdp", "2018", "secret")) == "no 'gdp' for A in 2018 (secret)"
    assert str(Gap("A", "gdp", "")) == "no 'gdp' for A"
    assert told(gaps(4)) == ["no 'gdp' for A0, A1, A2, A3 in 2018"]
    assert told(gaps(5)) != told(gaps(4))
    assert "A4" not in told(gaps(5))[0]
    assert told(gaps(1, period="", reason="secret")) == ["no 'gdp' for A0 (secret)"]
    assert together([*gaps(2), *gaps(1)]) == {("gdp", "2018", ""): ["A0", "A1"]}
    assert len(told([*gaps(1), *gaps(1, reason="secret")])) == 2


def test_problems_in_words():
    def said(error):
        return text_of(problem_of(error), "en")

    four, five = (said(Lacking("", gaps=gaps(count))) for count in (4, 5))
    assert four.count("A") == five.count("A") == 4
    assert "1 more" in five
    assert "more" not in four
    lines = [gap for at in range(5) for gap in gaps(1, measure=f"m{at}")]
    assert said(Lacking("", gaps=lines)).count("A0") == 3
    assert "2018" not in said(Lacking("", gaps=gaps(1, period="")))
    assert said(Lacking("", gaps=gaps(1, reason="not in INEGI"))).count("INEGI") == 1
    assert "own words" in said(Lacking("", gaps=gaps(1, reason="own words")))
    assert said(Lacking("nothing is there.")).startswith("nothing is there")
    assert not said(Lacking("nothing is there.")).endswith("..")
    assert problem_of(Unserved("'gdp'", "A")).key == "problem.no-series"
    assert problem_of(Unserved("'gdp'", "A")).part("what") == "'gdp'"
    assert problem_of(Unserved("'gdp'", "A")).part("areas") == "A"
    assert problem_of(Unserved("'gdp'", "A", " in USD", "")).key == "problem.other"
    assert problem_of(Unserved("'gdp'", "A", "", " but")).key == "problem.other"
    reason = undecidable("no-series", what="gdp", areas="A")
    assert problem_of(reason) is reason.sentence
    assert problem_of(Unavailable("why")).key == "problem.other"


def test_coverage_is_complete_where_nothing_is_missing():
    assert Coverage().complete
    assert not Coverage(missing=tuple(gaps(1))).complete
    assert not Coverage(members=Fraction(1, 2)).complete
    assert not Coverage(periods=Fraction(1, 2)).complete
    assert Outcome(3, 3).is_point
    assert not Outcome(3, 4).is_point


def change(at, added=("B",), left_out=()):
    sides = (tuple(Name(code, None) for code in side) for side in (added, left_out))
    return Change(*sides, at)


def test_changes_of_members():
    one = change(1, ("C", "D"), ("A",))
    assert one.applied(frozenset("AB")) == frozenset("BCD")
    assert text_of(change(1, ("C",), ()).said(), "en") != text_of(
        change(1, (), ("C",)).said(), "en"
    )
    assert len(_alternatives([change(at) for at in range(3)]).parts) == 3
    assert len(_alternatives([change(at) for at in range(4)]).parts) == 4
    assert str(_alternatives([change(at) for at in range(4)]).parts[-1]) == "another change"
    assert "2" in str(_alternatives([change(at) for at in range(5)]).parts[-1])


def test_what_is_near_a_printed_number():
    assert _near(Printed("100", Digits(100, 1))) == Interval(90, 110)
    assert _near(Printed("-100", Digits(-100, 1))) == Interval(-110, -90)
    two = Printed("100 to 200", Digits(100), Digits(200), hedge="between")
    assert _near(two) == Interval(80, 220)


def test_what_fits_a_printed_number():
    over = Printed("over 100", Digits(100, 1), hedge="over")
    assert fitting(over, over.strict()) == Interval(100, 105, open_low=True)
    coarse = Printed("100", Digits(100, 100))
    assert fitting(coarse, Interval()) == Interval(50, 150, open_high=True)
    two = Printed("100 to 200", Digits(100), Digits(200), hedge="between")
    assert fitting(two, Interval()) == Interval(90, 210)


def test_an_amount_below_a_million_is_not_linked_to_its_unit():
    text = quantities.range_text(Interval(1, 999_960), USD, "es")
    assert " de " not in text
    assert " de " in quantities.range_text(Interval(1, 10**6), USD, "es")


def test_what_resembles_another_area():
    printed = Printed("100", Digits(100, 1))
    claim = SimpleNamespace(
        indicator="gdp",
        subject="mine",
        printed=printed,
        relation=Relation.EQUALS,
        since=None,
        unit=None,
    )
    case = SimpleNamespace(
        claims=SimpleNamespace(claims=[claim]),
        claim=claim,
        indicator=SimpleNamespace(unit=USD),
        name=lambda code: code,
        season=WHOLE,
    )

    def alike(**lines):
        remarks = alike_remarks(case, {area: dict(enumerate(line)) for area, line in lines.items()})
        return [one.evidence[0].years for one in remarks]

    edges = [Fraction(979, 10), 98, 100, 102, Fraction(1021, 10)]
    assert alike(a=edges) == [(1, 2, 3)]
    assert alike(a=[Fraction(98) - Fraction(1, 10**6), 50]) == []
    claim.since = 2000
    assert alike(a=edges) == []
