"""Numbers of many regions: what a question knows of each, for the array engine to work out."""

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.engines.outcome import Lacking, Outcome, Refusal
from bajio.errors import BajioError, InvalidRegion, Unavailable
from bajio.facts.areas import UNALLOCATED
from bajio.facts.regions import Region
from bajio.indicator import Better, Indicator
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.choices import Options
from bajio.questions.peers import Peers
from bajio.questions.question import (
    Question,
    Uncovered,
    ask,
    bound_for,
    population_indicator,
)
from bajio.questions.ranking import field_of, made_of, rank_outcome
from bajio.questions.results import Missed, Result, SourceUse
from bajio.questions.single_answer import try_answer
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.engines.array import (
        ExactAnswer,
        Groups,
        PeerStandings,
        Prepared,
        RegionGroup,
        Surrounding,
    )


@frozen(eq=False)
class RegionNumber:
    """One number of each region: an indicator, or one key of a table.

    Attributes:
        registry, memberships, indicator, options: what is asked.
        year: the period.
        timeless: whether the number has none.
        dated: whether members are those of each period.
        key: code of the area that a region must have for a value; empty: none.
    """

    registry: Registry = field(repr=False)
    memberships: Memberships
    indicator: Indicator
    options: Options
    year: int
    timeless: bool
    dated: bool
    key: str = ""

    @property
    def areas(self) -> tuple[str, ...]:
        """Codes of all areas, by position."""
        return self.memberships.areas

    @property
    def period(self) -> str | None:
        """In SDMX notation; `None` for what has none."""
        return None if self.timeless else self.options.season.text(self.year)

    @property
    def member(self) -> int | None:
        """The position of the area that a region must have for a value, if there is one."""
        return self.areas.index(self.key) if self.key else None

    @property
    def lags(self) -> frozenset[int]:
        """How many years before the period it is read."""
        return frozenset(self.registry.plan(self.indicator.rule).lags)

    def groups(self) -> "Groups":
        """The regions, as this number alone needs them grouped."""
        return grouped([self])

    def ask(self, row: int) -> "ExactAnswer":
        """What the exact engine says of a region, by its place among all."""
        from bajio.engines.array import ExactAnswer

        question = None
        try:
            region = self.memberships.region(row)
            question = ask(self.registry, self.indicator, region, self.options)
            outcome = question.outcome(self.year)
        except BajioError as error:
            return ExactAnswer(None, _refusal(error, known=question is not None))
        covered = outcome.coverage
        return ExactAnswer(
            outcome.low,
            members=covered.members,
            weight=covered.weight,
            periods=covered.periods,
            status=outcome.status,
            place=self._place(question, outcome),
        )

    def _place(self, question: Question, outcome: Outcome) -> tuple[int, int, int, int] | None:
        if self.options.peers is None:
            return None
        try:
            rank = rank_outcome(field_of(question, self.year), outcome)
        except BajioError:
            return None
        return rank.position, rank.of, len(rank.tied), len(rank.peers_missing)

    def alone(self, region: Region) -> Result | Missed:
        """The answer for one of the regions, by itself."""
        options = self.options.but(year=self.year)
        return try_answer(self.registry, self.indicator, region, options)

    def sources(self) -> tuple[SourceUse, ...]:
        """What the numbers come from."""
        uses: dict[SourceUse, None] = {}
        for group in self.groups().seen():
            if self.prepared(group).bound is not None:
                uses.update(dict.fromkeys(self._question(group).sources(self.year)))
        return tuple(uses)

    def prepared(self, group: "RegionGroup") -> "Prepared":
        """The number, ready for the regions of a group; kept by the registry."""
        key = "bulk", self.indicator, group, self.options, self.areas, self.year, self.dated
        return self.registry.keep(key, lambda: self._prepared(group))

    def _prepared(self, group: "RegionGroup") -> "Prepared":
        from bajio.engines.array import CannotRunError, Prepared, prepare

        count = len(self.areas)
        try:
            question = self._question(group)
        except BajioError as error:
            return Prepared(None, count, refused=_group_refusal(error))
        prepared = Prepared(question.bound, count, threshold=self.options.threshold)
        try:
            program = prepare(question.evaluation(self.year), self.areas, group)
        except CannotRunError:
            pass
        except BajioError as error:
            return evolve(prepared, refused=_group_refusal(error))
        else:
            population = None if program.complete else self._population(group)
            odd = tuple(sorted({*self._odd(question, group), *self._outer()}))
            prepared = evolve(prepared, program=program, odd=odd, population=population)
        if self.options.peers is None:
            return prepared
        standings, wholes = self._standings(question, group)
        return evolve(prepared, standings=standings, wholes=wholes)

    def _question(self, group: "RegionGroup") -> Question:
        """The question about a region of all areas that the group's regions can have."""
        asked = self.options
        bound = bound_for(self.registry, self.indicator, group.among, asked, asked.year)
        region = Region(group.among, code="all areas")
        return Question(self.registry, self.indicator, region, self.options, bound, group.host)

    def _outer(self) -> frozenset[int]:
        """Positions of areas that others lie in: a region may have both, in other years."""
        nested = self.memberships.nested(self.registry) if self.dated else ()
        return frozenset(outer for _, outer in nested)

    def _odd(self, question: Question, group: "RegionGroup") -> tuple[int, ...]:
        """The areas that, taken alone, are bound to other series than all of them together.

        A region without such an area is bound to the group's series: each of them covers as many
        of its members as any other does.
        """
        asked = self.options
        kinds = {self.registry.areas[code].kind for code in group.among}
        market = question.bound.market
        fitting = [
            [
                one
                for one in market.dataset.newest(code, market.editions.get(code))
                if not one.kinds or kinds & set(one.kinds)
            ]
            for code in question.bound.plan.measures
        ]
        if all(len(series) == 1 for series in fitting):
            return ()
        odd = []
        for code in group.among:
            try:
                alone = bound_for(self.registry, self.indicator, (code,), asked, asked.year)
            except BajioError:
                continue
            if alone.series != question.bound.series:
                odd.append(self.areas.index(code))
        return tuple(odd)

    def _population(self, group: "RegionGroup") -> tuple[float | None, ...]:
        """The areas' population, by which a region that lacks some of them is weighed."""
        options = self.options.of_year().but(peers=None)
        try:
            asked = ask(self.registry, population_indicator(), Region(group.among), options)
        except BajioError:
            return (None,) * len(self.areas)
        alone = evolve(asked, options=options.but(membership="newest"))
        figures = {figure.area: figure.value for figure in alone.member_figures(self.year)}
        return tuple(figures.get(code) for code in self.areas)

    def _standings(
        self, question: Question, group: "RegionGroup"
    ) -> "tuple[PeerStandings, tuple[Surrounding, ...]]":
        """The peers, and those that contain regions where these are taken away from them."""
        from bajio.engines.array import Peer, PeerStandings

        areas, options = self.registry.areas, self.options
        asked = Peers(self.registry, self.indicator, options)
        column = asked.column(self.year)
        never = asked.never_valued(self.year) if column.missing else frozenset()
        among = frozenset(group.among)
        lines = {
            position: (code, *areas.ancestors(code))
            for position, code in enumerate(self.areas)
            if code in among
        }
        peers: list[Peer] = []
        wholes: list[Surrounding] = []
        made = made_of(question, (*column.values, *column.missing), self.year)
        for code, members in made.items():
            peer = Peer.of(column.values.get(code), members, lines, areas)
            remains = bool(peer.around) and options.host == "remainder"
            if code in never and not remains:
                continue
            if remains:
                whole = self._whole(question, code, len(peers), peer.around)
                wholes.append(whole if code in column.values else evolve(whole, total=None))
            peers.append(peer)
        lower = self.indicator.better is Better.LOWER
        standings = PeerStandings(tuple(peers), len(self.areas), lower, options.host)
        return standings, tuple(wholes)

    def _whole(
        self, question: Question, peer: str, position: int, around: frozenset[int]
    ) -> "Surrounding":
        """A peer with its own leaves, of which a region's can be taken away."""
        from bajio.engines.array import Surrounding

        assert self.options.peers is not None
        areas = self.registry.areas
        is_region = question.compositions.regions(self.options.peers, [peer])
        inside = frozenset(place for place in around if self.areas[place] != peer)
        codes = [self.areas[position_inside] for position_inside in sorted(inside)]
        if is_region or not codes or not question.bound.plan.is_linear:
            return Surrounding(position, None)
        kinds = {areas[code].kind for code in codes}
        covered = not Region(codes).remainder(peer, areas, self.year).memberships
        evaluation = question.evaluation(self.year)
        if evaluation.gaps_of(peer) or (
            covered and (len(kinds) > 1 or areas.parts(peer, UNALLOCATED))
        ):
            return Surrounding(position, None)
        return Surrounding(
            position, evaluation.numbers_of([peer]), inside if covered else frozenset()
        )


def grouped(numbers: "list[RegionNumber]") -> "Groups":
    """The regions in groups that each number, all of one year if dated, can be answered for."""
    from bajio.engines.array import Groups, classes_of

    first = numbers[0]
    registry, memberships, codes = first.registry, first.memberships, first.areas
    classes = registry.keep(("classes", codes), lambda: classes_of(codes, registry.areas))
    if not first.dated:
        return Groups(codes, classes, memberships.rows)
    lags = sorted({lag for number in numbers for lag in number.lags})
    return Groups(codes, classes, memberships.rows, memberships.regions, first.year, tuple(lags))


def _group_refusal(error: BajioError) -> Refusal:
    """Why no region of a group has a value, as a code."""
    return Refusal.LACKING if isinstance(error, Lacking) else Refusal.UNAVAILABLE


def _refusal(error: BajioError, *, known: bool) -> Refusal:
    """Why there is no value, as a code."""
    match error:
        case Lacking():
            return Refusal.LACKING
        case InvalidRegion():
            return Refusal.EMPTY
        case Uncovered():
            return Refusal.UNCOVERED
        case Unavailable() if known:
            return Refusal.UNDEFINED
    return Refusal.UNAVAILABLE
