"""A map: the areas around a region by an indicator, its members outlined."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, Unavailable, shown as quoted
from bajio.facts.observations import Exact
from bajio.facts.outlines import Outline
from bajio.facts.regions import PeerGroup
from bajio.questions.map_outlines import outlines
from bajio.questions.peers import PeerColumn, Peers
from bajio.questions.results import Result, plain
from bajio.registry import Registry
from bajio.report.answer_words import figure, value_text
from bajio.report.charts.chart import Chart
from bajio.report.charts.map_sheet import MapSheet, sheet_of
from bajio.report.charts.map_steps import map_steps
from bajio.report.charts.theme import (
    INK,
    LOSSES,
    NO_FIGURE,
    REGION,
    REGION_INK,
    WIDTH,
    Caption,
    apart,
    framed,
    label,
    layer,
    text_width,
)
from bajio.report.charts.told import (
    dated,
    indicator_name,
    named_count,
    question_of,
    region_name,
    source_notes,
    unit_line,
)
from bajio.words.phrasebook import say
from bajio.words.quantities import amount, scale_of

_HIGHEST = 470
_MOST_NAMED = 8
#: So many areas have finer borders.
_MANY = 300


@frozen(eq=False, repr=False)
class _Drawn(Brief):
    """What is drawn.

    Attributes:
        shapes: outlines by code.
        column: the values.
        members: codes of the region's members.
        whole: whether the region is drawn as one, lying in some of the others.
    """

    shapes: Mapping[str, Outline] = field(repr=False)
    column: PeerColumn = field(repr=False)
    members: frozenset[str]
    whole: bool = False


def map_chart(result: Result, language: str, *, among: str | None = None) -> Chart:
    """The areas around the members that are like them, by the indicator, the members outlined.

    Those are the areas of the host; of members that all lie in one of its areas, those of that.

    Args:
        result: the region's.
        language: of the words.
        among: code of a peer group whose areas are drawn in their stead, as `latin-america`.

    Raises:
        Unavailable: there are no shapes, or no figures.
        InvalidValue: the members are of several kinds, and no group is named; or one is named that
            is of regions.
    """
    asked = question_of(result)
    members = frozenset(result.composition)
    codes = _around(result, among)
    shapes = {  # a member may lie in one of the others, which no region may
        **outlines(codes, registry=asked.registry),
        **outlines(sorted(members), registry=asked.registry),
    }
    if not members & set(shapes):
        raise Unavailable("there are no shapes of the members: bring outlines in a pack")
    group = PeerGroup("on-the-map", "On the map", sorted({*codes, *members}))
    column = Peers(asked.registry, asked.indicator, asked.options.but(peers=group)).column(
        result.year or asked.registry.today or 0
    )
    if not set(column.values) & set(shapes):
        raise Unavailable(f"no area on the map has {result.indicator.code!r} for the period")
    drawn = _Drawn(shapes, column, members, whole=not members <= set(codes))
    return _chart(result, drawn, asked.registry, language)


def _around(result: Result, among: str | None) -> tuple[str, ...]:
    """Codes of the areas that are drawn beside the members."""
    asked = question_of(result)
    registry, year = asked.registry, result.year
    if among is not None:
        codes = tuple(registry.peer_group(among).at(year))
        if any(code not in registry.areas for code in codes):
            raise InvalidValue(f"{quoted(among)} is of regions: a map is of areas")
        return codes
    kinds = {registry.areas[code].kind for code in result.composition}
    if len(kinds) > 1:
        raise InvalidValue("the members are of several kinds: name the group that is drawn")
    kind = kinds.pop()
    if result.host is None or kind == registry.areas[result.host].kind:
        peers = asked.options.peers
        code = peers.code if isinstance(peers, PeerGroup) else peers
        return tuple(registry.peer_group(code or "un-members").at(year))
    within = {registry.areas[code].within for code in result.composition}
    nearest = within.pop() if len(within) == 1 else None  # a state, of its municipalities
    return registry.areas.parts(nearest or result.host, kind, year)


def _values(result: Result, drawn: _Drawn) -> tuple[dict[str, Exact], list[Exact]]:
    """The values by area, and those that colours are parted by: the region's once, as one."""
    every = drawn.column.values
    values = {code: every[code] for code in drawn.shapes if code in every}
    if not drawn.whole:
        return values, list(values.values())
    exact: Exact = result.low
    if result.point is None:
        exact = Fraction(result.low + result.high) / 2
    values = {code: value for code, value in values.items() if code not in drawn.members}
    parted = [*values.values(), exact]
    return values | dict.fromkeys(drawn.members & set(drawn.shapes), exact), parted


