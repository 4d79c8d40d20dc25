"""The map that members are chosen on: the outlines of areas as shapes that can be pressed."""

from collections.abc import Mapping

from bajio.explorer.views import Ground, View
from bajio.questions.map_outlines import outlines
from bajio.report.charts.map_sheet import sheet_of
from bajio.report.escapes import html

_WIDTH, _HIGHEST = 640, 440


def member_map(view: View) -> str:
    """The map as SVG; nothing where the areas have no outlines.

    Those who see none, and those who use no mouse, have the same areas in the list.
    """
    ground = view.ground
    height, paths = ground.registry.keep(("explorer's map", ground.areas), lambda: _paths(ground))
    if not paths:
        return ""
    shapes = "".join(
        f'<path data-code="{html(code)}" class="{_marks(view, code)}" d="{path}">'
        f"<title>{html(ground.registry.name_of(code, view.language))}</title></path>"
        for code, path in paths.items()
    )
    return (
        f'<svg class="map" id="map" viewBox="-4 -4 {_WIDTH + 8} {height + 8:g}" '
        f'aria-hidden="true" focusable="false">{shapes}</svg>'
    )


def _marks(view: View, code: str) -> str:
    """The classes of an area: the letters of the alliances that have it."""
    return " ".join(
        letter for letter, members in zip("ab", view.alliances, strict=False) if code in members
    )


def _paths(ground: Ground) -> tuple[float, Mapping[str, str]]:
    """The height of the map, and each area's outline on it as SVG writes paths."""
    shapes = outlines(ground.areas, registry=ground.registry)
    if not shapes:
        return 0, {}
    sheet = sheet_of(shapes.values(), _WIDTH, _HIGHEST)
    paths = {}
    for code, outline in shapes.items():
        polygons = sheet.shape(outline)["coordinates"]
        rings = (ring for polygon in polygons for ring in polygon)
        paths[code] = "".join(
            "M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z" for ring in rings
        )
    return sheet.height, paths
