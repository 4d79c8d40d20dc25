"""Definitions without code: a TOML file of indicators by their formulas, sets, regions, composites.

```toml
[[indicator]]
code = "jobs-per-head"
formula = "sum(insured-jobs) / sum(population)"
unit = "job/person"
label = { en = "Insured jobs per head", es = "Puestos asegurados por habitante" }

[[expect]]
region = "bajio"
indicator = "jobs-per-head"
year = 2018
value = 0.18
tolerance = 0.01
```
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from bajio.amounts import exact_number
from bajio.brief import Brief
from bajio.composites import Component, Composite
from bajio.errors import BajioError, InvalidData, shown
from bajio.facts.periods import Period
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.files import Path, read_file
from bajio.hookspecs import hookimpl
from bajio.indicator import Indicator, IndicatorGroup, IndicatorSet
from bajio.readers.descriptor import CHARTER
from bajio.readers.shapes import (
    Check,
    Misfit,
    Shape,
    flag,
    label,
    listed,
    made_by,
    name,
    one_or_more,
    text,
)
from bajio.readers.toml_lines import lines_of
from bajio.rules.formula import read_rule

#: Lines by section, code or number of what stands there, and key.
Lines = Mapping[tuple[str, str, str], int]
_MOST_BYTES = 5 * 2**20


@frozen(repr=False)
class Expected(Brief):
    """A figure that an indicator must give, by which its definition is checked.

    Attributes:
        region: of which region.
        indicator: of which indicator.
        period: in which year, quarter or month; empty of an indicator that has no year.
        value: what it must be, in the indicator's unit.
        tolerance: how far from it is as good.
        line: where it stands in its file.
    """

    region: str
    indicator: str
    period: str
    value: Fraction
    tolerance: Fraction = Fraction(0)
    line: int | None = field(default=None, eq=False, repr=False)

    def fits(self, value: Fraction | float) -> bool:
        """Whether a value is as expected."""
        return abs(Fraction(value) - self.value) <= self.tolerance


class DefinitionFault(NamedTuple):
    """Something that is wrong with a file of definitions.

    Attributes:
        place: of what, as `indicator 'jobs-per-head'`; empty where of the whole file.
        line: where that stands, counted from 1.
        key: of it.
        problem: what was found, and after a colon what was expected.
    """

    place: str
    line: int | None
    key: str
    problem: str

    def __str__(self) -> str:
        join = "" if self.key.startswith("[") or not (self.key and self.place) else "."
        words = f"{self.place}{join}{self.key}"
        return f"{words}: {self.problem}" if words else self.problem


@frozen(repr=False)
class Definitions(Brief):
    """What a file defines; a plugin, whose hooks give it.

    Attributes:
        name: of the file.
        indicators, sets, regions, peer_groups, composites: what it defines.
        expected: figures that its indicators must give.
        faults: what is wrong with it, each with its place; nothing of what is wrong is above.
        content: of the file.
        lines: of what stands in it, by section and code, or number from 1, and key.
    """

    name: str
    indicators: tuple[Indicator, ...] = ()
    sets: tuple[IndicatorSet, ...] = ()
    regions: tuple[Region, ...] = ()
    peer_groups: tuple[PeerGroup, ...] = ()
    composites: tuple[Composite, ...] = ()
    expected: tuple[Expected, ...] = ()
    faults: tuple[DefinitionFault, ...] = ()
    content: bytes = field(default=b"", repr=False)
    lines: Lines = field(factory=dict, repr=False, eq=False)

    @hookimpl
    def bajio_indicators(self) -> Iterable[Indicator]:
        """The indicators."""
        return self.indicators

    @hookimpl
    def bajio_indicator_sets(self) -> Iterable[IndicatorSet]:
        """The sets."""
        return self.sets

    @hookimpl
    def bajio_regions(self) -> Iterable[Region]:
        """The regions."""
        return self.regions

    @hookimpl
    def bajio_peer_groups(self) -> Iterable[PeerGroup]:
        """The peer groups."""
        return self.peer_groups

    @hookimpl
    def bajio_composites(self) -> Iterable[Composite]:
        """The composites."""
        return self.composites


def read_definitions(location: Path) -> Definitions:
    """What a file of definitions says.

    Raises:
        InvalidData: it cannot be read, or something of it is wrong: all of that in one message.
    """
    return right_definitions(read_file(location, _MOST_BYTES), os.fspath(location))


def right_definitions(content: bytes, file: str) -> Definitions:
    """What a file of definitions says, by its content.

    Raises:
        InvalidData: as `read_definitions`.
    """
    result = _definitions(content, file)
    if result.faults:
        raise InvalidData("; ".join(map(str, result.faults)), file=file)
    return result


def all_definitions(location: Path) -> Definitions:
    """What a file of definitions says, with what is wrong with it.

    Raises:
        InvalidData: it is no TOML that can be read.
    """
    return _definitions(read_file(location, _MOST_BYTES), os.fspath(location))


def _definitions(content: bytes, file: str) -> Definitions:
    try:
        text = content.decode("utf-8-sig")
        sections = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:200]
        raise InvalidData(f"no TOML can be read: {problem}", file=file) from None
    lines = _lines(text, sections)
    problem = f"is not known: a file of definitions has {', '.join(_SECTIONS)}"
    faults = [
        DefinitionFault("", lines.get(("", "", key)), "", f"{shown(key)} {problem}")
        for key in sections
        if key not in _SECTIONS
    ]
    found: dict[str, tuple[Any, ...]] = {}
    for key, (attribute, check) in _SECTIONS.items():
        found[attribute] = tuple(_read(key, sections.get(key, []), check, lines, faults))
    return Definitions(
        os.path.basename(file), **found, faults=tuple(faults), content=content, lines=lines
    )


def _read(
    section: str, entries: object, check: Check, lines: Lines, faults: list[DefinitionFault]
) -> Iterator[Any]:
    """The entries of a section that can be read; of the others, what is wrong."""
    if not isinstance(entries, list):
        line = lines.get(("", "", section))
        faults.append(DefinitionFault(section, line, "", f"write [[{section}]], once for each"))
        return
    for number, entry in enumerate(entries, start=1):
        called = _called(entry, number)
        place = f"{section} {shown(called) if called != str(number) else number}"
        try:
            made = check(entry)
            line_fields = {"line": lines.get((section, called, ""))} if section == "expect" else {}
            yield evolve(made, **line_fields) if line_fields else made
        except Misfit as error:
            for misfit in error.faults or (error,):
                unread = re.match(r"'([\w-]+)' is not known", misfit.problem)
                where = misfit.where or (unread[1] if unread else "")
                key = re.split(r"[.\[]", where)[0]
                line = lines.get((section, called, key), lines.get((section, called, "")))
                faults.append(DefinitionFault(place, line, where, misfit.problem))


def _called(entry: object, number: int) -> str:
    """What an entry is known by: its code, else its number."""
    code = entry.get("code") if isinstance(entry, Mapping) else None
    return code if isinstance(code, str) else str(number)


def _lines(text: str, fields: Mapping[str, Any]) -> Lines:
    """The lines of a file by section, code or number, and key."""
    result: dict[tuple[str, str, str], int] = {}
    for (section, position, key), line in lines_of(text).items():
        entries = fields.get(section)
        entry = entries[position] if isinstance(entries, list) and position is not None else None
        called = "" if position is None else _called(entry, position + 1)
        result.setdefault((section, called, key), line)
    return result


def _rule(value: Any) -> Any:
    return made_by(read_rule)(text(value))


def _number(value: Any) -> Fraction:
    number: Fraction = made_by(exact_number)(value)
    return number


def _made(make: Callable[..., Any]) -> Callable[..., Any]:
    """A maker whose refusals, of whatever kind, are those of a shape."""

    def made(**arguments: Any) -> Any:
        try:
            return make(**arguments)
        except (BajioError, TypeError, ValueError) as error:
            raise Misfit(str(error)) from None

    return made


def _stay(value: Any) -> Membership:
    if isinstance(value, str):
        return Membership(name(value))
    stay: Membership = _STAY(value)
    return stay


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Misfit(f"{shown(value)} is not a year")
    return value


def _region(members: Any, code: str, names: Any = None, **more: Any) -> Region:
    return Region(members, code=code, names=names, **more)


def _group(members: Any, code: str, names: Any, **more: Any) -> PeerGroup:
    return PeerGroup(code, names, members, **more)


def _set(code: str, label: Any, **more: Any) -> IndicatorSet:
    return IndicatorSet(code, label, **more)


def _component(value: Any) -> Component:
    if isinstance(value, str):
        return Component(name(value))
    component: Component = _COMPONENT(value)
    return component


def _expected(
    region: str, indicator: str, value: Fraction, period: Any = "", year: Any = None, **more: Any
) -> Expected:
    if period != "" and year is not None:
        raise Misfit("give either its year or its period")
    when = year if period == "" else period
    words = "" if when is None else str(made_by(Period.parse)(when))
    return Expected(region, indicator, words, value, **more)


_STAY = Shape(
    _made(Membership),
    {"area": ("area", name), "joined": ("joined", _whole), "left": ("left", _whole)},
    needed=("area",),
    ignored=(),
)
_COMPONENT = Shape(
    _made(Component),
    {"indicator": ("indicator", name), "weight": ("weight", _number), "better": ("better", text)},
    needed=("indicator",),
    ignored=(),
)
_SECTIONS: dict[str, tuple[str, Check]] = {
    "indicator": (
        "indicators",
        Shape(
            _made(Indicator),
            {
                "code": ("code", name),
                "formula": ("rule", _rule),
                "unit": ("unit", text),
                "label": ("label", label),
                "better": ("better", text),
                "description": ("description", label),
                "source": ("formula_source", text),
                "topic": ("topic", text),
                "as-number": ("as_number", flag),
                "aliases": ("aliases", one_or_more(name)),
                "replaces": ("replaces", text),
            },
            needed=("code", "formula", "unit", "label"),
            ignored=(),
        ),
    ),
    "set": (
        "sets",
        Shape(
            _made(_set),
            {
                "code": ("code", name),
                "label": ("label", label),
                "indicators": ("members", listed(name)),
                "groups": (
                    "groups",
                    listed(
                        Shape(
                            _made(IndicatorGroup),
                            {"label": ("label", label), "indicators": ("members", listed(name))},
                            needed=("label",),
                            ignored=(),
                        )
                    ),
                ),
                "replaces": ("replaces", text),
            },
            needed=("code", "label"),
            ignored=(),
        ),
    ),
    "region": (
        "regions",
        Shape(
            _made(_region),
            {
                "code": ("code", name),
                "label": ("names", label),
                "members": ("members", one_or_more(_stay)),
                "basis": ("basis", text),
                "charter": ("charter", CHARTER),
                "aliases": ("aliases", one_or_more(name)),
                "replaces": ("replaces", text),
            },
            needed=("code", "members"),
            ignored=(),
        ),
    ),
    "peer-group": (
        "peer_groups",
        Shape(
            _made(_group),
            {
                "code": ("code", name),
                "label": ("names", label),
                "members": ("members", one_or_more(_stay)),
                "basis": ("basis", text),
                "aliases": ("aliases", one_or_more(name)),
                "replaces": ("replaces", text),
            },
            needed=("code", "label", "members"),
            ignored=(),
        ),
    ),
    "composite": (
        "composites",
        Shape(
            _made(Composite),
            {
                "code": ("code", name),
                "label": ("label", label),
                "components": ("components", listed(_component)),
                "normalisation": ("normalisation", text),
                "aggregation": ("aggregation", text),
                "scale": ("scale", listed(_number)),
                "among": ("among", text),
                "description": ("description", label),
                "source": ("formula_source", text),
                "replaces": ("replaces", text),
            },
            needed=("code", "label", "components"),
            ignored=(),
        ),
    ),
    "expect": (
        "expected",
        Shape(
            _made(_expected),
            {
                "region": ("region", name),
                "indicator": ("indicator", name),
                "year": ("year", _whole),
                "period": ("period", text),
                "value": ("value", _number),
                "tolerance": ("tolerance", _number),
            },
            needed=("region", "indicator", "value"),
            ignored=(),
        ),
    ),
}
