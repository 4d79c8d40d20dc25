"""Claims of levels and changes of any sign, against what their words say, in a line each."""

from fractions import Fraction

from attrs import evolve
from drawn import examples
from hypothesis import event, given, strategies as st

import bajio
from bajio import Area, Indicator, Measure, Observation, Registry, Source, Sum, hookimpl
from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.printed import Digits, Printed, PrintedKind

PERCENT = Fraction(1, 100)
#: What is told, by the kind of number that tells it, and whether it is of a percentage.
CHANGES = {
    PrintedKind.NUMBER: lambda before, now: now - before,
    PrintedKind.PERCENT: lambda before, now: (now - before) / before if before > 0 else None,
    PrintedKind.TIMES: lambda before, now: now / before if before > 0 else None,
    PrintedKind.POINTS: lambda before, now: now - before,
}


class World:
    def __init__(self, before, now):
        self.figures = {"2003": before, "2018": now}

    @hookimpl
    def bajio_areas(self):
        return [Area("XAA", "XAA")]

    @hookimpl
    def bajio_datasets(self):
        seen = [Observation("XAA", year, "gain", value) for year, value in self.figures.items()]
        seen += [Observation("XAA", year, "base", 1) for year in self.figures]
        measures = [
            Measure("gain", "Gain", "USD", prices="current"),
            Measure("base", "Base", "USD", prices="current"),
        ]
        sources = [Source("own", "Own")]
        return [bajio.dataset("own", measures=measures, sources=sources, observations=seen)]

    @hookimpl
    def bajio_indicators(self):
        return [
            Indicator("gain", Sum("gain"), "USD", "Gain"),
            Indicator("rate", Sum("gain") / Sum("base"), "1", "Rate"),
        ]


def rounds_to(printed, quantum, value):
    """Whether a number of any size from zero on is printed so, halves away from zero."""
    low = printed - quantum / 2
    return (low <= value if printed else low < value) and value < printed + quantum / 2


SAYS = {
    "equals": rounds_to,
    "about": lambda printed, quantum, value: (
        rounds_to(printed, quantum, value) or abs(value - printed) <= printed * 5 / 100
    ),
    "over": lambda printed, _, value: value > printed,
    "a-little-over": lambda printed, _, value: printed < value <= printed * 105 / 100,
    "at-least": lambda printed, _, value: value >= printed,
    "under": lambda printed, _, value: value < printed,
    "almost": lambda printed, _, value: printed * 95 / 100 <= value < printed,
    "at-most": lambda printed, _, value: value <= printed,
}


def says(hedge, printed, quantum, value):
    """Whether a value is what a hedged number says, about the size of both."""
    sign = -1 if printed < 0 else 1
    return SAYS[hedge](sign * printed, quantum, sign * value)


FIGURES = st.integers(-40, 40).map(lambda number: Fraction(number, 8))


def verdict_of(before, now, claim):
    registry = Registry({"world": World(before, now)})
    return bajio.audit(ClaimSet("c", "C", [claim]), registry=registry)["c"].verdict.value


@examples(150)
@given(
    FIGURES,
    FIGURES,
    st.sampled_from([None, *CHANGES]),
    st.sampled_from(list(SAYS)),
    st.integers(-3, 3),
    st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 100)]),
)
def test_a_verdict_is_what_the_words_say(before, now, told, hedge, off, quantum):
    kind = told or PrintedKind.NUMBER
    scale = PERCENT if kind in {PrintedKind.PERCENT, PrintedKind.POINTS} else 1
    value = now if told is None else CHANGES[told](before, now)
    near = now if value is None else value
    weight = quantum * scale
    number = round(near / weight) * weight + off * weight
    if not number and hedge in {"almost", "a-little-over"}:
        number = weight
    claim = Claim(
        id="c",
        statement="Claimed.",
        relation=hedge,
        subject="XAA",
        indicator="rate" if told is PrintedKind.POINTS else "gain",
        printed=Printed("x", Digits(number, weight), hedge=hedge, kind=kind),
        year=2018,
        since=None if told is None else 2003,
    )
    found = verdict_of(before, now, claim)
    event(f"{told and told.value}: {found}")

    if value is None:
        assert found == "not-checkable"
    else:
        assert found == ("holds" if says(hedge, number, weight, value) else "contradicted")
        if hedge == "equals":
            wide = Printed("x", Digits(number, weight * 10), hedge=hedge, kind=kind)
            if found == "holds":
                assert verdict_of(before, now, evolve(claim, printed=wide)) == "holds"
