"""Rules over members by formulas of their own: each as a reader of the literature would write it.

Logarithms and roots are those of `bajio.rules.functions`, so that the results are the same digits.
"""

from fractions import Fraction

from bajio import Unavailable
from bajio.rules.functions import entropy, exponential, logarithm, power, root


def _mean(pairs):
    return sum((v * w for v, w in pairs), Fraction()) / sum(w for _, w in pairs)


def _gini(_rule, pairs):
    """In rising order each value is above all before it."""
    below = total = apart = Fraction()
    for x, w in sorted(pairs):
        apart += w * (x * below - total)
        below, total = below + w, total + w * x
    return apart / (below * total)


def _mean_of(term):
    def of(_rule, pairs):
        mean = _mean(pairs)
        return _mean([(Fraction(term(x / mean)), w) for x, w in pairs])

    return of


def _atkinson(rule, pairs):
    mean = _mean(pairs)
    if rule.epsilon >= 1 and not all(x for x, _ in pairs):
        return 1
    if rule.epsilon == 1:
        return 1 - exponential(_mean([(Fraction(logarithm(x / mean)), w) for x, w in pairs]))
    rest = 1 - rule.epsilon
    return 1 - power(_mean([(Fraction(power(x / mean, rest)), w) for x, w in pairs]), 1 / rest)


def _log_deviation(_rule, pairs):
    mean = _mean(pairs)
    logs = [(Fraction(logarithm(x / mean)), w) for x, w in pairs]
    middle = _mean(logs)
    return root(_mean([((log - middle) ** 2, w) for log, w in logs]), 2)


def least_squares(points):
    """Slope of the line through pairs of x and y, and the square of its standard error."""
    count = len(points)
    middle_x = sum((x for x, _ in points), Fraction()) / count
    middle_y = sum((y for _, y in points), Fraction()) / count
    pairs = [(x - middle_x, y - middle_y) for x, y in points]
    across = sum((x * x for x, _ in pairs), Fraction())
    slope = sum((x * y for x, y in pairs), Fraction()) / across
    residuals = sum(((y - slope * x) ** 2 for x, y in pairs), Fraction())
    return slope, residuals / (count - 2) / across


def _of_line(value):
    def of(_rule, pairs):
        logs = []
        for values in zip(*pairs, strict=True):
            mean = sum(values, Fraction()) / len(values)
            logs.append([Fraction(logarithm(one / mean)) for one in values])
        return value(*least_squares(list(zip(logs[1], logs[0], strict=True))))

    return of


def _half_life(slope, _variance):
    if not -1 < slope < 0:
        raise Unavailable("no half-life")
    return Fraction(logarithm(Fraction(1, 2))) / logarithm(1 + slope)


#: By the class's name, of one value of each member.
OF_VALUES = {
    "Best": max,
    "Worst": min,
    "Average": lambda values: sum(values, Fraction()) / len(values),
}
#: By the class's name, of pairs of the first and the second need.
FORMULAS = {
    "Gini": _gini,
    "TheilT": _mean_of(entropy),
    "TheilL": _mean_of(lambda r: logarithm(1 / r)),
    "Atkinson": _atkinson,
    "Variation": lambda _rule, pairs: root(_mean_of(lambda r: (r - 1) ** 2)(None, pairs), 2),
    "Hoover": lambda _rule, pairs: _mean_of(lambda r: abs(r - 1))(None, pairs) / 2,
    "LogDeviation": _log_deviation,
    "Ratio": lambda _rule, pairs: max(x for x, _ in pairs) / min(x for x, _ in pairs),
    "Elasticity": _of_line(lambda slope, _variance: slope),
    "ElasticityError": _of_line(lambda _slope, variance: root(variance, 2)),
    "HalfLife": _of_line(_half_life),
}
