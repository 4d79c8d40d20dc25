"""Finishing: the value of an expression over the folded leaves of a rule, exactly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from bajio.errors import BajioError, InvalidRule, Unavailable, as_line
from bajio.facts.observations import Exact
from bajio.rules.nodes import Operator
from bajio.rules.plan import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Operation,
    Ref,
    leaves_of,
)

if TYPE_CHECKING:
    from bajio.rules.custom import Member


@frozen
class Collected:
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
    match expression:
        case Ref(leaf):
            value = values[leaf]
            assert not isinstance(value, Collected)
            return value
        case Call():
            return _call(expression, values)
        case Applied(function, argument, degree):
            from bajio.rules.functions import apply

            inner = calculate(argument, values)
            try:
                return apply(function, inner, degree)
            except Unavailable as error:
                raise Undefined(error.reason, tuple(_not_positive(argument, values))) from None
        case Constant(value):
            return value
        case Change(now, before):
            base = calculate(before, values)
            if base <= 0:
                from bajio.rules.functions import told

                reason = f"growth has no meaning from {told(base)}, not positive"
                raise Undefined(reason, tuple(_not_positive(before, values)))
            return Fraction(calculate(now, values) - base) / base
        case Operation(operator, left, right):
            first, second = calculate(left, values), calculate(right, values)
            if operator is Operator.OVER and second == 0:
                reason = "a ratio has no value: what it is divided by is zero"
                raise Undefined(reason, tuple(_not_positive(right, values)))
            return _operate(operator, first, second)


def _not_positive(expression: Expression, values: Sequence[Exact | Collected]) -> Iterator[int]:
    """The leaves of an expression that are zero or negative."""
    match expression:
        case Ref(leaf):
            value = values[leaf]
            if not isinstance(value, Collected) and value <= 0:
                yield leaf
        case Change(first, second) | Operation(_, first, second):
            yield from _not_positive(first, values)
            yield from _not_positive(second, values)
        case Applied(function, argument):
            found = _not_positive(argument, values)
            only_negative = function == UNLESS_NEGATIVE
            yield from (leaf for leaf in found if not only_negative or values[leaf])


def _operate(operator: Operator, first: Exact, second: Exact) -> Exact:
    value: Exact = operator.of(Fraction(first) if operator is Operator.OVER else first, second)
    return value


def _call(call: Call, values: Sequence[Exact | Collected]) -> Exact:
    """What a custom rule's function makes of the members' figures."""
    from bajio.rules.custom import exact_value

    members = list(members_of(call, values))
    try:
        given = call.function(members)
    except BajioError:
        raise
    except ZeroDivisionError:
        raise Unavailable(f"{call.name!r} has no value: it divides by zero") from None
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        problem = as_line(error)
        raise InvalidRule(f"the custom rule {call.name!r} failed: {problem}") from error
    return exact_value(given, call.name)


def members_of(call: Call, values: Sequence[Exact | Collected]) -> "Iterator[Member]":
    """The members with the figures that a function over them reads.

    Raises:
        InvalidRule: it reads no figure of theirs.
        Unavailable: the members differ between the years that it reads.
    """
    from bajio.rules.custom import Member

    read = set(leaves_of(call))
    terms = {
        at: dict(value.terms)
        for at, value in enumerate(values)
        if at in read and isinstance(value, Collected)
    }
    if not terms:
        raise InvalidRule(f"{call.name!r} reads no figure of the members")
    codes = sorted(next(iter(terms.values())))
    if any(sorted(one) != codes for one in terms.values()):
        raise Unavailable(f"{call.name!r} has no value: its members are others in other years")
    for code in codes:
        own = [terms[at][code] if at in terms else value for at, value in enumerate(values)]
        try:
            figures = tuple((name, calculate(need, own)) for name, need in call.needs)
        except Undefined as error:
            raise Undefined(f"{code}: {error.reason}", error.leaves) from None
        yield Member(code, figures)
