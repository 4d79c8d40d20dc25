"""A question that grows: how, as is stated, and what it must answer at each size."""

from collections.abc import Callable
from typing import Any, NamedTuple

#: As many municipalities as Mexico has, and fewer.
MEMBERS = (310, 619, 1_238, 2_475)
FEW = 20  # members where something else grows


class Asked(NamedTuple):
    """A question at one size.

    Attributes:
        ask: asks it, of a registry that has answered nothing.
        told: what of the answer is compared.
        expected: what this must be.
    """

    ask: Callable[[], Any]
    told: Callable[[Any], object]
    expected: object


class Question(NamedTuple):
    """A question, and what it grows with.

    Attributes:
        name: what is asked.
        grows: what there is more and more of.
        order: how it grows with it, as is stated: `n`, `n log n`, `n²` or `n³`.
        sizes: how much of it there is.
        at: asks it at a size.
    """

    name: str
    grows: str
    order: str
    sizes: tuple[int, ...]
    at: Callable[[int], Asked]


Grown = Callable[[int], Asked]


def grows(
    questions: list[Question], name: str, what: str, order: str, sizes: tuple[int, ...]
) -> Callable[[Grown], Grown]:
    """Add a question to some."""

    def add(at: Grown) -> Grown:
        questions.append(Question(name, what, order, sizes, at))
        return at

    return add
