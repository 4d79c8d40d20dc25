"""Planning: what a rule comes down to before anything is bound to data, worked out in one place.

Its axes are written out by the classifications that there are, its levels are checked so that no
category counts twice, and what is left is resolved to leaves and an expression over them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.brief import Alike
from bajio.facts.measures import Measure
from bajio.rules.expansion import Expansion
from bajio.rules.plan import MEMBER, Plan
from bajio.rules.resolution import resolve
from bajio.rules.rule import Rule

if TYPE_CHECKING:
    from bajio.facts.classifications import Classification
    from bajio.rules.axes import Table


@frozen(eq=False, repr=False)
class Planner(Alike):
    """Plans rules over some measures.

    Attributes:
        measures: those that rules may name.
        nested: gives the classification of a measure's dimension.
    """

    measures: Mapping[str, Measure] = field(repr=False)
    nested: "Callable[[str, str], Classification]" = field(repr=False)

    def plan(self, rule: Rule) -> Plan:
        """The plan of a rule that gives one number.

        Raises:
            InvalidRule: it means nothing, or is a small table.
            UnknownCode: it names a measure or a category that is not there.
        """
        if rule.extent.has_axes or rule.extent.has_categories:
            rule = self.plain(rule)
        return resolve(rule, self.measures)

    def plain(self, rule: Rule) -> Rule:
        """A rule without axes, which counts no category twice."""
        self._check_levels(rule)
        return rule.plain(self._expansion) if rule.extent.has_axes else rule

    def table(self, rule: "Table", members: Iterable[str]) -> dict[str, Rule]:
        """The plain rule of each key of a small table.

        Args:
            rule: the table's.
            members: codes of the region's members, the keys of the axis `member`.
        """
        self._check_levels(rule)
        return rule.table(self._expansion, members)

    def plans(self, name: str, rule: Rule) -> dict[str, Plan]:
        """The plans of a rule by name: one, or one for each key of a small table.

        A table by member has one: it is read for each member.
        """
        from bajio.rules.axes import Table

        if not isinstance(rule, Table):
            return {name: self.plan(rule)}
        keys = self.table(rule, (MEMBER,))
        if rule.by_member:
            return {name: self.plan(keys[MEMBER])}
        return {f"{name}_{key}": self.plan(plain) for key, plain in keys.items()}

    def samples(self, rule: Rule) -> tuple[Rule, ...]:
        """Plain rules that stand for a rule: each of a stack, one of the categories or members."""
        return rule.samples(self._expansion)

    def sampled(self, rule: "Table") -> dict[str, Rule]:
        """The same for a small table, by the keys."""
        return rule.sampled(self._expansion)

    def categories(self, rule: "Table") -> "Classification | None":
        """The categories that the keys of a small table are of, if they are categories."""
        return rule.keys(self._expansion)

    def _check_levels(self, rule: Rule) -> None:
        if rule.extent.has_categories:
            from bajio.rules.levels import check_levels

            check_levels(rule, self.nested)

    @property
    def _expansion(self) -> Expansion:
        return Expansion(self.measures, self.nested)
