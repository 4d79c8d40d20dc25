"""The bundled data package, opened once, and the dataset that it holds."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bajio.facts.dataset import Dataset
from bajio.hookspecs import hookimpl
from bajio.readers.datapackage import Package, open_package


def read(name: str) -> bytes:
    """A file of the data package that ships with bajio."""
    return pkgutil.get_data("bajio", f"data/{name}") or b""


def _compiled(table: str) -> bytes:
    try:
        return pkgutil.get_data("bajio.catalog", f"tables/{table}.table") or b""
    except OSError:  # it was not compiled
        return b""


@cache
def package() -> Package:
    """The data package that ships with bajio."""
    return open_package(read, _compiled)


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of its tables."""
    return package().rows(table)


def year(text: str) -> int | None:
    """A year of joining or leaving; `None` for an empty cell."""
    return int(text) if text else None


@cache
def _by_code(table: str) -> Mapping[str, tuple[str, ...]]:
    """What a table of two columns has for each code."""
    text = (pkgutil.get_data("bajio.catalog", table) or b"").decode()
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines()[1:]:
        code, _, cell = line.partition(",")
        found[code] = (*found.get(code, ()), cell)
    return found


def aliases(code: str) -> tuple[str, ...]:
    """Other names and abbreviations of a country, a state, a region or a peer group.

    Examples:
        >>> "Gto" in aliases("MX-GUA"), aliases("CHE")
        (True, ('SUI',))
    """
    return _by_code("aliases.csv").get(code, ())


def numbers(code: str) -> tuple[str, ...]:
    """The number that ISO 3166-1 gives a country.

    Examples:
        >>> numbers("MEX"), numbers("UNK")
        (('484',), ())
    """
    return _by_code("numbers.csv").get(code, ())


@hookimpl
def bajio_datasets() -> Iterable[Dataset]:
    """The bundled observations."""
    return [package().dataset()]
