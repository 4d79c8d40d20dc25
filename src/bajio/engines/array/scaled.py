"""Exact terms as floats: brought to whole numbers where they can be, so that their sums are exact.

Areas are few and sets of them many: each area's exact term becomes a float once, and sums of floats
answer for the sets. Whole numbers add without a bit lost, in any order, as long as no sum reaches
2⁵³; so terms are scaled to whole numbers where that fits, and where it does not, how far a sum can
be off is known. Where exact values are asked for, whole numbers are added as 64-bit integers where
their sum provably fits, else in limbs that are put together at the end.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Floats
from bajio.engines.array.blocks import Block, Ragged
from bajio.facts.observations import Exact, exact

#: Up to here every whole number is a float.
EXACT = 2**53
#: What one operation on floats is taken to be off, relative to its result. It is off by 2⁻⁵³ at
#: most; four times that leaves room for what the bound itself loses: it is worked out in floats,
#: and to first order, so that products of two errors are in none of its terms.
UNIT = 2.0**-51
#: Terms that fit no whole numbers are scaled so that they sum to about 2⁴⁰. The scale is a power of
#: two, which costs no rounding; with it terms of any size, which exact numbers may have, neither
#: overflow as floats nor vanish, and the bound is of the same size whatever they measure.
_BITS = 40
#: Limbs of 31 bits: more than 2³² of them can be added before 64 bits overflow, more than there
#: are members in any block.
_LIMB = 31
#: Whole numbers whose sizes together are less than this have no sum that overflows 64 bits.
_FITS = 2**62


@frozen(eq=False)
class LinearForm:
    """A sum over the members and an offset, scaled to the smallest whole numbers that there are.

    No sum is ever brought back: those of one form are compared with one another, in its own unit.
    So a common divisor is taken out as well, and more forms fit.

    Attributes:
        terms, offset: exact, not scaled.
        values: the terms times the scale, as floats.
        start: the offset times the scale, as a float.
        scale: positive.
        error: the most that a sum of values with the start is off; zero where floats are exact.
    """

    terms: tuple[Exact, ...] = field(repr=False)
    offset: Exact
    values: Floats
    start: float
    scale: Fraction
    error: float

    @staticmethod
    def of(terms: Sequence[Exact], offset: Exact = 0) -> "LinearForm":
        """The form of some exact terms.

        Examples:
            >>> form = LinearForm.of([Fraction(20, 3), Fraction(40, 3)], -10)
            >>> form.values, form.start, form.scale, form.error
            (array([2., 4.]), -3.0, Fraction(3, 10), 0.0)
        """
        every = [Fraction(term) for term in (*terms, offset)]
        below, above = (lcm(*(x.denominator for x in every)), gcd(*(x.numerator for x in every)))
        total = sum((abs(term) for term in every), Fraction())
        scale = Fraction(below, above or 1)
        error = 0.0
        if total * scale > EXACT:
            bits = total.numerator.bit_length() - total.denominator.bit_length()
            scale = Fraction(2) ** (_BITS - bits)
            error = float(total * scale) * UNIT * (len(every) + 2)
        *values, start = (float(term * scale) for term in every)
        return LinearForm(tuple(terms), offset, np.array(values), start, scale, error)

    @property
    def is_positive(self) -> bool:
        """Whether it is positive for every set that is not empty."""
        return self.offset >= 0 and all(term > 0 for term in self.terms)


@frozen(eq=False)
class TermColumn:
    """What areas add to a leaf, an entry an area.

    Its sums are brought back to what they measure by one division by a whole number, which rounds
    once: so a sum of whole terms is exact but for that, and equal sums are equal floats.

    Attributes:
        exact: the terms, zero for an area that does not enter.
        values: the terms times the divisor, as floats.
        divisor: what brings their sum back; 1 where nothing is gained by one.
        whole: whether all values are whole, and so any sum of them exact.
        never_negative: whether no term is negative.
        most: the sum of the absolute terms.
    """

    exact: tuple[Exact, ...] = field(repr=False)
    values: Floats
    divisor: int
    whole: bool
    never_negative: bool
    most: float

    @staticmethod
    def of(terms: Sequence[Exact]) -> "TermColumn":
        """The column of some exact terms.

        Examples:
            >>> TermColumn.of([Fraction(1, 2), Fraction(3, 4)]).values
            array([2., 3.])
        """
        divisor = _common_divisor(terms)
        whole = divisor is not None and sum(abs(int(term * divisor)) for term in terms) < EXACT
        scale = divisor if whole and divisor is not None else 1
        values = np.array([float(term * scale) for term in terms], dtype=np.float64)
        least: Exact = min(terms, default=0)
        most = float(np.abs(values).sum()) / scale
        return TermColumn(tuple(terms), values, scale, whole, least >= 0, most)

    def scaled(self, sums: Floats) -> Floats:
        """Sums of values as sums of terms."""
        return sums if self.divisor == 1 else sums / self.divisor


def _common_divisor(terms: Sequence[Exact]) -> int | None:
    """The least number that makes all terms whole; `None` where it is no exact float."""
    divisor = 1
    for term in terms:
        divisor = lcm(divisor, term.denominator)
        if divisor >= EXACT:
            return None
    return divisor


def exact_sums(terms: Sequence[Exact], block: Block) -> list[Exact]:
    """For each region the exact sum of its members' terms.

    Examples:
        >>> from bajio.engines.array.blocks import block_of
        >>> exact_sums([2**70, Fraction(1, 2), 1], block_of([[0, 1], [0, 2]]))
        [Fraction(2361183241434822606849, 2), 1180591620717411303425]
    """
    divisor = lcm(*{term.denominator for term in terms})
    whole = [int(term * divisor) for term in terms]
    summed = _summed(whole, block.ragged())
    return [exact(Fraction(total, divisor)) for total in summed] if divisor != 1 else list(summed)


def _summed(whole: Sequence[int], block: Ragged) -> list[int]:
    if sum(map(abs, whole)) < _FITS:
        return _limb(whole, block)
    longest = max(abs(number) for number in whole).bit_length()
    result = [0] * block.size
    for shift in range(0, longest, _LIMB):
        mask = (1 << _LIMB) - 1
        limb = [(abs(number) >> shift & mask) * (1 if number >= 0 else -1) for number in whole]
        parts = _limb(limb, block)
        result = [so_far + (part << shift) for so_far, part in zip(result, parts, strict=True)]
    return result


def _limb(whole: Sequence[int], block: Ragged) -> list[int]:
    entries = np.array(whole, dtype=np.int64).take(block.flat)
    result = np.zeros(block.size, dtype=np.int64)
    filled = np.flatnonzero(block.counts)
    if len(filled):
        result[filled] = np.add.reduceat(entries, block.starts[filled])
    numbers: list[int] = result.tolist()
    return numbers
