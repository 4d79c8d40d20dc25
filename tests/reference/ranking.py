"""Where a region stands, what share of its host it is, and which year answers."""

from fractions import Fraction

from reference.evaluation import Refused, stands


class Ranking:
    """A region among the peers of a group, by a rule."""

    def __init__(self, reference, rule, region, year, *, lower=False, host="keep"):
        self.reference = reference
        self.rule = rule
        self.region = region
        self.year = year
        self.lower = lower
        self.host = host
        self.own = reference.evaluate(rule, region, year).value
        self.members = reference.members(region, year, "newest")

    def among(self, group, regions):
        """Position, of, the tied, and the missing, among those that are in a group in the year."""
        codes = {stay.area for stay in group.memberships if stands(stay, self.year)}
        values, missing = {}, set()
        for code in sorted(codes):
            region = regions[code]
            theirs = self.reference.members(region, self.year, "newest")
            if not theirs or all(self.inside(area, self.members) for area in theirs):
                continue
            if self.contains(region) and self.host == "drop":
                continue
            try:
                values[code] = self.reference.evaluate(self.rule, region, self.year).value
            except Refused:
                missing.add(code)
        if self.lower:
            better = [code for code, value in values.items() if value < self.own]
        else:
            better = [code for code, value in values.items() if value > self.own]
        tied = {code for code, value in values.items() if value == self.own}
        return len(better) + 1, len(values) + 1, tied, missing

    def contains(self, region):
        """Whether a peer contains the region."""
        theirs = self.reference.members(region, self.year, "newest")
        return all(self.inside(area, theirs) for area in self.members)

    def inside(self, area, outer):
        return any(self.reference.lies_in(area, one) for one in outer)


def share_of_host(reference, rule, region, year):
    """A sum over that of the host: published, or of all its parts; `None` where there is none."""
    own = reference.evaluate(rule, region, year)
    members = reference.members(region, year, "newest")
    countries = {reference.country_of(code) for code in members}
    if len(countries) > 1 or countries & set(members):
        return None
    try:
        whole = reference.evaluate_host(rule, region, year)
    except Refused:
        return None
    return Fraction(own.value) / whole if whole else None


def newest_year(reference, rule, region, peers, years):
    """The newest year in which a region is complete, and three quarters of the peers that ever are.

    Where no year reaches that, the year with the most peers counts as all of them.
    """

    def answers(one, year):
        try:
            reference.evaluate(rule, one, year)
        except Refused:
            return False
        return True

    complete = [year for year in sorted(years, reverse=True) if answers(region, year)]
    having = {year: {code for code, one in peers(year) if answers(one, year)} for year in years}
    ever = set().union(*having.values())
    if not complete:
        return None
    for year in complete:
        there = {code for code, _ in peers(year)}
        if 4 * len(having[year]) >= 3 * len(ever & there):
            return year
    most = max(len(having[year]) for year in complete)
    return next(year for year in complete if 4 * len(having[year]) >= 3 * most)
