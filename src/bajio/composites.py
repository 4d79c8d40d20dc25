"""Composites: several indicators as one score, declared: normalised, weighed and aggregated.

The words and methods are those of OECD and JRC, Handbook on Constructing Composite Indicators
(2008), chapters 1.5 and 1.6.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm, prod
from types import MappingProxyType

from attrs import field, frozen
from attrs.converters import optional

from bajio.amounts import exact_number
from bajio.arguments import as_choice, as_items, as_pairs
from bajio.brief import Brief
from bajio.errors import InvalidRule, InvalidValue, Unavailable, UnknownCode, shown
from bajio.facts.measures import check_code
from bajio.facts.observations import Exact
from bajio.indicator import Better, Indicator, as_direction
from bajio.labels import Label, as_label
from bajio.rules.functions import MOST_DEGREE, Root, power, root, settled
from bajio.rules.members import Best, Worst
from bajio.rules.nodes import At
from bajio.rules.plan import HOST
from bajio.rules.rule import Rule

HANDBOOK = "OECD and JRC, Handbook on Constructing Composite Indicators (2008)"


class Normalisation(StrEnum):
    """How values of different units are made comparable."""

    MIN_MAX = "min-max"
    """From the worst of all that are compared to the best of them."""
    Z_SCORE = "z-score"
    """In standard deviations from the mean of all that are compared."""
    RANK = "rank"
    """By the share of the others that it is ahead of, ties counting half."""


def _normalisation(value: object) -> Normalisation:
    return as_choice(value, Normalisation, "normalisation")


class Aggregation(StrEnum):
    """How normalised values become one score."""

    ARITHMETIC = "arithmetic"
    """The weighted mean: a good value makes up for a bad one."""
    GEOMETRIC = "geometric"
    """The weighted geometric mean: a bad value counts the more."""


def _aggregation(value: object) -> Aggregation:
    return as_choice(value, Aggregation, "aggregation")


def _weight(value: int | Fraction | Decimal | str) -> Fraction:
    try:
        if not isinstance(value, float) and (weight := exact_number(value)) > 0:
            return weight
    except InvalidValue as error:
        raise InvalidValue(f"a weight is an exact number above zero: {error}") from None
    raise InvalidValue(f"a weight of {shown(value)}: give an exact number above zero")


def _check_indicator(_instance: object, _attribute: object, value: str | Indicator) -> None:
    if not isinstance(value, str | Indicator):
        raise InvalidValue(f"{shown(value)} is no indicator: give one, or its code")


@frozen(repr=False)
class Component(Brief):
    """One indicator of a composite.

    Attributes:
        indicator: a code, or an indicator, registered or not.
        weight: how much it counts, against the others' weights.
        better: which way it is better, where the indicator does not say or the composite differs.
    """

    indicator: str | Indicator = field(validator=_check_indicator)
    weight: Fraction = field(default=Fraction(1), converter=_weight)
    better: Better | None = field(default=None, converter=optional(as_direction))

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator if isinstance(self.indicator, str) else self.indicator.code

    def found(self, indicators: Mapping[str, Indicator]) -> Indicator:
        """The indicator itself, or that of its code among those that are known.

        Raises:
            UnknownCode: there is none of its code.
        """
        if isinstance(self.indicator, Indicator):
            return self.indicator
        if self.indicator not in indicators:
            raise UnknownCode("indicator", self.indicator, indicators)
        return indicators[self.indicator]


Part = str | Indicator | Component


def _components(values: Mapping[str, Fraction | int] | Iterable[Part]) -> tuple[Component, ...]:
    if isinstance(values, Mapping):
        weights = as_pairs(values, "weights")
        values = [Component(code, weight) for code, weight in weights.items()]
    parts = tuple(
        item if isinstance(item, Component) else Component(item)
        for item in as_items(values, "components")
    )
    codes = [part.code for part in parts]
    if len(parts) < 2 or len(set(codes)) < len(codes):
        raise InvalidValue(f"a composite of {codes}: give two indicators or more, each once")
    return parts


def _scale(values: Iterable[int | Fraction]) -> tuple[Fraction, Fraction]:
    ends = [exact_number(end) for end in as_items(values, "the ends of a scale")]
    if len(ends) != 2 or not 0 <= ends[0] < ends[1]:
        text = " to ".join(map(str, ends))
        raise InvalidValue(f"a scale from {text}: give a low end from 0 on, and a high one")
    return ends[0], ends[1]


@frozen(repr=False)
class Composite(Brief):
    """Several indicators as one score.

    Attributes:
        code: kebab-case name, unique.
        label: what it is called, by language.
        components: codes, indicators or `Component`s, or weights by code.
        normalisation: `min-max`, `z-score` or `rank`.
        aggregation: `arithmetic` or `geometric`.
        scale: the ends that `min-max` and `rank` give the worst and the best.
        among: the peer group that regions are compared with; the host's areas, if not given.
        description: what the score means.
        formula_source: where the choice of indicators comes from.
        replaces: the code itself, where it is to take the place of another plugin's.

    Examples:
        >>> both = Composite("both", "Both", {"gdp-per-capita": 2, "exports-per-capita": 1})
        >>> both.weights["gdp-per-capita"], sum(both.weights.values())
        (Fraction(2, 3), Fraction(1, 1))
    """

    code: str = field(validator=check_code)
    label: Label = field(converter=as_label)
    components: tuple[Component, ...] = field(converter=_components)
    normalisation: Normalisation = field(
        default=Normalisation.MIN_MAX, converter=_normalisation, kw_only=True
    )
    aggregation: Aggregation = field(
        default=Aggregation.ARITHMETIC, converter=_aggregation, kw_only=True
    )
    scale: tuple[Fraction, Fraction] = field(
        default=(Fraction(0), Fraction(1)), converter=_scale, kw_only=True
    )
    among: str = field(default="", kw_only=True)
    description: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
    formula_source: str = field(default=HANDBOOK, kw_only=True)
    replaces: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        scored = self.normalisation is Normalisation.Z_SCORE
        if scored and self.aggregation is Aggregation.GEOMETRIC:
            raise InvalidValue(
                f"{self.code!r}: z-scores can be negative, and have no geometric mean: "
                "normalise by min-max or rank"
            )

    @property
    def members(self) -> tuple[str, ...]:
        """The codes of the indicators that it names, and does not bring itself."""
        return tuple(
            component.code for component in self.components if isinstance(component.indicator, str)
        )

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The weights by code; they add up to one."""
        total = sum(component.weight for component in self.components)
        return MappingProxyType(
            {component.code: component.weight / total for component in self.components}
        )

    def normalised(self, values: Mapping[str, Exact], better: Better) -> dict[str, Exact]:
        """One indicator's values, made comparable.

        Args:
            values: of all that are compared, by code.
            better: which way they are better.

        Raises:
            Unavailable: they are all the same.

        Examples:
            >>> both = Composite("both", "Both", ["a", "b"], scale=(0, 100))
            >>> both.normalised({"x": 1, "y": 2, "z": 5}, Better.LOWER)
            {'x': Fraction(100, 1), 'y': Fraction(75, 1), 'z': Fraction(0, 1)}
        """
        if len(set(values.values())) < 2:
            raise Unavailable("all that are compared have the same value: it tells none apart")
        sign = -1 if better is Better.LOWER else 1
        signed = {code: Fraction(sign * value) for code, value in values.items()}
        result = _NORMALISERS[self.normalisation](signed)
        if self.normalisation is Normalisation.Z_SCORE:
            return result
        low, high = self.scale
        return {code: low + (high - low) * share for code, share in result.items()}

    def aggregated(self, normalised: Mapping[str, Exact]) -> Exact:
        """The score of normalised values by the indicators' codes.

        Examples:
            >>> both = Composite("both", "Both", {"a": 1, "b": 3})
            >>> both.aggregated({"a": 1, "b": Fraction(1, 3)})
            Fraction(1, 2)
        """
        weights = self.weights
        if self.aggregation is Aggregation.ARITHMETIC:
            return sum((weights[code] * value for code, value in normalised.items()), Fraction())
        degree = lcm(*(weight.denominator for weight in weights.values()))
        if degree > MOST_DEGREE:
            powers = (power(value, weights[code]) for code, value in normalised.items())
            return prod(powers, start=Fraction(1))
        # one root of an exact product, so that what is equal is so to the last digit
        factors = (value ** int(weights[code] * degree) for code, value in normalised.items())
        return power(prod(factors, start=Fraction(1)), Fraction(1, degree))

    def compared(self, score: Exact) -> Exact:
        """A score as it is compared with others: what is equal in truth is equal."""
        scored = self.normalisation is Normalisation.Z_SCORE
        rounded = scored or self.aggregation is Aggregation.GEOMETRIC
        return settled(score) if rounded else score

    def as_indicator(self, indicators: Mapping[str, Indicator]) -> Indicator:
        """The score against the host's areas as an indicator, a declared rule like any other.

        Args:
            indicators: those that the components name.

        Raises:
            InvalidRule: it is not normalised by min-max: other normalisations are no rule.
        """
        if self.normalisation is not Normalisation.MIN_MAX:
            raise InvalidRule(f"{self.code!r} is normalised by {self.normalisation}: no rule is")
        parts = {
            component.code: self._as_rule(component, component.found(indicators))
            for component in self.components
        }
        return Indicator(
            self.code,
            self._aggregate(parts),
            "1",
            self.label,
            better=Better.HIGHER,
            description=self.description,
            formula_source=self.formula_source,
            topic="composite",
            as_number=True,
        )

    def _as_rule(self, component: Component, indicator: Indicator) -> Rule:
        rule = indicator.rule
        least, greatest = At(Worst(rule), HOST), At(Best(rule), HOST)
        lower = direction(component, indicator) is Better.LOWER
        share = (greatest - rule if lower else rule - least) / (greatest - least)
        low, high = self.scale
        scaled = share if high - low == 1 else (high - low) * share
        return low + scaled if low else scaled

    def _aggregate(self, parts: Mapping[str, Rule]) -> Rule:
        weights = self.weights
        if self.aggregation is Aggregation.ARITHMETIC:
            first, *others = (weights[code] * rule for code, rule in parts.items())
            return sum(others, first)
        degree = lcm(*(weight.denominator for weight in weights.values()))
        if degree > MOST_DEGREE:
            raise InvalidRule(
                f"{self.code!r} is a root of degree {degree}: give weights that are at most "
                f"{MOST_DEGREE} parts of one whole"
            )
        factors = [rule for code, rule in parts.items() for _ in range(int(weights[code] * degree))]
        return Root(prod(factors[1:], start=factors[0]), degree)


