"""Settings: how many regions are worked through."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import fields_dict, frozen

from bajio.errors import InvalidValue

Progress = Callable[[int, int], object]
#: What is worked out of so many members, or regions, at once fits the processor's cache.
_MOST_MEMBERS, _MOST_REGIONS, _FEWEST_REGIONS = 2**18, 2**16, 2**8
_ACCUMULATIONS = ("float", "exact")


@frozen
class Settings:
    """How many regions are worked through.

    Attributes:
        accumulate: `float`, or `exact` for exact values beside the floats.
        chunk: how many regions at once; `None`: as many as the processor's cache can hold.
        progress: called with how many regions are done, and how many there are.
    """

    accumulate: str = "float"
    chunk: int | None = None
    progress: Progress | None = None

    def __attrs_post_init__(self) -> None:
        if self.accumulate not in _ACCUMULATIONS:
            raise InvalidValue(f"accumulate={self.accumulate!r}: it can be float or exact")
        if self.chunk is not None and (type(self.chunk) is not int or self.chunk < 1):
            raise InvalidValue(f"chunk={self.chunk!r}: give how many regions to take at once")
        if self.progress is not None and not callable(self.progress):
            raise InvalidValue(f"progress={self.progress!r} cannot be called with two numbers")

    def size(self, width: int) -> int:
        """How many regions at once, where each takes so many members."""
        if self.chunk is not None:
            return self.chunk
        return min(max(_MOST_MEMBERS // max(width, 1), _FEWEST_REGIONS), _MOST_REGIONS)


def taken_from(options: Mapping[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """The settings among options, and the other options.

    Examples:
        >>> taken_from({"chunk": 1000, "year": 2018})[1]
        {'year': 2018}
    """
    names = fields_dict(Settings)
    taken = {name: value for name, value in options.items() if name in names}
    return Settings(**taken), {
        name: option for name, option in options.items() if name not in names
    }
