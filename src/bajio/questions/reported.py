"""Answers that a report can be made of."""

from importlib import import_module
from typing import Any

from bajio.brief import Brief
from bajio.facts.periods import year_of

#: What writes answers. It knows every question, and no question knows it: it is named here alone,
#: and loaded when an answer is asked for what it writes.
_WRITER = "bajio.report.documents"


class Dated:
    """An answer of one period, in SDMX notation; of none where it has none."""

    __slots__ = ()
    period: str | None

    @property
    def year(self) -> int | None:
        """The year that the period is, or lies in; `None` for what has none."""
        return None if self.period is None else year_of(self.period)


class Reported(Brief):
    """An answer that a report can be made of."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """What JSON holds of it: plain values by the keys that `bajio schema` tells.

        Examples:
            >>> import bajio
            >>> data = bajio.evaluate("bajio", "gdp", year=2018).to_dict()
            >>> data["indicator"], data["unit"], data["rank"]["position"]
            ('gdp', 'USD', 57)
        """
        data: dict[str, Any] = import_module(_WRITER).data_of(self)
        return data
