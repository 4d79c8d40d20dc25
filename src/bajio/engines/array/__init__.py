"""The array engine: many regions at once, by numpy, which is imported in this folder only.

This is its door. Regions come in as rosters, from lists of positions, a matrix, or all combinations
of areas; `run` works out numbers for all of them, as those who ask have prepared them; and `Sweep`
looks at every set of areas for the best. What rounding leaves open in either, the exact engine
settles: of a region that a number is asked of, or of the sets that are left in the end.
"""

from bajio.errors import MissingExtra

try:
    import numpy  # noqa: ICN001  # looked for here, so that no module inside need do it
except ImportError:
    raise MissingExtra("array", "numpy") from None

from bajio.engines.array.arrays import (
    Bools,
    Bytes,
    Floats,
    Indices,
    Integers,
    Objects,
    Texts,
)
from bajio.engines.array.groups import Groups, RegionGroup, classes_of
from bajio.engines.array.pieces import Piece, Store, side_by_side
from bajio.engines.array.prepared import ExactAnswer, Prepared, run
from bajio.engines.array.programs import CannotRunError, prepare
from bajio.engines.array.rosters import (
    Roster,
    combined,
    first_with_both,
    from_indices,
    from_lists,
    from_matrix,
)
from bajio.engines.array.standings import Peer, PeerStandings, Surrounding
from bajio.engines.array.sweep import Estimate, Sweep

# What is given back after each block is wanted again for the next: GNU's allocator would hand it to
# the system each time, and have it back page by page, until it has seen an array of this size go.
numpy.empty(1 << 21)

__all__ = [
    "Bools",
    "Bytes",
    "CannotRunError",
    "Estimate",
    "ExactAnswer",
    "Floats",
    "Groups",
    "Indices",
    "Integers",
    "Objects",
    "Peer",
    "PeerStandings",
    "Piece",
    "Prepared",
    "RegionGroup",
    "Roster",
    "Store",
    "Surrounding",
    "Sweep",
    "Texts",
    "classes_of",
    "combined",
    "first_with_both",
    "from_indices",
    "from_lists",
    "from_matrix",
    "prepare",
    "run",
    "side_by_side",
]
