"""The data package: tables as CSV, and a descriptor that names them with their hashes."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import product
from typing import Any, NamedTuple

from dataset.figures import Figure
from dataset.measures import MEASURES
from dataset.raw import Refused
from dataset.sources import SOURCES

UNDATED = "undated"
DESCRIPTOR = "datapackage.json"


class Series(NamedTuple):
    """What a table of observations holds."""

    measure: str
    source: str
    edition: str
    unit: str
    frequency: str | None
    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        parts = [self.measure, self.source, self.edition]
        return "-".join(parts[: 2 if self.edition == UNDATED else 3])


def written(value: Decimal | None) -> str:
    """Decimal notation without exponent or trailing zeros; nothing for no value."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0"} else text


class Package:
    """The data package that is being made: files by path, and the descriptor's resources."""

    def __init__(self, areas: Mapping[str, Iterable[str]]) -> None:
        """A package of observations about areas, given by kind."""
        self.files: dict[str, bytes] = {}
        self.resources: list[dict[str, Any]] = []
        self._areas = {kind: set(codes) for kind, codes in areas.items()}

    def table(
        self,
        name: str,
        path: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        key: Sequence[str],
        series: Series | None = None,
    ) -> None:
        """Add a table.

        Raises:
            Refused: two of its rows have the same key.
        """
        listed = [list(row) for row in rows]
        _check_keys(name, [[row[header.index(column)] for column in key] for row in listed])
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *listed])
        content = text.getvalue().encode()
        self.files[path] = content
        fields = [
            {"name": column, "type": "number" if column == "value" else "string"}
            for column in header
        ]
        resource = {
            "name": name,
            "path": path,
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{sha256(content).hexdigest()}",
            "rows": len(listed),
            "schema": {"fields": fields, "primaryKey": list(key), "missingValues": [""]},
        }
        if series:
            resource["series"] = {**series._asdict(), "kinds": list(series.kinds)}
        self.resources.append(resource)

    def observations(
        self, series: Series, figures: Iterable[Figure], *, complete: bool = False
    ) -> None:
        """Add a series.

        Args:
            series: what the figures are of.
            figures: in any order.
            complete: whether every area has a row for every period and activity,
                and every area of the smallest kind is there.

        Raises:
            Refused: a figure of an unknown area, given twice, or missing.
        """
        ordered = sorted(figures, key=lambda one: (one.area, one.period, one.activity))
        self._check_areas(series, ordered, complete=complete)
        key = ["area", "period"] + ["activity"] * any(one.activity for one in ordered)
        optional = [name for name in ("status", "note") if any(getattr(o, name) for o in ordered)]
        rows = [
            [*(getattr(one, column) for column in key), written(one.value)]
            + [getattr(one, column) for column in optional]
            for one in ordered
        ]
        header = [*key, "value", *optional]
        path = f"observations/{series.name}.csv"
        self.table(series.name, path, header, rows, key=key, series=series)

    def outlines(self, kind: str, source: str, content: bytes) -> None:
        """Add the shapes of areas of a kind, as TopoJSON."""
        name = f"outlines-{kind}"
        path = f"outlines/{kind}.topo.json"
        self.files[path] = content
        resource = {
            "name": name,
            "path": path,
            "format": "topojson",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{sha256(content).hexdigest()}",
            "holds": "outlines",
            "source": source,
            "kinds": [kind],
        }
        self.resources.append(resource)

    def _check_areas(self, series: Series, figures: Sequence[Figure], *, complete: bool) -> None:
        found = {one.area for one in figures}
        known = {code for kind in series.kinds for code in self._areas[kind]}
        if found - known:
            raise Refused(f"{series.name}: unknown areas {sorted(found - known)}")
        if not complete:
            return
        lacking = self._areas[series.kinds[-1]] - found
        if lacking:
            raise Refused(f"{series.name}: nothing of {sorted(lacking)}")
        periods, activities = {o.period for o in figures}, {o.activity for o in figures}
        places = {(one.area, one.period, one.activity) for one in figures}
        gaps = set(product(found, periods, activities)) - places
        if gaps:
            raise Refused(f"{series.name}: no row for {min(gaps)}, and {len(gaps)} rows missing")

    def finished(self) -> dict[str, bytes]:
        """All files by path, the descriptor as well."""
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "bajio",
            "title": "Figures of Mexico, its states and municipalities, and the world's countries",
            "version": "2026.11",
            "referenceYear": 2025,
            "licenses": [
                {
                    "name": "various",
                    "title": "The terms differ by source, and each source states its own",
                }
            ],
            "sources": SOURCES,
            "measures": MEASURES,
            "classifications": [
                {"name": "activities", "total": "VAB"},
                {"name": "export-activities", "total": ""},
            ],
            "resources": self.resources,
        }
        text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
        return {**self.files, DESCRIPTOR: text.encode()}


def _check_keys(name: str, keys: Iterable[Sequence[str]]) -> None:
    seen = set()
    for key in map(tuple, keys):
        if key in seen:
            raise Refused(f"{name}: {key} is given twice")
        seen.add(key)
