"""What the options of a question can be, each checked as it is given."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, nearest
from bajio.facts.periods import as_year

HOST_POLICIES = ("keep", "drop", "remainder")
AS_OF = "as-of"
MEMBERSHIPS = ("newest", AS_OF)


def chosen(name: str, given: str, words: Sequence[str]) -> str:
    """One of the words that an option can be."""
    if given not in words:
        close = nearest(given, words)
        advice = f"did you mean {close[0]!r}?" if close else f"it can be {', '.join(words)}"
        raise InvalidValue(f"unknown {name} {given!r}: {advice}")
    return given


def host_policy(given: str) -> str:
    """One of the policies for a peer that contains the region."""
    return chosen("host policy", given, HOST_POLICIES)


def membership(given: str) -> str:
    """One of the ways to take members in the past."""
    return chosen("membership", given, MEMBERSHIPS)


def missing(given: str) -> str:
    """One of the policies for missing data."""
    return chosen("policy for missing data", given, tuple(Missing))


def editions(
    given: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Editions by measure, as sorted pairs."""
    return tuple(sorted(dict(given).items()))


def year(given: int) -> int:
    """A year of four digits."""
    return as_year(given)


def threshold(given: Fraction | float) -> Fraction:
    """A share between 0 and 1."""
    share = Fraction(given)
    if not 0 <= share <= 1:
        raise InvalidValue(f"a threshold of {given}: it is a share between 0 and 1")
    return share


def tolerance(given: int) -> int:
    """A number of years."""
    if type(given) is not int or not 0 <= given <= 100:
        raise InvalidValue(f"a tolerance of {given!r} years: give a whole number from 0 on")
    return given


def place(given: str | Iterable[str]) -> str:
    """A region as text: its code, or the codes of its members joined by `+`."""
    return given if isinstance(given, str) else "+".join(given)
