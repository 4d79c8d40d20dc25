"""Regressions over members: how much more one value is where another is greater.

Both values are taken in logarithms, so that the line does not depend on their units.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.errors import Unavailable
from bajio.rules.custom import Member
from bajio.rules.functions import Exact, logarithm, root, told
from bajio.rules.nodes import OverMembers, Rule, as_rule

RESPONSE, EXPLANATORY = "response", "explanatory"
FEWEST = 3
Points = Sequence[tuple[Fraction, Fraction]]


@frozen
class Line:
    """A line fitted by ordinary least squares, with a constant.

    Attributes:
        slope: of the line.
        variance: the square of the slope's standard error, by the classical formula: the sum of
            the squared residuals over n − 2, over the sum of the squared deviations of x.
    """

    slope: Fraction
    variance: Fraction


def least_squares(points: Points) -> Line:
    """The line of ordinary least squares through pairs of x and y, exactly.

    Raises:
        Unavailable: fewer than three points, or one and the same x.

    Examples:
        >>> line = least_squares([(Fraction(x), Fraction(y)) for x, y in [(1, 1), (2, 3), (3, 2)]])
        >>> line.slope, line.variance
        (Fraction(1, 2), Fraction(3, 4))
    """
    count = len(points)
    if count < FEWEST:
        raise Unavailable(f"a regression needs at least {FEWEST} members, and has {count}")
    middle_x = sum((x for x, _ in points), Fraction()) / count
    middle_y = sum((y for _, y in points), Fraction()) / count
    pairs = [(x - middle_x, y - middle_y) for x, y in points]
    across = sum((x * x for x, _ in pairs), Fraction())
    if not across:
        raise Unavailable("a regression has no slope: all members start from the same value")
    slope = sum((x * y for x, y in pairs), Fraction()) / across
    residuals = sum(((y - slope * x) ** 2 for x, y in pairs), Fraction())
    return Line(slope, residuals / (count - 2) / across)


def _logarithms(values: Sequence[Fraction]) -> list[Fraction]:
    """The logarithms of values over their mean: in whatever unit, the same to the last digit."""
    mean = sum(values, Fraction()) / len(values)
    return [Fraction(logarithm(value / mean)) for value in values]


@frozen
class Regression(OverMembers):
    """Root of what the regression of the members' ln response on their ln explanatory gives.

    With a constant, by ordinary least squares, each member counting the same.

    Attributes:
        response: what is to be explained, as `Sum("gdp") / Lag(Sum("gdp"), 10)`.
        explanatory: what explains it, as `Lag(Sum("gdp"), 10)`.
    """

    is_rounded: ClassVar[bool] = True
    children: ClassVar[tuple[str, ...]] = (RESPONSE, EXPLANATORY)
    response: Rule = field(converter=as_rule)
    explanatory: Rule = field(converter=as_rule)

    def of(self, members: Sequence[Member]) -> Exact:
        """The measure for members with a response and an explanatory value each.

        Raises:
            Unavailable: fewer than three members, one and the same explanatory value for all, or
                a value that is not positive.
        """
        for member in members:
            worst = min(member.values())
            if worst <= 0:
                raise Unavailable(
                    f"{self.name} has no meaning where a value is not positive: "
                    f"{member.area} has {told(worst)}"
                )
        x = _logarithms([member[EXPLANATORY] for member in members])
        y = _logarithms([member[RESPONSE] for member in members])
        return self.measure(least_squares(list(zip(x, y, strict=True))))

    def measure(self, line: Line) -> Exact:
        """What is wanted of the line."""
        raise NotImplementedError


@frozen
class Elasticity(Regression):
    """The slope: by how many percent more a member's response is where x is one percent more.

    Examples:
        >>> from bajio.rules.nodes import Lag, Sum
        >>> print(Elasticity(Sum("gdp") / Lag(Sum("gdp")), Lag(Sum("gdp"))))
        elasticity(Σ gdp ÷ (Σ gdp) 1 year before; (Σ gdp) 1 year before)
    """

    name: ClassVar[str] = "elasticity"

    def measure(self, line: Line) -> Exact:
        """The slope of the line."""
        return line.slope


@frozen
class ElasticityError(Regression):
    """The standard error of the slope, by the classical formula."""

    name: ClassVar[str] = "standard error of elasticity"

    def measure(self, line: Line) -> Exact:
        """√(Σ residual² ÷ (n − 2) ÷ Σ (x − mean of x)²)."""
        return root(line.variance, 2)


@frozen
class HalfLife(Regression):
    """How many spans pass until half of the distance between the members is left.

    The response being growth over one span, and the explanatory value that at its start.
    Source: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992).
    """

    name: ClassVar[str] = "half-life"

    def measure(self, line: Line) -> Exact:
        """Ln ½ ÷ ln (1 + slope).

        Raises:
            Unavailable: the slope is not between −1 and 0.
        """
        if line.slope >= 0:
            raise Unavailable("no half-life: the members do not converge")
        if line.slope <= -1:
            raise Unavailable("no half-life: the members pass one another within the span")
        return Fraction(logarithm(Fraction(1, 2))) / logarithm(1 + line.slope)
