"""Confidence sets of ranks, against a published example and formulas of another kind."""

import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from bajio import BajioError
from bajio.answers import rank_sets

#: Mean score in mathematics and its standard error, OECD, PISA 2018, as the documentation of the
#: authors' package csranks prints them: https://danielwilhelm.github.io/R-CS-ranks/
PISA = {
    line.rpartition(" ")[0].rpartition(" ")[0]: tuple(map(float, line.split()[-2:]))
    for line in """\
Australia 491.3600 1.939833
Austria 498.9423 2.970999
Belgium 508.0703 2.262662
Canada 512.0169 2.357476
Chile 417.4066 2.415888
Colombia 390.9323 2.989559
Czech Republic 499.4677 2.460662
Denmark 509.3984 1.735002
Estonia 523.4146 1.743602
Finland 507.3014 1.967920
France 495.4076 2.320214
Germany 500.0438 2.647083
Greece 451.3703 3.091228
Hungary 481.0826 2.319597
Iceland 495.1874 1.953083
Ireland 499.6329 2.198621
Israel 463.0345 3.498563
Italy 486.5899 2.780046
Japan 526.9733 2.471475
Korea 525.9330 3.121394
Latvia 496.1263 1.962767
Lithuania 481.1912 1.953282
Luxembourg 483.4215 1.097632
Mexico 408.8015 2.493226
Netherlands 519.2310 2.632278
New Zealand 494.4897 1.705943
Norway 500.9638 2.219045
Poland 515.6479 2.602085
Portugal 492.4874 2.684570
Slovak Republic 486.1649 2.555596
Slovenia 508.8975 1.363878
Spain 481.3926 1.462418
Sweden 502.3877 2.654251
Switzerland 515.3147 2.908004
Turkey 453.5078 2.260407
United Kingdom 501.7699 2.564428
United States 478.2447 3.235444
""".splitlines()
}
SCORES = {code: score for code, (score, _) in PISA.items()}
ERRORS = {code: error for code, (_, error) in PISA.items()}
#: So many draws as the published example has.
DRAWS = 1_000


def bounds(estimates, errors, **options):
    sets = rank_sets(estimates, errors, **options)
    return {code: (one.best, one.worst) for code, one in sets.items()}


def disjoint(one, other):
    return one[1] < other[0] or other[1] < one[0]


def test_the_published_sets_of_pisa():
    """What the vignette of csranks says of all sets at once, at three levels."""
    at_95, at_90, at_75 = (
        bounds(SCORES, ERRORS, coverage=level, draws=DRAWS) for level in (0.95, 0.9, 0.75)
    )

    top = {"Belgium", "Canada", "Denmark", "Estonia", "Finland", "Japan", "Korea"}
    top |= {"Netherlands", "Poland", "Slovenia", "Switzerland"}
    assert {code for code, (best, _) in at_95.items() if best <= 5} == {*top, "Sweden"}
    assert {code for code, (best, _) in at_90.items() if best <= 5} == top
    last = {"Chile", "Mexico", "Colombia"}
    for one in last:
        assert all(disjoint(at_95[one], at_95[other]) for other in at_95.keys() - last)
    assert at_95["Korea"][1] == at_95["Germany"][0] == 7
    assert disjoint(at_75["Korea"], at_75["Germany"])


def by_quadrature(code, level):
    """The set of one rank by the same steps, its critical values being integrals."""
    from scipy import integrate, optimize, stats

    others = [one for one in SCORES if one != code]
    at = np.linspace(-9, 9, 801)
    error = np.array([ERRORS[one] for one in others])
    width = np.hypot(error, ERRORS[code])
    lead = (SCORES[code] - np.array([SCORES[one] for one in others])) / width
    ahead, behind = lead > np.inf, lead > np.inf  # those that are told apart

    def probability(critical):
        """That no difference that is left exceeds it, given each value of the one."""
        centre = ERRORS[code] * at[:, None]
        low = np.where(ahead, -np.inf, (centre - critical * width) / error)
        high = np.where(behind, np.inf, (centre + critical * width) / error)
        inside = (stats.norm.cdf(high) - stats.norm.cdf(low)).prod(axis=1)
        return integrate.trapezoid(stats.norm.pdf(at) * inside, at)

    while True:
        critical = optimize.brentq(lambda one: probability(one) - level, 0, 9)
        told = ahead | (lead > critical), behind | (-lead > critical)
        if (told[0] == ahead).all() and (told[1] == behind).all():
            return int(1 + behind.sum()), int(len(SCORES) - ahead.sum())
        ahead, behind = told


def test_the_published_set_of_one_country():
    """The vignette has 7 to 23 for the United Kingdom, by 1,000 draws of its own.

    Canada's lead is 2.942 of its errors, and the critical value of the second step 2.937: by more
    draws, and by quadrature, the first rank is 8.
    """
    one = rank_sets(SCORES, ERRORS, of=["United Kingdom"])["United Kingdom"]
    assert (one.rank, one.best, one.worst) == (13, *by_quadrature("United Kingdom", 0.95))
    assert (one.rank, one.best - 1, one.worst) == (13, 7, 23)


