"""Currencies that areas have, each for some years."""

from collections.abc import Iterable

from attrs import Attribute, field, frozen
from attrs.converters import optional

from bajio.arguments import as_instances, as_text
from bajio.brief import Alike
from bajio.errors import InvalidValue
from bajio.facts.periods import as_year


def is_there(since: int | None, until: int | None, year: int | None) -> bool:
    """Whether a thing is there in a year; without one, whether it still is."""
    if year is None:
        return until is None
    return (since is None or since <= year) and (until is None or year <= until)


def check_text(_instance: object, attribute: "Attribute[str]", value: object) -> None:
    """Refuse what is no text, and an empty one; an attrs validator."""
    if not as_text(value, f"{attribute.name!r} of an area"):
        raise InvalidValue(f"{attribute.name!r} of an area is empty: leave it out")


@frozen(eq=False, repr=False)
class Currency(Alike):
    """A currency that an area had for some years.

    Attributes:
        code: ISO 4217 code.
        since, until: the first and the last year; `None`: ever.
    """

    code: str = field(validator=check_text)
    since: int | None = field(default=None, converter=optional(as_year))
    until: int | None = field(default=None, converter=optional(as_year))

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise InvalidValue(f"{self.code} is money since {self.since} until {self.until}")

    def holds(self, year: int | None) -> bool:
        """Whether it was the currency of a year; without one, whether it still is."""
        return is_there(self.since, self.until, year)

    def meets(self, other: "Currency") -> bool:
        """Whether there is a year that both hold."""
        first, last = max(self.since or 0, other.since or 0), [self.until, other.until]
        return first <= min((year for year in last if year is not None), default=first)


def as_currency(value: str | Iterable[Currency] | None) -> str | tuple[Currency, ...] | None:
    """The code of a currency, or several with their years; a converter."""
    if isinstance(value, str):
        return value or None
    return None if value is None else as_instances(value, Currency, "currencies") or None
