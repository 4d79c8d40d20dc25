"""Sources: who published a figure, on what terms, and how to cite it."""

from collections.abc import Iterable

from attrs import Attribute, field, frozen

from bajio.arguments import as_text
from bajio.brief import Brief
from bajio.errors import InvalidValue, shown
from bajio.facts.editions import as_edition
from bajio.facts.measures import check_code


def _editions(values: Iterable[str]) -> tuple[str, ...]:
    editions = tuple(map(as_edition, (values,) if isinstance(values, str) else values))
    twice = next((edition for edition in editions if editions.count(edition) > 1), None)
    if twice is not None:
        raise InvalidValue(f"edition {shown(twice)} stands twice in its source's order")
    return editions


def _check_text(_instance: object, attribute: "Attribute[str]", text: str) -> None:
    as_text(text, f"a source's {attribute.name}")


@frozen(repr=False)
class Source(Brief):
    """Where observations come from.

    Attributes:
        code: kebab-case name, unique.
        title: the title of the publication.
        publisher: who publishes it.
        terms: on what terms it may be used.
        citation: how to cite it.
        path: where it is published, where known.
        editions: the order of its editions, the oldest first, where their texts do not say it.

    Examples:
        >>> print(Source("own-survey", "Survey of 2024", publisher="State of Jalisco"))
        State of Jalisco, Survey of 2024
    """

    code: str = field(validator=check_code)
    title: str = field(validator=_check_text)
    publisher: str = field(default="", kw_only=True, validator=_check_text)
    terms: str = field(default="", kw_only=True, validator=_check_text)
    citation: str = field(default="", kw_only=True, validator=_check_text)
    path: str = field(default="", kw_only=True, validator=_check_text)
    editions: tuple[str, ...] = field(default=(), converter=_editions, kw_only=True)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.publisher, self.title) if part)
