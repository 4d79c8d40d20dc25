"""The value of a rule for a region, by what the words mean."""

from dataclasses import dataclass
from fractions import Fraction

from reference.figures import sources_of, weakest
from reference.spreads import FUNCTIONS, OVER_MEMBERS, SPREADS, NoValue

YEAR = 2020


class Refused(Exception):
    """There is no number, and why: `lacking`, `undefined`, `empty` or `no host`."""

    def __init__(self, why, areas=()):
        super().__init__(why)
        self.why = why
        self.areas = frozenset(areas)


@dataclass(frozen=True)
class Answer:
    """A number with how much of what it needs was there."""

    value: Fraction
    status: str
    members: Fraction
    missing: frozenset


@dataclass(frozen=True)
class Place:
    """Where and when a figure is taken, of which category, in what money."""

    where: str = "self"
    lag: int = 0
    span: int = 1
    category: tuple = ()
    money: tuple = ()


@dataclass(frozen=True)
class Figure:
    """What is read of each member at once: the product of some measures, in a year and a money."""

    cells: tuple
    lag: int
    money: tuple


def kind(rule):
    return type(rule).__name__


class Reference:
    """A world, and what is true of it: of whole years, or of a season of each, as `-Q3`."""

    def __init__(self, world, season=""):
        self.world = world
        self.season = season
        self.sources = sources_of(world)
        self.measures = {one.code: one for one in world.measures}
        self.areas = {one.code: one for one in world.areas}

    # Areas

    def country_of(self, code):
        while self.areas[code].within:
            code = self.areas[code].within
        return code

    def lies_in(self, code, outer):
        while code is not None:
            if code == outer:
                return True
            code = self.areas[code].within
        return False

    def parts_of(self, code, like):
        return sorted(
            one.code
            for one in self.areas.values()
            if one.kind == like and one.code != code and self.lies_in(one.code, code)
        )

    def levels_of(self, code):
        """The kinds of the areas, the nearest first, of which an area can be the sum."""
        kinds = {one.kind for one in self.areas.values()} - {"unallocated"}
        return [self.parts_of(code, like) for like in sorted(kinds, reverse=True)]

    def members(self, region, year, membership):
        """Codes of the members: in a year, or of the newest composition."""
        stays = region.memberships
        if membership == "as-of":
            return sorted({one.area for one in stays if stands(one, year)})
        now = sorted({one.area for one in stays if stands(one, self.today)})
        if now or not stays:
            return now
        ended = [one.left for one in stays if one.left is not None and one.left <= self.today]
        if ended:
            return sorted({one.area for one in stays if stands(one, max(ended) - 1)})
        first = min(one.joined for one in stays if one.joined is not None)
        return sorted({one.area for one in stays if stands(one, first)})

    @property
    def today(self):
        return YEAR

    # Rules

    def evaluate(self, rule, region, year, *, missing="refuse", membership="newest"):
        """The value of a rule for a region in a year.

        Raises:
            Refused: there is none.
        """
        return _Evaluation(self, rule, region, year, missing, membership).answer()

    def evaluate_host(self, rule, region, year):
        """The value of a rule for the country that a region lies in: published, or of its parts.

        Raises:
            Refused: there is none.
        """
        asked = _Evaluation(self, rule, region, year, "refuse", "newest")
        kinds = {self.areas[code].kind for code in asked.own}
        parts = self.parts_of(asked.host, kinds.pop()) if len(kinds) == 1 else []
        asked.everywhere = [asked.host]
        try:
            return asked.answer().value
        except Refused:
            asked.everywhere = [*parts, *asked.unallocated(asked.host)] if parts else None
            return asked.answer().value


def stands(stay, year):
    return (stay.joined is None or stay.joined <= year) and (stay.left is None or year < stay.left)


