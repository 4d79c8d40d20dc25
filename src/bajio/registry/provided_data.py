"""The data that plugins provide, beside one another; what cannot be read takes nothing else."""

from collections.abc import Container, Iterable

from attrs import evolve

from bajio.facts.dataset import Dataset
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.series import Series
from bajio.facts.tables import SeriesTable
from bajio.registry.collector import Collector

_CURE = "give measures and sources codes of their own"


def laid_beside(collector: Collector, provided: Iterable[tuple[str, Dataset]]) -> Dataset:
    """All datasets laid beside one another, later ones over earlier ones.

    Args:
        collector: that sets aside what cannot be used.
        provided: by the names of their plugins.
    """
    total: Dataset | None = None
    for name, upper in provided:
        with collector.guard(name, "bajio_datasets", _CURE):
            own = upper if name in collector.trusted else _guarded(collector, name, upper)
            total = own if total is None else own.beside(total)
    return total or Dataset("empty", (), (), ())


def _guarded(collector: Collector, plugin: str, data: Dataset) -> Dataset:
    """A plugin's dataset whose tables are empty where they cannot be read."""

    def guard(series: Series) -> Series:
        def load(areas: Container[str]) -> SeriesTable:
            cure = f"mend the table of {series}, or uninstall the plugin"
            with collector.guard(plugin, "bajio_datasets", cure):
                return series.read(areas)
            return SeriesTable({}, {})

        return evolve(series, load=load)

    shapes = Gazetteer(outlines=data.gazetteer.outlines)
    return evolve(data, series=map(guard, data.series), gazetteer=shapes)
