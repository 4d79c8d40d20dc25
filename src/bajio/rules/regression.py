"""Regressions over members: how much more one value is where another is greater.

Both values are taken in logarithms, so that the line does not depend on their units.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.rules.algebra import (
    ONE,
    Applied,
    Condition,
    Constant,
    Expression,
    MemberTotal,
    OwnFigure,
    Pooled,
)
from bajio.rules.custom import Member
from bajio.rules.functions import told
from bajio.rules.members import OverMembers
from bajio.rules.promises import Trait
from bajio.rules.rule import Rule, as_rule

RESPONSE, EXPLANATORY = "response", "explanatory"
FEWEST = 3
_COUNT = MemberTotal("count", ONE)


@frozen
class Line:
    """The line of ordinary least squares, with a constant, through the members' logarithms.

    Attributes:
        slope: of the line.
        variance: the square of the slope's standard error, by the classical formula: the sum of
            the squared residuals over n − 2, over the sum of the squared deviations of x.
    """

    slope: Expression
    variance: Expression


def fitted(of: Expression, response: Expression) -> Line:
    """The line of a response on another term, both of each member."""
    x, y = _centred(of), _centred(response)
    across = MemberTotal("sum", x * x)
    slope = MemberTotal("sum", x * y) / across
    rest = y - slope * x
    return Line(slope, MemberTotal("sum", rest * rest) / (_COUNT - 2) / across)


def _centred(term: Expression) -> Expression:
    """A term less its mean over the members."""
    return term - MemberTotal("sum", term) / _COUNT


def _logarithm(name: str) -> Expression:
    """The logarithm of a figure over its mean: the same in whatever unit."""
    figure = OwnFigure(name)
    return Applied("logarithm", figure / (MemberTotal("sum", figure) / _COUNT))


LINE = fitted(_logarithm(EXPLANATORY), _logarithm(RESPONSE))


def _not_positive(members: Sequence[Member]) -> str:
    """Names the first member with a value that is not positive, and that value."""
    for member in members:
        worst = min(member.values())
        if worst <= 0:
            return f": {member.area} has {told(worst)}"
    return ""


def _how_few(members: Sequence[Member]) -> str:
    return f", and has {len(members)}"


@frozen(repr=False)
class Regression(OverMembers):
    """Root of what the regression of the members' ln response on their ln explanatory gives.

    With a constant, by ordinary least squares, each member counting the same.

    Attributes:
        response: what is to be explained, as `Sum("gdp") / Lag(Sum("gdp"), 10)`.
        explanatory: what explains it, as `Lag(Sum("gdp"), 10)`.
    """

    is_rounded: ClassVar[bool] = True
    children: ClassVar[tuple[str, ...]] = (RESPONSE, EXPLANATORY)
    #: Whether it depends on how many members there are.
    of_sample: ClassVar[bool] = False
    response: Rule = field(converter=as_rule)
    explanatory: Rule = field(converter=as_rule)

    def traits(self) -> Iterable[Trait]:
        """Of no scale; of the line itself, the same for copies of all members."""
        if self.of_sample:
            return (Trait.SCALE_INVARIANT,)
        return Trait.SCALE_INVARIANT, Trait.REPLICATION_INVARIANT

    def pooled_as(self, value: Expression) -> Pooled:
        """What is wanted of the line as data, with what must hold of the values."""
        return Pooled(value, self.conditions())

    def conditions(self) -> tuple[Condition, ...]:
        """What must hold of the values: positive, of three members, and not one for all."""
        x, y = OwnFigure(EXPLANATORY), OwnFigure(RESPONSE)
        positive = f"{self.name} has no meaning where a value is not positive"
        few = f"a regression needs at least {FEWEST} members"
        same = "a regression has no slope: all members start from the same value"
        return (
            Condition(
                MemberTotal("minimum", y), strict=True, reason=positive, detail=_not_positive
            ),
            Condition(
                MemberTotal("minimum", x), strict=True, reason=positive, detail=_not_positive
            ),
            Condition(_COUNT - FEWEST, strict=False, reason=few, detail=_how_few),
            Condition(
                MemberTotal("maximum", x) - MemberTotal("minimum", x), strict=True, reason=same
            ),
        )


class Elasticity(Regression):
    """The slope: by how many percent more a member's response is where x is one percent more.

    Examples:
        >>> from bajio.rules import Lag, Sum
        >>> print(Elasticity(Sum("gdp") / Lag(Sum("gdp")), Lag(Sum("gdp"))))
        elasticity(Σ gdp ÷ (Σ gdp) 1 year before; (Σ gdp) 1 year before)
    """

    __slots__ = ()
    name: ClassVar[str] = "elasticity"

    def pooled(self) -> Pooled:
        """The slope of the line."""
        return self.pooled_as(LINE.slope)


class ElasticityError(Regression):
    """The standard error of the slope, by the classical formula.

    As a formula: √(Σ residual² ÷ (n − 2) ÷ Σ (x − mean of x)²).
    """

    __slots__ = ()
    name: ClassVar[str] = "standard error of elasticity"
    of_sample: ClassVar[bool] = True

    def pooled(self) -> Pooled:
        """√(Σ residual² ÷ (n − 2) ÷ Σ (x − mean of x)²)."""
        return self.pooled_as(Applied("power", LINE.variance, Fraction(1, 2)))


class HalfLife(Regression):
    """How many spans pass until half of the distance between the members is left.

    As a formula: Ln ½ ÷ ln (1 + slope).

    The response being growth over one span, and the explanatory value that at its start.
    Source: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992).
    """

    __slots__ = ()
    name: ClassVar[str] = "half-life"

    def pooled(self) -> Pooled:
        """Ln ½ ÷ ln (1 + slope)."""
        half = Applied("logarithm", Constant(Fraction(1, 2)))
        return self.pooled_as(half / Applied("logarithm", LINE.slope + 1))

    def conditions(self) -> tuple[Condition, ...]:
        """The slope is between −1 and 0, too."""
        diverge = "no half-life: the members do not converge"
        overtake = "no half-life: the members pass one another within the span"
        return (
            *Regression.conditions(self),
            Condition(0 - LINE.slope, strict=True, reason=diverge),
            Condition(LINE.slope + 1, strict=True, reason=overtake),
        )
