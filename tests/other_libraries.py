"""Files that other libraries come with, found without importing these, which takes seconds."""

from importlib.util import find_spec
from pathlib import Path

#: GDP per head of Mexico's states by decades, as libpysal has it.
MEXICO = Path("examples", "mexico", "mexico.csv")


def file_of(library, path):
    """A file of an installed library."""
    spec = find_spec(library)
    assert spec is not None, library
    return Path(spec.origin).parent / path