def _chart(result: Result, drawn: _Drawn, registry: Registry, language: str) -> Chart:
    values, others = _values(result, drawn)
    bounds, steps = map_steps(others)
    labels = _step_labels(result, values, bounds, language)
    sheet = sheet_of(drawn.shapes.values(), WIDTH, _HIGHEST)
    rows = []
    # the members last, as they may lie in one of the others
    for code in sorted(drawn.shapes, key=lambda code: (code in drawn.members, code)):
        value = values.get(code)
        step = say("chart.none", language)
        if value is not None:
            step_number = sum(value >= bound for bound in bounds[1:])
            step = labels[min(step_number, len(labels) - 1)]
        rows.append(
            {
                "type": "Feature",
                "geometry": sheet.shape(drawn.shapes[code]),
                "code": code,
                "name": label(registry.name_of(code, language)),
                "value": None if value is None else plain(value),
                "words": None
                if value is None
                else figure(value, result.indicator, language, with_unit=False),
                "step": step,
                "member": code in drawn.members,
            }
        )
    colours = {**dict(zip(labels, steps, strict=True)), **_none(rows, language)}
    width = 1.2 if drawn.whole or len(drawn.members) > _MOST_NAMED else 2.4
    view = {
        "width": WIDTH,
        "height": sheet.height,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "layer": [
            _areas(
                colours, unit_line(result.indicator, language), 0.6 if len(rows) < _MANY else 0.15
            ),
            _members(width, INK if LOSSES[0] in steps or LOSSES[1] in steps else REGION),
            *_names(),
        ],
    }
    names = _named(rows, drawn, sheet, region_name(result.region, language))
    data = {"areas": rows, "names": names}
    return framed([view], _caption(result, drawn, registry, language), data)


def _step_labels(
    result: Result, values: Mapping[str, Exact], bounds: Sequence[Any], language: str
) -> list[str]:
    """What each colour stands for: from which figure on, and up to which."""
    shown = scale_of(result.indicator)
    ends = [*bounds, max(values.values())]
    return [
        say(
            "figure.between",
            language,
            low=amount(low, shown, language, with_unit=False),
            high=amount(high, shown, language, with_unit=False),
        )
        for low, high in pairwise(ends)
    ] or [amount(ends[0], shown, language, with_unit=False)]


def _none(rows: Iterable[Mapping[str, Any]], language: str) -> dict[str, str]:
    return {say("chart.none", language): NO_FIGURE} if any(r["value"] is None for r in rows) else {}


def _areas(colours: Mapping[str, str], unit: str, border: float) -> dict[str, Any]:
    legend = {
        "title": unit or None,
        "orient": "bottom",
        "direction": "horizontal",
        "columns": 3,
        "symbolType": "square",
        "symbolSize": 180,
        "symbolStrokeWidth": 0,
        "labelLimit": 320,
    }
    return {
        "data": {"name": "areas"},
        "mark": {"type": "geoshape", "stroke": "#FFFFFF", "strokeWidth": border},
        "encoding": {
            "color": {
                "field": "step",
                "type": "nominal",
                "scale": {"domain": list(colours), "range": list(colours.values())},
                "legend": legend,  # of its own, or it would lie below the notes
            }
        },
    }


def _members(width: float, colour: str) -> dict[str, Any]:
    return {
        "data": {"name": "areas"},
        "transform": [{"filter": {"field": "member", "equal": True}}],
        "mark": {"type": "geoshape", "filled": False, "stroke": colour, "strokeWidth": width},
    }


