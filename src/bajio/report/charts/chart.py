"""A chart: a Vega-Lite specification with the words for those who do not see it."""

import os
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, shown
from bajio.files import write_file
from bajio.report.charts import pictures

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{alt}</title>
<style>
body {{ margin: 0; background: #fff; }} figure {{ margin: 0; overflow-x: auto; }}
svg {{ width: 100%; min-width: 40rem; max-width: 75rem; height: auto; }}
</style>
</head>
<body>
<main>
<figure tabindex="0">
{picture}
</figure>
</main>
</body>
</html>
"""


@frozen(eq=False, repr=False)
class Chart(Brief):
    """A picture of an answer, as data.

    Attributes:
        spec: its Vega-Lite specification, with the figures; nothing is loaded to draw it.
        alt: what it shows, in words.
        language: of its words.

    Examples:
        >>> import bajio
        >>> chart = bajio.evaluate("bajio", "gdp", year=2018).plot()
        >>> print(chart.alt)
        GDP, 2018: Bajío Alliance has 136.0 billion USD, 57th of 191, between Kuwait and Ukraine.
        >>> chart.spec["$schema"]
        'https://vega.github.io/schema/vega-lite/v5.json'
    """

    spec: Mapping[str, Any] = field(repr=False)
    alt: str
    language: str = "en"

    def to_json(self) -> str:
        """The specification as JSON, for any program that draws Vega-Lite."""
        from json import dumps

        return dumps(self.spec, ensure_ascii=False, allow_nan=False)

    def save(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Write it to a file, whole or not at all, in the format that the path's ending names.

        Args:
            path: ends in .png, .svg, .pdf, .json or .html.
            overwrite: whether a file that is there is replaced.

        Raises:
            InvalidValue: the ending names no format, or the file is there or cannot be written.
            MissingExtra: the extra `charts` is not installed.
        """
        name = os.fspath(path)
        write_file(name, self.drawn(ending_of(name)), overwrite=overwrite)

    def drawn(self, ending: str) -> str | bytes:
        """What a file with an ending holds."""
        return _FORMATS[ending](self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """What a notebook shows: the chart, a picture where it draws none, or the words."""
        del include, exclude
        bundle: dict[str, Any] = {
            "application/vnd.vegalite.v5+json": dict(self.spec),
            "text/plain": self.alt,
        }
        if pictures.are_there():
            bundle["image/svg+xml"] = pictures.svg(self.spec)
        return bundle


def ending_of(path: str) -> str:
    """The ending of a file that names a format of charts.

    Raises:
        InvalidValue: it names none.

    Examples:
        >>> ending_of("rank.png")
        '.png'
        >>> ending_of("rank.gif")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: 'rank.gif': no chart ends in '.gif': it can be .png, .svg, \
.pdf, .json, .html
    """
    ending = os.path.splitext(path)[1].casefold()
    if ending not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise InvalidValue(f"{shown(path)}: no chart ends in {shown(ending)}: it can be {known}")
    return ending


def _html(chart: Chart) -> str:
    return _PAGE.format(
        language=chart.language, alt=escape(chart.alt), picture=pictures.svg(chart.spec)
    )


_FORMATS: Mapping[str, Callable[[Chart], str | bytes]] = MappingProxyType(
    {
        ".png": lambda chart: pictures.png(chart.spec),
        ".svg": lambda chart: pictures.svg(chart.spec),
        ".pdf": lambda chart: pictures.pdf(chart.spec),
        ".json": lambda chart: f"{chart.to_json()}\n",
        ".html": _html,
    }
)
