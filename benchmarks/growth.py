"""How each question grows with what it is asked about: the slope of time over size.

Each is asked of a made country, whose registry has answered nothing yet, with more and more of one
thing: members, peers, years, indicators, claims, rows. At every size what it answers is compared
with what it must be, before it is timed. Then a line is laid through the logarithms of processor
time and size: its slope is the exponent. It is below what is stated where what does not grow still
weighs.
"""

from collections.abc import Callable, Iterator
from time import process_time

import growing_regions
import growing_structures
import growing_texts
from growing import Asked, Question
from outcomes import Order, WrongAnswerError

QUESTIONS = (
    *growing_regions.QUESTIONS,
    *growing_structures.QUESTIONS,
    *growing_texts.QUESTIONS,
)
ROUNDS, ENOUGH = 5, 1.0  # seconds after which no further round is taken
#: In quick rounds: two sizes, which are so many times less.
QUICK, LEAST = 8, 4


def run_all(*, quick: bool) -> Iterator[Order]:
    """Ask one question after the other, at all sizes.

    Raises:
        WrongAnswerError: an answer is not what it must be.
    """
    for question in QUESTIONS:
        sizes = question.sizes
        if quick:
            sizes = tuple(max(size // QUICK, LEAST + at) for at, size in enumerate(sizes[:2]))
        seconds = tuple(timed(question, size, 1 if quick else ROUNDS) for size in sizes)
        name = f"{question.name}, by {question.grows}"
        yield Order(name, question.order, sizes, seconds)


def timed(question: Question, size: int, rounds: int) -> float:
    """The least processor time that a question takes at a size, in seconds."""
    asked = question.at(size)
    check(question, size, asked)
    spent: list[float] = []
    while len(spent) < rounds and (not spent or sum(spent) < ENOUGH):
        spent.append(seconds_of(asked.ask))
    return min(spent)


def check(question: Question, size: int, asked: Asked) -> None:
    """Compare an answer with what it must be.

    Raises:
        WrongAnswerError: it is another one.
    """
    found = asked.told(asked.ask())
    if found != asked.expected:
        which = f"{question.name} of {size:,} {question.grows}"
        raise WrongAnswerError(f"{which}: {found}, and must be {asked.expected}")


def seconds_of(ask: Callable[[], object]) -> float:
    """The processor's time that a question takes."""
    began = process_time()
    ask()
    return process_time() - began
