"""Data of one's own: measures that are not defined with them are those of the bundled data."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bajio.arguments import as_items, as_path
from bajio.errors import InvalidData, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Measure
from bajio.facts.observations import Observation
from bajio.facts.observed import dataset as dataset_of
from bajio.facts.sources import Source
from bajio.units import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.registry import Registry


def dataset(
    name: str,
    *,
    sources: Iterable[Source],
    observations: Iterable[Observation],
    measures: Iterable[Measure] = (),
    edition: str = "1",
    units: Mapping[str, Unit | str] | None = None,
    reference_year: int | None = None,
    areas: Container[str] | None = None,
) -> Dataset:
    """A dataset of observations that are at hand, all from the first of the sources.

    Args:
        name: what it is called in results.
        sources: where the figures come from; the first is that of all.
        observations: exact figures (int, Fraction or Decimal), in any order.
        measures: the measures that it defines; others are as in the bundled data.
        edition: of every series.
        units: units of the figures by measure, where they differ from the measure's own.
        reference_year: the newest year that is not a forecast.
        areas: the areas that may appear; any, where not given.

    Raises:
        InvalidData: a figure that is no finite number, given twice, below its minimum, ...
        UnknownCode: units are given of a measure that has no observations.

    Examples:
        >>> own = dataset(
        ...     "mine",
        ...     sources=[Source("own-count", "Own count")],
        ...     observations=[Observation("MX-AGU", 2018, "population", 1_500_000)],
        ... )
        >>> from bajio import evaluate
        >>> evaluate("population", "MX-AGU", data=own, year=2018).value
        1500000
    """
    seen = tuple(as_items(observations, "observations"))
    defined = tuple(as_items(measures, "measures"))
    return dataset_of(
        name,
        sources=sources,
        observations=seen,
        measures=(*defined, *_undefined(name, defined, seen)),
        edition=edition,
        units=units,
        reference_year=reference_year,
        areas=areas,
    )


def _undefined(
    name: str, defined: Iterable[Measure], observations: Iterable[Observation]
) -> Iterator[Measure]:
    """The measures of the bundled data that observations are of, and that are not defined."""
    done = {getattr(measure, "code", None) for measure in defined}
    for row, seen in enumerate(observations, start=1):
        code = getattr(seen, "measure", None)
        if isinstance(code, str) and code not in done:
            done.add(code)
            try:
                yield _bundled(code)
            except UnknownCode as error:
                raise InvalidData(str(error), file=name, row=row) from None


def read_package(location: "str | Path", registry: "Registry | None" = None) -> Dataset:
    """The dataset of a data package in a folder.

    Args:
        location: the folder, or its `datapackage.json`.
        registry: whose measures those are that the package does not define; if not given, they
            are as in the bundled data.

    Raises:
        InvalidData: with file, row and column.
    """
    from bajio.readers.datapackage import read_package as package_in

    return package_in(as_path(location), _bundled if registry is None else registry.dataset.measure)


def _bundled(code: str) -> Measure:
    """A measure of the bundled data, by its code."""
    from bajio.catalog.bundled import package

    measures = package().measures
    if code not in measures:
        raise UnknownCode("measure", code, measures, "define it, as measures=[Measure(...)]")
    return measures[code]
