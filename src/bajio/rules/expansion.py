"""What rules over categories come down by: measures, and how the categories of each nest."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.brief import Brief
from bajio.facts.measures import Measure

if TYPE_CHECKING:
    from bajio.facts.classifications import Classification

Nested = Callable[[str, str], "Classification"]


@frozen(repr=False)
class Expansion(Brief):
    """By what rules over categories come down to plain rules.

    Attributes:
        measures: those that rules may name.
        nested: gives the classification of a measure's dimension.
    """

    measures: Mapping[str, Measure] = field(repr=False)
    nested: Nested = field(repr=False)
