"""Datasets as Frictionless Data Packages: one `datapackage.json` beside CSV tables.

The descriptor names measures and sources, and says of each table of observations
which measure, unit, source, edition and frequency it holds.
The bundled dataset and a user's own are read by the same code.
"""

import csv
import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from io import StringIO
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from bajio.errors import BajioError, InvalidData, InvalidValue
from bajio.facts.dataset import Dataset, observations_of
from bajio.facts.measures import Measure
from bajio.facts.observations import Observation
from bajio.facts.periods import Frequency
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.facts.tables import Columns, Table, build_table

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.facts.classifications import Classification

DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_FIXED = ("area", "period", "value", "status", "note")
Opener = Callable[[str], bytes]


@frozen(eq=False)
class Package:
    """A data package that is open: its descriptor, and how its files are read."""

    descriptor: Mapping[str, Any] = field(repr=False)
    open: Opener = field(repr=False)
    location: str = ""
    _classifications: "dict[str, Classification]" = field(init=False, factory=dict, repr=False)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table that holds no observations, as dictionaries.

        Raises:
            InvalidData: the package has no such table, or its file was changed.
        """
        resource = next((r for r in self.descriptor["resources"] if r["name"] == name), None)
        if resource is None:
            raise InvalidData(f"the package has no table {name!r}", file=self.location)
        return csv.DictReader(self._text(resource).splitlines())

    def dataset(self) -> Dataset:
        """The observations, each table read on first use."""
        descriptor = self.descriptor
        measures = [_measure(entry) for entry in descriptor.get("measures", ())]
        by_code = {measure.code: measure for measure in measures}
        held = [resource for resource in descriptor["resources"] if "series" in resource]
        hashes = tuple(resource.get("hash", "") for resource in descriptor["resources"])
        return Dataset(
            descriptor["name"],
            measures,
            [_source(entry) for entry in descriptor.get("sources", ())],
            [self._series(resource, by_code) for resource in held],
            descriptor.get("version", ""),
            descriptor.get("referenceYear"),
            hashes,
            classifications={
                entry["name"]: partial(self._classification, entry)
                for entry in descriptor.get("classifications", ())
            },
        )

    def _classification(self, entry: Mapping[str, Any]) -> "Classification":
        """A classification, read once."""
        from bajio.facts.classifications import Category, Classification

        name = entry["name"]
        if name not in self._classifications:
            languages = {"en": "name_en", "es": "name_es"}
            categories = [
                Category(
                    row["code"],
                    {lang: row[column] for lang, column in languages.items() if row.get(column)},
                    row["parent"],
                )
                for row in self.rows(name)
            ]
            found = Classification(name, categories, entry.get("total", ""))
            self._classifications[name] = found
        return self._classifications[name]

    def _text(self, resource: Mapping[str, Any]) -> str:
        """A file's content; one in a folder is checked against its hash, where it states one.

        A package that is read through a function was checked by what installed it.
        """
        file = resource["path"]
        try:
            content = self.open(file)
        except OSError as error:
            raise InvalidData(f"cannot be read: {error}", file=file) from None
        if self.location and resource.get("hash", _hash(content)) != _hash(content):
            problem = "the content is not what the descriptor's hash says: changed or damaged"
            raise InvalidData(problem, file=file)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidData(f"not UTF-8: {error}", file=file) from None

    def _series(self, resource: Mapping[str, Any], measures: Mapping[str, Measure]) -> Series:
        entry = resource["series"]
        measure = measures.get(entry["measure"])
        if measure is None:
            problem = f"table {resource['name']!r} is of an undefined measure, {entry['measure']!r}"
            raise InvalidData(problem, file=self.location)
        frequency = Frequency(entry.get("frequency") or Frequency.TIMELESS)
        file = resource["path"]

        def load(known: Container[str]) -> Table:
            columns = _columns(self._text(resource), measure, file)
            return build_table(columns, measure, frequency, known)

        return Series(
            measure.code,
            entry["source"],
            entry["edition"],
            entry["unit"],
            frequency,
            load,
            tuple(entry.get("kinds", ())),
            entry.get("derived", False),
        )


def open_package(location: "str | Path | Opener") -> Package:
    """Open a data package.

    Args:
        location: its folder, its `datapackage.json`, or a function from a path to bytes.

    Raises:
        InvalidData: there is none, or its descriptor cannot be read.
    """
    if callable(location):
        opener, name = location, ""
    else:
        from pathlib import Path

        path = Path(location)
        folder = path.parent if path.name == DESCRIPTOR else path
        opener, name = _folder_opener(folder), str(folder / DESCRIPTOR)
    try:
        descriptor = json.loads(opener(DESCRIPTOR))
    except (OSError, ValueError) as error:
        raise InvalidData(f"no data package can be read: {error}", file=name) from None
    if not isinstance(descriptor, dict):
        raise InvalidData("the descriptor is no JSON object", file=name)
    missing = [key for key in ("name", "resources") if key not in descriptor]
    if missing:
        raise InvalidData(f"the descriptor lacks {' and '.join(missing)}", file=name)
    return Package(descriptor, opener, name)


def read_package(location: "str | Path") -> Dataset:
    """The dataset of a data package in a folder.

    Raises:
        InvalidData: with file, row and column.
    """
    package = open_package(location)
    try:
        return package.dataset()
    except KeyError as error:
        raise InvalidData(f"the descriptor lacks {error}", file=package.location) from None
    except (AttributeError, TypeError, ValueError) as error:
        if isinstance(error, BajioError) and not isinstance(error, InvalidValue):
            raise
        problem = f"the descriptor is not what bajio reads: {error}"
        raise InvalidData(problem, file=package.location) from None


def _folder_opener(folder: "Path") -> Opener:
    from pathlib import PurePosixPath

    def read(name: str) -> bytes:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise InvalidData(f"the path {name!r} leads out of the package", file=str(folder))
        return (folder / parts).read_bytes()

    return read


def _hash(content: bytes) -> str:
    from hashlib import sha256

    return f"sha256:{sha256(content).hexdigest()}"


def _columns(text: str, measure: Measure, file: str) -> Columns:
    lines = text.splitlines()
    header = next(csv.reader(lines[:1]), [])
    unknown = set(header) - {*_FIXED, *measure.dimensions}
    lacking = {"area", "period", "value", *measure.dimensions} - set(header)
    if unknown or lacking:
        problem = f"unexpected columns {sorted(unknown)}" if unknown else f"lacks {sorted(lacking)}"
        raise InvalidData(problem, file=file, row=1)
    by_name = dict(zip(header, _cells(lines[1:], len(header), file), strict=True))
    return Columns(
        by_name["area"],
        by_name["period"],
        by_name["value"],
        by_name.get("status", ()),
        by_name.get("note", ()),
        [by_name[name] for name in measure.dimensions],
        file,
        first_row=2,
    )


def _cells(lines: Sequence[str], width: int, file: str) -> list[Sequence[str]]:
    """The cells of some lines of CSV, column by column.

    Lines without quotes are split at once, which is several times faster than row by row.
    """
    if set(map(methodcaller("count", ","), lines)) <= {width - 1}:
        flat = ",".join(lines)
        if '"' not in flat:
            cells = flat.split(",") if lines else []
            return [cells[at::width] for at in range(width)]
    rows = list(csv.reader(lines))
    for at, row in enumerate(rows):
        if len(row) != width:
            problem = f"{len(row)} fields where the header has {width}"
            raise InvalidData(problem, file=file, row=at + 2)
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _measure(entry: Mapping[str, Any]) -> Measure:
    return Measure(
        entry["name"],
        entry["label"],
        entry["unit"],
        kind=entry["kind"],
        weight=entry.get("weight"),
        time=entry["time"],
        prices=entry.get("prices"),
        minimum=entry.get("minimum"),
        dimensions=entry.get("dimensions", ()),
        description=entry.get("description"),
        classifications=entry.get("classifications", {}),
    )


def _source(entry: Mapping[str, Any]) -> Source:
    names = ("publisher", "terms", "citation", "path")
    return Source(entry["name"], entry["title"], **{name: entry.get(name, "") for name in names})


def write_package(dataset: Dataset, folder: "str | Path") -> "Path":
    """Write a dataset as a data package; reading it again gives an equal dataset.

    Args:
        dataset: what is written.
        folder: made if it is not there; files of the same names are replaced.

    Returns:
        The descriptor's path.
    """
    from pathlib import Path

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    resources = []
    for series in dataset.series:
        name = f"{series.measure}-{series.source}-{series.edition}"
        measure = dataset.measures[series.measure]
        content = _csv_of(measure, observations_of(series, dataset.table(series)))
        file = f"{name}.csv"
        (target / file).write_bytes(content)
        resources.append(_resource(name, file, content, series))
    nested = [read() for read in dataset.classifications.values()]
    for one in nested:
        content = _csv_of_classification(one)
        (target / f"{one.code}.csv").write_bytes(content)
        resources.append(_file_entry(one.code, f"{one.code}.csv", content))
    descriptor = {
        "$schema": _PROFILE,
        "name": dataset.name,
        "version": dataset.version,
        "referenceYear": dataset.reference_year,
        "sources": [_source_entry(source) for source in dataset.sources.values()],
        "measures": [_measure_entry(measure) for measure in dataset.measures.values()],
        "classifications": [{"name": one.code, "total": one.total} for one in nested],
        "resources": resources,
    }
    path = target / DESCRIPTOR
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _csv_of(measure: Measure, observations: Iterable[Observation]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("area", "period", *measure.dimensions, "value", "status", "note"))
    for seen in sorted(observations, key=lambda one: (one.area, one.period, one.where)):
        status = "" if seen.status == "A" else seen.status
        value = _number_text(seen.value)
        writer.writerow((seen.area, seen.period, *seen.where, value, status, seen.note))
    return text.getvalue().encode()


def _number_text(value: int | Fraction | Decimal | None) -> str:
    """Decimal notation that reads back as the same number.

    Raises:
        InvalidData: the number has no finite decimal notation.
    """
    if value is None:
        return ""
    if isinstance(value, Fraction):
        places = 0
        rest = value.denominator
        while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
            rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
            places += 1
        if rest != 1:
            raise InvalidData(f"{value} has no finite decimal notation: round it first")
        scaled = value * 10**places
        return format(Decimal(scaled.numerator).scaleb(-places), "f")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _resource(name: str, file: str, content: bytes, series: Series) -> dict[str, Any]:
    frequency = None if series.frequency is Frequency.TIMELESS else series.frequency.value
    return {
        **_file_entry(name, file, content),
        "series": {
            "measure": series.measure,
            "unit": str(series.unit),
            "source": series.source,
            "edition": series.edition,
            "frequency": frequency,
            "kinds": list(series.kinds),
            "derived": series.derived,
        },
    }


def _file_entry(name: str, file: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "path": file, "bytes": len(content), "hash": _hash(content)}


def _csv_of_classification(classification: "Classification") -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "parent", "name_en", "name_es"))
    for one in classification.categories:
        labels = dict(one.label)
        writer.writerow((one.code, one.parent, labels.get("en", ""), labels.get("es", "")))
    return text.getvalue().encode()


def _source_entry(source: Source) -> dict[str, Any]:
    return {
        "name": source.code,
        "title": source.title,
        "publisher": source.publisher,
        "terms": source.terms,
        "citation": source.citation,
        "path": source.path,
    }


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
