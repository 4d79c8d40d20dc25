"""Law 17: verdicts follow from what is true, whatever the rounding, the unit or the language."""

import json
from fractions import Fraction

from attrs import evolve
from drawn import examples
from hypothesis import assume, given, strategies as st
from printing import write_printed

from bajio.claims.claim import Claim, Part, Reference
from bajio.claims.claim_data import from_data, to_data
from bajio.claims.claim_set import ClaimSet
from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.indicator import Indicator
from bajio.questions.audit.auditing import audit
from bajio.questions.audit.findings import Verdict
from bajio.questions.audit.verdicts import judge
from bajio.questions.single import evaluate
from bajio.questions.standing import standings
from bajio.rules.nodes import Sum
from bajio.testing.strategies import worlds
from bajio.testing.worlds import HOST, YEAR

PEOPLE = Indicator("people", Sum("people"), "person", "People")
LAND = Indicator("land", Sum("land"), "km²", "Land")
DENSITY = Indicator("density", Sum("people") / Sum("land"), "person/km²", "Density")
FIGURES = st.fractions(-1000, 1000, max_denominator=50)
WRONG = {Verdict.CONTRADICTED, Verdict.INCONSISTENT}


def rounded(value, quantum):
    """A number as it is printed to a digit of some weight, halves away from zero."""
    digits = int(abs(Fraction(value)) / quantum + Fraction(1, 2)) * quantum
    return Digits(digits if value >= 0 else -digits, quantum)


def number(value, quantum, hedge="equals", kind=PrintedKind.NUMBER):
    return Printed("x", rounded(value, quantum), hedge=hedge, kind=kind)


@given(FIGURES, FIGURES, st.integers(-3, 2), st.integers(1, 3))
def test_widening_never_turns_holds_into_contradicted(low, high, power, wider):
    """Nor does narrowing an interval ever turn contradicted into holds."""
    figure = Printed("x", Digits(min(low, high)), Digits(max(low, high)), hedge="between").nominal
    narrow = Digits(high, Fraction(10) ** power).interval
    wide = Digits(high, Fraction(10) ** (power + wider)).interval

    assert narrow in wide
    if judge(figure, narrow) is Verdict.HOLDS:
        assert judge(figure, wide) is Verdict.HOLDS
    if judge(figure, wide) is Verdict.CONTRADICTED:
        assert judge(figure, narrow) is Verdict.CONTRADICTED


@given(FIGURES, FIGURES, st.integers(-3, 2), st.sampled_from(["over", "under", "almost", "about"]))
def test_what_holds_to_the_letter_holds_leniently(value, printed, power, hedge):
    claimed = Printed("x", Digits(printed, Fraction(10) ** power), hedge=hedge)

    if value in claimed.strict():
        assert value in claimed.lenient()


def claim(code, **fields):
    return Claim(id=code, statement="Claimed.", **{"subject": "H-0+H-1", **fields})


def verdict(world, one, *indicators):
    registry = world.registry(PEOPLE, LAND, DENSITY, *indicators)
    claims = ClaimSet("set", "Set", [one], year=YEAR, peers="countries")
    return audit(claims, registry=registry).findings[0].verdict


@examples(25)
@given(
    worlds(), st.integers(0, 4), st.integers(-3, 3), st.sampled_from(["equals", "over", "almost"])
)
def test_the_unit_and_the_language_of_a_claim_do_not_matter(world, power, off, hedge):
    value = evaluate("H-0+H-1", LAND, registry=world.registry(LAND), peers=None).exact
    quantum = Fraction(10) ** power
    kilometres = number(value + off * quantum, quantum, hedge)
    hectares = kilometres.scaled(100)
    spanish = read_printed(write_printed(kilometres, "es-MX"), Convention("es-MX"))
    english = read_printed(write_printed(kilometres, "en"), Convention("en"))
    verdicts = {
        verdict(world, claim("land", relation=hedge, indicator="land", printed=printed, unit=unit))
        for printed, unit in (
            (kilometres, None),
            (kilometres, "km²"),
            (hectares, "ha"),
            (spanish, None),
            (english, None),
        )
    }

    assert len(verdicts) == 1


def true_claims(world, quantum):
    """Claims of every relation, made of a world's own figures, rounded to a digit."""
    registry = world.registry(PEOPLE, LAND, DENSITY)
    subject = "H-0+H-1"

    def value(indicator, area):
        found = evaluate(area, indicator, registry=registry, year=YEAR, peers=None)
        return Fraction(found.exact)

    people, land = value(PEOPLE, subject), value(LAND, subject)
    parts = [Part(area, number(value(PEOPLE, area), quantum)) for area in ("H-0", "H-1")]
    whole = value(PEOPLE, HOST)
    small = [code for code in world.peers if value(PEOPLE, code) < people]
    near = [code for code in world.peers if abs(value(PEOPLE, code) - people) <= people / 10]
    result, _ = standings(subject, PEOPLE, registry=registry, year=YEAR, peers="countries")
    fine = Fraction(1, 10**6)
    same = {"indicator": "people"}
    percent = {"kind": PrintedKind.PERCENT}
    density = people / land
    made = [
        claim("equals", relation="equals", printed=number(people, quantum), **same),
        claim("about", relation="about", printed=number(people, quantum, "about"), **same),
        claim("land", relation="equals", indicator="land", printed=number(land, quantum)),
        claim("density", relation="equals", indicator="density", printed=number(density, quantum)),
        claim(
            "share", relation="share-of", printed=number(people / whole, fine, **percent), **same
        ),
        claim("sum", relation="sum-of", parts=parts, printed=number(people, quantum), **same),
        claim("top", relation="top", top=result.rank.position, **same),
        claim(
            "part",
            relation="share-of",
            printed=number(people / whole, fine, **percent),
            part=Reference("equals"),
            whole=number(whole, quantum),
        ),
        claim(
            "mean",
            relation="mean-of",
            parts=parts,
            printed=number(people / 2, quantum),
        ),
        claim("under", relation="under", printed=number(people * 2 + 1, 1, "under"), **same),
    ]
    if people:
        over = number(people * Fraction(9, 10), 1, "over")
        made.append(claim("over", relation="over", printed=over, **same))
    if small:
        made.append(claim("exceeds", relation="exceeds", areas=small, **same))
    if near:
        made.append(claim("near", relation="near", areas=near, **same))
    return made


