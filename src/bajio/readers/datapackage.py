"""Datasets from Frictionless Data Packages: one `datapackage.json` beside CSV tables.

The descriptor names measures and sources, and says of each table of observations
which measure, unit, source, edition and frequency it holds.
The bundled dataset and a user's own are read by the same code.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.errors import FaultList, InvalidData, UnknownCode, shown
from bajio.facts.dataset import Dataset
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Measure
from bajio.facts.outlines import Outlines, Polygons
from bajio.facts.series import Series
from bajio.facts.tables import SeriesTable
from bajio.files import read_file, read_inside
from bajio.mappings import FrozenDict
from bajio.readers.compiled import read_compiled, read_compiled_rows
from bajio.readers.descriptor import (
    OUTLINES,
    Descriptor,
    Dialect,
    Resource,
    SeriesEntry,
    read_descriptor,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.facts.classifications import Category, Classification
    from bajio.readers.definition_files import Definitions
    from bajio.readers.delimited import Cells
    from bajio.readers.fields import TableReading

DESCRIPTOR = "datapackage.json"
#: Bytes of the largest descriptor, and of the largest table, that are read.
_MOST_DESCRIBED, _MOST_BYTES = 16 * 2**20, 2**30
_ALGORITHMS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
#: Encodings that are texts' alone, and of which none runs code or guesses.
_ENCODING = (
    r"utf-?(?:8|16|32)(?:-?sig|-?le|-?be)?|(?:us-)?ascii|latin-?1"
    r"|iso-?8859-?\d{1,2}|(?:windows-|cp-?)\d{3,4}|mac-?roman"
)
Opener = Callable[[str], bytes]


@frozen(eq=False, slots=False, repr=False)
class Package(Brief):
    """A data package that is open: its descriptor, and how its files are read.

    Attributes:
        descriptor: what it says of itself.
        open: gives the bytes of a file by its path in the package.
        location: its descriptor's path; empty where it is no file.
        digest: SHA-256 of its descriptor.
        compiled: gives a table as it was compiled, by its name; empty bytes where it was not.
    """

    descriptor: Descriptor = field(repr=False)
    open: Opener = field(repr=False)
    location: str = ""
    digest: str = ""
    compiled: Opener | None = field(default=None, repr=False)
    _classifications: "dict[str, Classification]" = field(init=False, factory=dict, repr=False)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """The measures that it defines, by code."""
        return FrozenDict({measure.code: measure for measure in self.descriptor.measures})

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table that holds no observations, as dictionaries.

        Raises:
            InvalidData: the package has no such table, or its file was changed.
        """
        resource = next(
            (
                resource_held
                for resource_held in self.descriptor.resources
                if resource_held.name == name
            ),
            None,
        )
        if resource is None:
            raise InvalidData(f"the package has no table {shown(name)}", file=self.location)
        compiled = None if resource.series else self.compiled
        if compiled is not None and resource.hash is not None:
            rows = read_compiled_rows(compiled(name), resource.hash)
            if rows is not None:
                return iter(rows)
        cells, _ = self.cells(resource)
        return (
            dict(zip(cells.header, row, strict=True)) for row in zip(*cells.columns, strict=True)
        )

    def dataset(
        self, known: Callable[[str], Measure] | None = None, gazetteer: Gazetteer | None = None
    ) -> Dataset:
        """The observations, each table read on first use.

        Args:
            known: gives a measure that the package does not define.
            gazetteer: in the place of what it brings.

        Raises:
            InvalidData: a series of a measure or source that nothing defines.
        """
        descriptor = self.descriptor
        measures = dict(self.measures)
        held = [one for one in descriptor.resources if one.series is not None]
        for resource in held:
            code = resource.series.measure if resource.series else ""
            if code not in measures:
                measures[code] = self._known(code, known, resource)
        return Dataset(
            descriptor.name,
            measures,
            descriptor.sources,
            [self._series(one, one.series, measures) for one in held if one.series is not None],
            descriptor.version,
            descriptor.reference_year,
            (self.digest, *map(self._sha256, descriptor.resources)),
            classifications={
                entry.name: partial(self.classification, entry.name)
                for entry in descriptor.classifications
            },
            gazetteer=self.with_defined(self._gazetteer()) if gazetteer is None else gazetteer,
            definitions=self._definitions,
        )

    @cached_property
    def _definitions(self) -> "Definitions | None":
        """What its file of definitions declares, where it has one."""
        name = self.descriptor.definitions
        if not name:
            return None
        from bajio.readers.definition_files import right_definitions

        return right_definitions(self.open(name), name)

    def with_defined(self, gazetteer: Gazetteer) -> Gazetteer:
        """A gazetteer with the regions and groups that definitions declare."""
        definitions = self._definitions
        if definitions is None or not (definitions.regions or definitions.peer_groups):
            return gazetteer
        return Gazetteer(regions=definitions.regions, peer_groups=definitions.peer_groups).over(
            gazetteer
        )

    def _gazetteer(self) -> Gazetteer:
        """The areas, borders, regions and peer groups that it brings."""
        descriptor, outlines = self.descriptor, tuple(self._outlines())
        held = any(resource.holds not in {"", OUTLINES} for resource in descriptor.resources)
        if not (held or descriptor.regions or descriptor.peer_groups):
            return Gazetteer(outlines=outlines)
        from bajio.readers.gazetteer_tables import read_gazetteer

        return evolve(read_gazetteer(descriptor, self.reading, self.location), outlines=outlines)

    def right_gazetteer(self, faults: FaultList) -> Gazetteer | None:
        """What is right of the areas, borders, regions and groups that it brings.

        Args:
            faults: where all that is wrong is put down.

        Returns:
            Nothing where an area or a region is wrong, which others may be about.
        """
        from bajio.readers.gazetteer_tables import read_right_gazetteer

        outlines: tuple[Outlines, ...] = ()
        with faults.each():
            outlines = tuple(self._outlines())
        gazetteer = read_right_gazetteer(self.descriptor, self.reading, self.location, faults)
        return None if gazetteer is None else evolve(gazetteer, outlines=outlines)

    def _outlines(self) -> Iterator[Outlines]:
        """The shapes of areas that it brings, each file read on first use.

        Raises:
            InvalidData: one is from a source that it does not define.
        """
        sources = {source.code: source for source in self.descriptor.sources}
        for resource in self.descriptor.resources:
            if resource.holds == OUTLINES:
                if resource.source not in sources:
                    text = (
                        f"{shown(resource.name)} is of an unknown source {shown(resource.source)}"
                    )
                    raise InvalidData(text, file=self.location)
                load = partial(self._shapes, resource)
                yield Outlines(sources[resource.source], resource.kinds, load)

    def _shapes(self, resource: Resource) -> Mapping[str, Polygons]:
        from bajio.readers.outline_files import read_outlines

        result: dict[str, Polygons] = {}
        for content in self._contents(resource):
            result |= read_outlines(content, resource.file)
        return result

    def reading(self, resource: Resource) -> "TableReading":
        """A table as it is to be read."""
        from bajio.readers.fields import TableReading

        cells, parts = self.cells(resource)
        return TableReading(cells, resource.schema, parts, resource.dialect.null)

    def _known(
        self, code: str, known: Callable[[str], Measure] | None, resource: Resource
    ) -> Measure:
        try:
            return (known or self._defined)(code)
        except UnknownCode as error:
            text = f"table {shown(resource.name)} is of an undefined measure: {error}"
            raise InvalidData(text, file=self.location) from None

    def _defined(self, code: str) -> Measure:
        raise UnknownCode("measure", code, self.measures, "the package does not define it")

    def classification(self, name: str) -> "Classification":
        """A classification, read once."""
        from bajio.facts.classifications import Classification, InvalidCategory

        if name not in self._classifications:
            entry = next(
                classification
                for classification in self.descriptor.classifications
                if classification.name == name
            )
            rows = list(self.rows(name))
            for row in rows:
                lacking = [column for column in ("code", "parent") if column not in row]
                if lacking:
                    text = f"classification {shown(name)} lacks the column {lacking[0]!r}"
                    raise InvalidData(text, file=self.location)
            try:
                classification = Classification(name, categories(rows), entry.total)
            except InvalidCategory as error:
                table = next(
                    resource for resource in self.descriptor.resources if resource.name == name
                )
                raise self.reading(table).error(error.problem, error.at, error.of_column) from None
            self._classifications[name] = classification
        return self._classifications[name]

    def cells(self, resource: Resource) -> "tuple[Cells, Sequence[tuple[int, str]]]":
        """The cells of a table, and where each of its files begins among its rows.

        Raises:
            InvalidData: a file cannot be read, or is not what the descriptor says.
        """
        from bajio.readers.delimited import Cells, read_cells

        dialect = resource.dialect
        names = [one.name for one in resource.schema.fields]
        parts: list[Cells] = []
        for file, content in zip(resource.paths, self._contents(resource), strict=True):
            text = _decoded(content, resource.encoding, file)
            if not parts:
                parts.append(read_cells(text, dialect, file, names))
                continue
            parts.append(_continued(text, dialect, file, parts[0].header))
        starts = accumulate((len(part.rows) for part in parts[:-1]), initial=0)
        cells = parts[0]
        if len(parts) > 1:
            columns = [
                [cell for part in parts for cell in part.columns[position]]
                for position in range(len(cells.header))
            ]
            cells = Cells(cells.header, columns, [row for part in parts for row in part.rows])
        if resource.rows is not None and resource.rows != len(cells.rows):
            problem = f"it has {len(cells.rows)} rows, and the descriptor says {resource.rows}"
            raise InvalidData(problem, file=resource.file)
        return cells, list(zip(starts, resource.paths, strict=True))

    def _contents(self, resource: Resource) -> list[bytes]:
        """The bytes of a table's files, which are those that were hashed."""
        if not resource.paths:
            raise InvalidData(f"table {shown(resource.name)} has no path", file=self.location)
        contents = []
        for file in resource.paths:
            try:
                contents.append(self.open(file))
            except OSError as error:
                told = error.strerror or str(error)
                raise InvalidData(f"cannot be read: {told}", file=file) from None
        size = sum(map(len, contents))
        if resource.size is not None and resource.size != size:
            told = f"it has {size} bytes, and the descriptor says {resource.size}"
            raise InvalidData(f"{told}: changed or damaged", file=resource.file)
        if resource.hash is not None and not _fits(resource.hash, contents, resource.file):
            problem = "the content is not what the descriptor's hash says: changed or damaged"
            raise InvalidData(problem, file=resource.file)
        return contents

    def _sha256(self, resource: Resource) -> str:
        """A table's SHA-256: as declared, and checked when it is read; else that of its files."""
        if resource.hash is not None and resource.hash.lower().startswith("sha256:"):
            return resource.hash.lower()
        if resource.series is None and not resource.holds:
            return resource.hash or ""
        return f"sha256:{digest_of('sha256', self._contents(resource))}"

    def _series(
        self, resource: Resource, entry: SeriesEntry, measures: Mapping[str, Measure]
    ) -> Series:
        return Series(
            entry.measure,
            entry.source,
            entry.edition,
            entry.unit,
            entry.frequency,
            _TableFile(self, resource, entry, measures[entry.measure]),
            entry.kinds,
            entry.derived,
            entry.last,
            entry.unallocated,
        )


