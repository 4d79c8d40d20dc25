"""Answers as plain data: what JSON and CSV hold."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bajio.engines.outcome import Coverage
from bajio.facts.observations import Exact
from bajio.facts.regions import PeerGroup, Region
from bajio.questions.profile import Profile
from bajio.questions.results import MemberFigure, Missed, Rank, Result, plain
from bajio.questions.standing import Standing
from bajio.registry import Registry
from bajio.report.wording import peer_name

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown
    from bajio.questions.comparison import Comparison, Timeline
    from bajio.questions.explanation import Explanation

SCHEMA = "1"


def profile_data(profile: Profile, *, members: bool = False) -> dict[str, Any]:
    """A profile as JSON holds it.

    Args:
        profile: the answer.
        members: whether each member's figures are given too.
    """
    return {
        **_header(profile.region, profile),
        "results": [
            *(result_data(result, members=members) for result in profile.results),
            *map(breakdown_data, profile.tables),
        ],
        "unavailable": [_missed_data(missed) for missed in profile.unavailable],
    }


def _header(region: Region, profile: Profile) -> dict[str, Any]:
    dataset = profile.registry.dataset
    return {
        "region": region_data(region, profile.composition),
        "peers": _peers(profile),
        "host": profile.options.host,
        "missing": profile.options.missing,
        "membership": profile.options.membership,
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
    }


def _peers(profile: Profile) -> str | None:
    """The code of the peer group."""
    peers = profile.options.peers
    return peers.code if isinstance(peers, PeerGroup) else peers


def region_data(region: Region, composition: Iterable[str] | None = None) -> dict[str, Any]:
    """A region's code, name and members; the newest, where not those of a year are given."""
    members = list(region.members if composition is None else composition)
    return {"code": region.code, "name": str(region), "members": members}


def result_data(result: Result, *, members: bool = False) -> dict[str, Any]:
    """A result as JSON holds it."""
    data: dict[str, Any] = {
        "indicator": result.indicator.code,
        "label": str(result.indicator.label),
        **_value(result),
        "unit": str(result.unit),
        "year": result.year,
        "status": result.status,
        "share_of_host": None if result.share_of_host is None else float(result.share_of_host),
        "share_basis": result.share_basis,
        "host_area": result.host,
        "host_value": None if result.host_value is None else plain(result.host_value),
        "coverage": _coverage_data(result.coverage),
        "rank": None if result.rank is None else _rank_data(result.rank),
        "sources": [str(use) for use in result.sources],
    }
    if result.rank is None and result.rank_reason:
        data["rank_reason"] = result.rank_reason
    if result.notes:
        data["notes"] = list(result.notes)
    if result.holders:
        data["holders"] = list(result.holders)
    if members:
        data["members"] = [_member_data(figure) for figure in result.members]
    return data


def breakdown_data(table: "Breakdown") -> dict[str, Any]:
    """A breakdown as JSON holds it: `values` by key."""
    data: dict[str, Any] = {
        "indicator": table.indicator.code,
        "label": str(table.indicator.label),
        "axis": table.axis,
        "level": table.level or None,
        "values": dict(table.values),
        "exact": {key: exact_text(value) for key, value in table.exact.items()},
        "labels": {cell.key: str(cell.label) for cell in table.cells},
        "missing": dict(table.missing),
        "total": None if table.total is None else table.total.value,
        "unit": str(table.unit),
        "year": table.year,
        "status": table.status,
        "coverage": _coverage_data(table.coverage),
        "sources": [str(use) for use in table.sources],
    }
    return data


def _value(result: Result) -> dict[str, Any]:
    if result.low == result.high:
        return {"value": plain(result.low), "exact": exact_text(result.low)}
    return {"low": plain(result.low), "high": plain(result.high)}


def exact_text(number: Exact) -> str:
    """An exact number as text: an integer, or a fraction in lowest terms.

    Examples:
        >>> from fractions import Fraction
        >>> exact_text(Fraction(1, 3)), exact_text(7)
        ('1/3', '7')
    """
    return str(number)


def _coverage_data(coverage: Coverage) -> dict[str, Any]:
    return {
        "members": float(coverage.members),
        "weight": None if coverage.weight is None else float(coverage.weight),
        "periods": float(coverage.periods),
        "missing": [str(gap) for gap in coverage.missing],
    }


def _rank_data(rank: Rank) -> dict[str, Any]:
    data: dict[str, Any] = {
        "position": rank.position,
        "of": rank.of,
        "above": list(rank.above),
        "below": list(rank.below),
        "nearest": list(rank.nearest),
        "peers_missing": list(rank.peers_missing),
    }
    if rank.tied:
        data["tied"] = list(rank.tied)
    if rank.borrowed:
        data["borrowed"] = dict(rank.borrowed)
    if rank.left_out:
        data["left_out"] = list(rank.left_out)
    if rank.peers_without_data:
        data["peers_without_data"] = list(rank.peers_without_data)
    if (rank.best, rank.worst) != (rank.position, rank.position):
        data |= {"best": rank.best, "worst": rank.worst}
    if rank.host_gap is not None:
        data["host_gap"] = float(rank.host_gap)
    data["sources"] = [str(use) for use in rank.sources]
    return data


