"""Who reviews claims and where, as a file of claims says it, for those who publish the reviews."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import asdict, field, fields, frozen

from bajio.arguments import as_text
from bajio.brief import Brief
from bajio.errors import InvalidClaim, InvalidValue, shown

#: Pages on the web, and nothing else that a link can be.
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{1,2000}")


def _text(value: Any) -> str:
    return as_text(value, "what is said of a review")


def _address(value: Any) -> str:
    text = _text(value)
    if text and not _ADDRESS.fullmatch(text):
        raise InvalidValue(f"{shown(text)} is no address: write it as https://example.org/page")
    return text


def _day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    text = _text(value)
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidValue(f"{shown(text)} is no day: write it as 2019-05-03") from None


@frozen(kw_only=True, repr=False)
class Review(Brief):
    """Who reviews the claims of a set, and who made them; empty what is not said.

    Attributes:
        author: the newsroom or organisation that reviews them.
        author_url: its address.
        url: the page of the review, on which each claim has its anchor.
        published: the day of the review, as `2019-05-03`.
        claimant: the organisation that made the claims.
        claimant_person: the person who did.
        appearance: the address at which the claims were made.

    Examples:
        >>> Review(author="The Desk", published="2019-05-03").published
        '2019-05-03'
    """

    author: str = field(default="", converter=_text)
    author_url: str = field(default="", converter=_address)
    url: str = field(default="", converter=_address)
    published: str = field(default="", converter=_day)
    claimant: str = field(default="", converter=_text)
    claimant_person: str = field(default="", converter=_text)
    appearance: str = field(default="", converter=_address)

    def __attrs_post_init__(self) -> None:
        if self.claimant and self.claimant_person:
            text = "claimant and claimant_person contradict each other: keep one"
            raise InvalidClaim(text, key="review")

    def to_data(self) -> dict[str, str]:
        """What is said, by its key."""
        return {name: value for name, value in asdict(self).items() if value}


#: The keys of a review in a file.
REVIEW_KEYS = tuple(one.name for one in fields(Review))


def as_review(value: Any) -> Review:
    """A review as it is, or by its keys."""
    if isinstance(value, Review):
        return value
    if not isinstance(value, Mapping) or set(value) - set(REVIEW_KEYS):
        raise InvalidValue(f"{shown(value)}: a review has {', '.join(REVIEW_KEYS)}")
    return Review(**value)
