"""What there is: regions, indicators, datasets and peer groups of the default registry."""

from collections.abc import Iterable, Mapping

from bajio.brief import Displayed
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Measure
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator
from bajio.registry import Registry


def region(value: str | Region | Iterable[str]) -> Region:
    """A region of the catalog, or one made of area codes.

    Args:
        value: a region's code or name, those of areas joined by `+`, a `Region`, or an iterable of
            codes or names.

    Raises:
        BajioError: a code names nothing, or the region is empty or overlaps itself.

    Examples:
        >>> import bajio
        >>> print(bajio.region("bajio").charter.agreement, bajio.region("FRA+DEU").members)
        San Miguel Agreement ('DEU', 'FRA')
    """
    return Registry.default().region(value)


def list_regions() -> Mapping[str, Region]:
    """The regions of the catalog, by code.

    Examples:
        >>> import bajio
        >>> "bajio" in bajio.list_regions()
        True
    """
    return Registry.default().regions


def list_indicators() -> Mapping[str, Indicator]:
    """The indicators, by code.

    Examples:
        >>> import bajio
        >>> print(bajio.list_indicators()["gdp-per-capita"].unit)
        USD/person
    """
    return Registry.default().indicators


def list_measures() -> Mapping[str, Measure]:
    """The measures that there are figures of, by code.

    Examples:
        >>> import bajio
        >>> print(bajio.list_measures()["population"].unit)
        person
    """
    return Registry.default().dataset.measures


class _Datasets(tuple[Dataset, ...], Displayed):
    """Datasets in their order, which a notebook shows as a table."""

    __slots__ = ()


def list_datasets() -> tuple[Dataset, ...]:
    """The datasets that are there, each laid over those before it.

    Examples:
        >>> import bajio
        >>> [data.name for data in bajio.list_datasets()]
        ['bajio']
    """
    return _Datasets(Registry.default().datasets)


def list_peer_groups() -> Mapping[str, PeerGroup]:
    """The peer groups, by code.

    Examples:
        >>> import bajio
        >>> len(bajio.list_peer_groups()["un-members"].at(2018))
        193
    """
    return Registry.default().peer_groups
