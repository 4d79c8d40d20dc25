"""Decompositions as sheets and as plain data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.decomposition import Decomposition, Group
from bajio.questions.results import plain
from bajio.registry import Registry
from bajio.report.data import SCHEMA, exact_text, region_data, result_data
from bajio.report.sheets import Sheet
from bajio.report.wording import figure, percent, status_legend, year_text


def decomposition_sheet(split: Decomposition) -> Sheet:
    """A decomposition as a table: a row a group, then the sums and the total."""

    def number(value: Exact) -> str:
        return figure(value, split.indicator)

    rows = [
        (
            str(group.region),
            str(len(group.region)),
            percent(group.share, 1),
            percent(group.ratio, 1),
            number(group.own),
            number(group.within),
            number(group.between),
        )
        for group in split.groups
    ]
    total = split.total.low
    within, between = number(split.within), number(split.between)
    rows.append(("All groups", str(len(split.region)), "100.0 %", "100.0 %", "", within, between))
    split_up = (
        f"{split.indicator.label} in all: {number(total)} = "
        f"{within} within groups ({_part(split.within, total)}) + "
        f"{between} between groups ({_part(split.between, total)})."
    )
    notes = [
        split_up,
        "Weight: the group's share of what weighs members. Mean: its mean over that of all.",
    ]
    legend = status_legend({split.total.status})
    notes += [f"Beside the year: {legend}."] if legend else []
    notes += [f"Source: {source}." for source in split.total.sources]
    header = ("Group", "Members", "Weight", "Mean", "Own", "Within", "Between")
    title = f"{split.indicator.label} of {split.region}, {year_text(split.total)}"
    return Sheet(title, header, tuple(rows), (1, 2, 3, 4, 5, 6), tuple(notes))


def _part(value: Exact, total: Exact) -> str:
    return percent(Fraction(value) / total, 1) if total else "–"


def decomposition_data(split: Decomposition, registry: Registry) -> dict[str, Any]:
    """A decomposition as JSON holds it."""
    dataset = registry.dataset
    return {
        "region": region_data(split.region),
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "total": result_data(split.total),
        "within": plain(split.within),
        "between": plain(split.between),
        "groups": [_group_data(group) for group in split.groups],
    }


def _group_data(group: Group) -> dict[str, Any]:
    return {
        "region": region_data(group.region),
        **{name: plain(value) for name, value in _figures(group)},
        "exact": {name: exact_text(value) for name, value in _figures(group)},
    }


def _figures(group: Group) -> Iterator[tuple[str, Exact]]:
    for name in ("share", "ratio", "counts_by", "own", "within", "between"):
        yield name, getattr(group, name)


def decomposition_rows(split: Decomposition) -> list[dict[str, Any]]:
    """A decomposition as rows for CSV: one a group."""
    return [
        {
            "region": split.region.code,
            "indicator": split.indicator.code,
            "year": split.year,
            "group": group.region.code,
            "members": ";".join(group.region.members),
            **{name: plain(value) for name, value in _figures(group)},
        }
        for group in split.groups
    ]
