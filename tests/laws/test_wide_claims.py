"""Law 17 on worlds as wide as the world: levels and changes, percents and multiples, any sign."""

from fractions import Fraction

import pytest
from attrs import evolve
from drawn import examples
from hypothesis import assume, event, given, strategies as st

from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.facts.periods import WHOLE, Period
from bajio.questions.audit.auditing import audit
from bajio.questions.audit.findings import Verdict
from bajio.rules.nodes import Sum, WeightedMean
from bajio.testing.wide import wide_worlds
from bajio.testing.worlds import YEAR

FINE = Fraction(1, 10**15)
#: By hedge, by what the true number is multiplied to have one of which the claim is true, or false.
TRUE = {
    "equals": 1,
    "about": Fraction(102, 100),
    "over": Fraction(9, 10),
    "a-little-over": Fraction(98, 100),
    "at-least": Fraction(9, 10),
    "under": Fraction(11, 10),
    "almost": Fraction(102, 100),
    "at-most": Fraction(11, 10),
    "between": Fraction(9, 10),
}
FALSE = {
    "equals": Fraction(11, 10),
    "about": Fraction(12, 10),
    "over": Fraction(11, 10),
    "a-little-over": Fraction(8, 10),
    "at-least": Fraction(11, 10),
    "under": Fraction(9, 10),
    "almost": Fraction(12, 10),
    "at-most": Fraction(9, 10),
    "between": Fraction(11, 10),
}
RULES = {"people": Sum("people"), "balance": Sum("balance"), "quota": WeightedMean("quota")}


def printed(value, hedge, kind):
    """A number as printed to many digits, and for `between` one that is a fifth larger."""
    first, second = Digits(value, FINE), None
    if hedge == "between":
        ends = sorted([value, value * Fraction(12, 10)])
        first, second = (Digits(end, FINE) for end in ends)
    return Printed("x", first, second, hedge=hedge, kind=kind)


def tell(levels, about):
    """The true number, its kind and the year since when, of a level or of a change."""
    before, now = levels
    if about == "level":
        return now, PrintedKind.NUMBER, None
    assume(before > 0 or about == "absolute")
    if about == "absolute":
        return now - before, PrintedKind.NUMBER, YEAR - 1
    if about == "percent":
        return (now - before) / before, PrintedKind.PERCENT, YEAR - 1
    assume(now > 0)
    return now / before, PrintedKind.TIMES, YEAR - 1


@st.composite
def claims(draw):
    """A world, a claim's true number of a year, quarter or month, and how it is told."""
    code, months = draw(st.sampled_from(sorted(RULES))), draw(st.booleans())
    world = draw(wide_worlds({code, "people"}, holes=False, months=months))
    season = draw(st.sampled_from(seasons_of(world, code)))
    indicator = evolve(world.indicator(RULES[code], better="higher"), code=code, as_number=True)
    members = draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    try:
        levels = [
            Fraction(world.outcome(RULES[code], members, year=year, season=season).low)
            for year in (YEAR - 1, YEAR)
        ]
    except Exception:  # noqa: BLE001  # a mean without weights has no value
        assume(False)
    about = draw(st.sampled_from(["level", "absolute", "percent", "multiple"]))
    truth, kind, since = tell(levels, about)
    assume(truth != 0)
    event(f"{about} {'below' if truth < 0 else 'above'} zero, {season.frequency.name.lower()}")
    dates = season.of(YEAR), since
    return world, indicator, "+".join(sorted(members)), dates, truth, kind


def seasons_of(world, code):
    """The seasons that a measure has figures of, and the whole year."""
    rows = (seen.period for seen in world.observations if seen.measure == code)
    known = {Period.parse(period).season for period in rows if period}
    return sorted({*known, WHOLE})


def verdict(asked, number):
    world, indicator, subject, (period, since), *_ = asked
    one = Claim(
        id="one",
        statement="Claimed.",
        relation=number.hedge,
        subject=subject,
        indicator=indicator.code,
        printed=number,
        since=since,
        period=period,
    )
    found = audit(ClaimSet("set", "Set", [one]), registry=world.registry(indicator))
    return found["one"].verdict


@pytest.mark.parametrize("hedge", TRUE)
@examples(12)
@given(claims())
def test_what_is_true_holds_and_what_is_false_is_contradicted(hedge, asked):
    """By the size of the number, on either side of zero, in each relation."""
    *_, truth, kind = asked
    assert verdict(asked, printed(truth * TRUE[hedge], hedge, kind)) is Verdict.HOLDS
    assert verdict(asked, printed(truth * FALSE[hedge], hedge, kind)) is Verdict.CONTRADICTED


@examples(25)
@given(claims(), st.integers(-3, 3), st.sampled_from([Fraction(1, 100), Fraction(1, 10), 1]))
def test_a_wider_interval_holds_where_a_narrower_one_does(asked, off, quantum):
    *_, truth, kind = asked
    value = (truth // quantum + off) * quantum
    assume(value != 0)
    narrow = Printed("x", Digits(value, Fraction(quantum)), kind=kind)
    wide = Printed("x", Digits(value, Fraction(quantum) * 10), kind=kind)
    verdicts = verdict(asked, narrow), verdict(asked, wide)

    assert verdicts != (Verdict.HOLDS, Verdict.CONTRADICTED)
    assert set(verdicts) <= {Verdict.HOLDS, Verdict.CONTRADICTED}