def rank_data(result: Result, registry: Registry) -> dict[str, Any]:
    """One ranked result, with the region that it is about."""
    dataset = registry.dataset
    return {
        "region": region_data(result.region, result.composition or None),
        "peers": result.rank.peers if result.rank else None,
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        **result_data(result),
    }


def _member_data(figure: MemberFigure) -> dict[str, Any]:
    data: dict[str, Any] = {"area": figure.area, "value": figure.value}
    return data if not figure.reason else {**data, "reason": figure.reason}


def _missed_data(missed: Missed) -> dict[str, Any]:
    return {
        "indicator": missed.indicator.code,
        "reason": missed.reason,
        "latest_year": missed.latest_year,
    }


def comparison_data(comparison: "Comparison") -> dict[str, Any]:
    """Several profiles, one a region."""
    return {
        "schema": SCHEMA,
        "regions": [profile_data(profile) for profile in comparison.profiles],
    }


def timeline_data(timeline: "Timeline", registry: Registry) -> dict[str, Any]:
    """An indicator over the years."""
    dataset = registry.dataset
    return {
        "region": region_data(timeline.region),
        "indicator": timeline.indicator.code,
        "unit": str(timeline.indicator.unit),
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "results": [result_data(result) for result in timeline.results],
        "unavailable": [
            {"year": year, **_missed_data(missed)} for year, missed in timeline.unavailable
        ],
    }


def flat(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result's data as one row of a table: nested parts by name, lists joined by `;`."""
    row: dict[str, Any] = {}
    for name, value in result.items():
        if isinstance(value, Mapping):
            row |= {f"{name}_{inner}": cell for inner, cell in flat(value).items()}
        elif isinstance(value, list):
            row[name] = ";".join(map(str, value))
        else:
            row[name] = value
    return row


def profile_rows(profile: Profile, *, members: bool) -> list[dict[str, Any]]:
    """A profile as rows for CSV: one an answer, and one a member where they are asked for."""
    rows = []
    for result in profile.results:
        row = {"region": profile.region.code, **flat(result_data(result))}
        rows.append(row)
        rows += [
            {
                "region": figure.area,
                "indicator": result.indicator.code,
                "label": str(result.indicator.label),
                "value": figure.value,
                "unit": str(result.unit),
                "year": result.year,
            }
            for figure in (result.members if members else ())
        ]
    rows += [row for table in profile.tables for row in breakdown_rows(table)]
    return rows


def breakdown_rows(table: "Breakdown") -> list[dict[str, Any]]:
    """A breakdown as rows: one a key."""
    return [
        {
            "region": table.region.code,
            "indicator": table.indicator.code,
            "label": str(table.indicator.label),
            "key": cell.key,
            "key_label": str(cell.label),
            "value": None if cell.exact is None else plain(cell.exact),
            "unit": str(table.unit),
            "year": table.year,
        }
        for cell in table.cells
    ]


def standings_rows(
    lines: Iterable[Standing], result: Result, registry: Registry
) -> list[dict[str, Any]]:
    """A ranking as rows: position, code, name, value."""
    return [
        {
            "position": line.position,
            "code": line.code,
            "name": str(result.region)
            if line.code == result.region.code
            else peer_name(result.rank, registry, line.code),
            "value": plain(line.exact),
            "unit": str(result.unit),
            "year": result.year,
            "partial": line.code == result.region.code and result.is_partial,
        }
        for line in lines
    ]


def standings_data(result: Result, lines: Iterable[Standing], registry: Registry) -> dict[str, Any]:
    """A ranking with the region's own result."""
    return {**rank_data(result, registry), "standings": standings_rows(lines, result, registry)}


def explanation_data(explanation: "Explanation") -> dict[str, Any]:
    """A derivation: formula, figures by member, rates."""
    result = explanation.result
    return {
        "region": region_data(result.region, result.composition or None),
        "formula": explanation.formula,
        "result": result_data(result),
        "sums": [
            {
                "name": leaf.name,
                "unit": leaf.unit,
                "total": None if leaf.total is None else plain(leaf.total),
                "figures": {
                    area: None if figure is None else plain(figure)
                    for area, figure, _ in leaf.figures
                },
            }
            for leaf in explanation.leaves
        ],
        "rates": [
            {
                "measure": rate.measure,
                "area": rate.country,
                "period": rate.period,
                "value": plain(rate.value),
                "unit": rate.unit,
                "source": rate.source,
            }
            for rate in explanation.rates
        ],
    }


def explanation_rows(explanation: "Explanation") -> list[dict[str, Any]]:
    """A derivation as rows: each member's figure in each sum, then the rates."""
    rows: list[dict[str, Any]] = [
        {
            "what": leaf.name,
            "area": area,
            "value": None if figure is None else plain(figure),
            "unit": leaf.unit,
            "note": reason,
        }
        for leaf in explanation.leaves
        for area, figure, reason in leaf.figures
    ]
    rows += [
        {
            "what": f"{rate.measure}, {rate.period}",
            "area": rate.country,
            "value": plain(rate.value),
            "unit": rate.unit,
            "note": rate.source,
        }
        for rate in explanation.rates
    ]
    return rows
