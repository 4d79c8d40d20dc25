"""Functions of numbers and of members' values, by their definitions, in floats where need be."""

import math
from fractions import Fraction

from reference.formulas import OF_VALUES


class NoValue(Exception):
    """The figures have no such value."""


def _mean(pairs):
    return sum(v * w for v, w in pairs) / sum(w for _, w in pairs)


def _checked(measure, *, zero_allowed=True):
    def of(rule, pairs):
        if any(w <= 0 for _, w in pairs) or any(v < 0 for v, _ in pairs):
            raise NoValue
        if not any(v for v, _ in pairs) or (not zero_allowed and not all(v for v, _ in pairs)):
            raise NoValue
        return measure(rule, pairs)

    return of


def _gini(_rule, pairs):
    total = sum(w for _, w in pairs)
    apart = sum(abs(a - b) * v * w for a, v in pairs for b, w in pairs)
    return apart / (total * total) / 2 / _mean(pairs)


def _hoover(_rule, pairs):
    people, worth = sum(w for _, w in pairs), sum(v * w for v, w in pairs)
    return sum(abs(w / people - v * w / worth) for v, w in pairs) / 2


def _ratio(_rule, pairs):
    return max(v for v, _ in pairs) / min(v for v, _ in pairs)


def _theil_t(_rule, pairs):
    mean = _mean(pairs)
    terms = [(float(v / mean), float(w)) for v, w in pairs]
    return _mean([(r * math.log(r) if r else 0, w) for r, w in terms])


def _theil_l(_rule, pairs):
    mean = _mean(pairs)
    return _mean([(-math.log(v / mean), float(w)) for v, w in pairs])


def _atkinson(rule, pairs):
    mean, epsilon = _mean(pairs), float(rule.epsilon)
    if epsilon >= 1 and not all(v for v, _ in pairs):
        return 1
    terms = [(float(v / mean), float(w)) for v, w in pairs]
    if epsilon == 1:
        return 1 - math.exp(_mean([(math.log(r), w) for r, w in terms]))
    power = 1 - epsilon
    return 1 - _mean([(r**power, w) for r, w in terms]) ** (1 / power)


def _variation(_rule, pairs):
    mean = _mean(pairs)
    return math.sqrt(_mean([((v - mean) ** 2, w) for v, w in pairs])) / float(mean)


def _logs(_rule, pairs):
    logs = [(math.log(v), float(w)) for v, w in pairs]
    middle = _mean(logs)
    return math.sqrt(max(0.0, _mean([((x - middle) ** 2, w) for x, w in logs])))


SPREADS = {
    "Gini": _checked(_gini),
    "Hoover": _checked(_hoover),
    "Ratio": _checked(_ratio, zero_allowed=False),
    "TheilT": _checked(_theil_t),
    "TheilL": _checked(_theil_l, zero_allowed=False),
    "Atkinson": _checked(_atkinson),
    "Variation": _checked(_variation),
    "LogDeviation": _checked(_logs, zero_allowed=False),
}
OVER_MEMBERS = {
    name: lambda _rule, rows, of=of: of([value for value, *_ in rows])
    for name, of in OF_VALUES.items()
}


def _logarithm(_rule, value):
    if value <= 0:
        raise NoValue
    return Fraction(math.log(value))


def _root(rule, value):
    if value < 0:
        raise NoValue
    return Fraction(float(value) ** (1 / rule.degree))


def _entropy(rule, value):
    return value * _logarithm(rule, value) if value else Fraction(0)


FUNCTIONS = {
    "Absolute": lambda _rule, value: abs(value),
    "Logarithm": _logarithm,
    "Root": _root,
    "Entropy": _entropy,
}
