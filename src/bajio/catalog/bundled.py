"""The bundled data package, opened once, and the dataset that it holds."""

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache

from bajio.facts.dataset import Dataset
from bajio.hookspecs import hookimpl
from bajio.readers.datapackage import Package, open_package


def _read(name: str) -> bytes:
    return pkgutil.get_data("bajio", f"data/{name}") or b""


@cache
def package() -> Package:
    """The data package that ships with bajio."""
    return open_package(_read)


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of its tables."""
    return package().rows(table)


def year(text: str) -> int | None:
    """A year of joining or leaving; `None` for an empty cell."""
    return int(text) if text else None


@hookimpl
def bajio_datasets() -> Iterable[Dataset]:
    """The bundled observations."""
    return [package().dataset()]
