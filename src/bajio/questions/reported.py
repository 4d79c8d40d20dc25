"""Answers that a report can be made of."""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bajio.brief import Brief

if TYPE_CHECKING:
    from pathlib import Path

#: What writes answers. It knows every question, and no question knows it: it is named here alone,
#: and loaded when an answer is asked for what it writes.
_WRITER = "bajio.report.documents"
_CITER = "bajio.report.citation_report"
#: What draws them, in the same way.
_DRAUGHTSMAN = "bajio.report.charts.gallery"


class Dated:
    """An answer of one period, in SDMX notation; of none where it has none."""

    __slots__ = ()
    period: str | None

    @property
    def year(self) -> int | None:
        """The year that the period is, or lies in; `None` for what has none."""
        return None if self.period is None else int(self.period[:4])


class Reported(Brief):
    """An answer that a report can be made of, and that can be handed on in any format."""

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

    def to_json(self) -> str:
        """The same as JSON, by the schema that `bajio schema` tells."""
        text: str = import_module(_WRITER).json_of(self)
        return text

    def to_frame(self, backend: str = "polars") -> Any:
        """A frame with one row an observation: the columns of CSV, whatever was asked, typed.

        Args:
            backend: "polars", "pandas" or "pyarrow".

        Raises:
            InvalidValue: another backend.
            MissingExtra: it, or narwhals, is not installed.

        Examples:
            >>> import bajio
            >>> frame = bajio.profile("bajio", year=2018).to_frame()
            >>> gdp = frame.filter(frame["indicator"] == "gdp")
            >>> gdp.select("unit", "year", "rank_position").row(0)
            ('USD', 2018, 57)
        """
        return import_module(_WRITER).frame_of_answer(self, backend)

    def save(
        self, path: "str | Path", *, overwrite: bool = False, language: str | None = None
    ) -> None:
        """Write it to a file, whole or not at all, in the format that the path's ending names.

        Args:
            path: ends in .txt, .csv, .json, .md, .html, .xlsx or .parquet; in .png, .svg or .pdf
                for a picture, of an answer that has one.
            overwrite: whether a file that is there is replaced.
            language: `en` or `es`, of what is shown; that of `BAJIO_LANG` or else of the locale, if
                not given. JSON and CSV are the same in all.

        Raises:
            InvalidValue: the ending names no format, the language is not known, or the file is
                there or cannot be written.
            MissingExtra: what writes the format is not installed.
        """
        import_module(_WRITER).save(self, os.fspath(path), overwrite=overwrite, language=language)

    def cite(self, style: str = "text") -> str:
        """The sources that it comes from, and bajio with its data, to be cited.

        Args:
            style: "text", "bibtex" or "csl" (CSL-JSON).

        Raises:
            InvalidValue: another style.

        Examples:
            >>> import bajio
            >>> print(bajio.evaluate("bajio", "area", peers=None).cite().splitlines()[0])
            INEGI, Información por entidad, territorial area.
        """
        text: str = import_module(_CITER).citation(self, style)
        return text

    def plot(self, kind: str | None = None, *, language: str | None = None, **choices: Any) -> Any:
        """A chart of it: a value with `spec`, its Vega-Lite, `alt`, its words, and `save`.

        Args:
            kind: of a result "rank", "members", "map" or "spread"; other answers have one kind.
            language: `en` or `es`, of its words; that of `BAJIO_LANG` or else of the locale, if
                not given.
            choices: those of the kind.

        Raises:
            InvalidValue: the answer has no such chart.

        Examples:
            >>> import bajio
            >>> chart = bajio.evaluate("bajio", "gdp", year=2018).plot("members")
            >>> chart.alt.split(": ")[0]
            'GDP, 2018, by member'
        """
        return import_module(_DRAUGHTSMAN).chart_of(self, kind, language, **choices)
