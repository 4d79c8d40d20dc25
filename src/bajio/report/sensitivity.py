"""Sensitivity as sheets and as plain data."""

from collections.abc import Iterable
from typing import Any

from bajio.errors import some
from bajio.questions.flips import Flip
from bajio.questions.results import Missed, plain
from bajio.questions.sensitivity import Sensitivity, Variant
from bajio.report.data import exact_text, rank_data
from bajio.report.sheets import Sheet
from bajio.report.wording import change_text, figure, notes_text, peer_name, rank_text, value_text
from bajio.words.enumerations import ordinal
from bajio.words.magnitudes import relative
from bajio.words.quantities import amount

_MOST_NAMED = 12
_MOST_TOLD = 3


def sensitivity_sheets(found: Sensitivity) -> list[Sheet]:
    """A sensitivity as tables: without each member, with each area more, and flip points."""
    result, registry = found.result, found.registry
    rank = f", {rank_text(result.rank, registry)}" if result.rank else ""
    when = f", {result.year}" if result.year is not None else ""
    title = f"{result.indicator.label} of {result.region}{when}: {value_text(result)}{rank}"
    sheets = [_variant_sheet(title, "Without", found.without, found)]
    if found.joining:
        sheets.append(_joining_sheet(found))
    if found.flips.value:
        sheets += _flip_sheets(found)
    sources = dict.fromkeys(map(str, result.sources))
    peers = dict.fromkeys(map(str, result.rank.sources)) if result.rank else {}
    notes = [f"No rank: {result.rank_reason}."] if result.rank_reason else []
    notes += notes_text([result])
    notes += [f"Source: {source}." for source in sources]
    notes += [f"Source of the peers: {source}." for source in peers if source not in sources]
    last = sheets[-1]
    sheets[-1] = Sheet(last.title, last.header, last.rows, last.right, (*last.notes, *notes))
    return sheets


def _variant_sheet(title: str, name: str, variants: Iterable[Variant], found: Sensitivity) -> Sheet:
    ranked = found.result.rank is not None
    header = (name, "Value", "Change") + (("Rank",) if ranked else ())
    rows, notes = [], []
    for one in variants:
        if isinstance(one.answer, Missed):
            rows.append((str(one.label), "–", "–") + (("–",) if ranked else ()))
            notes.append(f"No value {name.lower()} {one.label}: {one.answer.reason}.")
            continue
        base, change = found.result.exact, "–"
        if base is not None and one.change is not None:
            change = change_text(one.change, base, found.result.indicator)
        rank = (_rank_cell(one),) if ranked else ()
        rows.append((str(one.label), value_text(one.answer), change, *rank))
    return Sheet(title, header, tuple(rows), (1, 2), tuple(notes))


def _rank_cell(one: Variant) -> str:
    if isinstance(one.answer, Missed) or one.answer.rank is None:
        return "–"
    rank = one.answer.rank
    text = f"{ordinal(rank.position)} of {rank.of}"
    return (
        text + f", {'up' if one.places > 0 else 'down'} {abs(one.places)}" if one.places else text
    )


def _joining_sheet(found: Sensitivity) -> Sheet:
    """The areas that would change the rank; all of them where there is no rank."""
    ranked = found.result.rank is not None
    shown = [one for one in found.joining if one.places or not ranked]
    level = [str(one.label) for one in found.joining if one.places == 0]
    lacking = [str(one.label) for one in found.joining if isinstance(one.answer, Missed)]
    title = "One area more" + (" that changes the rank" if ranked else "")
    sheet = _variant_sheet(title, "With", shown, found)
    notes = [*sheet.notes]
    if ranked and level:
        notes.append(f"The rank stays with {some(level, _MOST_NAMED)}.")
    if lacking and ranked:
        notes.append(f"No value with {some(lacking, _MOST_NAMED)}.")
    return Sheet(sheet.title, sheet.header, sheet.rows, sheet.right, tuple(notes))


