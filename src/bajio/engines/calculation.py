"""Finishing: the value of an expression over the folded leaves of a rule, exactly."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from attrs import frozen

from bajio.brief import Alike
from bajio.errors import BajioError, InvalidRule, Unavailable, as_line
from bajio.facts.observations import Exact
from bajio.rules.algebra import Call, Expression, LeafDomain, Ref, leaves_of
from bajio.rules.exact_domain import ExactDomain, NotPositive, of_members

if TYPE_CHECKING:
    from bajio.rules.custom import Member


@frozen(eq=False, repr=False)
class Collected(Alike):
    """The terms of a leaf that a custom rule reads one by one.

    Attributes:
        terms: pairs of a member's code and its term, sorted.
    """

    terms: tuple[tuple[str, Exact], ...]


class Undefined(Unavailable):
    """An expression has no value for the figures that there are.

    Attributes:
        leaves: positions of the leaves to blame: those that are zero or negative where they may
            not be.
    """

    def __init__(self, reason: str, leaves: tuple[int, ...] = ()) -> None:
        self.leaves = leaves
        super().__init__(reason)


#: Powers of two beyond which no number is held outside of the exact engine (float's largest).
_REACH = 1022


def within_reach(value: Exact) -> Exact:
    """A value that can be shown, ranked and written, as all of them are.

    Raises:
        Undefined: it is beyond any number that is held, some 10^307.
    """
    if value.numerator.bit_length() - value.denominator.bit_length() > _REACH:
        raise Undefined("the value is beyond 10^307, which no answer holds")
    return value


def calculate(expression: Expression, values: Sequence[Exact | Collected]) -> Exact:
    """The value of an expression over the values of its leaves.

    Raises:
        Unavailable: a divisor is zero, or growth starts from what is not positive.
        InvalidRule: a custom rule's function fails, or returns no finite number.
    """
    if type(expression) is Ref:
        value = values[expression.leaf]
        assert not isinstance(value, Collected)
        return value
    worked_out: Exact = _Leaves(values).fold(expression)
    return worked_out


class _Leaves(LeafDomain[Any], ExactDomain):
    """Exact numbers over the values of leaves, with the leaves to blame where there is none."""

    def call(self, call: Call) -> Exact:
        return _call(call, self._leaves)

    def refuse(self, reason: str, part: Expression) -> NoReturn:
        raise Undefined(reason, NotPositive(self._leaves).fold(part)) from None


def _call(call: Call, values: Sequence[Exact | Collected]) -> Exact:
    """What a rule over members, or a custom function, makes of the members' figures."""
    from bajio.rules.custom import exact_value

    members = list(members_of(call, values))
    try:
        result = of_members(call.pooled, members) if call.pooled else call.function(members)
    except BajioError:
        raise
    except ZeroDivisionError:
        raise Unavailable(f"{call.name!r} has no value: it divides by zero") from None
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        problem = as_line(error)
        raise InvalidRule(f"the custom rule {call.name!r} failed: {problem}") from error
    return exact_value(result, call.name)


def members_of(call: Call, values: Sequence[Exact | Collected]) -> "Iterator[Member]":
    """The members with the figures that a function over them reads.

    Raises:
        InvalidRule: it reads no figure of theirs.
        Unavailable: the members differ between the years that it reads.
    """
    from bajio.rules.custom import Member

    read = set(leaves_of(call))
    terms = {
        position: dict(value.terms)
        for position, value in enumerate(values)
        if position in read and isinstance(value, Collected)
    }
    if not terms:
        raise InvalidRule(f"{call.name!r} reads no figure of the members")
    codes = sorted(next(iter(terms.values())))
    if any(sorted(term) != codes for term in terms.values()):
        raise Unavailable(f"{call.name!r} has no value: its members are others in other years")
    for code in codes:
        member_values = [
            terms[position][code] if position in terms else value
            for position, value in enumerate(values)
        ]
        try:
            figures = tuple((name, calculate(need, member_values)) for name, need in call.needs)
        except Undefined as error:
            raise Undefined(f"{code}: {error.reason}", error.leaves) from None
        yield Member(code, figures)
