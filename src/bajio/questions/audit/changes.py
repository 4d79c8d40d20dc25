"""What claims tell of a quantity: levels, ratios and changes since a year, in lines of years."""

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from bajio.claims.claim import Claim
from bajio.claims.relations import About, Relation
from bajio.errors import shown
from bajio.facts.observations import Exact
from bajio.facts.periods import WHOLE, Season
from bajio.indicator import Indicator
from bajio.questions.audit.refusals import undecidable
from bajio.rules import Growth, Lag, Rule
from bajio.units import ONE
from bajio.words.quantities import Counted, Scale, scale_of
from bajio.words.sentences import PeriodName

Line = Mapping[int, Exact]
#: Changes that are told by the earlier figure, which has to be positive.
RELATIVE = frozenset({About.PERCENT, About.MULTIPLE})


def ratio(line: Line, other: Line, *, positive: bool = False) -> Line:
    """One line over another, in the years that both have.

    Args:
        line, other: figures by year.
        positive: whether years in which the divisor is not positive are left out.
    """
    return {
        year: Fraction(value) / other[year]
        for year, value in line.items()
        if year in other and other[year] and (not positive or other[year] > 0)
    }


def only(line: Line, year: int, what: str, season: Season = WHOLE) -> Exact:
    """The figure of a year in a line.

    Raises:
        Unavailable: there is none.
    """
    if year not in line:
        raise undecidable("no-figure", indicator=what, year=PeriodName(year, season))
    return line[year]


def about_of(claim: Claim, indicator: Indicator) -> About:
    """What a claim tells of an indicator, or of a share of it: a level, or which change.

    Raises:
        InvalidValue: it tells points of what is no percentage.
    """
    is_share = claim.relation is Relation.SHARE_OF
    percentage = is_share or (indicator.unit == ONE and not indicator.as_number)
    about = claim.about
    if about is None:
        return About.POINTS if percentage else About.PERCENT
    if about is About.POINTS and not percentage:
        raise undecidable("no-percentage", indicator=shown(indicator.code))
    return about


def scale_about(about: About, indicator: Indicator, *, is_share: bool = False) -> Scale:
    """What a figure of an indicator, or of a share of it, is shown in."""
    if about is About.PERCENT:
        return ONE
    if about is About.POINTS:
        return Counted.POINTS
    if about is About.MULTIPLE:
        return Counted.TIMES
    return ONE if is_share else scale_of(indicator)


def changed(line: Line, since: int, about: About, code: str, season: Season = WHOLE) -> Line:
    """The change since a year in each later one.

    Raises:
        Unavailable: that year has no figure, or one that is not positive where it divides.

    Examples:
        >>> changed({2010: 100, 2018: 259}, 2010, About.MULTIPLE, "gdp")
        {2018: Fraction(259, 100)}
        >>> changed({2010: 100, 2018: 259}, 2010, About.PERCENT, "gdp")
        {2018: Fraction(159, 100)}
    """
    base = Fraction(only(line, since, code, season))
    if about in RELATIVE and base <= 0:
        raise undecidable("not-positive", indicator=code, year=PeriodName(since, season))
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
        return evolve(indicator, rule=rule, unit=ONE)
    rule = indicator.rule - Lag(indicator.rule, years=years)
    return evolve(indicator, rule=rule)
