"""Groups: regions of a block that have the same kinds of areas."""

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from bajio.engines.array.arrays import Indices
from bajio.engines.array.blocks import Block

Mark = TypeVar("Mark", bound=Hashable)


def partition(
    block: Block, labels: Sequence[int], marks: Sequence[tuple[Mark, ...]] | None = None
) -> Iterator[tuple[frozenset[int], tuple[Mark, ...], Indices]]:
    """The regions of a block by the labels of their areas, and by a mark of their own.

    Args:
        block: the regions.
        labels: of each area.
        marks: of each region, if any.

    Yields:
        The labels that a group's regions have, their mark, and their places.

    Examples:
        >>> from bajio.engines.array.blocks import block_of
        >>> [(sorted(held), rows) for held, _, rows in partition(block_of([[0], [0, 1]]), [0, 1])]
        [([0], array([0])), ([0, 1], array([1]))]
    """
    of_area = np.array(labels)
    held = [block.sums((of_area == label).astype(np.float64)) > 0 for label in sorted(set(labels))]
    found = np.zeros(block.size, dtype=np.int64)
    for has in held:
        found = np.unique(found * 2 + has, return_inverse=True)[1].reshape(-1).astype(np.int64)
    known: dict[tuple[Mark, ...], int] = {}
    if marks is not None:
        own = np.array([known.setdefault(mark, len(known)) for mark in marks], dtype=np.int64)
        found = found * len(known) + own
    for group in np.unique(found):
        rows = np.flatnonzero(found == group)
        first = int(rows[0])
        has_labels = frozenset(
            at for at, has in zip(sorted(set(labels)), held, strict=True) if has[first]
        )
        yield has_labels, () if marks is None else marks[first], rows
