"""A registry that has one edition of what a measure's sources published in several."""

from attrs import evolve

from bajio.registry import Registry
from bajio.registry.lazy_values import Latest

#: What hangs on what is measured, and is made anew.
_OF_DATA = ("today", "indicators", "indicator_sets", "composites")


def with_edition(registry: Registry, measure: str, edition: str) -> Registry:
    """The same registry without the other editions of the sources that have one.

    Other sources stay, as those of the peers' figures.

    Raises:
        UnknownCode: no source has that edition.

    Examples:
        >>> older = with_edition(Registry.default(), "fdi", "2018")
        >>> [(one.source, one.edition) for one in older.dataset.newest("fdi")]
        [('economia-fdi', '2018'), ('world-bank', '2026-07')]
    """
    data = registry.dataset
    chosen = data.newest(measure, edition)
    sources = {series.source for series in chosen}
    kept = [
        series
        for series in data.series
        if series.measure != measure or series.source not in sources or series in chosen
    ]
    other = object.__new__(Registry)
    other.__dict__.update(registry.__dict__)
    for name in _OF_DATA:
        other.__dict__.pop(name, None)
    for name in ("kept", "_overlaid"):
        other.__dict__[name] = Latest(other.__dict__[name].most)
    other.__dict__["dataset"] = evolve(data, series=kept)
    return other
