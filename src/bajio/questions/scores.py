"""Scores: regions by a composite of several indicators, among what they are compared with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Unpack

from attrs import field, frozen

from bajio.arguments import as_items
from bajio.brief import Brief
from bajio.composites import Composite, direction
from bajio.errors import BajioError, InvalidValue, Unavailable, UnknownCode, shown
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import registry_with, unranked_options
from bajio.questions.choices import Options, RegionLike, Unranked
from bajio.questions.compositions import Compositions
from bajio.questions.question import Question, ask, host_of
from bajio.questions.reported import Dated, Reported
from bajio.questions.results import Missed, Result, SourceUse
from bajio.questions.single_answer import try_answer
from bajio.questions.variants import as_asked
from bajio.questions.weights import CHANGE, Standings, WeightSensitivity, weight_sensitivity
from bajio.questions.years import year_beside
from bajio.registry import Registry

INCOMPLETE = ("refuse", "leave-out")


@frozen(repr=False)
class Score(Brief):
    """One line of a composite.

    Attributes:
        position: in standard competition ranking, the highest score first.
        code, region: whose it is.
        exact: the score.
        results: the indicators' results by code.
        normalised: their normalised values by code.
        asked: whether it was asked for, and is not there to compare with alone.
    """

    position: int
    code: str
    region: Region
    exact: Exact
    results: Mapping[str, Result]
    normalised: Mapping[str, Exact]
    asked: bool

    @property
    def value(self) -> float:
        """The score as a float."""
        return float(self.exact)


@frozen(eq=False, repr=False)
class Scores(Dated, Reported, Mapping[str, Score]):
    """Regions by a composite, with all that they are compared with, the highest score first.

    Attributes:
        composite: what was asked.
        period: in SDMX notation; `None` for what has none.
        scores: a line for each that is compared.
        among: code of the peer group, or of the host.
        left_out: codes of those that lack a figure, and why; none unless that was asked for.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> found = bajio.composite(["bajio", "sur-sureste"], "composite-prosperity", year=2018)
        >>> [(one.code, one.position, round(one.value, 1)) for one in found.asked]
        [('bajio', 11, 38.3), ('sur-sureste', 25, 31.5)]
    """

    composite: Composite
    period: str | None
    scores: tuple[Score, ...]
    among: str
    left_out: tuple[tuple[str, str], ...]
    registry: Registry = field(eq=False, repr=False)

    @property
    def asked(self) -> tuple[Score, ...]:
        """The lines of the regions that were asked for."""
        return tuple(score for score in self.scores if score.asked)

    @property
    def sources(self) -> tuple[SourceUse, ...]:
        """What the figures come from."""
        results = (result for score in self.scores for result in score.results.values())
        return tuple(dict.fromkeys(use for result in results for use in result.sources))

    def __getitem__(self, code: str) -> Score:
        for score in self.scores:
            if score.code == code:
                return score
        raise UnknownCode("region", code, (), "it is not compared")

    def __iter__(self) -> Iterator[str]:
        return (score.code for score in self.scores)

    def __len__(self) -> int:
        return len(self.scores)

    def weights(self, *, change: Fraction = CHANGE, steps: int | None = None) -> WeightSensitivity:
        """How the ranks hang on the weights.

        Args:
            change: by which fraction each weight is raised and lowered.
            steps: into how many parts a grid of weights divides one; 20, or as many as give 2,000
                weightings at most.
        """
        rows = {score.code: score.normalised for score in self.scores}
        return weight_sensitivity(Standings(self.composite, rows), change=change, steps=steps)


def composite(
    regions: RegionLike | Iterable[RegionLike],
    composite: str | Composite,
    data: Dataset | None = None,
    *,
    among: str | Iterable[RegionLike] | None = None,
    incomplete: str = "refuse",
    registry: Registry | None = None,
    **options: Unpack[Unranked],
) -> Scores:
    """Regions scored and ranked by several indicators together.

    The regions and what they are compared with are normalised together, in one year:
    the newest in which all have all indicators, if none is given.

    Args:
        regions: a region, or several, each as in `profile`.
        composite: a code or a composite, registered or not.
        data, registry, options: as in `profile`.
        among: what they are compared with: a peer group, or regions; what the composite says,
            or the host's areas of the members' kind, if not given.
        incomplete: `refuse`, or `leave-out` those of the others that lack a figure.

    Raises:
        Unavailable: a figure is missing, or an indicator tells none apart.
        InvalidValue: nothing to compare with, or an indicator that does not say which way it is
            better, or is a table.
    """
    known = registry_with(registry, data)
    chosen = unranked_options(known, options)
    if incomplete not in INCOMPLETE:
        raise InvalidValue(f"incomplete={incomplete!r}: it can be {' or '.join(INCOMPLETE)}")
    if isinstance(regions, Composite) or (
        isinstance(regions, str) and regions in known.composites and regions not in known.regions
    ):
        raise InvalidValue(f"the regions come first, then the composite, not {shown(regions)}")
    asked = _regions(known, regions)
    wanted = composite if isinstance(composite, Composite) else declared(known, composite)
    parts = [known.indicator(component.found(known.indicators)) for component in wanted.components]
    if as_asked(known, parts, chosen) != tuple(parts):
        raise InvalidValue("a composite takes its indicators as they are: no against=, no level=")
    group, others = _others(known, wanted, asked, among, chosen)
    trial = _Scored(known, wanted, asked, others, chosen, incomplete == "leave-out")
    return trial.scores(group)


def declared(registry: Registry, code: str) -> Composite:
    """A composite by code.

    Raises:
        UnknownCode: there is none.
    """
    if code not in registry.composites:
        known = ", ".join(registry.composites)
        raise UnknownCode("composite", code, registry.composites, f"there is {known}")
    return registry.composites[code]


def _regions(registry: Registry, value: RegionLike | Iterable[RegionLike]) -> tuple[Region, ...]:
    if isinstance(value, str | Region):
        return (registry.region(value),)
    result = tuple(map(registry.region, as_items(value, "regions")))
    if not result:
        raise InvalidValue("no region is asked for: name one or more")
    return result


def _others(
    registry: Registry,
    composite: Composite,
    asked: Sequence[Region],
    among: str | Iterable[RegionLike] | None,
    options: Options,
) -> tuple[str, tuple[Region, ...]]:
    """What the regions are compared with, and what it is called."""
    places = Compositions(registry, options.membership)
    beside = composite.among if among is None else among
    if isinstance(beside, str) and (beside or among is not None):
        codes = places.group(beside, options.year)
        return beside, tuple(places.place(code) for code in codes)
    if beside:
        return "regions", tuple(map(registry.region, as_items(beside, "regions")))
    years = None if options.year is None else [options.year]
    members = tuple(code for region in asked for code in places.over(region, years))
    kinds = {registry.areas[code].kind for code in members}
    host = host_of(registry, members)
    if host is None or len(kinds) != 1:
        raise InvalidValue(
            f"{composite.code!r} compares with the areas of the country, and the regions have no "
            "single one: say among= which group to compare with"
        )
    return host, tuple(registry.region(code) for code in registry.areas.parts(host, kinds.pop()))


@frozen
class _Scored:
    """Scores some regions together."""

    registry: Registry
    composite: Composite
    asked: tuple[Region, ...]
    others: tuple[Region, ...]
    options: Options
    leaves_out: bool

    def scores(self, among: str) -> Scores:
        """All scores, in the year that is asked for or found."""
        indicators = {
            component.code: self._checked(
                self.registry.indicator(component.found(self.registry.indicators))
            )
            for component in self.composite.components
        }
        every = tuple(dict.fromkeys((*self.asked, *self.others)))
        if len({region.code for region in every}) < len(every):
            raise InvalidValue("two of the regions that are compared have one code: rename one")
        year = self.options.year or self._year(indicators, every)
        options = self.options.but(year=year)
        results_by_region: dict[Region, dict[str, Result]] = {}
        asked = set(self.asked)
        left_out: list[tuple[str, str]] = []
        for region in every:
            answers = [
                try_answer(self.registry, indicator, region, options)
                for indicator in indicators.values()
            ]
            lacking = [_lack(answer) for answer in answers if _lack(answer)]
            if not lacking:
                results = [answer for answer in answers if isinstance(answer, Result)]
                results_by_region[region] = dict(zip(indicators, results, strict=True))
            elif region in asked or not self.leaves_out:
                way_out = "" if region in asked else "; or pass incomplete='leave-out'"
                raise Unavailable(f"{self.composite.code!r} for {region}: {lacking[0]}{way_out}")
            else:
                left_out.append((region.code, lacking[0]))
        dated = any(
            result.period for results in results_by_region.values() for result in results.values()
        )
        lines = self._lines(results_by_region, indicators)
        return Scores(
            self.composite,
            str(options.period) if dated else None,
            lines,
            among,
            tuple(left_out),
            self.registry,
        )

    def _checked(self, indicator: Indicator) -> Indicator:
        if indicator.rule.is_table:
            raise InvalidValue(f"{indicator.code!r} is a table: a composite is made of numbers")
        return indicator

    def _year(self, indicators: Mapping[str, Indicator], every: Sequence[Region]) -> int | None:
        """The newest year in which all are complete; else, with leaving out, three quarters.

        Where there is no such year, the newest in which those are that are asked for.
        """
        asked = [
            question for region in self.asked for question in self._questions(indicators, region)
        ]
        others = [self._questions_of_other(indicators, region) for region in every]
        return year_beside(asked, others, leaves_out=self.leaves_out)

    def _questions(self, indicators: Mapping[str, Indicator], region: Region) -> list[Question]:
        return [
            ask(self.registry, indicator, region, self.options) for indicator in indicators.values()
        ]

    def _questions_of_other(
        self, indicators: Mapping[str, Indicator], region: Region
    ) -> list[Question]:
        """Those of a region to compare with; none where it lacks a series."""
        try:
            return self._questions(indicators, region)
        except BajioError:
            return []

    def _lines(
        self,
        results_by_region: Mapping[Region, Mapping[str, Result]],
        indicators: Mapping[str, Indicator],
    ) -> tuple[Score, ...]:
        columns: dict[str, Mapping[str, Exact]] = {}
        for component in self.composite.components:
            code = component.code
            values = {
                region.code: results[code].low for region, results in results_by_region.items()
            }
            better = direction(component, indicators[code])
            try:
                columns[code] = self.composite.normalised(values, better)
            except Unavailable as error:
                raise Unavailable(f"{code!r}: {error.reason}") from None
        scored: list[tuple[Exact, Region, dict[str, Exact]]] = []
        for region in results_by_region:
            normalised = {code: column[region.code] for code, column in columns.items()}
            scored.append((self.composite.aggregated(normalised), region, normalised))
        compared = self.composite.compared
        scored.sort(key=lambda pair: (-compared(pair[0]), pair[1].code))
        positions: dict[Exact, int] = {}
        for position, (score, _, _) in enumerate(scored, 1):
            positions.setdefault(compared(score), position)
        asked = set(self.asked)
        return tuple(
            Score(
                positions[compared(score)],
                region.code,
                region,
                score,
                results_by_region[region],
                normalised,
                region in asked,
            )
            for score, region, normalised in scored
        )


def _lack(answer: Result | Missed) -> str:
    """Why an answer is no number; nothing where it is one."""
    if isinstance(answer, Missed):
        return answer.reason
    return "" if answer.point is not None else f"{answer.indicator.code!r} is an interval only"
