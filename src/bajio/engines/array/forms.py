"""Linear forms: a sum over the members and an offset, in floats that are exact where they can be.

Terms and offset are brought to whole numbers without a common divisor. Where all their sums are
within 2⁵³, each float is exact, in any order of adding; else it comes with a bound of its error.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Floats
from bajio.facts.observations import Exact

#: Up to here every whole number is a float.
_WHOLE = 2**53
#: More than what one operation on floats is off, relative to its result.
ROUNDING = 2.0**-51
#: What the absolute terms sum to, in bits, where they are not whole numbers.
_BITS = 40


@frozen(eq=False)
class LinearForm:
    """A linear form over areas, scaled.

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
        given = [Fraction(one) for one in (*terms, offset)]
        below, above = (lcm(*(x.denominator for x in given)), gcd(*(x.numerator for x in given)))
        total = sum((abs(one) for one in given), Fraction())
        scale = Fraction(below, above or 1)
        error = 0.0
        if total * scale > _WHOLE:
            bits = total.numerator.bit_length() - total.denominator.bit_length()
            scale = Fraction(2) ** (_BITS - bits)
            error = float(total * scale) * ROUNDING * (len(given) + 2)
        *values, start = (float(one * scale) for one in given)
        return LinearForm(tuple(terms), offset, np.array(values), start, scale, error)

    @property
    def is_positive(self) -> bool:
        """Whether it is positive for every set that is not empty."""
        return self.offset >= 0 and all(term > 0 for term in self.terms)