@frozen(eq=False, repr=False)
class _TableFile:
    """Reads a table of observations."""

    package: Package
    resource: Resource
    entry: SeriesEntry
    measure: Measure

    def __call__(self, known: Container[str]) -> SeriesTable:
        compiled, sha256 = self.package.compiled, self.resource.hash
        if compiled is not None and sha256 is not None:
            table = read_compiled(compiled(self.resource.name), sha256, known)
            if table is not None:
                return table
        return self._read(known)

    def _read(self, known: Container[str]) -> SeriesTable:
        from bajio.facts.columns import build_table
        from bajio.readers.fields import observed_columns

        columns = observed_columns(self.package.reading(self.resource), self.measure)
        entry = self.entry
        return build_table(
            columns, self.measure, entry.frequency, known, entry.kinds, entry.unallocated
        )


def open_package(location: "str | Path | Opener", compiled: "Opener | None" = None) -> Package:
    """Open a data package.

    Args:
        location: its folder, its `datapackage.json`, or a function from a path to bytes.
        compiled: gives its tables as they were compiled, by name, where they were.

    Raises:
        InvalidData: there is none, or its descriptor cannot be read.
    """
    if callable(location):
        opener, name = location, ""
        content = opener(DESCRIPTOR)
    else:
        from pathlib import Path

        path = Path(location)
        folder = path.parent if path.name == DESCRIPTOR else path
        opener, name = _Folder(str(folder)), str(folder / DESCRIPTOR)
        try:
            content = read_file(name, _MOST_DESCRIBED)
        except InvalidData as error:
            raise InvalidData(f"no data package can be read: {error.problem}", file=name) from None
    digest = f"sha256:{digest_of('sha256', [content])}"
    return Package(read_descriptor(content, name), opener, name, digest, compiled)


