"""Charts in documents: as parts of a page, and in words where nothing is drawn."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen

from bajio.brief import Brief
from bajio.errors import BajioError
from bajio.words.messages import refusal_text
from bajio.words.phrasebook import say

if TYPE_CHECKING:
    from bajio.report.charts.chart import Chart

Drawn = Callable[[str], "Chart"]
#: What the parts of a picture say of themselves in English: the whole is told by its own words.
_PRATTLE = ("role", "class", "aria-label", "aria-hidden", "aria-roledescription", "pointer-events")
#: The size that the page gives it, and what says that it is a picture: all pages know.
_OUTER = (*_PRATTLE, "width", "height", "version")


@frozen(repr=False)
class ShownChart(Brief):
    """A chart as a document shows it.

    Attributes:
        words: what it shows, or why it cannot be drawn.
        svg: the picture; empty where none is drawn.
    """

    words: str
    svg: str = ""


def chart_shown(draw: Drawn, language: str, name: str) -> ShownChart:
    """A chart as a part of a page, where what draws is installed; else its words.

    Args:
        draw: what makes it.
        language: of its words.
        name: begins the names inside it, which no other picture of the page may have.
    """
    from bajio.report.charts import pictures

    chart = _drawn(draw, language)
    if isinstance(chart, str) or not pictures.are_there():
        return ShownChart(_words(chart))
    return ShownChart(chart.alt, _embedded(pictures.svg(chart.spec), name))


def pictures_are_drawn() -> bool:
    """Whether what draws charts is installed."""
    from bajio.report.charts import pictures

    return pictures.are_there()


def alt_text(draw: Drawn, language: str) -> str:
    """What a chart shows, in words; why it cannot be drawn, where it cannot."""
    return _words(_drawn(draw, language))


def _drawn(draw: Drawn, language: str) -> "Chart | str":
    """A chart, or why there is none."""
    try:
        return draw(language)
    except BajioError as error:
        return say("report.no-chart", language, reason=refusal_text(error, language))


def _words(chart: "Chart | str") -> str:
    return chart if isinstance(chart, str) else chart.alt


def _embedded(svg: str, name: str) -> str:
    """A picture as a part of a page: with names of its own, and silent.

    Examples:
        >>> given = '<svg xmlns="http://www.w3.org/2000/svg" width="9"><a id="clip1" class="b"/>'
        >>> _embedded(given + '<g clip-path="url(#clip1)"/></svg>', "f1")
        '<svg><a id="f1-clip1" /><g clip-path="url(#f1-clip1)" /></svg>'
    """
    from xml.etree import ElementTree as ET

    root = ET.fromstring(svg)  # noqa: S314  # vl-convert wrote it, not a stranger
    for part in root.iter():
        part.tag = part.tag.rpartition("}")[2]
        for key in _OUTER if part is root else _PRATTLE:
            part.attrib.pop(key, None)
        for key, value in part.attrib.items():
            if key == "id":
                part.set(key, f"{name}-{value}")
            elif value.startswith("url(#"):
                part.set(key, value.replace("url(#", f"url(#{name}-"))
    for title in root.findall("title"):
        root.remove(title)
    return ET.tostring(root, encoding="unicode")
