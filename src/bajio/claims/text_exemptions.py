"""Numbers of a running text that say nothing of a region: times, telephones, pages, names."""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum

from attrs import frozen

from bajio.claims.mentions import Mention, MentionKind
from bajio.claims.reading_words import ReadingWords


class Exemption(StrEnum):
    """Why a number says nothing of a region."""

    DATE = "date"
    YEAR = "year"
    PERIOD = "period"
    NAME = "name"
    PAGE = "page"
    PHONE = "phone"
    TIME = "time"
    AGE = "age"
    ADDRESS = "address"
    DOCUMENT = "document"
    ARTICLE = "article"
    IDIOM = "idiom"
    VAGUE = "vague"


_BY_KIND = {
    MentionKind.YEAR: Exemption.YEAR,
    MentionKind.PERIOD: Exemption.PERIOD,
    MentionKind.DATE: Exemption.DATE,
    MentionKind.IDIOM: Exemption.IDIOM,
    MentionKind.VAGUE: Exemption.VAGUE,
}


#: Which reason is told of what several fit.
_ORDER = (
    *(Exemption.TIME, Exemption.PHONE, Exemption.PAGE, Exemption.ADDRESS, Exemption.DOCUMENT),
    *(Exemption.ARTICLE, Exemption.AGE, Exemption.PERIOD, Exemption.NAME),
)


@frozen
class Exempted:
    """The parts of a text that are exempt, in its order."""

    starts: Sequence[int]
    spans: Sequence[tuple[int, int, Exemption]]
    reach: Sequence[int]

    def reason(self, mention: Mention) -> Exemption | None:
        """Why a mention says nothing of a region; `None` where it may say something."""
        if mention.kind in _BY_KIND:
            return _BY_KIND[mention.kind]
        span = bisect_right(self.starts, mention.end - 1) - 1
        reasons: list[Exemption] = []
        while span >= 0 and self.reach[span] > mention.start:
            start, end, reason = self.spans[span]
            if end > mention.start and start < mention.end:
                reasons.append(reason)
            span -= 1
        return min(reasons, key=_ORDER.index, default=None)


def exempted(text: str, words: ReadingWords) -> Exempted:
    """All parts of a text in which numbers say nothing of a region."""
    reasons = {
        match.span(): Exemption(reason)
        for reason, pattern in reversed(words.exemptions)
        for match in pattern.finditer(text)
    }
    spans = sorted((start, end, reason) for (start, end), reason in reasons.items())
    reach, furthest = [], 0
    for _, end, _ in spans:
        furthest = max(furthest, end)
        reach.append(furthest)
    return Exempted([start for start, _, _ in spans], spans, reach)
