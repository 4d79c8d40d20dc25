"""Specialisations: the activities that a region has most of, and the member that drives each."""

import sys
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Unpack

from attrs import field, frozen

from bajio.amounts import exact_number
from bajio.brief import Brief
from bajio.errors import InvalidValue, shown
from bajio.facts.classifications import LEAVES
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.asking import registry_with, unranked_options
from bajio.questions.breakdown import Breakdown, indicators_of_table, tabulate
from bajio.questions.choices import Options, RegionLike, Unranked
from bajio.questions.reported import Reported
from bajio.questions.results import Result
from bajio.questions.single import number_of, table_of
from bajio.questions.variants import as_asked
from bajio.registry import Registry
from bajio.rules.plan import HOST
from bajio.rules.rule import Rule
from bajio.words.phrasebook import label


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return dict(values)


@frozen(repr=False)
class Specialisation(Brief):
    """An activity that a region has more of than what it is held against.

    Attributes:
        activity: code of the activity.
        label: what it is called, by language.
        quotient: the region's location quotient; `quotient.members` has each member's own.
        share: the activity's share in the region's value added.
        added: what each member adds to the quotient less one, exactly, by its code.
    """

    activity: str
    label: Label
    quotient: Result
    share: Exact
    added: Mapping[str, Exact]
    _asked: "_PullsAsked" = field(eq=False, repr=False)

    @cached_property
    def pulls(self) -> Breakdown:
        """What each member adds, as a table, with what it comes from."""
        return self._asked.pulls(self.activity)

    @property
    def driver(self) -> str:
        """Code of the member that adds most; the first by code where several add the same."""
        return min(self.added, key=lambda code: (-self.added[code], code))


@frozen(repr=False)
class Specialisations(Reported):
    """The strongest specialisations of a region, in one period.

    Attributes:
        region, period: what was asked.
        against: what it is held against: the host, or a region's code.
        level: `leaves`, or the category whose parts the activities are.
        rows: the greatest location quotient first.
        missing: the reason of each activity without a quotient.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> top = bajio.specialisations("bajio", top=3, year=2018)
        >>> [(row.activity, round(row.quotient.value, 2), row.driver) for row in top.rows]
        [('315-316', 2.75, 'MX-GUA'), ('333-336', 1.95, 'MX-SLP'), ('322-323', 1.72, 'MX-QUE')]
        >>> first = top.rows[0]
        >>> sum(first.pulls.exact.values()) == first.quotient.exact - 1
        True
    """

    region: Region
    period: str
    against: str
    level: str
    rows: tuple[Specialisation, ...]
    missing: Mapping[str, str] = field(converter=_plain)
    registry: Registry = field(eq=False, repr=False)

    @property
    def year(self) -> int:
        """The year that the period is, or lies in."""
        return year_of(self.period)


def specialisations(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    top: int = 10,
    least_share: Fraction | float = 0,
    registry: Registry | None = None,
    **options: Unpack[Unranked],
) -> Specialisations:
    """The activities that a region has most of, by location quotient, and what drives each.

    A member's pull is what it makes of the activity, less what it would make with the structure
    of the place that the region is held against, both over what the region would make: the
    members' pulls add up to the location quotient less one. The driver has the greatest.

    Args:
        region, data, registry, options: as in `profile`; `against` and `level` among them.
        top: how many, at most; those with a quotient of one or less are no specialisations.
        least_share: the least share in the region's value added, from 0 to 1.

    Raises:
        InvalidValue: `top` is no number from 1 on, or the share is none.
        Unavailable: there are no figures, with the reason.
    """
    if type(top) is not int or top < 1:
        raise InvalidValue(f"the top {shown(top)}: give a whole number from 1 on")
    least = exact_number(least_share)
    if not 0 <= least <= 1:
        raise InvalidValue(f"a least share of {shown(least_share)}: give a number from 0 to 1")
    known = registry_with(registry, data)
    chosen = unranked_options(known, options)
    asked = known.region(region)
    quotients = table_of(known, _variant(known, "location-quotient", chosen), asked, chosen)
    assert quotients.period is not None
    year = quotients.year
    level, against = chosen.level or LEAVES, chosen.against or HOST
    of = _PullsAsked(known, asked, chosen.but(year=year, against=None, level=None), level, against)
    strongest = sorted(
        (
            (cell, cell.answer)
            for cell in quotients.cells
            if isinstance(cell.answer, Result) and cell.answer.low > 1
        ),
        key=lambda pair: (-(pair[0].exact or 0), pair[0].key),
    )
    rows = (
        Specialisation(cell.key, cell.label, quotient, share, of.added(quotient), of)
        for cell, quotient in strongest
        if (share := of.share(cell.key)) >= least
    )
    shown_rows = tuple(islice(rows, min(top, sys.maxsize)))
    return Specialisations(
        asked, quotients.period, against, level, shown_rows, quotients.missing, known
    )


def _variant(registry: Registry, code: str, options: Options) -> Indicator:
    """A built-in indicator as the options ask for it."""
    return as_asked(registry, [registry.indicator(code)], options)[0]


@frozen(eq=False, repr=False)
class _PullsAsked(Brief):
    """What members' pulls are asked of."""

    registry: Registry
    region: Region
    options: Options
    level: str
    against: str

    def pulls(self, activity: str) -> Breakdown:
        """What each member adds to the quotient of an activity less one."""
        from bajio.indicators.structure import member_pulls

        rule = member_pulls(activity, self.level, self.against)
        return self._table("location-quotient-pull", rule, label("specialisation.pull"))

    def added(self, quotient: Result) -> dict[str, Exact]:
        """The same from the quotient: how far each member's own is from one, by its weight."""
        return {
            figure.area: self._weights[figure.area] * (Fraction(figure.exact or 0) - 1)
            for figure in quotient.members
        }

    @cached_property
    def _shares(self) -> Mapping[str, Indicator]:
        """An activity's share in what the region makes, as an indicator for each."""
        options = self.options.but(level=None if self.level == LEAVES else self.level)
        shares = _variant(self.registry, "activity-shares", options)
        return indicators_of_table(self.registry, shares, self.region, options)

    def share(self, activity: str) -> Exact:
        """An activity's share in what the region makes."""
        indicator = self._shares[activity]
        return number_of(self.registry, indicator, self.region, self.options.but(peers=None)).exact

    @cached_property
    def _weights(self) -> Mapping[str, Exact]:
        """Each member's share in what the region makes."""
        from bajio.indicators.structure import MADE, made_of_all

        unit = self.registry.dataset.measure(MADE).unit
        every = Indicator("made", made_of_all(self.level), unit, Label("made"))
        whole = number_of(self.registry, every, self.region, self.options.but(peers=None))
        return {
            figure.area: Fraction(figure.exact) / whole.exact
            for figure in whole.members
            if figure.exact is not None
        }

    def _table(self, code: str, rule: Rule, name: Label) -> Breakdown:
        indicator = Indicator(code, rule, "1", name, as_number=True)
        return tabulate(self.registry, indicator, self.region, self.options)
