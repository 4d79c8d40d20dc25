"""Preparing: an indicator for a group of regions, as a program, or for the exact engine."""

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.engines.outcome import Missing
from bajio.errors import BajioError
from bajio.facts.regions import Region
from bajio.indicator import Better, Indicator
from bajio.questions.bulk.grouping import Group
from bajio.questions.columns import Peers
from bajio.questions.evaluation import (
    Options,
    Question,
    ask,
    bound_for,
    population_indicator,
)
from bajio.questions.ranking import made_of
from bajio.questions.reach import never_valued
from bajio.registry import Registry
from bajio.rules.plan import SELF

if TYPE_CHECKING:
    from bajio.engines.array.programs import Program
    from bajio.engines.array.remainders import Surrounding
    from bajio.engines.array.standings import PeerStandings


@frozen(eq=False)
class Prepared:
    """An indicator for a group of regions.

    Attributes:
        question: about a region of all areas that the group's regions can have; `None` where
            there is no such question.
        program: what works out many regions; `None` where the exact engine takes each.
        refused: why no region has a value; `None` where one may.
        odd: positions of areas whose own figures come from other series than the group's.
        population: of each area, if known; `None` where nothing is missing anyhow.
        standings: the peers; `None` where none are asked for.
        wholes: the peers that contain regions, where these are to be taken away from them.
    """

    question: Question | None
    program: "Program | None" = None
    refused: BajioError | None = None
    odd: tuple[int, ...] = ()
    population: tuple[float | None, ...] | None = None
    standings: "PeerStandings | None" = None
    wholes: "tuple[Surrounding, ...]" = ()