def _named(
    rows: Sequence[Mapping[str, Any]], drawn: _Drawn, sheet: MapSheet, region: str
) -> list[dict[str, Any]]:
    """The members' names beside all of them, where there are few, each with a line to its middle.

    Of a region that is drawn as one, its own name.
    """
    inside = [row for row in rows if row["member"]]
    if len(inside) > _MOST_NAMED and not drawn.whole:
        return []
    texts = [f"{row['name']}  {row['words'] or ''}".strip() for row in inside]
    boxes = [sheet.box(drawn.shapes[row["code"]]) for row in inside]
    middles = [sheet.middle(drawn.shapes[row["code"]]) for row in inside]
    if drawn.whole:
        texts = [f"{region}  {inside[0]['words'] or ''}".strip()]
        count = len(middles)
        middles = [(sum(x for x, _ in middles) / count, sum(y for _, y in middles) / count)]
    right, left = max(box[2] for box in boxes) + 18, min(box[0] for box in boxes) - 18
    widest = max(text_width(text, 13) for text in texts)
    on_right = right + widest <= WIDTH or left < widest
    edge = min(right, WIDTH - widest) if on_right else left
    places = apart([y for _, y in middles], 18, 10, sheet.height - 10)
    return [
        {"name": text, "x": x, "y": y, "edge": edge, "place": place, "right": on_right}
        for text, (x, y), place in zip(texts, middles, places, strict=True)
    ]


def _names() -> list[dict[str, Any]]:
    def at(field_: str) -> dict[str, Any]:
        return {"field": field_, "type": "quantitative", "scale": None, "axis": None}

    ways = {"x": at("x"), "y": at("y"), "x2": {"field": "edge"}, "y2": {"field": "place"}}
    place = {"x": at("edge"), "y": at("place"), "text": {"field": "name"}}
    halo = {"stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round"}
    layers = [
        layer("rule", "names", ways, color="#FFFFFF", strokeWidth=3),
        layer("rule", "names", ways, color=REGION_INK),
        layer(
            "circle", "names", {"x": at("x"), "y": at("y")}, color=REGION_INK, opacity=1, size=22
        ),
    ]
    for right, align, shift in ((True, "left", 4), (False, "right", -4)):
        for looks in (halo, {}):
            text = layer(
                "text",
                "names",
                place,
                align=align,
                dx=shift,
                fontWeight="bold",
                color=REGION_INK,
                fontSize=13,
                **looks,
            )
            text["transform"] = [{"filter": {"field": "right", "equal": right}}]
            layers.append(text)
    return layers


def _caption(result: Result, drawn: _Drawn, registry: Registry, language: str) -> Caption:
    what = dated(indicator_name(result.indicator, language), result, language)
    name, value = region_name(result.region, language), value_text(result, language)
    ordered = sorted(
        (value, code)
        for code, value in drawn.column.values.items()
        if code in drawn.shapes and not (drawn.whole and code in drawn.members)
    )
    low, high = (
        f"{label(registry.name_of(code, language))} "
        f"({amount(value, scale_of(result.indicator), language)})"
        for value, code in (ordered[0], ordered[-1])
    )
    shapes = dict.fromkeys(str(shape.source) for shape in drawn.shapes.values())
    uses = dict.fromkeys(use.in_words(language) for use in drawn.column.sources)
    beyond = [
        text for text in uses if text not in {use.in_words(language) for use in result.sources}
    ]
    notes = source_notes([result], language)
    more = say("chart.map-sources", language, sources="; ".join([*beyond, *shapes]))
    return Caption(
        say("chart.of", language, what=what, region=name),
        [" · ".join([value, say("chart.outlined", language)])],
        [*notes, more],
        say(
            "chart.map",
            language,
            what=what,
            region=name,
            value=value,
            low=low,
            high=high,
            count=named_count(result.region, language),
        ),
        language,
    )