def audited(world, claims):
    registry = world.registry(PEOPLE, LAND, DENSITY)
    return audit(ClaimSet("set", "Set", claims, year=YEAR, peers="countries"), registry=registry)


QUANTA = st.integers(-2, 3).map(lambda power: Fraction(10) ** power)


@examples(40)
@given(worlds(peers=4), QUANTA)
def test_an_audit_of_claims_from_true_figures_contradicts_none(world, quantum):
    found = audited(world, true_claims(world, quantum))

    assert {code: one.verdict for code, one in found.items() if one.verdict in WRONG} == {}
    assert found.conflicts == ()


def falsified(one, off):
    """A true claim made false: by more than its rounding, or by naming what is not so."""
    match one.relation.value:
        case "top":
            return evolve(one, top=one.top - 1) if one.top > 1 else None
        case "exceeds":
            return evolve(one, areas=[*one.areas, HOST])
        case "near":
            return None
    digits = one.printed.first
    if one.relation.value == "under":
        value = (digits.value - 1) / (4 + off)  # of twice the figure and one more
    else:
        value = abs(digits.value) * (3 + off) + 10 * digits.quantum
    return evolve(one, printed=evolve(one.printed, first=evolve(digits, value=value)))


@examples(40)
@given(st.data(), worlds(peers=4), st.integers(0, 50))
def test_an_audit_of_falsified_claims_finds_each(data, world, off):
    assume(len(world.parts) > 2)
    claims = true_claims(world, Fraction(1, 100))
    chosen = data.draw(st.sampled_from(claims))
    false = falsified(chosen, off)
    assume(false is not None)
    others = [false if one.id == chosen.id else one for one in claims]
    found = audited(world, others)

    assert found[chosen.id].verdict in WRONG


@examples(40)
@given(worlds(), QUANTA)
def test_a_density_that_people_and_land_exclude_is_found_jointly(world, quantum):
    claims = {one.id: one for one in true_claims(world, quantum)}
    people, land, density = (claims[code] for code in ("equals", "land", "density"))
    most = people.printed.digits.high / max(land.printed.digits.low, Fraction(1, 100))
    false = evolve(density, printed=number(most * 2 + 10, Fraction(1, 10)))
    assume(land.printed.digits.low > 0)
    found = audited(world, [people, land, false])

    assert [one.claims for one in found.conflicts] == [("equals", "land", "density")]
    for two in ([people, land], [people, false], [land, false]):
        assert audited(world, two).conflicts == ()


@examples(25)
@given(worlds(peers=3), QUANTA)
def test_a_claim_set_survives_json(world, quantum):
    claims = ClaimSet("set", "Set", true_claims(world, quantum), year=YEAR, source="A paper")

    assert from_data(json.loads(json.dumps(to_data(claims)))) == claims


@examples(40)
@given(worlds(host_is_sum=True), st.fractions(0, 3, max_denominator=10))
def test_what_missing_data_leave_open_is_undecided(world, share):
    """With a part's figure missing, a claim holds or not only where any completion says so."""
    gone = [seen for seen in world.observations if (seen.area, seen.measure) == ("H-0", "people")]
    holed = world.with_observations(seen for seen in world.observations if seen not in gone)
    registry = holed.registry(PEOPLE)
    truth = {seen.period: Fraction(seen.value) for seen in gone}[str(YEAR)]
    known = evaluate("H-1", PEOPLE, registry=registry, year=YEAR, peers=None).exact
    total = evaluate(HOST, PEOPLE, registry=registry, year=YEAR, peers=None).exact
    over = claim(
        "over", relation="over", indicator="people", printed=number(total * share, 1, "over")
    )
    claims = ClaimSet("set", "Set", [over], year=YEAR, peers="countries")
    refused = audit(claims, registry=registry)["over"]
    found = audit(claims, registry=registry, missing="bound")["over"]
    limit = over.printed.first.value

    assert refused.verdict is Verdict.NOT_CHECKABLE
    assert found.figure.low <= known + truth <= found.figure.high
    if found.verdict is Verdict.HOLDS:
        assert known + truth > limit
    elif found.verdict is Verdict.CONTRADICTED:
        assert known + truth <= limit
    else:
        assert found.verdict is Verdict.UNDECIDED
        assert found.figure.low <= limit < found.figure.high
