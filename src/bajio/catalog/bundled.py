"""The bundled data package, opened once, and the dataset that it holds.

What was written of it by `scripts/compile_tables.py` is taken as it is; where that is not there, or
is of other files, the package itself is read and checked.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from bajio.facts.dataset import Dataset
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Measure
from bajio.facts.outlines import Outlines, Polygons
from bajio.facts.regions import PeerGroup, Region
from bajio.facts.restoration import restored
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.facts.tables import SeriesTable
from bajio.files import packaged
from bajio.hookspecs import Manifest, hookimpl
from bajio.mappings import FrozenDict
from bajio.readers.compiled import read_compiled, read_compiled_rows
from bajio.readers.held_catalogue import made, read_held

if TYPE_CHECKING:
    from bajio.facts.classifications import Classification
    from bajio.readers.datapackage import Package

_PACKAGE = "bajio.catalog"
_ALIASES, _NUMBERS = "aliases.csv", "numbers.csv"
#: What is made when it is asked for.
_MADE = (("regions", Region), ("groups", PeerGroup), ("regional groups", PeerGroup))
#: What the catalogue is made of, beside the tables that the descriptor has the hashes of.
_FILES = (("bajio", "data/datapackage.json"), (_PACKAGE, _ALIASES), (_PACKAGE, _NUMBERS))


def read(name: str) -> bytes:
    """A file of the data package that ships with bajio."""
    return packaged("bajio", f"data/{name}")


def _compiled(table: str) -> bytes:
    try:
        return packaged(_PACKAGE, f"tables/{table}.table")
    except OSError:  # it was not compiled
        return b""


@cache
def package() -> "Package":
    """The data package that ships with bajio."""
    from bajio.readers.datapackage import open_package

    return open_package(read, _compiled)


def files() -> list[bytes]:
    """What the files hold that the catalogue is made of."""
    return [packaged(*place) for place in _FILES]


@cache
def held() -> Mapping[str, Any] | None:
    """The catalogue as it was checked and written; `None` where that is of other files."""
    return read_held(_compiled("catalogue"), files())


def places(part: str) -> Manifest:
    """Where each thing of a part of the catalogue is made, when it is asked for."""
    known = held()
    assert known is not None  # as where this is asked for
    return {code: f"{__name__}:{code}" for code in known[part]}


def __getattr__(code: str) -> Region | PeerGroup:
    known = held() or {}
    for part, kind in _MADE:
        if code in known.get(part, ()):
            result: Region | PeerGroup = made(kind, known[part][code])
            return result
    raise AttributeError(f"module {__name__!r} has no attribute {code!r}")


def parts() -> dict[str, object]:
    """What is held of the package, checked anew."""
    opened, data = package(), package().dataset()
    descriptor = opened.descriptor
    return {
        "data": [data.name, data.version, data.reference_year],
        "hashes": data.hashes,
        "tables": {
            resource.name: resource.hash
            for resource in descriptor.resources
            if resource.series is None
        },
        "totals": {resource.name: resource.total for resource in descriptor.classifications},
        "measures": list(data.measures.values()),
        "sources": descriptor.sources,
        "series": data.series,
        "places": [
            (resource.name, resource.hash) for resource in descriptor.resources if resource.series
        ],
        "outlines": data.gazetteer.outlines,
    }


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of its tables."""
    catalogue = held()
    if catalogue is not None:
        compiled = read_compiled_rows(_compiled(table), catalogue["tables"][table])
        if compiled is not None:
            return iter(compiled)
    return package().rows(table)


def measures() -> "Mapping[str, Measure]":
    """The measures of the package, by code."""
    return _dataset().measures


def year(text: str) -> int | None:
    """A year of joining or leaving; `None` for an empty cell."""
    return int(text) if text else None


@cache
def _by_code(table: str) -> Mapping[str, tuple[str, ...]]:
    """What a table of two columns has for each code."""
    text = packaged(_PACKAGE, table).decode()
    cells: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines()[1:]:
        code, _, cell = line.partition(",")
        cells[code] = (*cells.get(code, ()), cell)
    return cells


def aliases(code: str) -> tuple[str, ...]:
    """Other names and abbreviations of a country, a state, a region or a peer group.

    Examples:
        >>> "Gto" in aliases("MX-GUA"), "SUI" in aliases("CHE")
        (True, True)
    """
    return _by_code(_ALIASES).get(code, ())


def numbers(code: str) -> tuple[str, ...]:
    """The number that ISO 3166-1 gives a country.

    Examples:
        >>> numbers("MEX"), numbers("UNK")
        (('484',), ())
    """
    return _by_code(_NUMBERS).get(code, ())


@hookimpl
def bajio_datasets() -> Iterable[Dataset]:
    """The bundled observations."""
    return [_dataset()]


@cache
def _dataset() -> Dataset:
    catalogue = held()
    if catalogue is None:
        return package().dataset()
    name, version, reference_year = catalogue["data"]
    measures, sources = made([Measure], catalogue["measures"]), made([Source], catalogue["sources"])
    series, outlines = made([Series], catalogue["series"]), made([Outlines], catalogue["outlines"])
    for number, (one, place) in enumerate(zip(series, catalogue["places"], strict=True)):
        object.__setattr__(one, "load", partial(_table, number, place))
    for number, one in enumerate(outlines):
        object.__setattr__(one, "load", partial(_shapes, number))
    sources += tuple(outline.source for outline in outlines)
    cells = {
        "name": name,
        "version": version,
        "reference_year": reference_year,
        "measures": FrozenDict({measure.code: measure for measure in measures}),
        "sources": FrozenDict({source.code: source for source in sources}),
        "series": series,
        "hashes": tuple(catalogue["hashes"]),
        "classifications": FrozenDict(
            {code: partial(_classification, code) for code in catalogue["totals"]}
        ),
        "gazetteer": restored(Gazetteer, {"outlines": outlines}),
    }
    return restored(Dataset, cells)


def _table(number: int, place: tuple[str, str], areas: Container[str]) -> SeriesTable:
    """The table of a series, which is the package's of that number."""
    name, sha256 = place
    table = read_compiled(_compiled(name), sha256, areas)
    return table or package().dataset().series[number].load(areas)


def _shapes(number: int) -> Mapping[str, Polygons]:
    return package().dataset().gazetteer.outlines[number].shapes


@cache
def _classification(name: str) -> "Classification":
    from bajio.facts.classifications import Classification
    from bajio.readers.datapackage import categories

    catalogue = held()
    assert catalogue is not None  # as where it is asked for
    return Classification(name, categories(rows(name)), catalogue["totals"][name])