@frozen
class Preparer:
    """Makes indicators ready for the regions of a group.

    Attributes:
        registry, options: what is asked.
        areas: codes of all areas, by position.
        year: the period.
        dated: whether members are those of each period.
        outer: positions of areas that others lie in: a region may have both, in other years.
    """

    registry: Registry = field(repr=False)
    options: Options
    areas: tuple[str, ...]
    year: int
    dated: bool
    outer: frozenset[int] = frozenset()

    def prepared(self, indicator: Indicator, group: Group) -> Prepared:
        """An indicator for a group; kept by the registry."""
        return self.registry.keep(
            ("bulk", indicator, group, self.options, self.areas, self.year, self.dated),
            lambda: self._prepared(indicator, group),
        )

    def _prepared(self, indicator: Indicator, group: Group) -> Prepared:
        from bajio.engines.array.programs import CannotRunError

        try:
            question = self._question(indicator, group)
        except BajioError as error:
            return Prepared(None, refused=error)
        found = Prepared(question)
        try:
            found = evolve(found, program=self._program(question, group))
        except CannotRunError:
            pass
        except BajioError as error:
            return evolve(found, refused=error)
        else:
            odd = {*self._odd(question, group), *self.outer}
            found = evolve(found, odd=tuple(sorted(odd)))
            found = evolve(found, population=self._population(found, group))
        if self.options.peers is None:
            return found
        standings, wholes = self._standings(question, group)
        return evolve(found, standings=standings, wholes=wholes)

    def _question(self, indicator: Indicator, group: Group) -> Question:
        editions, year = self.options.editions, self.options.year
        bound = bound_for(self.registry, indicator, group.among, editions, year)
        region = Region(group.among, code="all areas")
        return Question(self.registry, indicator, region, self.options, bound, group.host)

    def _program(self, question: Question, group: Group) -> "Program":
        from bajio.engines.array.programs import LiftedPart, prepare
        from bajio.engines.array.terms import elsewhere, terms

        bound, options = question.bound, self.options
        policy = Missing(options.missing)
        partial = policy is Missing.PARTIAL
        together: dict[int, list[int]] = {}
        for at, leaf in enumerate(bound.plan.leaves):
            if leaf.place == SELF:
                together.setdefault(group.first(leaf.lag), []).append(at)
        among = frozenset(group.among)
        parts = [
            LiftedPart(
                lag,
                terms(bound, self.areas, self.year, leaves=leaves, among=among, partial=partial),
            )
            for lag, leaves in together.items()
        ]
        other = elsewhere(bound, question.composition(self.year), self.year, policy)
        return prepare(bound, parts, other, partial=partial)

    def _odd(self, question: Question, group: Group) -> tuple[int, ...]:
        """The areas that, taken alone, are bound to other series than all of them together.

        A region without such an area is bound to the group's series: each of them covers as many
        of its members as any other does.
        """
        editions, year = self.options.editions, self.options.year
        kinds = {self.registry.areas[code].kind for code in group.among}
        market = question.bound.market
        fitting = [
            [one for one in market.newest(code) if not one.kinds or kinds & set(one.kinds)]
            for code in question.bound.plan.measures
        ]
        if all(len(series) == 1 for series in fitting):
            return ()
        odd = []
        for code in group.among:
            try:
                alone = bound_for(self.registry, question.indicator, (code,), editions, year)
            except BajioError:
                continue
            if alone.series != question.bound.series:
                odd.append(self.areas.index(code))
        return tuple(odd)

    def _population(self, found: Prepared, group: Group) -> tuple[float | None, ...] | None:
        """The areas' population, where some region may have to be weighed by it."""
        program = found.program
        assert program is not None
        complete = all(part.terms.complete for part in program.parts)
        if complete and program.other.present == program.other.every:
            return None
        options = evolve(self.options, peers=None)
        try:
            asked = ask(self.registry, population_indicator(), Region(group.among), options)
        except BajioError:
            return (None,) * len(self.areas)
        alone = evolve(asked, options=evolve(options, membership="newest"))
        figures = {one.area: one.value for one in alone.member_figures(self.year)}
        return tuple(figures.get(code) for code in self.areas)

    def _standings(
        self, question: Question, group: Group
    ) -> "tuple[PeerStandings, tuple[Surrounding, ...]]":
        from bajio.engines.array.standings import Peer, PeerStandings

        indicator, options = question.indicator, self.options
        asked = Peers(self.registry, indicator, options)
        column = asked.column(self.year)
        at = {code: place for place, code in enumerate(self.areas) if code in set(group.among)}
        lines = {code: (code, *self.registry.areas.ancestors(code)) for code in at}
        peers: list[Peer] = []
        wholes: list[Surrounding] = []
        never: frozenset[str] = frozenset()
        if column.missing:
            never = never_valued(asked, self.year)
        made = made_of(question, (*column.values, *column.missing), self.year)
        for code, own in made.items():
            inside: dict[int, int] = {}
            for member in own:
                for area in (member, *self.registry.areas.ancestors(member)):
                    if area in at:
                        inside[at[area]] = inside.get(at[area], 0) + 1
            held = set(own)
            around = frozenset(at[area] for area, line in lines.items() if held & set(line))
            if code in never and not (around and options.host == "remainder"):
                continue
            if around and options.host == "remainder":
                whole = self._whole(question, code, len(peers), around)
                wholes.append(whole if code in column.values else evolve(whole, total=None))
            peers.append(Peer(column.values.get(code), len(own), inside, around))
        lower = indicator.better is Better.LOWER
        found = PeerStandings(tuple(peers), len(self.areas), lower, options.host)
        return found, tuple(wholes)

    def _whole(
        self, question: Question, peer: str, at: int, around: frozenset[int]
    ) -> "Surrounding":
        """A peer with its own leaves, of which a region's can be taken away."""
        from bajio.engines.array.remainders import Surrounding

        assert self.options.peers is not None
        areas = self.registry.areas
        is_region = question.compositions.regions(self.options.peers, [peer])
        codes = [self.areas[one] for one in sorted(around) if self.areas[one] != peer]
        if is_region or not codes or not question.bound.plan.is_linear:
            return Surrounding(at, None)
        whole = Region(codes)
        kinds = {areas[code].kind for code in codes}
        covered = not whole.remainder(peer, areas, self.year).memberships
        evaluation = question.evaluation(self.year)
        lacks = evaluation.gaps_of(peer) or (
            covered and (len(kinds) > 1 or areas.unallocated(peer))
        )
        if lacks:
            return Surrounding(at, None)
        own = frozenset(one for one in around if self.areas[one] != peer)
        return Surrounding(at, evaluation.numbers_of([peer]), own if covered else frozenset())
