"""What rules over categories come down by: measures, and how the categories of each nest."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from bajio.brief import Alike
from bajio.facts.measures import Measure

if TYPE_CHECKING:
    from bajio.facts.classifications import Classification

Nested = Callable[[str, str], "Classification"]


@frozen(eq=False, repr=False)
class Expansion(Alike):
    """By what rules over categories come down to plain rules.

    Attributes:
        measures: those that rules may name.
        nested: gives the classification of a measure's dimension.
    """

    measures: Mapping[str, Measure] = field(repr=False)
    nested: Nested = field(repr=False)
    _written_out: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)

    def once(self, rule: Any, written_out: Callable[[], Any]) -> Any:
        """What a rule comes down to: worked out once, as all keys of a table may hold it."""
        if rule not in self._written_out:
            self._written_out[rule] = written_out()
        return self._written_out[rule]
