"""Datasets written as data packages, whole or not at all; what is read again is equal."""

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from bajio.errors import InvalidData, InvalidValue, shown
from bajio.facts.areas import UNALLOCATED, Areas
from bajio.facts.dataset import Dataset, observations_of
from bajio.facts.measures import Measure
from bajio.facts.observations import Observation
from bajio.facts.periods import Frequency
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.files import write_folder
from bajio.readers.datapackage import DESCRIPTOR, digest_of
from bajio.readers.descriptor import OUTLINES
from bajio.readers.gazetteer_writer import entries_of, tables_of

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.facts.classifications import Classification
    from bajio.facts.outlines import Outlines

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LONGEST_NAME = 80


def write_package(dataset: Dataset, folder: "str | Path", *, overwrite: bool = False) -> "Path":
    """Write a dataset as a data package; reading it again gives an equal dataset.

    Args:
        dataset: what is written.
        folder: made if it is not there; other files in it stay.
        overwrite: whether files of the same names are replaced.

    Returns:
        The descriptor's path.

    Raises:
        InvalidData: a figure has no finite decimal notation, or two tables are of one series.
        InvalidValue: a file is there already, or cannot be written; then none is.
    """
    from pathlib import Path

    _check_series(dataset.series)
    files: dict[str, str | bytes] = {}
    resources = []
    for series in dataset.series:
        measure = dataset.measures[series.measure]
        name = _file_name(f"{series.measure}-{series.source}-{series.edition}", files)
        content = _csv_of(measure, observations_of(series, dataset.table(series)))
        resources.append(_file_entry(name, content) | _series_entry(series, dataset))
        files[f"{name}.csv"] = content
    nested = [read() for read in dataset.classifications.values()]
    for classification in nested:
        if f"{classification.code}.csv" in files:
            raise InvalidData(f"classification {shown(classification.code)} is called as a table")
        files[f"{classification.code}.csv"] = content = _csv_of_classification(classification)
        resources.append(_file_entry(classification.code, content))
    for table in tables_of(dataset.gazetteer):
        name = _file_name(table.holds, files)
        files[f"{name}.csv"] = content = _csv(table.rows)
        resources.append(_file_entry(name, content) | {"holds": table.holds})
    for number, shapes in enumerate(dataset.gazetteer.outlines, 1):
        entry, content = _outlines_entry(f"outlines-{number}", shapes)
        files[entry["path"]] = content
        resources.append(entry)
    if dataset.definitions is not None:
        files[dataset.definitions.name] = dataset.definitions.content
    files[DESCRIPTOR] = _json(_descriptor(dataset, nested, resources))
    write_folder(folder, files, overwrite=overwrite)
    return Path(folder) / DESCRIPTOR


def _check_series(every: Iterable[Series]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for series in every:
        key = series.measure, series.source, series.edition
        if key in seen:
            raise InvalidData(f"two tables are of {series}: a package has one of each")
        seen.add(key)


def _file_name(name: str, files: Iterable[str]) -> str:
    """A name that every system can hold, and that none of some files has.

    Examples:
        >>> _file_name("gdp-own-../May 2024", []), _file_name("gdp-own-1", ["gdp-own-1.csv"])
        ('gdp-own-may-2024', 'gdp-own-1-2')
    """
    plain = re.sub(r"[^a-z0-9._]+", "-", name.lower())
    plain = re.sub(r"[-.]*\.[-.]+|-+", "-", plain).strip("-._")[:_LONGEST_NAME]
    taken, names = set(files), (f"{plain}-{number}" for number in count(2))
    return next(one for one in chain([plain], names) if f"{one}.csv" not in taken)


def _descriptor(
    dataset: Dataset, nested: Sequence["Classification"], resources: Sequence[Any]
) -> dict[str, Any]:
    head: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": dataset.name,
        "version": dataset.version,
        "referenceYear": dataset.reference_year,
        "sources": [_source_entry(source) for source in dataset.sources.values()],
        "measures": [_measure_entry(measure) for measure in dataset.measures.values()],
        "classifications": [
            {"name": classification.code, "total": classification.total}
            for classification in nested
        ],
    }
    if dataset.definitions is not None:
        head["definitions"] = dataset.definitions.name
    return head | entries_of(dataset.gazetteer) | {"resources": list(resources)}


