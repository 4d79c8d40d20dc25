"""The array engine: many regions at once, by numpy, which is imported in this folder only."""

from bajio.errors import MissingExtra

try:
    import numpy  # noqa: F401, ICN001  # looked for here, so that no module inside need do it
except ImportError:
    raise MissingExtra("array", "numpy") from None
