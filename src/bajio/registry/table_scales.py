"""How large the figures of a table are: what must be said, where the table leaves it open."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from attrs import frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, shown
from bajio.facts.measures import Measure
from bajio.readers.sheet_readings import SheetReading

if TYPE_CHECKING:
    from bajio.readers.tidy_tables import ColumnFigures

SCALES = {"one": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
#: Figures of an old workbook, whose formats are not read, can be shares up to this.
_OLD_WORKBOOK, _FORMATTED = ".xls", 10


@frozen(repr=False)
class Wanted(Brief):
    """What must be said before a table can be read.

    Attributes:
        option: the argument that says it.
        reason: why it cannot be told.
        choices: what it can be, where there are only a few.
    """

    option: str
    reason: str
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        choices = f": {', '.join(self.choices)}" if self.choices else ""
        return f"{self.option}{choices} ({self.reason})"


def unscaled(
    file: str, readings: Sequence[SheetReading], measure: Measure | None, said: str
) -> Iterator[Wanted]:
    """What must be said of the size of figures, where the table and the unit leave it open.

    Args:
        file: the table's name, whose ending tells a workbook.
        readings: what was read of it.
        measure: what its figures are of, if that is known.
        said: the unit that was said.
    """
    most = _FORMATTED if file.casefold().endswith(_OLD_WORKBOOK) else 1
    unit = "" if measure is None else str(measure.unit)
    if not re.search("thousand|million|billion", f"{unit} {said}"):
        for text in dict.fromkeys(reading.scale for reading in readings if reading.scale):
            yield Wanted("scale", f"{shown(text)} stands in the table", tuple(SCALES))
    for fromkey in dict.fromkeys(reading.scaled for reading in readings if reading.scaled):
        yield Wanted("scale", f"{fromkey}, is shown in thousands or millions", tuple(SCALES))
    if measure is None:
        return
    percent = _percent(readings)
    if percent and unit != "percent":
        fromkey = f"{percent} is in percent, and the unit is {unit or '1'}: 0.01 makes shares of it"
        yield Wanted("scale", fromkey)
    elif unit == "percent" and not percent and _are_shares(readings, most):
        fromkey = f"all figures are at most {most}, and the unit is percent"
        yield Wanted("scale", f"{fromkey}: 100 where 0.12 is 12 %", ("1", "100"))


def _percent(readings: Sequence[SheetReading]) -> str:
    """A figure that is in percent; empty where none is."""
    return next((reading.percent for reading in readings if reading.percent), "")


def check_scale(readings: Sequence[SheetReading], measure: Measure | None, said: object) -> None:
    """Refuse a scale of figures in percent whose unit is percent already.

    Raises:
        InvalidValue: they would be multiplied twice.
    """
    percent = _percent(readings)
    if percent and measure is not None and str(measure.unit) == "percent" and said != 1:
        raise InvalidValue(f"{percent} is in percent, as the unit is: leave the scale out")


def _are_shares(readings: Sequence[SheetReading], most: int) -> bool:
    """Whether there are several figures that are not 0, and none is above a number."""
    [*columns] = [reading.figures for reading in readings if not isinstance(reading.figures, tuple)]
    if columns:
        return cast("ColumnFigures", columns[0]).largest() <= most
    values = [Fraction(f.value) for reading in readings for f in reading.figures if f.value]
    return len(values) > 1 and max(map(abs, values)) <= most
