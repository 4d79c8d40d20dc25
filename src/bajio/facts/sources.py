"""Sources: who published a figure, on what terms, and how to cite it."""

from attrs import field, frozen

from bajio.facts.measures import check_code


@frozen
class Source:
    """Where observations come from.

    Attributes:
        code: kebab-case name, unique.
        title: the title of the publication.
        publisher: who publishes it.
        terms: on what terms it may be used.
        citation: how to cite it.
        path: where it is published, where known.

    Examples:
        >>> print(Source("own-survey", "Survey of 2024", publisher="State of Jalisco"))
        State of Jalisco, Survey of 2024
    """

    code: str = field(validator=check_code)
    title: str
    publisher: str = field(default="", kw_only=True)
    terms: str = field(default="", kw_only=True)
    citation: str = field(default="", kw_only=True)
    path: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.publisher, self.title) if part)
