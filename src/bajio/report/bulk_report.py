"""Answers for many regions as data: a record a region."""

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from bajio.engines.outcome import Refusal
from bajio.facts.observations import STATUSES
from bajio.report.kinds import CODE, CODES, FLOAT, PERIOD, TEXT, TEXTS, WHOLE, YEAR
from bajio.report.records import Column, ListOf, MappingOf, Record, WordOf

if TYPE_CHECKING:
    from bajio.questions.bulk.bulk_results import Bulk, BulkResult

_COVERAGE = Record(
    Column("members", FLOAT), Column("weight", FLOAT | None), Column("periods", FLOAT)
)
_RANK = Record(
    Column("position", WHOLE), Column("of", WHOLE), Column("tied", WHOLE), Column("missing", WHOLE)
)


class _Coverage(NamedTuple):
    members: float
    weight: float | None
    periods: float


class _Rank(NamedTuple):
    position: int
    of: int
    tied: int
    missing: int


class _BulkRow(NamedTuple):
    region: str
    members: tuple[str, ...]
    value: float | None
    refused: str | None
    status: str | None
    coverage: _Coverage
    rank: _Rank | None


_REGION = Record(
    Column("region", CODE),
    Column("members", CODES),
    Column("value", FLOAT | None),
    Column("refused", WordOf([one.name.lower() for one in Refusal if one]) | None),
    Column("status", WordOf(STATUSES) | None),
    Column("coverage", _COVERAGE),
    Column("rank", _RANK | None),
)


def _rows(result: "BulkResult") -> Iterator[_BulkRow]:
    """Each region with its entries of all arrays."""
    values, refused, status = result.values, result.refused, result.status
    covered = result.coverage
    ranks = result.ranks if result.peers is not None else None
    for row in range(len(result)):
        weight = float(covered.weight[row])
        rank = None
        if ranks is not None and ranks.position[row]:
            columns = ranks.position, ranks.of, ranks.tied, ranks.missing
            rank = _Rank(*(int(column[row]) for column in columns))
        yield _BulkRow(
            result.label(row),
            result.members(row),
            None if refused[row] else float(values[row]),
            Refusal(refused[row]).name.lower() if refused[row] else None,
            str(status[row]) or None,
            _Coverage(
                float(covered.members[row]),
                None if isnan(weight) else weight,
                float(covered.periods[row]),
            ),
            rank,
        )


BULK_RESULT = Record(
    Column("indicator", CODE, lambda result: result.indicator.code),
    Column("label", TEXT, lambda result: result.indicator.label),
    Column("unit", TEXT),
    Column("period", PERIOD),
    Column("year", YEAR, lambda result: result),
    Column("peers", CODE | None),
    Column("regions", ListOf(_REGION), _rows),
    Column("sources", TEXTS),
)
BULK_TABLE = Record(
    Column("indicator", CODE, lambda table: table.indicator.code),
    Column("label", TEXT, lambda table: table.indicator.label),
    Column("axis", CODE),
    Column("unit", TEXT),
    Column("period", PERIOD),
    Column("year", YEAR, lambda table: table),
    Column("cells", MappingOf(BULK_RESULT)),
    Column("total", BULK_RESULT | None),
)


def _numbers(bulk: "Bulk") -> dict[str, Any]:
    return {code: bulk[code] for code in bulk if not hasattr(bulk[code], "cells")}


def _tables(bulk: "Bulk") -> dict[str, Any]:
    return {code: bulk[code] for code in bulk if hasattr(bulk[code], "cells")}


BULK = Record(
    Column("indicators", MappingOf(BULK_RESULT), _numbers),
    Column("tables", MappingOf(BULK_TABLE), _tables),
)