def _json(content: Any) -> bytes:
    return _encoded(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        letter = ascii(error.object[error.start])
        raise InvalidValue(f"nothing was written: {letter} is half a letter") from None


def _csv_of(measure: Measure, observations: Iterable[Observation]) -> bytes:
    rows: list[Sequence[str]] = [("area", "period", *measure.dimensions, "value", "status", "note")]
    for seen in sorted(
        observations,
        key=lambda observation: (observation.area, observation.period, observation.where),
    ):
        status = "" if seen.status == "A" else seen.status
        value = _number_text(seen.value)
        rows.append((seen.area, seen.period, *seen.where, value, status, seen.note))
    return _csv(rows)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    return _encoded("".join(f"{','.join(map(_cell, row))}\n" for row in rows))


def _cell(text: str) -> str:
    """A cell, in quotes where a reader could take it for more or for less."""
    if text.isalnum() or not (set(text) & set(',"\r\n') or text != text.strip()):
        return text
    return '"' + text.replace('"', '""') + '"'


def _number_text(value: int | Fraction | Decimal | None) -> str:
    """Decimal notation that reads back as the same number, whatever the surroundings' precision.

    Raises:
        InvalidData: the number has no finite decimal notation.

    Examples:
        >>> _number_text(Decimal("2.50")), _number_text(Fraction(-1, 8)), _number_text(10**20)
        ('2.50', '-0.125', '100000000000000000000')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        negative, digits, exponent = value.as_tuple()
        return _placed("".join(map(str, digits)), int(exponent), negative=bool(negative))
    fraction = Fraction(value)
    places, rest = 0, fraction.denominator
    while rest > 1 and (rest % 2 == 0 or rest % 5 == 0):
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    if rest != 1:
        raise InvalidData(f"{shown(str(value))} has no finite decimal notation: round it first")
    scaled = fraction.numerator * 10**places // fraction.denominator
    return _placed(str(abs(scaled)), -places, negative=scaled < 0)


def _placed(digits: str, exponent: int, *, negative: bool) -> str:
    """Digits with the point where an exponent puts it."""
    if exponent >= 0:
        whole, places = digits + "0" * exponent, ""
    else:
        digits = digits.rjust(1 - exponent, "0")
        whole, places = digits[:exponent], f".{digits[exponent:]}"
    return f"{'-' * negative}{whole.lstrip('0') or '0'}{places}"


def _series_entry(series: Series, dataset: Dataset) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "measure": series.measure,
        "unit": str(series.unit),
        "source": series.source,
        "edition": series.edition,
        "frequency": None if series.frequency is Frequency.TIMELESS else series.frequency.value,
        "kinds": list(series.kinds),
        "derived": series.derived,
    }
    if series.last is not None and series.last != dataset.reference_year:
        entry["referenceYear"] = series.last
    rest = series.unallocated or _below_minimum(series, dataset)
    if rest:
        entry["unallocated"] = rest
    return {"series": entry}


def _below_minimum(series: Series, dataset: Dataset) -> str:
    """Code of what is allocated to no part of an area, where it has less than others can have."""
    least, areas = dataset.measures[series.measure].minimum, dataset.areas
    if least is None or not isinstance(areas, Areas):
        return ""
    figures = dataset.table(series).values.values()
    low = {
        code
        for by_area in figures
        for code, cells in by_area.items()
        if areas[code].kind == UNALLOCATED and min(cells.values()) < least
    }
    return min(low, default="")


def _outlines_entry(name: str, outlines: "Outlines") -> tuple[dict[str, Any], bytes]:
    """Outlines in the descriptor, and as GeoJSON."""
    from bajio.readers.outline_files import outlines_text

    content = _encoded(outlines_text(outlines.shapes))
    entry = _file_entry(name, content) | {
        "path": f"{name}.geojson",
        "format": "geojson",
        "holds": OUTLINES,
        "source": outlines.source.code,
        "kinds": list(outlines.kinds),
    }
    return entry, content


def _file_entry(name: str, content: bytes) -> dict[str, Any]:
    digest = f"sha256:{digest_of('sha256', [content])}"
    return {"name": name, "path": f"{name}.csv", "bytes": len(content), "hash": digest}


def _csv_of_classification(classification: "Classification") -> bytes:
    rows: list[Sequence[str]] = [("code", "parent", "name_en", "name_es")]
    for category in classification.categories:
        labels = dict(category.label)
        rows.append((category.code, category.parent, labels.get("en", ""), labels.get("es", "")))
    return _csv(rows)


def _source_entry(source: Source) -> dict[str, Any]:
    entry = {
        "name": source.code,
        "title": source.title,
        "publisher": source.publisher,
        "terms": source.terms,
        "citation": source.citation,
        "path": source.path,
    }
    return entry | ({"editions": list(source.editions)} if source.editions else {})


def _measure_entry(measure: Measure) -> dict[str, Any]:
    minimum = measure.minimum
    return {
        "name": measure.code,
        "label": dict(measure.label),
        "unit": str(measure.unit),
        "kind": measure.kind.value,
        "weight": measure.weight,
        "time": measure.time.value,
        "prices": measure.prices.value if measure.prices else None,
        "minimum": None if minimum is None else str(minimum),
        "dimensions": list(measure.dimensions),
        "classifications": dict(measure.classifications),
        "description": dict(measure.description) if measure.description else None,
    }
