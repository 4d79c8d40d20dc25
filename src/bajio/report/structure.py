"""Specialisations and decompositions as sheets and as plain data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.decomposition import Decomposition, Group
from bajio.questions.results import Result, plain
from bajio.questions.specialisation import Specialisation, Specialisations
from bajio.registry import Registry
from bajio.report.data import SCHEMA, exact_text, region_data, result_data
from bajio.report.sheets import Sheet
from bajio.report.wording import figure, shortened, year_text
from bajio.rules.nodes import HOST
from bajio.words.enumerations import status_legend
from bajio.words.magnitudes import magnitude, percent


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
        "region": region_data(split.region, split.total.composition or None),
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


def specialisations_sheet(found: Specialisations, registry: Registry) -> Sheet:
    """Specialisations as a table: a row an activity, with the member that drives it."""
    rows = []
    for row in found.rows:
        pull = row.pulls.exact[row.driver]
        rows.append(
            (
                row.activity,
                shortened(str(row.label), 44),
                magnitude(row.quotient.low),
                percent(row.share, 1),
                registry.name_of(row.driver),
                f"{magnitude(pull)} of {magnitude(row.quotient.low - 1)}",
                magnitude(_own(row) or 0),
            )
        )
    results = [row.quotient for row in found.rows]
    legend = status_legend({result.status for result in results})
    against = _against(found, registry)
    notes = [
        f"Quotient: share in the region over share in {against}; above one, it has more of it.",
        "Pull: what the driver adds to the quotient less one; the members' pulls add up to it.",
    ]
    notes += [f"{legend[0]}: {legend[2:]}."] if legend else []
    notes += [f"Source: {use}." for use in dict.fromkeys(u for r in results for u in r.sources)]
    header = ("Activity", "", "Quotient", "Share", "Driver", "Pull", "Its own quotient")
    title = f"Specialisations of {found.region} against {against}, {found.year}"
    return Sheet(title, header, tuple(rows), (2, 3, 5, 6), tuple(notes))


def _against(found: Specialisations, registry: Registry) -> str:
    if found.against != HOST:
        return str(registry.region(found.against))
    host = next((row.quotient.host for row in found.rows), None)
    return registry.name_of(host) if host else "the country"


def _own(row: Specialisation) -> Exact | None:
    """The driver's own quotient."""
    return {figure.area: figure.exact for figure in row.quotient.members}.get(row.driver)


def specialisations_data(found: Specialisations, registry: Registry) -> dict[str, Any]:
    """Specialisations as JSON holds them."""
    dataset = registry.dataset
    return {
        "region": region_data(found.region),
        "year": found.year,
        "against": found.against,
        "level": found.level,
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "specialisations": [
            {
                **row,
                "pulls": dict(one.pulls.values),
                "exact": {code: exact_text(value) for code, value in one.pulls.exact.items()},
                "status": one.quotient.status,
                "sources": _sources(one.quotient),
            }
            for one, row in zip(found.rows, specialisations_rows(found), strict=True)
        ],
        "missing": dict(found.missing),
    }


def _sources(result: Result) -> list[str]:
    return [str(use) for use in result.sources]


def specialisations_rows(found: Specialisations) -> list[dict[str, Any]]:
    """Specialisations as rows for CSV: one an activity."""
    return [
        {
            "region": found.region.code,
            "year": found.year,
            "activity": row.activity,
            "label": str(row.label),
            "location_quotient": row.quotient.value,
            "share": plain(row.share),
            "driver": row.driver,
            "pull": plain(row.pulls.exact[row.driver]),
            "own_quotient": None if (own := _own(row)) is None else plain(own),
        }
        for row in found.rows
    ]