def direction(component: Component, indicator: Indicator) -> Better:
    """Which way a component is better.

    Raises:
        InvalidValue: neither it nor the indicator says.
    """
    better = component.better or indicator.better
    if better is Better.NEITHER:
        raise InvalidValue(
            f"{indicator.code!r} does not say which way it is better: "
            "say Component(..., better='higher') or 'lower'"
        )
    return better


def _min_max(values: Mapping[str, Fraction]) -> dict[str, Exact]:
    low, high = min(values.values()), max(values.values())
    return {code: (value - low) / (high - low) for code, value in values.items()}


def _z_score(values: Mapping[str, Fraction]) -> dict[str, Exact]:
    mean = sum(values.values(), Fraction()) / len(values)
    squares = sum(((value - mean) ** 2 for value in values.values()), Fraction())
    deviation = root(squares / len(values), 2)
    return {code: (value - mean) / deviation for code, value in values.items()}


def _rank(values: Mapping[str, Fraction]) -> dict[str, Exact]:
    every = list(values.values())
    shares: dict[str, Exact] = {}
    for code, value in values.items():
        behind = sum(other < value for other in every)
        level = sum(other == value for other in every) - 1
        shares[code] = Fraction(2 * behind + level, 2 * (len(every) - 1))
    return shares


_NORMALISERS: Mapping[Normalisation, Callable[[Mapping[str, Fraction]], dict[str, Exact]]] = {
    Normalisation.MIN_MAX: _min_max,
    Normalisation.Z_SCORE: _z_score,
    Normalisation.RANK: _rank,
}
