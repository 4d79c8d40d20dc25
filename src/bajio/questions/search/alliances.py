"""The search over alliances: every set of areas is decided on, and the best are told."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Unpack

from attrs import frozen

from bajio.engines.problem import MOST_AREAS, Aim, Limit, Problem
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.questions.asking import registry_with, useful_options
from bajio.questions.search.answer import Alliance, AllianceFigure, Search
from bajio.questions.search.search_options import AskedOfSearch, Progress, SearchOptions
from bajio.questions.search.statement import SearchStatement, state
from bajio.questions.search.wishes import (
    Sense,
    Wish,
    areas_among,
    areas_named,
    sizes,
    wishes,
)
from bajio.questions.variants import check_editions
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.engines.array import Estimate

_SIGNS: Mapping[Sense, int] = {Sense.NEAR: 1, Sense.MINIMUM: 1, Sense.MAXIMUM: -1}
_MINUTE, _HOUR, _DAY, _YEAR = 60, 3600, 86400, 31557600


def search(
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[AskedOfSearch],
) -> Search:
    """The alliances of some areas that satisfy constraints, the best first.

    Every set of the areas is decided on, none by sampling: what is found is the best for certain.
    Ties are in order of size, then of the members' codes.

    An amount is a number in the indicator's unit, a text with a unit (`"100 billion USD"`,
    `"4%"`), or the code of a region for what that has, or a multiple of it (`"BEL"`, `"0.5*MEX"`).
    The country of the areas is taken in their own source.

    Args:
        data: a dataset that is laid over what the registry has.
        among: the areas that alliances are made of: a group, a region, codes, or the code of a
            country for its parts, of a state for its municipalities; the Mexican states, if not
            given and no plugin says otherwise.
        near: indicators and what they are to be near; of several, the greatest distance counts,
            relative to what each is to be near.
        maximum, minimum: an indicator that is to be as high, or as low, as it can.
        at_least, at_most: indicators and their limits.
        size: how many members: a number, or two of them, or `"2-5"`.
        include, exclude: areas that must be members, and that must not.
        contiguous: whether all members have to be connected by borders.
        best: how many alliances are wanted.
        year: the newest in which all areas have all figures, if not given.
        period: or a year, quarter or month, as `2018-Q3` or `2019-02`.
        incomplete: `refuse`, or `leave-out` the areas that lack a figure.
        editions: editions by measure, where not the newest.
        patience: seconds; what would take longer, by an estimate, is refused.
        progress: called now and then with how many sets have been decided on, and how many there
            are, where that is known.
        registry: what is known; the built-ins and installed plugins, if not given.

    Returns:
        The alliances found. Where the search is interrupted from the keyboard, the best until
        then, with `optimal` false.

    Raises:
        MissingExtra: numpy is not installed.
        Unavailable: a figure is missing, or the search would take too long, with an estimate.
        InvalidValue, InvalidRegion, UnknownCode: what is asked means nothing.

    Examples:
        >>> import bajio
        >>> found = bajio.search(maximum="gdp-per-capita", size="2-3", contiguous=True, year=2018)
        >>> found.results[0].members, round(found.results[0].figures[0].value)
        (('MX-CMX', 'MX-MOR'), 18286)
    """
    known = registry_with(registry, data)
    asked = SearchOptions.of(options)
    wanted = wishes(known, asked.near, asked.maximum, asked.minimum, asked.at_least, asked.at_most)
    areas = areas_among(known, asked.among)
    without = areas_named(known, asked.exclude, areas)
    left = [code for code in areas if code not in without]
    _check_number(len(left))
    when = {"year": asked.year, "period": asked.period}
    chosen = useful_options(known, {**when, "peers": None, "editions": asked.editions or {}})
    check_editions(known, [wish.indicator for wish in wanted], chosen)
    stated = state(known, wanted, left, chosen, leave_out=asked.incomplete == "leave-out")
    within = tuple(sorted(areas_named(known, asked.include, stated.areas)))
    span = sizes(asked.size, len(stated.areas))
    began = perf_counter()
    sought = _Sought(stated, span, within, contiguous=asked.contiguous, best=asked.best)
    result = sought.run(asked.patience, asked.progress)
    return Search(
        *result,
        None if stated.year is None else chosen.season.text(stated.year),
        areas,
        stated.wishes,
        span,
        asked.contiguous,
        within,
        tuple(without),
        stated.left_out,
        sought.without_borders,
        stated.sources,
        perf_counter() - began,
        known,
    )


@frozen(eq=False, slots=False)
class _Sought:
    """A search that is stated, as the engine takes it.

    Attributes:
        stated: the areas, what is wished, and the figures.
        size: the least and the greatest.
        include: codes of areas that must be members.
        contiguous: whether members have to be connected.
        best: how many are wanted.
    """

    stated: SearchStatement
    size: tuple[int, int]
    include: tuple[str, ...]
    contiguous: bool
    best: int

    @cached_property
    def problem(self) -> Problem:
        """The same in numbers."""
        stated, areas = self.stated, self.stated.areas
        return Problem(
            len(areas),
            *self.size,
            self.best,
            self._key,
            [self._aim(wish) for wish in stated.wishes if wish.is_aim],
            [self._limit(wish) for wish in stated.wishes if not wish.is_aim],
            tuple(areas.index(code) for code in self.include),
            self._borders() if self.contiguous else None,
        )

    @property
    def without_borders(self) -> tuple[str, ...]:
        """Codes of the areas of which no border is known, where borders count."""
        borders = self.stated.registry.borders
        return tuple(code for code in self.stated.areas if self.contiguous and code not in borders)

    def run(
        self, patience: float, progress: Progress | None
    ) -> tuple[tuple[Alliance, ...], int, bool]:
        """Search: the alliances, how many sets were decided on, and whether all.

        Raises:
            Unavailable: it would take longer than wanted.
        """
        from bajio.engines.array import Sweep

        search = Sweep(self.problem)
        estimate = search.estimate()
        if estimate.seconds > patience or not estimate.fits:
            raise Unavailable(_too_long(estimate))
        result = search.run(progress)
        return tuple(map(self._alliance, result.sets)), result.examined, result.complete

    def _alliance(self, members: tuple[int, ...]) -> Alliance:
        """A set that was found, with its figures by the exact engine."""
        figures: dict[str, AllianceFigure] = {}
        for wish in self.stated.wishes:
            value, status = self.stated.measured[wish.indicator].exact(members)
            near = wish.sense is Sense.NEAR
            distance = _distance(wish, value) if near else None
            if wish.indicator.code not in figures or distance is not None:
                figure = AllianceFigure(
                    wish.indicator, value, status, distance, near and not wish.value
                )
                figures[wish.indicator.code] = figure
        distances = [one.distance for one in figures.values() if one.distance is not None]
        codes = tuple(self.stated.areas[position] for position in members)
        return Alliance(codes, tuple(figures.values()), max(distances, default=None))

    def _borders(self) -> list[tuple[int, int]]:
        borders, areas = self.stated.registry.borders, self.stated.areas
        position = {code: index for index, code in enumerate(areas)}
        pairs = [
            (index, position[other])
            for code, index in position.items()
            for other in borders.get(code, ())
            if other in position and index < position[other]
        ]
        if not pairs and len(areas) > 1:
            raise Unavailable(
                f"which of the areas border on one another is not known: {areas[0]} and others "
                "have no borders; data packages and plugins can bring them"
            )
        return sorted(pairs)

    def _aim(self, wish: Wish) -> Aim:
        quantity = self.stated.measured[wish.indicator].quantity
        if wish.sense is not Sense.NEAR:
            return Aim(quantity, None, Fraction(_SIGNS[wish.sense]))
        target = wish.value or Fraction()
        return Aim(quantity, target, 1 / abs(target) if target else Fraction(1))

    def _limit(self, wish: Wish) -> Limit:
        quantity = self.stated.measured[wish.indicator].quantity
        least = wish.sense is Sense.AT_LEAST
        return Limit(quantity, wish.value if least else None, None if least else wish.value)

    def _key(self, members: tuple[int, ...]) -> Exact | None:
        """What is to be small, exactly; nothing for a set that has no value, or breaks a limit."""
        keys: list[Exact] = []
        for wish in self.stated.wishes:
            try:
                value = self.stated.measured[wish.indicator].value(members)
            except Unavailable:
                return None
            if wish.is_aim:
                keys.append(_distance(wish, value))
            elif wish.value is not None and _breaks(wish, value):
                return None
        return max(keys, default=0)


def _distance(wish: Wish, value: Exact) -> Fraction:
    """How far a value is from what is aimed at, relative save from zero; or it by its sign."""
    if wish.sense is not Sense.NEAR:
        return Fraction(value) * _SIGNS[wish.sense]
    target = wish.value or Fraction()
    away = abs(Fraction(value) - target)
    return away / abs(target) if target else away


def _breaks(wish: Wish, value: Exact) -> bool:
    assert wish.value is not None
    return value < wish.value if wish.sense is Sense.AT_LEAST else value > wish.value


def _too_long(estimate: "Estimate") -> str:
    """Why a search is refused, and what would make it shorter."""
    about = "" if estimate.known else "about "
    what = f"{about}{_number(estimate.sets)} sets of areas to decide on"
    advice = "ask for a size, for what is contiguous, or among fewer areas"
    if not estimate.fits:
        return f"{what}, more than fit in memory: {advice}"
    return f"{what} would take about {_duration(estimate.seconds)}: {advice}, or be more patient"


def _check_number(count: int) -> None:
    """Refuse more areas than a search can take.

    Raises:
        InvalidValue: with how many sets they would make.
    """
    if count > MOST_AREAS:
        raise InvalidValue(
            f"{count} areas are too many: they make {_number(2**count)} sets, and a search "
            f"takes at most {MOST_AREAS} areas; name fewer, or leave some out"
        )


def _number(count: int) -> str:
    """A count that may be long.

    Examples:
        >>> _number(35960), _number(2**64)
        ('35,960', '1.8e+19')
    """
    return f"{count:,}" if count < 10**12 else f"{float(count):.1e}"


def _duration(seconds: float) -> str:
    """A time in words.

    Examples:
        >>> _duration(90), _duration(10**5)
        ('2 minutes', '28 hours')
    """
    for size, name, most in (
        (1, "seconds", 60),
        (_MINUTE, "minutes", 90 * _MINUTE),
        (_HOUR, "hours", 2 * _DAY),
        (_DAY, "days", 2 * _YEAR),
    ):
        if seconds < most:
            return f"{seconds / size:.0f} {name}"
    return f"{_number(round(seconds / _YEAR))} years"
