"""Periods in SDMX notation: a year (`2018`) or a quarter (`2018-Q1`), one frequency a series."""

import re
from enum import StrEnum
from functools import cache

from bajio.errors import InvalidValue

TIMELESS = ""
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-Q[1-4])?")


class Frequency(StrEnum):
    """How often a series is observed (SDMX code list CL_FREQ), or once for all."""

    ANNUAL = "A"
    QUARTERLY = "Q"
    TIMELESS = "T"

    def periods(self, year: int) -> tuple[str, ...]:
        """The periods that make up a year.

        Examples:
            >>> Frequency.QUARTERLY.periods(2018)
            ('2018-Q1', '2018-Q2', '2018-Q3', '2018-Q4')
        """
        return _periods(self, year)

    @staticmethod
    def of(period: str) -> "Frequency":
        """The frequency that a period's notation shows.

        Raises:
            InvalidValue: the text is not a period.

        Examples:
            >>> Frequency.of("2018-Q1").name, Frequency.of("2018").name
            ('QUARTERLY', 'ANNUAL')
        """
        if period == TIMELESS:
            return Frequency.TIMELESS
        if not _PERIOD.fullmatch(period):
            raise InvalidValue(f"{period!r} is not a period: write '2018' or '2018-Q1'")
        return Frequency.ANNUAL if len(period) == 4 else Frequency.QUARTERLY


@cache
def _periods(frequency: Frequency, year: int) -> tuple[str, ...]:
    if frequency is Frequency.TIMELESS:
        return (TIMELESS,)
    if frequency is Frequency.ANNUAL:
        return (str(year),)
    return tuple(f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4))


def year_of(period: str) -> int:
    """The year that a period lies in.

    Examples:
        >>> year_of("2018-Q3")
        2018
    """
    return int(period[:4])
