"""What the options of a question can be, each checked as it is given."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from bajio.amounts import exact_number
from bajio.arguments import as_text, as_texts, as_texts_by_name, as_word
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, shown
from bajio.facts.regions import Region

HOST_POLICIES = ("keep", "drop", "remainder")
NEWEST, AS_OF = MEMBERSHIPS = ("newest", "as-of")


def host_policy(given: str) -> str:
    """One of the policies for a peer that contains the region."""
    return as_word(given, HOST_POLICIES, "host policy")


def membership(given: str) -> str:
    """One of the ways to take members in the past."""
    return as_word(given, MEMBERSHIPS, "membership")


def missing(given: str) -> str:
    """One of the policies for missing data."""
    return as_word(given, Missing, "policy for missing data")


def editions(
    given: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Editions by measure, as sorted pairs."""
    return as_texts_by_name(given, "editions")


def threshold(given: Fraction | float) -> Fraction:
    """A share between 0 and 1."""
    share = exact_number(given)
    if not 0 <= share <= 1:
        raise InvalidValue(f"a threshold of {shown(given)}: it is a share between 0 and 1")
    return share


def tolerance(given: int) -> int:
    """A number of years."""
    if type(given) is not int or not 0 <= given <= 100:
        raise InvalidValue(f"a tolerance of {shown(given)} years: give a whole number from 0 on")
    return given


def category(given: str) -> str:
    """The code of a category."""
    if not as_text(given, "a level"):
        raise InvalidValue("the level is empty: give the code of a category, as '31-33'")
    return given


def place(given: str | Region | Iterable[str]) -> Any:
    """A region: its code, or the codes of its members joined by `+`, or the region itself."""
    return given if isinstance(given, str | Region) else "+".join(as_texts(given, "areas"))
