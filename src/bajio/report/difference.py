"""Differences as sheets and as plain data."""

from fractions import Fraction
from typing import Any

from bajio.questions.difference import Contribution, Difference, Part
from bajio.questions.results import plain
from bajio.report.data import SCHEMA, exact_text, region_data, result_data
from bajio.report.sheets import Sheet
from bajio.report.wording import bare_figure, notes_text, signed_text, value_text
from bajio.words.magnitudes import percent

#: The effects of a difference, and what they are called.
_EFFECTS = {"within": "By own ratio", "structure": "By share", "membership": "By membership"}


def difference_sheet(found: Difference) -> Sheet:
    """A difference as a table: each member on both sides, and what it contributes."""
    effects = _shown_effects(found)
    header = ["Member"]
    for name in _names(found):
        header += [name, "share"] if found.is_ratio else [name]
    header += [*(_EFFECTS[effect] for effect in effects), "Contribution"]
    rows = [_row(one, found, effects) for one in found.contributions]
    rows.append(_total_row(found, effects))
    notes = []
    if effects:
        notes.append("By own ratio and by share: at the mid-point of both sides.")
    elif found.membership and found.is_ratio:
        notes.append("A member contributes its share times its distance from the mid-point.")
    if found.nominal:
        notes.append("Money at each year's own prices and rates: inflation is in the difference.")
    notes += notes_text((found.now, found.base))
    sources = dict.fromkeys(str(use) for one in (found.now, found.base) for use in one.sources)
    notes += [f"Source: {source}." for source in sources]
    right = tuple(range(1, len(header)))
    return Sheet(_title(found), tuple(header), tuple(rows), right, tuple(notes))


def _title(found: Difference) -> str:
    now, base = found.now, found.base
    first, second = (f"{value_text(one)}" for one in (now, base))
    if now.region == base.region:
        sides = f"of {now.region}: {first} in {now.year}, {second} in {base.year}"
    else:
        when = f" in {now.year}" if now.year is not None else ""
        sides = f"of {now.region}: {first}{when}; of {base.region}: {second}"
    change = signed_text(found.change, now.indicator)
    return f"{now.indicator.label} {sides}\nDifference: {change}"


def _names(found: Difference) -> tuple[str, str]:
    now, base = found.now, found.base
    if now.region == base.region:
        return str(now.year), str(base.year)
    return str(now.region), str(base.region)


def _shown_effects(found: Difference) -> list[str]:
    """The effects that are there, where there is more than one."""
    shown = [
        effect for effect in _EFFECTS if any(getattr(one, effect) for one in found.contributions)
    ]
    return shown if found.is_ratio and len(shown) > 1 else []


def _row(one: Contribution, found: Difference, effects: list[str]) -> tuple[str, ...]:
    cells = [str(one.label)]
    for part in (one.now, one.base):
        cells += _part_cells(part, found)
    numbers: list[Fraction] = [getattr(one, effect) for effect in effects]
    return (*cells, *(_bare(number, found) for number in (*numbers, one.total)))


def _part_cells(part: Part | None, found: Difference) -> list[str]:
    if part is None:
        return ["–"] * (2 if found.is_ratio else 1)
    value = bare_figure(part.value, found.now.indicator)
    return [value] if part.share is None else [value, percent(part.share, 1)]


def _total_row(found: Difference, effects: list[str]) -> tuple[str, ...]:
    cells = ["Region"]
    for one in (found.now, found.base):
        value = bare_figure(one.low, one.indicator)
        cells += [value, "100.0 %"] if found.is_ratio else [value]
    numbers: list[Fraction] = [getattr(found, effect) for effect in effects]
    return (*cells, *(_bare(number, found) for number in (*numbers, Fraction(found.change))))


def _bare(number: Fraction, found: Difference) -> str:
    return signed_text(number, found.now.indicator, with_unit=False) if number else "0"


def difference_data(found: Difference) -> dict[str, Any]:
    """A difference as JSON holds it."""
    dataset = found.registry.dataset
    sides = {
        name: {"region": region_data(one.region, one.composition or None), **result_data(one)}
        for name, one in (("now", found.now), ("base", found.base))
    }
    return {
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "indicator": found.now.indicator.code,
        "unit": str(found.now.unit),
        **sides,
        "change": plain(found.change),
        "exact": exact_text(found.change),
        "nominal": found.nominal,
        **{effect: plain(getattr(found, effect)) for effect in _EFFECTS},
        "contributions": [_contribution_data(one) for one in found.contributions],
    }


def _contribution_data(one: Contribution) -> dict[str, Any]:
    return {
        "area": one.area,
        "name": str(one.label),
        "now": _part_data(one.now),
        "base": _part_data(one.base),
        **{effect: plain(getattr(one, effect)) for effect in _EFFECTS},
        "total": plain(one.total),
        "exact": exact_text(one.total),
    }


def _part_data(part: Part | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {"value": plain(part.value), "share": None if part.share is None else plain(part.share)}


def difference_rows(found: Difference) -> list[dict[str, Any]]:
    """A difference as rows: one a member."""
    rows = []
    for one in found.contributions:
        data = _contribution_data(one)
        for side in ("now", "base"):
            part = data.pop(side) or {"value": None, "share": None}
            data |= {f"{side}_value": part["value"], f"{side}_share": part["share"]}
        rows.append({**data, "unit": str(found.now.unit)})
    return rows