class _Evaluation:
    def __init__(self, reference, rule, region, year, missing, membership):
        self.reference = reference
        self.rule = rule
        self.year = year
        self.partial = missing == "partial"
        self.everywhere = None
        self.needs = {}
        self.find(rule, Place())
        self.region = region
        self.membership = membership
        self.own = reference.members(region, year, self.membership)
        if not self.own:
            raise Refused("empty")
        countries = {reference.country_of(code) for code in self.own}
        whole = len(countries) > 1 or countries & set(self.own)
        self.host = None if whole else countries.pop()

    # What is needed of whom

    def note(self, place, *cells):
        """Write down that a figure is needed at a place, in each year of its span."""
        for back in self.years_of(place, cells):
            figure = self.figure(place, cells, back)
            self.needs.setdefault(place.where, {})[figure] = None

    def years_of(self, place, cells):
        """How many years back the years of a span are: of a stock at the end, the last alone."""
        times = {self.reference.measures[code].time.value for code, _ in cells}
        return range(1 if times == {"end"} else place.span)

    def figure(self, place, cells, back=0):
        priced = any(self.reference.measures[code].prices for code, _ in cells)
        timeless = all(self.reference.measures[code].time.value == "timeless" for code, _ in cells)
        lag = 0 if timeless and cells else place.lag + back
        return Figure(tuple(cells), lag, place.money if priced else ())

    def cell(self, code, where, place):
        """A measure with its categories: those that are named, else the one that is summed over."""
        known = dict(where)
        measure = self.reference.measures[code]
        key = tuple(known.get(name, dict(place.category).get(name)) for name in measure.dimensions)
        return code, key

    def find(self, rule, place):
        match kind(rule):
            case "Number":
                return
            case "Sum" | "Minimum" | "Maximum":
                self.note(place, self.cell(rule.measure, rule.where, place))
            case "Mean":
                self.note(place, self.cell(rule.measure, rule.where, place))
            case "WeightedMean":
                cell = self.cell(rule.measure, rule.where, place)
                self.note(place, cell, (self.weight(rule), ()))
                self.note(place, (self.weight(rule), ()))
            case "Growth":
                self.find(rule.rule, place)
                self.find(rule.rule, moved(place, lag=place.lag + rule.years))
            case "Share":
                self.find(rule.rule, place)
                self.find(rule.rule, moved(place, where=rule.of))
            case name if name in SPREADS | OVER_MEMBERS:
                where = "parts-of-host" if place.where == "host" else place.where
                for child in rule.children:
                    self.find(getattr(rule, child), moved(place, where=where))
            case "Across":
                for key in self.level(rule):
                    self.find(rule.rule, moved(place, category=((rule.dimension, key),)))
            case _:
                inner, at = self.narrowed(rule, place)
                for one in inner:
                    self.find(one, at)

    def narrowed(self, rule, place):
        """The rules inside one, and where they are taken."""
        match kind(rule):
            case "Lag":
                place = moved(place, lag=place.lag + rule.years)
            case "Over":
                place = moved(place, span=rule.years)
            case "At":
                place = moved(place, where=rule.place)
            case "Convert":
                place = moved(place, money=(("to", rule.to, rule.at), *place.money))
            case "Deflate":
                place = moved(place, money=(("of", rule.base, rule.by), *place.money))
        return [getattr(rule, name) for name in rule.children], place

    def weight(self, rule):
        return rule.weight or self.reference.measures[rule.measure].weight

    def level(self, rule):
        """The leaves of the activities of a world, or the parts of one of them."""
        return {"leaves": ("a1", "a2", "b"), "all": ("a", "b"), "a": ("a1", "a2")}[rule.level]

    # Who enters

    def answer(self):
        self.groups = {}
        reference, lacking = self.reference, set()
        present = every = 0
        broken = False
        statuses = []
        for where, figures in self.needs.items():
            for figure in figures:
                composed = tuple(self.composition(where, figure.lag))
                self.groups.setdefault((where, composed), []).append(figure)
        self.entering = {}
        self.terms = {}
        for (where, composed), figures in self.groups.items():
            if not composed:
                raise Refused("empty")
            entered = []
            for area in composed:
                read = self.terms_of(area, where, figures)
                if any(one is None for one in read.values()):
                    lacking.add(area)
                    continue
                entered.append(area)
                for figure, (value, own) in read.items():
                    self.terms[where, figure, area] = value
                    statuses += own
            for figure in figures:
                self.entering[where, figure.lag, figure] = entered
            broken |= not entered or (where != "self" and len(entered) < len(composed))
            if where == "self":
                present += len(entered)
                every += len(composed)
        if broken or (lacking and not self.partial):
            rates = {"Convert", "Deflate"} & set(nodes(self.rule))  # which are their countries'
            raise Refused(
                "lacking", lacking | {reference.country_of(one) for one in lacking if rates}
            )
        try:
            value = self.value(self.rule, Place())
        except (ZeroDivisionError, NoValue):
            raise Refused("undefined") from None
        covered = Fraction(present, every) if every else Fraction(1)
        return Answer(Fraction(value), weakest(statuses), covered, frozenset(lacking))

    def composition(self, where, lag):
        reference = self.reference
        if where == "self" and self.everywhere:
            return self.everywhere
        if where == "self":
            return reference.members(self.region, self.year - lag, self.membership)
        if where in {"host", "parts-of-host"}:
            if self.host is None:
                raise Refused("no host")
            kinds = {reference.areas[code].kind for code in self.own}
            parts = reference.parts_of(self.host, kinds.pop()) if len(kinds) == 1 else None
            if where == "parts-of-host":
                if parts is None:
                    raise Refused("no host")
                return parts
            collects = any(name in SPREADS | OVER_MEMBERS for name in nodes(self.rule))
            if not collects and self.is_published(self.host):
                return [self.host]
            if parts and all(map(self.is_published, parts)):
                return [*parts, *self.unallocated(self.host)]
            return [self.host]
        return [where]

    def is_published(self, area):
        """Whether an area has a figure, of any year, of all that the rule reads."""
        return all(
            self.source(code, key).ever(code, key, area)
            for figures in self.needs.values()
            for figure in figures
            for code, key in figure.cells
        )

    def unallocated(self, area):
        """What an area has and none of its parts, where a rule of sums can count it."""
        others = {"Mean", "WeightedMean", "Minimum", "Maximum", *SPREADS, *OVER_MEMBERS}
        if others & set(nodes(self.rule)):
            return []
        return [
            code for code in self.reference.parts_of(area, "unallocated") if self.is_published(code)
        ]

    # Figures

    def source(self, code, key):
        """The source that answers for the region: for countries the international one."""
        named = self.reference.sources
        atlas, survey = named.get("atlas"), named["survey"]
        if atlas is None:
            return survey
        countries = {self.reference.country_of(area) for area in self.own}
        abroad = len(countries) > 1 or countries & set(self.own) or countries != {"HHH"}
        lies_in = self.reference.lies_in
        inside = [one for one in self.reference.areas if any(lies_in(one, a) for a in self.own)]
        if abroad and any(atlas.ever(code, key, area) for area in inside):
            return atlas
        return survey

    def terms_of(self, area, where, figures):
        """What an area adds by itself; where it lacks something, as the sum of its parts."""
        every = self.needs[where]
        if any(self.read(figure, area) is None for figure in every):
            rolled = self.of_parts(area, where)
            if rolled is not None:
                return {figure: rolled[figure] for figure in figures}
        return {figure: self.read(figure, area, self.partial and "some") for figure in figures}

    def of_parts(self, area, where):
        """The terms of all parts of one kind together; `None` where one of them lacks something."""
        if not all(map(self.adds, self.needs[where])):
            return None
        for parts in self.reference.levels_of(area):
            found = [self.whole(part, where) for part in [*parts, *self.unallocated(area)]]
            if parts and None not in found:
                return {
                    figure: (
                        sum(one[figure][0] for one in found),
                        [status for one in found for status in one[figure][1]],
                    )
                    for figure in self.needs[where]
                }
        return None

    def whole(self, area, where):
        """The terms of an area that lacks nothing, itself or in its parts."""
        own = {figure: self.read(figure, area) for figure in self.needs[where]}
        return own if None not in own.values() else self.of_parts(area, where)

    def adds(self, figure):
        """Whether an area's term is the sum of its parts' terms."""
        kinds = [self.reference.measures[code].kind.value for code, _ in figure.cells]
        return kinds.count("extensive") == 1

    def read(self, figure, area, periods="all"):
        """A member's term with the statuses of what is in it; `None` where something is missing.

        A stock can be averaged over `some` of the periods of a year.
        """
        product = Fraction(1)
        statuses = []
        for code, key in figure.cells:
            found = self.of_year(self.source(code, key), (code, key, area), figure.lag, periods)
            if found is None:
                return None
            value, own = found
            product *= value
            statuses += own
            if figure.money and self.reference.measures[code].prices:
                rate = self.rate(figure, self.reference.measures[code], area)
                if rate is None:
                    return None
                product *= rate[0]
                statuses += rate[1]
        return product, statuses

    def of_year(self, source, place, lag, periods):
        """A year's figure: a flow's periods summed, a stock's averaged or its last."""
        code, key, area = place
        time = self.reference.measures[code].time.value
        year = None if time == "timeless" else self.year - lag
        season = self.reference.season
        values, statuses, of = source.read(code, key, area, year, season, last=time == "end")
        if not values or (len(values) < of and not (periods == "some" and time == "stock")):
            return None
        total = sum(values)
        return (total / len(values) if time == "stock" else total), statuses

    def rate(self, figure, measure, area):
        """What turns an area's own money into the money that is asked for."""
        product = Fraction(1)
        statuses = []
        survey = self.reference.sources["survey"]
        country = self.reference.country_of(area)
        own = str(measure.unit).split("_")[0]
        for step, target, by in figure.money:
            if step == "to" and own == target:
                continue
            years = [self.year - figure.lag]
            if step == "of":
                years = [target, *years]
            read = []
            for at, year in enumerate(years):
                season = "" if step == "of" and not at else self.reference.season
                values, found, of = survey.read(by, (), country, year, season)
                if not of or len(values) < of or not sum(values):
                    return None
                read.append(sum(values) / of)
                statuses += found
            if step == "to":
                product /= read[0]
                own = target
            else:
                product *= read[0] / read[1]
        return product, statuses

    # Values

    def total(self, place, cells, fold=sum):
        """A fold of the members' terms, over the years of the span."""
        found = []
        for back in self.years_of(place, cells):
            figure = self.figure(place, cells, back)
            entered = self.entering[place.where, figure.lag, figure]
            found.append(fold([self.terms[place.where, figure, area] for area in entered]))
        measures = [self.reference.measures[code] for code, _ in cells]
        if all(one.time.value == "timeless" for one in measures):
            return found[0]
        stock = all(one.time.value in {"stock", "end"} for one in measures)
        return sum(found) / len(found) if stock else sum(found)

    def value(self, rule, place):
        match kind(rule):
            case "Number":
                return Fraction(rule.value)
            case "Arithmetic":
                left, right = self.value(rule.left, place), self.value(rule.right, place)
                return {
                    "+": lambda: left + right,
                    "−": lambda: left - right,
                    "×": lambda: left * right,
                    "÷": lambda: left / right,
                }[rule.operator.value]()
            case "Sum":
                return self.total(place, [self.cell(rule.measure, rule.where, place)])
            case "Minimum":
                return self.total(place, [self.cell(rule.measure, rule.where, place)], min)
            case "Maximum":
                return self.total(place, [self.cell(rule.measure, rule.where, place)], max)
            case "Mean":
                cells = [self.cell(rule.measure, rule.where, place)]
                figure = self.figure(place, cells)
                return self.total(place, cells) / len(
                    self.entering[place.where, figure.lag, figure]
                )
            case "WeightedMean":
                weight = (self.weight(rule), ())
                cell = self.cell(rule.measure, rule.where, place)
                return self.total(place, [cell, weight]) / self.total(place, [weight])
            case "Growth":
                before = self.value(rule.rule, moved(place, lag=place.lag + rule.years))
                if before <= 0:
                    raise NoValue
                return (self.value(rule.rule, place) - before) / before
            case "Share":
                whole = self.value(rule.rule, moved(place, where=rule.of))
                return self.value(rule.rule, place) / whole
            case "Across":
                return sum(
                    self.value(rule.rule, moved(place, category=((rule.dimension, key),)))
                    for key in self.level(rule)
                )
            case name if name in SPREADS | OVER_MEMBERS:
                return self.over_members(rule, name, place)
            case name if name in FUNCTIONS:
                return FUNCTIONS[name](rule, self.value(rule.rule, place))
        [inner], at = self.narrowed(rule, place)
        return self.value(inner, at)

    def over_members(self, rule, name, place):
        """A function of what a rule is for each member alone."""
        where = "parts-of-host" if place.where == "host" else place.where
        there = moved(place, where=where)
        entered = None
        for (own, _), figures in self.groups.items():
            if own == where:
                entered = self.entering[where, figures[0].lag, figures[0]]
        everyone = dict(self.entering)
        columns = []
        for area in entered:
            alone = {key: [area] if key[0] == where else who for key, who in everyone.items()}
            self.entering = alone
            columns.append([self.value(getattr(rule, child), there) for child in rule.children])
        self.entering = everyone
        return (SPREADS | OVER_MEMBERS)[name](rule, columns)


def moved(place, **changes):
    return Place(**{**vars(place), **changes})


def nodes(rule):
    """Names of all nodes of a rule."""
    yield kind(rule)
    for name in rule.children:
        yield from nodes(getattr(rule, name))
