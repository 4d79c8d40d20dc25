"""What sources say: the newest edition of each, and what a figure of a year is."""

import re
from fractions import Fraction

STRENGTH = "FEPRA"


def edition_order(text):
    """Numbers inside an edition's name are ordered as numbers."""
    pieces = re.split(r"(\d+)", text)
    return [int(one) if one.isdigit() else one for one in pieces]


def weakest(statuses):
    return min(statuses, key=STRENGTH.index, default="A")


def months_of(season):
    """The months that a part of a year has: all of it where it is empty."""
    if not season:
        return set(range(1, 13))
    if season.startswith("-Q"):
        end = 3 * int(season[2:])
        return {end - 2, end - 1, end}
    return {int(season[1:])}


class Source:
    """All that one source says in its newest edition."""

    def __init__(self, observations):
        self.values = {}
        self.statuses = {}
        for seen in observations:
            if seen.value is not None:
                place = (seen.measure, seen.where, seen.area, seen.period)
                self.values[place] = Fraction(seen.value)
                self.statuses[place] = seen.status

    def ever(self, measure, key, area):
        """Whether there is any figure of an area."""
        return any(place[:3] == (measure, key, area) for place in self.values)

    def countries(self, measure, key, country_of):
        found = {place[2] for place in self.values if place[:2] == (measure, key)}
        return {country_of(area) for area in found}

    def periods(self, measure, year, season):
        """The periods in which a measure is given, of those that a season of a year is made of."""
        given = {place[3] for place in self.values if place[0] == measure}
        wanted = months_of(season)
        if any("-Q" in period for period in given):
            quarters = [number for number in (1, 2, 3, 4) if months_of(f"-Q{number}") <= wanted]
            return [f"{year}-Q{number}" for number in quarters]
        if any("-" in period for period in given):
            return [f"{year}-{month:02}" for month in sorted(wanted)]
        return [str(year)] if len(wanted) == 12 else []

    def read(self, measure, key, area, year, season="", *, last=False):
        """The figures of a year that there are, with their statuses, and how many there should be.

        `year` is `None` for what has no year; `season` is the part of it, as `-Q3` or
        `-02`; of some measures the `last` period alone counts.
        """
        periods = [""] if year is None else self.periods(measure, year, season)
        if last:
            periods = periods[-1:]
        places = [(measure, key, area, period) for period in periods]
        found = [place for place in places if place in self.values]
        values = [self.values[place] for place in found]
        return values, [self.statuses[place] for place in found], len(periods)


def sources_of(world):
    """By name, what each source of a world says in its newest edition."""
    editions = {("survey", world.edition): world.observations}
    editions |= {(one.source, one.edition): one.observations for one in world.layers}
    found = {}
    for name in {source for source, _ in editions}:
        newest = max((e for source, e in editions if source == name), key=edition_order)
        found[name] = Source(editions[name, newest])
    return found
