"""The way out: any function of the members' figures, as a rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, field, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_items, as_pairs
from bajio.errors import InvalidRule, InvalidValue, shown
from bajio.rules.members import OverMembers
from bajio.rules.rule import Rule, Scalar
from bajio.units import ONE, Unit, as_unit

Need = str | Rule
#: Fractions of sums over a hundred members have some thousand digits.
_MOST_BITS = 400_000


def _figures(values: Iterable[tuple[str, int | Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, Fraction(figure)) for name, figure in values)


@frozen
class Member(Mapping[str, Fraction]):
    """The figures of one member, by the names of a custom rule's needs.

    Attributes:
        area: its code.
        figures: pairs of name and exact number, so that divisions are exact too.

    Examples:
        >>> jalisco = Member("MX-JAL", [("gdp", 12), ("population", 8)])
        >>> jalisco.area, jalisco["gdp"] / jalisco["population"]
        ('MX-JAL', Fraction(3, 2))
    """

    area: str
    figures: tuple[tuple[str, Fraction], ...] = field(converter=_figures)

    def __getitem__(self, name: str) -> Fraction:
        return dict(self.figures)[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.figures)

    def __len__(self) -> int:
        return len(self.figures)


Function = Callable[[Sequence[Member]], Scalar | float]


def _function(function: Function) -> Function:
    if not callable(function):
        raise InvalidRule(
            f"{shown(function)} is not a function: Custom takes one of the members' figures"
        )
    return function


def _needs(
    values: Mapping[str, Need] | Iterable[Need | tuple[str, Need]],
) -> tuple[tuple[str, Need], ...]:
    if isinstance(values, Mapping):
        pairs = [*as_pairs(values, "needs").items()]
    else:
        pairs = [_named(item) for item in as_items(values, "needs")]
    names = [name for name, _ in pairs]
    if not pairs or len(set(names)) < len(names):
        raise InvalidRule(
            f"a custom rule's needs are {shown(values)}: give codes of measures, or names with "
            "rules, each once"
        )
    for name, need in pairs:
        if not isinstance(need, Need):
            raise InvalidRule(
                f"the need {shown(name)} is {shown(need)}: give a measure's code or a rule"
            )
    return tuple(pairs)


def _named(need: Need | tuple[str, Need]) -> tuple[str, Need]:
    if not isinstance(need, tuple):
        return (need if isinstance(need, str) else shown(need), need)
    if len(need) != 2 or not isinstance(need[0], str):
        raise InvalidRule(f"{shown(need)} is no need: give a name and a rule")
    return need


@frozen(repr=False)
class Custom(OverMembers):
    """Any function of the members' figures, where no other constructor says what is meant.

    The function is called with a sequence of `Member`, sorted by code, each with a figure for
    every need: a member that lacks one is missing as a whole, as in any rule.
    A need that is a code is the member's figure in the measure's own unit, money in the currency
    of its series; a need that is a rule is its value for the member alone, so that a figure under
    dimensions, or of another year, can be asked for: `Mean("rate", {"sex": "f"})`.

    Args:
        function: from the members to an int, Fraction, Decimal or finite float.
        needs: codes of measures, or rules by name.
        unit: of what the function returns.

    Raises:
        InvalidRule: no function, or no needs.

    Examples:
        >>> def gap(members):
        ...     heads = [member["gdp"] / member["population"] for member in members]
        ...     return max(heads) / min(heads)
        >>> print(Custom(gap, needs=["gdp", "population"]))
        gap(gdp, population)
    """

    is_code: ClassVar[bool] = True
    function: Function = field(converter=_function)
    needs: tuple[tuple[str, Need], ...] = field(converter=_needs)
    unit: Unit = field(default=ONE, converter=as_unit)

    @property
    def name(self) -> str:  # type: ignore[override]  # it is the function's, not the class's
        """The function's name."""
        return getattr(self.function, "__name__", type(self.function).__name__)

    def inner(self) -> tuple[Rule, ...]:
        """The needs that are rules."""
        return tuple(need for _, need in self.needs if isinstance(need, Rule))

    def over(self, inner: Sequence[Rule]) -> Rule:
        """The same function of other rules."""
        rules = iter(inner)
        needs = [
            (name, next(rules) if isinstance(need, Rule) else need) for name, need in self.needs
        ]
        return evolve(self, needs=needs)

    def text(self) -> str:
        """The function, of what is needed by name."""
        return f"{self.name}({', '.join(name for name, _ in self.needs)})"

    def needs_by_name(self) -> Mapping[str, Need]:
        """Codes of measures, or rules, by name."""
        return dict(self.needs)

    def of(self, members: Sequence[Member]) -> Scalar | float:
        """What the function makes of the members."""
        return self.function(members)


def exact_value(value: object, name: str) -> int | Fraction:
    """What a custom function returned, as an exact number.

    Raises:
        InvalidRule: it is no finite number.

    Examples:
        >>> exact_value(0.5, "half")
        Fraction(1, 2)
        >>> exact_value(float("nan"), "half")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidRule: 'half' returned nan: a custom rule returns a finite number
    """
    exact = _exact(value)
    if exact is None:
        text = f"{name!r} returned {shown(value)}"
        raise InvalidRule(f"{text}: a custom rule returns a finite number")
    if max(exact.numerator.bit_length(), exact.denominator.bit_length()) > _MOST_BITS:
        raise InvalidRule(f"{name!r} returned a number of more digits than any quantity has")
    return exact.numerator if exact.denominator == 1 else exact


def _exact(value: object) -> Fraction | None:
    """A number as a fraction; `None` where it is none, or not finite."""
    if isinstance(value, Decimal):
        try:
            return exact_number(value)
        except InvalidValue:
            return None
    if isinstance(value, int | Fraction | float) and not isinstance(value, bool):
        try:
            return Fraction(value)
        except (ValueError, OverflowError):
            return None
    return None