@pytest.mark.parametrize("code", ["Japan", "Spain", "Chile"])
def test_one_set_is_what_quadrature_makes_of_it(code):
    assert bounds(SCORES, ERRORS, of=[code])[code] == by_quadrature(code, 0.95)


def test_equal_errors_have_the_critical_value_of_the_studentized_range():
    """Of five equal errors by Tukey's range, whose quantile is over the root of two here."""
    from scipy import stats

    critical = stats.studentized_range.ppf(0.95, 5, 1e6) / 2**0.5
    for nearly, last in ((0.98, (1, 5)), (1.02, (5, 5))):
        estimates = {**dict.fromkeys("abcd", 0), "e": -nearly * critical * 2**0.5}
        sets = bounds(estimates, dict.fromkeys("abcde", 1), draws=20_000)
        assert sets["e"] == last


CODES = "abcdef"
ESTIMATES = st.dictionaries(
    st.sampled_from(CODES),
    st.tuples(st.integers(-40, 40), st.integers(1, 9)),
    min_size=2,
)


@settings(max_examples=25)
@given(ESTIMATES, st.randoms(use_true_random=False))
def test_laws_of_rank_sets(drawn, chance):
    estimates = {code: estimate for code, (estimate, _) in drawn.items()}
    errors = {code: error for code, (_, error) in drawn.items()}
    sets = rank_sets(estimates, errors, draws=DRAWS)
    joint = {code: (one.best, one.worst) for code, one in sets.items()}

    assert list(sets) == sorted(sets, key=lambda code: (-estimates[code], code))
    for code, one in sets.items():
        assert one.rank == 1 + sum(other > estimates[code] for other in estimates.values())
        assert 1 <= one.best <= one.rank <= one.worst <= len(estimates)
    mixed = list(estimates)
    chance.shuffle(mixed)
    assert bounds({code: estimates[code] for code in mixed}, errors, draws=DRAWS) == joint
    moved = {code: 3 * estimate + 7 for code, estimate in estimates.items()}
    tripled = {code: 3 * error for code, error in errors.items()}
    assert bounds(moved, tripled, draws=DRAWS) == joint
    negated = {code: -estimate for code, estimate in estimates.items()}
    assert bounds(negated, errors, order="lowest", draws=DRAWS) == joint
    alone = bounds(estimates, errors, jointly=False, draws=DRAWS)
    wider = bounds(estimates, errors, coverage=0.98, draws=DRAWS)
    for code, (best, worst) in joint.items():
        assert best <= alone[code][0] <= alone[code][1] <= worst
        assert wider[code][0] <= best <= worst <= wider[code][1]


@pytest.mark.slow
@pytest.mark.parametrize("jointly", [True, False])
def test_sets_have_the_true_ranks_as_often_as_they_say(jointly):
    """Of two equal and two other true values, in 300 samples: 90 % less three of its errors."""
    truth, error = {"a": 3, "b": 1, "c": 1, "d": 0}, {"a": 1, "b": 0.5, "c": 2, "d": 0.2}
    possible = {"a": {1}, "b": {2, 3}, "c": {2, 3}, "d": {4}}
    chance, samples = random.Random(7), 300  # noqa: S311  # no secret
    held = dict.fromkeys(truth, 0)
    together = 0
    for _ in range(samples):
        seen = {code: chance.gauss(truth[code], error[code]) for code in truth}
        sets = bounds(seen, error, coverage=0.9, jointly=jointly, draws=DRAWS)
        right = {
            code: any(best <= rank <= worst for rank in possible[code])
            for code, (best, worst) in sets.items()
        }
        together += all(right.values())
        held = {code: count + right[code] for code, count in held.items()}
    least = samples * (0.9 - 3 * (0.9 * 0.1 / samples) ** 0.5)
    assert min(held.values()) >= least
    assert not jointly or together >= least


RIGHT = {"estimates": {"a": 1, "b": 2}, "errors": {"a": 1, "b": 1}}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"estimates": 5}, "estimates are given by name, not as 5"),
        ({"estimates": {"a": 1, "b": None}}, "None is no number"),
        ({"estimates": {"a": 1, "b": 10**390}}, "estimates: the one of 'b' is out of bounds"),
        ({"estimates": {"a": 1}, "errors": {"a": 1}}, "ranks are among two estimates or more"),
        ({"errors": {"a": 1}}, "'b' needs both an estimate and a standard error"),
        ({"errors": {"a": 1, "b": 0}}, "the standard error of 'b' is not above zero"),
        ({"coverage": 1}, "a coverage of 1: give a number from 0.5 on, below 1"),
        ({"coverage": 0.999}, "a coverage of 0.999 needs more than 5,000 draws"),
        ({"draws": 10}, "10 draws: give a whole number from 1,000 to 100,000"),
        ({"of": ["c"]}, "unknown estimate 'c'"),
        ({"order": "best"}, "unknown order 'best'"),
    ],
)
def test_what_is_wrong_is_refused_by_name(wrong, told):
    with pytest.raises(BajioError) as refused:
        rank_sets(**{**RIGHT, **wrong})
    assert told in str(refused.value)
