"""Changes since a year: an amount, in percent, in points, or as a multiple, each by itself."""

from fractions import Fraction

from attrs import evolve

from bajio.claims.claim import Claim
from bajio.claims.relations import About
from bajio.errors import InvalidValue, Unavailable, shown
from bajio.indicator import Indicator
from bajio.questions.audit.figures import Line, only
from bajio.rules.nodes import Growth, Lag, Rule
from bajio.units import ONE, Unit
from bajio.words.quantities import Counted, Scale

#: Changes that are told by the earlier figure, which has to be positive.
RELATIVE = frozenset({About.PERCENT, About.MULTIPLE})


def about_of(claim: Claim, indicator: Indicator, unit: Unit) -> About:
    """What a claim tells of a quantity: a level, or which change.

    Args:
        claim: the claim.
        indicator, unit: what it is about, and the unit of what changes: that of a share is 1.

    Raises:
        InvalidValue: it tells points of what is no percentage.
    """
    percentage = unit == ONE and (unit != indicator.unit or not indicator.as_number)
    about = claim.about
    if about is None:
        return About.POINTS if percentage else About.PERCENT
    if about is About.POINTS and not percentage:
        raise InvalidValue(
            f"points are of percentages, and {shown(indicator.code)} is none: "
            "write the change in percent, or as an amount"
        )
    return about


def scale_of(about: About, indicator: Indicator, unit: Unit) -> Scale:
    """What a figure is shown in."""
    if about is About.PERCENT:
        return ONE
    if about is About.POINTS:
        return Counted.POINTS
    if about is About.MULTIPLE:
        return Counted.TIMES
    return Counted.NUMBER if unit == indicator.unit == ONE and indicator.as_number else unit


def changed(line: Line, since: int, about: About, code: str) -> Line:
    """The change since a year in each later one.

    Raises:
        Unavailable: that year has no figure, or one that is not positive where it divides.

    Examples:
        >>> changed({2010: 100, 2018: 259}, 2010, About.MULTIPLE, "gdp")
        {2018: Fraction(259, 100)}
        >>> changed({2010: 100, 2018: 259}, 2010, About.PERCENT, "gdp")
        {2018: Fraction(159, 100)}
    """
    base = Fraction(only(line, since, code))
    if about in RELATIVE and base <= 0:
        raise Unavailable(
            f"{code} of {since} is not positive: a change from it has no percentage, "
            "and is no multiple"
        )
    later = {year: Fraction(value) for year, value in line.items() if year > since}
    match about:
        case About.PERCENT:
            return {year: (value - base) / base for year, value in later.items()}
        case About.MULTIPLE:
            return {year: value / base for year, value in later.items()}
        case _:
            return {year: value - base for year, value in later.items()}


def changed_indicator(indicator: Indicator, about: About, years: int) -> Indicator:
    """An indicator of the change over so many years, as peers are ranked by."""
    rule: Rule
    if about is About.PERCENT:
        rule = Growth(indicator.rule, years=years, nominal=True)
        return evolve(indicator, rule=rule, unit=ONE, as_number=False)
    rule = indicator.rule - Lag(indicator.rule, years=years)
    return evolve(indicator, rule=rule)