def _flip_sheets(found: Sensitivity) -> list[Sheet]:
    """What a better and a worse rank take, figure by figure."""
    sheets = []
    for target in dict.fromkeys(flip.target for flip in found.flips.value):
        rank, registry = found.result.rank, found.registry
        peers = " and ".join(peer_name(rank, registry, code) for code in target.peers[:2])
        way = "up" if target.up else "down"
        word = "level with" if target.up else "below"
        title = f"What it takes to go {way} to {ordinal(target.position)}, {word} {peers}"
        rows = [_flip_row(one, found) for one in _shown(found) if one.target == target]
        header = ("One of", "Now", "Needed", "Change")
        sheets.append(Sheet(title, header, tuple(rows), (1, 2, 3)))
    notes = ["Each by itself, all else as it is."]
    by_reason: dict[str, list[str]] = {}
    for name, reason in found.flips.skipped:
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        told = ", ".join(names) if len(names) <= _MOST_TOLD else f"{len(names)} sums"
        notes.append(f"Not worked out for {told}: {reason}.")
    last = sheets[-1]
    return [*sheets[:-1], Sheet(last.title, last.header, last.rows, last.right, tuple(notes))]


def _shown(found: Sensitivity) -> list[Flip]:
    """The flip points without those of a sum that is the value itself."""
    own = found.result.exact, found.result.unit
    return [
        *found.flips.value,
        *(one for one in found.flips.inputs if (one.now, one.unit) != own),
    ]


def _flip_row(one: Flip, found: Sensitivity) -> tuple[str, str, str, str]:
    indicator = found.result.indicator
    own = one.name == indicator.code
    name = str(indicator.label) if own else one.name
    now = figure(one.now, indicator) if own else amount(one.now, one.unit)
    if one.needed is None:
        return name, now, "nothing is enough", ""
    needed = figure(one.needed, indicator) if own else amount(one.needed, one.unit)
    return name, now, f"{_side(one)} {needed}", relative(one.relative)


def _side(flip: Flip) -> str:
    assert flip.change is not None
    if not flip.change:
        return "off"
    if flip.target.up:
        return "at least" if flip.change > 0 else "at most"
    return "above" if flip.change > 0 else "below"


def sensitivity_data(found: Sensitivity) -> dict[str, Any]:
    """A sensitivity as JSON holds it."""
    return {
        **rank_data(found.result, found.registry),
        "without": [_variant_data(one) for one in found.without],
        "joining": [_variant_data(one) for one in found.joining],
        "flips": {
            "value": [_flip_data(one) for one in found.flips.value],
            "inputs": [_flip_data(one) for one in found.flips.inputs],
            "skipped": dict(found.flips.skipped),
        },
    }


def _variant_data(one: Variant) -> dict[str, Any]:
    data: dict[str, Any] = {"area": one.area, "name": str(one.label)}
    answer = one.answer
    if isinstance(answer, Missed):
        return {**data, "value": None, "reason": answer.reason}
    if answer.exact is None:
        data |= {"low": plain(answer.low), "high": plain(answer.high)}
    else:
        data |= {"value": answer.value, "exact": exact_text(answer.exact)}
    return {
        **data,
        "partial": answer.is_partial,
        "change": None if one.change is None else plain(one.change),
        "position": answer.rank.position if answer.rank else None,
        "of": answer.rank.of if answer.rank else None,
        "places": one.places,
    }


def _flip_data(one: Flip) -> dict[str, Any]:
    return {
        "figure": one.name,
        "unit": str(one.unit),
        "direction": "up" if one.target.up else "down",
        "position": one.target.position,
        "peers": list(one.target.peers),
        "now": plain(one.now),
        "needed": None if one.needed is None else plain(one.needed),
        "exact": None if one.needed is None else exact_text(one.needed),
        "change": None if one.change is None else plain(one.change),
        "relative": None if one.relative is None else plain(one.relative),
    }


def sensitivity_rows(found: Sensitivity) -> list[dict[str, Any]]:
    """A sensitivity as rows: the region, each area that leaves or joins, each flip point."""
    result, registry = found.result, found.registry
    about = {"indicator": result.indicator.code, "unit": str(result.unit), "year": result.year}
    own = Variant(result.region.code, registry.areas[result.composition[0]].names, result)
    rows = [{"kind": "region", **_variant_data(own), "name": str(result.region), **about}]
    kinds = (("without", found.without), ("joining", found.joining))
    rows += [{"kind": kind, **_variant_data(one), **about} for kind, all_ in kinds for one in all_]
    for one in (*found.flips.value, *found.flips.inputs):
        data = _flip_data(one)
        rows.append({"kind": "flip", **data, "peers": ";".join(data["peers"]), "year": result.year})
    return rows
