"""Problems of a search: drawn at random, and their keys worked out exactly, set by set."""

from fractions import Fraction

from hypothesis import strategies as st

import bajio
from bajio.engines.calculation import calculate
from bajio.engines.problem import (
    Aim,
    General,
    Limit,
    Linear,
    MemberRule,
    Opaque,
    Problem,
    Quotient,
)
from bajio.errors import Unavailable
from bajio.rules.algebra import Applied, Constant, Operation, Operator, Ref, RelativeChange
from bajio.rules.custom import Member
from bajio.rules.plan import Fold

X, W = bajio.Sum("gdp"), bajio.Sum("population")
OVER = (
    bajio.rules.Best(X),
    bajio.rules.Average(X),
    bajio.rules.Gini(X, W),
    bajio.TheilT(X, W),
    bajio.rules.TheilL(X, W),
    bajio.rules.Atkinson(X, W),
    bajio.rules.Atkinson(X, W, epsilon=2),
    bajio.rules.Variation(X, W),
    bajio.rules.Hoover(X, W),
    bajio.rules.LogDeviation(X, W),
    bajio.rules.Ratio(X, W),
    bajio.rules.Elasticity(X, W),
    bajio.rules.ElasticityError(X, W),
    bajio.rules.HalfLife(X, W),
)
SQUARES = (1, 4, 9, 16, 25, 36, 49, 64)


def value(quantity, members):  # noqa: PLR0911  # one return for each kind
    """A quantity over some members, exactly; none where it has none."""
    match quantity:
        case Linear(terms):
            return sum(terms[at] for at in members)
        case Quotient(above, below, growth):
            divisor = sum(below[at] for at in members)
            if not divisor or (growth and divisor < 0):
                return None
            return Fraction(sum(above[at] for at in members)) / divisor
        case General(expression, leaves):
            joins = {Fold.SUM: sum, Fold.MINIMUM: min, Fold.MAXIMUM: max}
            folded = [
                joins[leaf[0]](leaf[1][at] for at in members) if isinstance(leaf, tuple) else leaf
                for leaf in leaves
            ]
            try:
                return calculate(expression, folded)
            except Unavailable:
                return None
        case MemberRule(_, _, figures):
            rule = next(one for one in OVER if one.pooled().value == quantity.value)
            own = [
                Member(str(at), [(name, terms[at]) for name, terms in figures]) for at in members
            ]
            try:
                return rule.of(own)
            except Unavailable:
                return None
    return sum(SQUARES[at] for at in members)


def key_of(aims, limits):
    def key(members):
        for limit in limits:
            found = value(limit.quantity, members)
            if found is None:
                return None
            if limit.least is not None and found < limit.least:
                return None
            if limit.most is not None and found > limit.most:
                return None
        keys = []
        for aim in aims:
            found = value(aim.quantity, members)
            if found is None:
                return None
            keys.append(aim.factor * (found if aim.target is None else abs(found - aim.target)))
        return max(keys, default=0)

    return key


def numbers():
    whole = st.integers(-3, 12)
    large = st.integers(0, 3).map(lambda n: n * 10**17 + n)
    return whole | st.fractions(0, 9, max_denominator=7) | large


def terms(count, each=None):
    return st.tuples(*[numbers() if each is None else each] * count)


def expressions():
    leaf = st.sampled_from([Ref(0), Ref(1), Ref(2), Constant(Fraction(3))])
    return st.recursive(
        leaf,
        lambda inner: (
            st.builds(Operation, st.sampled_from(Operator), inner, inner)
            | st.builds(RelativeChange, inner, inner)
            | st.builds(Applied, st.sampled_from(["absolute", "logarithm", "entropy"]), inner)
            | st.builds(
                Applied, st.just("root"), inner, st.sampled_from([Fraction(1, 2), Fraction(1, 3)])
            )
        ),
        max_leaves=4,
    )


@st.composite
def over_members(draw, count):
    rule = draw(st.sampled_from(OVER))
    figures = st.integers(1, 9) | st.integers(-1, 3) | st.fractions(0, 9, max_denominator=7)
    names = ("rule",) if isinstance(rule, bajio.rules.Best | bajio.rules.Average) else rule.children
    data = rule.pooled()
    drawn = tuple((name, draw(terms(count, figures))) for name in names)
    return MemberRule(data.value, data.conditions, drawn)


def quantities(count):
    folds = st.sampled_from([Fold.SUM, Fold.MINIMUM, Fold.MAXIMUM])
    leaf = st.tuples(folds, terms(count)) | st.integers(1, 5)
    return st.one_of(
        st.builds(Linear, terms(count)),
        st.builds(Linear, terms(count, st.integers(0, 3))),
        st.builds(Quotient, terms(count), terms(count), st.booleans()),
        st.builds(Quotient, terms(count), terms(count, st.integers(1, 5))),
        st.builds(General, expressions(), st.tuples(leaf, leaf, leaf)),
        st.just(Opaque()),
        over_members(count),
    )


@st.composite
def problems(draw):
    count = draw(st.integers(1, 6))
    positions = st.integers(0, count - 1)
    least = draw(st.integers(1, count))
    targets = st.none() | st.fractions(0, 30, max_denominator=5)
    aims = draw(
        st.lists(st.builds(Aim, quantities(count), targets, st.just(Fraction(1))), max_size=2)
    )
    if len(aims) == 1 and aims[0].target is None and draw(st.booleans()):
        aims = [Aim(aims[0].quantity, None, Fraction(-2, 3))]
    limits = draw(st.lists(st.builds(Limit, quantities(count), targets, targets), max_size=2))
    pairs = st.tuples(positions, positions).filter(lambda pair: pair[0] != pair[1])
    return Problem(
        count,
        least,
        draw(st.integers(least, count)),
        draw(st.integers(1, 6)),
        key_of(aims, limits),
        aims,
        limits,
        tuple(sorted(draw(st.sets(positions, max_size=2)))),
        draw(st.none() | st.lists(pairs, max_size=14)),
    )
