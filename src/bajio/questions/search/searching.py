"""The search over alliances: every set of areas is decided on, and the best are told."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from time import perf_counter

from bajio.amounts import exact_number
from bajio.arguments import as_word
from bajio.errors import InvalidValue, shown
from bajio.facts.dataset import Dataset
from bajio.questions.asking import checked_options, registry_with
from bajio.questions.search.answer import Search
from bajio.questions.search.framing import Frame, check_number
from bajio.questions.search.stating import state
from bajio.questions.search.wishes import (
    IndicatorLike,
    SizeLike,
    Wanted,
    areas_among,
    areas_named,
    sizes,
    wishes,
)
from bajio.questions.variants import check_editions
from bajio.registry import Registry

INCOMPLETE = ("refuse", "leave-out")
#: How long a search may take, in seconds, by an estimate.
PATIENCE = 600.0
_BEST = 10
Places = str | Iterable[str] | None
Progress = Callable[[int, int | None], object]

#: Seconds beyond which patience is as good as endless.
_LONGEST = Fraction(10**9)


def search(  # noqa: PLR0913  # each is a wish of its own, by its name
    data: Dataset | None = None,
    *,
    among: Places = None,
    near: Wanted | None = None,
    maximum: IndicatorLike | None = None,
    minimum: IndicatorLike | None = None,
    at_least: Wanted | None = None,
    at_most: Wanted | None = None,
    size: SizeLike = None,
    include: Places = None,
    exclude: Places = None,
    contiguous: bool = False,
    best: int = _BEST,
    year: int | None = None,
    incomplete: str = "refuse",
    editions: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
    progress: Progress | None = None,
    registry: Registry | None = None,
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
            country for its parts; the Mexican states, if not given and no plugin says otherwise.
        near: indicators and what they are to be near; of several, the greatest distance counts,
            relative to what each is to be near.
        maximum, minimum: an indicator that is to be as high, or as low, as it can.
        at_least, at_most: indicators and their limits.
        size: how many members: a number, or two of them, or `"2-5"`.
        include, exclude: areas that must be members, and that must not.
        contiguous: whether all members have to be connected by borders.
        best: how many alliances are wanted.
        year: the period; the newest in which all areas have all figures, if not given.
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
    asked = wishes(known, near, maximum, minimum, at_least, at_most)
    seconds = _checked(best, incomplete, patience)
    areas = areas_among(known, among)
    without = areas_named(known, exclude, areas)
    left = [code for code in areas if code not in without]
    check_number(len(left))
    options = checked_options(known, {"year": year, "peers": None, "editions": editions or {}})
    check_editions(known, [one.indicator for one in asked], options)
    stated = state(known, asked, left, options, leave_out=incomplete == "leave-out")
    within = tuple(sorted(areas_named(known, include, stated.areas)))
    span = sizes(size, len(stated.areas))
    began = perf_counter()
    frame = Frame(stated, span, within, contiguous=contiguous, best=best)
    found = frame.run(seconds, progress)
    return Search(
        *found,
        stated.year,
        areas,
        stated.wishes,
        span,
        contiguous,
        within,
        tuple(without),
        stated.left_out,
        stated.sources,
        perf_counter() - began,
        known,
    )


def _checked(best: int, incomplete: str, patience: float) -> float:
    """The seconds that a search may take, where its other settings are right as well."""
    seconds = Fraction(exact_number(patience))
    if seconds < 0:
        raise InvalidValue(f"a patience of {shown(patience)} seconds: give a number from 0 on")
    if type(best) is not int or best < 1:
        raise InvalidValue(f"the best {shown(best)}: give a whole number from 1 on")
    as_word(incomplete, INCOMPLETE, "policy for areas without data")
    return float(min(seconds, _LONGEST))
