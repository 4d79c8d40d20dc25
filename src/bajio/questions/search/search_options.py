"""What a search is asked for beside its data, each option checked as it is given."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypedDict, cast

from attrs import field, fields_dict, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_word
from bajio.errors import InvalidValue, UnknownCode, shown
from bajio.questions.choices import PeriodLike
from bajio.questions.search.wishes import IndicatorLike, SizeLike, Wanted

_INCOMPLETE = ("refuse", "leave-out")
#: How long a search may take, in seconds, by an estimate.
_PATIENCE = 600.0
#: Seconds beyond which patience is as good as endless.
_LONGEST = Fraction(10**9)
Places = str | Iterable[str] | None
Progress = Callable[[int, int | None], object]


def _seconds(value: float) -> float:
    seconds = Fraction(exact_number(value))
    if seconds < 0:
        raise InvalidValue(f"a patience of {shown(value)} seconds: give a number from 0 on")
    return float(min(seconds, _LONGEST))


def _best(value: int) -> int:
    if type(value) is not int or value < 1:
        raise InvalidValue(f"the best {shown(value)}: give a whole number from 1 on")
    return value


def _incomplete(text: str) -> str:
    return as_word(text, _INCOMPLETE, "policy for areas without data")


@frozen(kw_only=True, eq=False)
class SearchOptions:
    """What `search` takes by name; wishes, places and sizes are read by what they are about."""

    among: Places = None
    near: Wanted | None = None
    maximum: IndicatorLike | None = None
    minimum: IndicatorLike | None = None
    at_least: Wanted | None = None
    at_most: Wanted | None = None
    size: SizeLike = None
    include: Places = None
    exclude: Places = None
    contiguous: bool = False
    best: int = field(default=10, converter=_best)
    year: int | None = None
    period: PeriodLike | None = None
    incomplete: str = field(default="refuse", converter=_incomplete)
    editions: Mapping[str, str] | None = None
    patience: float = field(default=_PATIENCE, converter=_seconds)
    progress: Progress | None = None

    @classmethod
    def of(cls, options: Mapping[str, object]) -> "SearchOptions":
        """Options from keyword arguments.

        Raises:
            UnknownCode: an option that is not known.
            InvalidValue: a value that an option does not have.
        """
        known = fields_dict(cls)
        for name in options:
            if name not in known:
                raise UnknownCode("option of a search", name, known, f"it has {', '.join(known)}")
        return cls(**cast("dict[str, Any]", options))


class AskedOfSearch(TypedDict, total=False):
    """The options of a search, in its keyword arguments."""

    among: Places
    near: Wanted | None
    maximum: IndicatorLike | None
    minimum: IndicatorLike | None
    at_least: Wanted | None
    at_most: Wanted | None
    size: SizeLike
    include: Places
    exclude: Places
    contiguous: bool
    best: int
    year: int | None
    period: PeriodLike | None
    incomplete: str
    editions: Mapping[str, str] | None
    patience: float
    progress: Progress | None
