"""Units of measure: symbols that multiply, and exact factors between them.

Most questions only ask whether two units are the same, which needs no unit registry.
pint is imported when units differ or a quantity is asked for, and nowhere else.
"""

from bajio.units.conversion import factor, in_plain_symbols, quantity, same_dimension
from bajio.units.symbols import ONE, Unit, as_unit, currencies

__all__ = [
    "ONE",
    "Unit",
    "as_unit",
    "currencies",
    "factor",
    "in_plain_symbols",
    "quantity",
    "same_dimension",
]
