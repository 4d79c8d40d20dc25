"""Shortening: what a long sum or product is made of, each part once with how often it counts.

`r = r + Sum("a")` a thousand times over is 1000 × Σ a, and `r = r + r` thirty times is 2³⁰ × Σ a:
the same number, for what walks a rule a tree of few and shallow nodes.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Tree = TypeVar("Tree")


def counted(
    values: Sequence[tuple[Node, Fraction]],
    split: Callable[[Node], Sequence[tuple[Node, Fraction]] | None],
    depth: Callable[[Node], int],
) -> Iterator[tuple[Node, Fraction]]:
    """What is not taken apart, with how often it counts, each once.

    A node that is shared is taken apart once: the deepest go first, so that all that name it have
    been counted by then.

    Args:
        values: what is taken apart, with how often it counts.
        split: gives what is inside a node, with how often it counts in it; `None` for what is not
            taken apart.
        depth: how deep what is inside a node nests.

    Examples:
        >>> halves = lambda number: [(number // 2, Fraction(2))] if number > 1 else None
        >>> list(counted([(8, Fraction(3))], halves, lambda number: number))
        [(1, Fraction(24, 1))]
    """
    times: dict[int, Fraction] = {}
    waiting: list[tuple[int, int, Node]] = []
    parts: dict[Node, Fraction] = {}

    def add(node: Node, more: Fraction) -> None:
        if id(node) not in times:
            heappush(waiting, (-depth(node), len(times), node))
            times[id(node)] = Fraction()
        times[id(node)] += more

    kept = list(values)
    for node, more in kept:
        add(node, more)
    while waiting:
        _, _, node = heappop(waiting)
        inner = split(node)
        if inner is None:
            parts[node] = parts.get(node, Fraction()) + times[id(node)]
            continue
        for inner_node, more in inner:
            add(inner_node, more * times[id(node)])
    yield from parts.items()


def balanced(join: Callable[[Tree, Tree], Tree], trees: Sequence[Tree]) -> Tree:
    """Trees joined two by two, as deep as the logarithm of their number.

    Examples:
        >>> balanced(lambda left, right: f"({left} {right})", ["a", "b", "c", "d"])
        '((a b) (c d))'
    """
    if len(trees) == 1:
        return trees[0]
    half = len(trees) // 2
    return join(balanced(join, trees[:half]), balanced(join, trees[half:]))