def read_package(location: "str | Path", known: Callable[[str], Measure] | None = None) -> Dataset:
    """The dataset of a data package in a folder.

    Args:
        location: the folder, or its `datapackage.json`.
        known: gives a measure that the package does not define.

    Raises:
        InvalidData: with file, row and column.
    """
    return open_package(location).dataset(known)


@frozen(eq=False, repr=False)
class _Folder:
    """Reads the files of a package, none outside of its folder."""

    folder: str

    def __call__(self, name: str) -> bytes:
        return read_inside(self.folder, name, _MOST_BYTES)


def categories(rows: Iterable[Mapping[str, str]]) -> "list[Category]":
    """The categories of a classification, from the rows of its table."""
    from bajio.facts.classifications import Category

    languages = {"en": "name_en", "es": "name_es"}
    return [
        Category(
            row["code"],
            {language: row[name] for language, name in languages.items() if row.get(name)},
            row["parent"],
        )
        for row in rows
    ]


def _decoded(content: bytes, encoding: str, file: str) -> str:
    name = encoding.lower().replace("_", "-")
    if name != "utf-8" and not re.fullmatch(_ENCODING, name):
        raise InvalidData(f"the encoding {shown(encoding)} is not read: give UTF-8", file=file)
    try:
        return content.decode(name)
    except LookupError:
        raise InvalidData(f"the encoding {shown(encoding)} is not known", file=file) from None
    except UnicodeDecodeError as error:
        text = f"not {encoding.upper()} at byte {error.start}: {error.reason}"
        raise InvalidData(text, file=file) from None


def _continued(text: str, dialect: Dialect, file: str, header: tuple[str, ...]) -> "Cells":
    """A further file of a table: with the header of the first, or with none."""
    from bajio.readers.delimited import read_cells

    if dialect.header:
        cells = read_cells(text, dialect, file)
        if cells.header == header:
            return cells
    return read_cells(text, dialect._replace(header=False), file, header)


def _fits(stated: str, contents: Sequence[bytes], file: str) -> bool:
    """Whether files have the hash that is stated: MD5, or that whose name stands before it."""
    name, colon, digest = stated.lower().rpartition(":")
    if not colon:
        name = next(
            (algorithm for algorithm, size in _ALGORITHMS.items() if size == len(digest)), "md5"
        )
    if name not in _ALGORITHMS:
        known = ", ".join(_ALGORITHMS)
        raise InvalidData(f"the hash {shown(stated)} is none of {known}", file=file)
    return digest_of(name, contents) == digest


def digest_of(algorithm: str, contents: Sequence[bytes]) -> str:
    """The hash of some files, one after another."""
    import hashlib

    total = hashlib.new(algorithm, usedforsecurity=False)
    for content in contents:
        total.update(content)
    return total.hexdigest()
