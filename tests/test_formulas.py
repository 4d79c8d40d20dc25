"""Rules written as text: read as formulas show them, and in plain letters."""

from fractions import Fraction

import pytest
from hypothesis import given

from bajio.errors import InvalidRule
from bajio.registry import Registry
from bajio.rules import (
    Across,
    Atkinson,
    By,
    Categories,
    Gini,
    Growth,
    Lag,
    Mean,
    Root,
    Share,
    Stack,
    Sum,
    TheilT,
    WeightedMean,
)
from bajio.rules.formula import read_rule, write_rule
from bajio.testing import rules

SPOKEN = {
    "sum(gdp) / sum(population)": Sum("gdp") / Sum("population"),
    "Σ gdp ÷ Σ population": Sum("gdp") / Sum("population"),
    "SUM(gdp)/SUM(population)": Sum("gdp") / Sum("population"),
    "1000 * sum(employed) / sum(population)": 1000 * Sum("employed") / Sum("population"),
    "sum(exports) - sum(remittances)": Sum("exports") - Sum("remittances"),
    "sum(gdp-constant) - 3/4 * sum(gdp-ppp)": Sum("gdp-constant")
    - read_rule("3/4") * Sum("gdp-ppp"),
    "sum(gdp) / 1000/1000": Sum("gdp") / 1000 / 1000,
    "sum(gdp)/-1/2": Sum("gdp") / -1 / 2,
    "sum(gdp) / (1/2)": Sum("gdp") / Fraction(1, 2),
    "sum(gdp) / 5th root of (sum(population))": Sum("gdp") / Root(Sum("population"), 5),
    "sum(gva[activity=31-33])": Sum("gva", {"activity": "31-33"}),
    "weighted_mean(schooling)": WeightedMean("schooling"),
    "weighted_mean(schooling, weight=employed)": WeightedMean("schooling", "employed"),
    "Σ schooling × employed ÷ Σ employed": WeightedMean("schooling", "employed"),
    "Σ schooling × Σ employed ÷ Σ employed": Sum("schooling") * Sum("employed") / Sum("employed"),
    "mean(population)": Mean("population"),
    "growth(sum(gdp-constant))": Growth(Sum("gdp-constant")),
    "growth(sum(gdp), years=2, nominal=true)": Growth(Sum("gdp"), 2, nominal=True),
    "nominal growth over 2 years of (Σ gdp)": Growth(Sum("gdp"), 2, nominal=True),
    "lag(sum(gdp), 5)": Lag(Sum("gdp"), 5),
    "share(sum(gdp))": Share(Sum("gdp")),
    "share(sum(gdp), of=bajio)": Share(Sum("gdp"), of="bajio"),
    "gini(sum(gdp) / sum(population), sum(population))": Gini(
        Sum("gdp") / Sum("population"), Sum("population")
    ),
    "atkinson(sum(gdp), epsilon=1/2)": Atkinson(Sum("gdp"), epsilon="1/2"),
    "theil_t(sum(gdp))": TheilT(Sum("gdp")),
    "root(sum(gdp) / sum(population), degree=5)": Root(Sum("gdp") / Sum("population"), 5),
    "by(sum(gva), activity)": By(Sum("gva"), "activity"),
    "by activity within 31-33: Σ gva": By(Sum("gva"), "activity", "31-33"),
    "across(sum(gva), activity)": Across(Sum("gva"), "activity"),
    "categories(gva, activity)": Categories("gva", "activity"),
    "people: sum(population); land: sum(area)": Stack(
        {"people": Sum("population"), "land": Sum("area")}
    ),
}


@pytest.mark.parametrize("text", SPOKEN)
def test_a_formula_is_the_rule_that_it_says(text):
    assert read_rule(text) == SPOKEN[text]


@pytest.mark.parametrize("code", Registry.default().indicators.codes)
def test_built_in_indicators_are_read_from_what_they_show(code):
    rule = Registry.default().indicators[code].rule
    assert str(read_rule(str(rule))) == str(rule)
    assert read_rule(write_rule(rule)) == rule


@given(rules())
def test_rules_are_written_and_read(rule):
    """Law 16: text, rule and text again are the same."""
    assert read_rule(write_rule(rule)) == rule
    assert str(read_rule(str(rule))) == str(rule)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a rule where '' has the end"),
        ("gdp", "'gdp' at 1 is no rule: write sum(gdp)"),
        ("sum(gdp) / population", "'population' at 12 is no rule: write sum(population)"),
        ("sum(gdp", "a closing bracket"),
        ("sum(gdp))", "an operator, or the end"),
        ("sum()", "sum at 1 lacks its 'measure'"),
        ("sum('gdp')", "no code of a measure"),
        ("sum(GDP)", "no code of a measure"),
        ("sum(gdp\u200b)", "no code of a measure"),
        ("sum(gdp, population)", "categories"),
        ("sum(gdp, measure=population)", "takes no 'measure', or takes it once"),
        ("suma(gdp)", "no constructor: did you mean sum?"),
        ("growth(sum(gdp), years=0)", "0 years"),
        ("1/0", "divides by zero"),
        ("sum(gdp) ** 2", "a rule"),
        ("__import__('os')", "no constructor"),
        ("custom(print)", "no constructor"),
        ("(" * 1000 + "1" + ")" * 1000, "deep"),
        ("sum(gdp) + " * 20000 + "1", "characters"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text, told):
    with pytest.raises(InvalidRule) as refused:
        read_rule(text)
    assert told in str(refused.value)
    assert len(str(refused.value)) < 1500
