"""Figures of raw files as observations, and datasets joined to one."""

from collections.abc import Iterable, Iterator

from dataset.raw import Raw

from bajio import Dataset, Gazetteer, Observation


def observed(raw: Raw, file: str, column: str, measure: str) -> Iterator[Observation]:
    """The figures of a column by area and year; what is empty is left out.

    Args:
        raw: the raw files.
        file, column: where the figures stand.
        measure: what they are of.
    """
    for row in raw.rows(file):
        value = row.number(column)
        if value is not None:
            yield Observation(row["area"], row["year"], measure, value)


def joined(
    name: str, parts: Iterable[Dataset], gazetteer: Gazetteer, *, reference_year: int
) -> Dataset:
    """Several datasets, each of one source, as one with a gazetteer."""
    every = list(parts)
    return Dataset(
        name,
        {code: one for part in every for code, one in part.measures.items()},
        {code: one for part in every for code, one in part.sources.items()},
        [series for part in every for series in part.series],
        reference_year=reference_year,
        gazetteer=gazetteer,
    )
