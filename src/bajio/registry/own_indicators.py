"""Indicators that measures of one's own have by default: their sum, or their weighted mean."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING

from bajio.facts.dataset import Dataset
from bajio.facts.measures import Kind
from bajio.indicator import Indicator
from bajio.registry.shelves import Shelf, with_defined
from bajio.rules.nodes import Sum, WeightedMean

if TYPE_CHECKING:
    from bajio.rules.rule import Rule
from bajio.units import ONE, as_unit

_PERCENT = as_unit("%")


def own_indicators(data: Dataset, taken: Container[str]) -> Iterator[Indicator]:
    """An indicator for each measure that has figures and neither dimensions nor an indicator.

    Args:
        data: whose measures they are.
        taken: codes of the indicators that there are.

    Examples:
        >>> from bajio import Measure, Observation, Source, dataset
        >>> beds = Measure("beds", "Hospital beds", "1", time="stock")
        >>> seen = [Observation("MX-JAL", 2018, "beds", 1512)]
        >>> data = dataset("mine", measures=[beds], sources=[Source("s", "S")], observations=seen)
        >>> [(one.code, str(one.rule), str(one.label)) for one in own_indicators(data, ())]
        [('beds', 'Σ beds', 'Hospital beds')]
    """
    for code in dict.fromkeys(series.measure for series in data.series):
        measure = data.measures[code]
        if code in taken or measure.dimensions:
            continue
        if measure.kind is Kind.EXTENSIVE:
            rule: Rule = Sum(code)
        elif measure.weight is not None:
            rule = WeightedMean(code, measure.weight)
        else:
            continue
        unit = ONE if measure.unit == _PERCENT else measure.unit  # it is shown as a share
        yield Indicator(
            code, rule, unit, measure.label, description=measure.description, topic="own"
        )


def with_own(
    shelf: Shelf[Indicator],
    laid_over: Iterable[Dataset],
    check: Callable[[Indicator, str], None],
) -> Shelf[Indicator]:
    """Indicators with those that packages declare, and that measures have by default.

    Args:
        shelf: what there is.
        laid_over: the datasets.
        check: refuses what means nothing here, by raising.

    Raises:
        BajioError: an indicator that is declared is refused.
    """
    shelf = with_defined(shelf, laid_over, "indicators", check)
    for data in laid_over:
        indicators = {indicator.code: indicator for indicator in own_indicators(data, shelf.codes)}
        shelf = shelf.with_things(data.name, indicators) if indicators else shelf
    return shelf
