"""Best practice: how far each member is from the leader, and what all would be at its ratio.

Arithmetic, not a forecast: it says how large a gap is, not that it could be closed.
"""

from collections.abc import Mapping

from attrs import evolve

from bajio.errors import InvalidValue
from bajio.indicator import Better, Indicator
from bajio.indicators.labour import INDICATORS as LABOUR
from bajio.indicators.output import INDICATORS as OUTPUT
from bajio.indicators.trade import INDICATORS as TRADE
from bajio.labels import Label, as_label
from bajio.rules.algebra import Operator
from bajio.rules.axes import By
from bajio.rules.members import Best, Worst
from bajio.rules.nodes import At
from bajio.rules.plan import MEMBER
from bajio.rules.rule import Arithmetic, Rule

FARRELL = (
    "M. J. Farrell, The measurement of productive efficiency, "
    "Journal of the Royal Statistical Society A 120 (1957)"
)
_PREFIX = "best-practice"


def best_practice(indicator: Indicator) -> Indicator:
    """A table of how far each member is from the leading one, which is at zero.

    The leader has the greatest value, or the least where lower is better.

    Raises:
        InvalidValue: neither way is better.

    Examples:
        >>> import bajio
        >>> from bajio.indicators.practice import best_practice
        >>> gap = best_practice(bajio.list_indicators()["gdp-per-capita"])
        >>> found = bajio.break_down("bajio", gap, year=2018)
        >>> {code: round(value) for code, value in found.values.items()}
        {'MX-AGU': 1759, 'MX-GUA': 4361, 'MX-QUE': 0, 'MX-SLP': 3603}
    """
    member_value, leader = At(indicator.rule, MEMBER), _leader(indicator)
    apart = leader - member_value if indicator.better is Better.HIGHER else member_value - leader
    return Indicator(
        f"{_PREFIX}-{indicator.code}",
        By(apart, MEMBER),
        indicator.unit,
        {
            "en": f"{indicator.label.text('en')}: distance to the leader",
            "es": f"{indicator.label.text('es')}: distancia al primero",
        },
        better=Better.LOWER,
        description={
            "en": "How far each member is from the one that leads, which is at zero.",
            "es": "Qué tan lejos está cada miembro del que va primero, que está en cero.",
        },
        formula_source=FARRELL,
        topic=_PREFIX,
        as_number=indicator.as_number,
    )


def best_practice_total(
    indicator: Indicator, code: str, unit: str, label: Label | Mapping[str, str] | str
) -> Indicator:
    """What the numerator of a ratio would be if every member had the leader's ratio.

    The leader's ratio times the region's denominator: GDP at the highest GDP per head of a member.
    Arithmetic, not a forecast.

    Args:
        indicator: a ratio of sums.
        code: kebab-case name of the numerator, put behind `best-practice-`.
        unit: of the numerator.
        label: what the numerator is called, by language.

    Raises:
        InvalidValue: neither way is better, or the rule is no division.

    Examples:
        >>> import bajio
        >>> from bajio.indicators.practice import best_practice_total
        >>> heads = bajio.list_indicators()["gdp-per-capita"]
        >>> total = best_practice_total(heads, "gdp", "USD", {"en": "GDP", "es": "PIB"})
        >>> found = bajio.evaluate("bajio", total, year=2018)
        >>> round(found.value / 1e9, 1), found.rank.position
        (175.6, 55)
    """
    _, below = _terms(indicator)
    noun = as_label(label)
    return Indicator(
        f"{_PREFIX}-{code}",
        _leader(indicator) * below,
        unit,
        {
            "en": f"{noun.text('en')} at the leader's ratio (arithmetic)",
            "es": f"{noun.text('es')} con la razón del primero (aritmética)",
        },
        better=indicator.better,
        description={
            "en": f"{noun.text('en')} if every member had the leading one's "
            f"{_inner(indicator.label.text('en'))}: arithmetic, not a forecast.",
            "es": f"{noun.text('es')} si cada miembro tuviera la cifra del primero en "
            f"{_inner(indicator.label.text('es'))}: aritmética, no un pronóstico.",
        },
        formula_source=FARRELL,
        topic=_PREFIX,
    )


def best_practice_change(
    indicator: Indicator, code: str, unit: str, label: Label | Mapping[str, str] | str
) -> Indicator:
    """A table of what each member's numerator would change by at the leader's ratio.

    It adds up to the region's total at the leader's ratio less what it is.
    Arithmetic, not a forecast.

    Args:
        indicator, code, unit, label: as in `best_practice_total`.

    Raises:
        InvalidValue: neither way is better, or the rule is no division.

    Examples:
        >>> import bajio
        >>> from bajio.indicators.practice import best_practice_change
        >>> heads = bajio.list_indicators()["gdp-per-capita"]
        >>> change = best_practice_change(heads, "gdp", "USD", {"en": "GDP", "es": "PIB"})
        >>> found = bajio.break_down("bajio", change, year=2018)
        >>> round(found.total.value / 1e9, 1), sum(found.exact.values()) == found.total.exact
        (39.6, True)
    """
    above, below = _terms(indicator)
    leader, noun = _leader(indicator), as_label(label)
    gap = (leader - At(indicator.rule, MEMBER)) * At(below, MEMBER)
    total = best_practice_total(indicator, code, unit, noun)
    return evolve(
        total,
        code=f"{total.code}-change",
        rule=By(gap, MEMBER, total=leader * below - above),
        label=Label(
            {
                "en": f"{noun.text('en')}: change to the leader's ratio (arithmetic)",
                "es": f"{noun.text('es')}: cambio hasta la razón del primero (aritmética)",
            }
        ),
        better=Better.NEITHER,
        description=Label(
            {
                "en": "What each member would change by at the leader's ratio: arithmetic, not a "
                "forecast.",
                "es": "Lo que cambiaría cada miembro con la razón del primero: aritmética, no un "
                "pronóstico.",
            }
        ),
    )


def _leader(indicator: Indicator) -> Rule:
    if indicator.better is Better.NEITHER:
        raise InvalidValue(f"{indicator.code!r} has no best: neither way is better")
    return (Best if indicator.better is Better.HIGHER else Worst)(indicator.rule)


def _terms(indicator: Indicator) -> tuple[Rule, Rule]:
    """What is divided, and by what."""
    rule = indicator.rule
    if not isinstance(rule, Arithmetic) or rule.operator is not Operator.OVER:
        raise InvalidValue(f"{indicator.code!r} is no ratio: '{rule}' is not one rule over another")
    return rule.left, rule.right


def _inner(label: str) -> str:
    """A label inside a sentence: without its capital, save where it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


_RATIOS = {one.code: one for one in (*OUTPUT, *TRADE, *LABOUR)}
_TOTALS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("gdp-per-capita", "gdp", "USD", {"en": "GDP", "es": "PIB"}),
    (
        "exports-per-capita",
        "exports",
        "USD",
        {"en": "Exports of goods", "es": "Exportaciones de bienes"},
    ),
    ("active-share", "active", "person", {"en": "Active population", "es": "Población activa"}),
    (
        "unemployment-rate",
        "unemployed",
        "person",
        {"en": "Unemployed persons", "es": "Población desocupada"},
    ),
)
INDICATORS = (
    *(best_practice_total(_RATIOS[ratio], code, unit, noun) for ratio, code, unit, noun in _TOTALS),
    *(best_practice(_RATIOS[ratio]) for ratio, *_ in _TOTALS),
    *(
        best_practice_change(_RATIOS[ratio], code, unit, noun)
        for ratio, code, unit, noun in _TOTALS
    ),
)
