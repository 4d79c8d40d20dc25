"""The frame engine: rules as query plans over the user's own tables, by narwhals.

Every plan has three kinds of steps, which mean the same on all backends: columns worked out row
by row, groups with elementary aggregates of one column each, and columns again.
Nothing is collected: what is lazy stays lazy.

A missing figure is null. A figure that is given twice, or that is no finite number, is infinite
from where it is read to where the value of a region is made, so that whatever it enters is
infinite too, and is refused there.
"""

from bajio.errors import MissingExtra

try:
    import narwhals as _narwhals  # noqa: F401  # only to say what is missing
except ModuleNotFoundError:
    raise MissingExtra("frames", "narwhals") from None
