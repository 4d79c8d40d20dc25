"""Findings as ClaimReview of schema.org, in JSON-LD: what newsrooms hand on to search engines."""

import json
from typing import Any
from warnings import warn

from bajio.claims.review import Review
from bajio.errors import InvalidValue, some
from bajio.questions.audit.findings import Audit, Finding, Verdict
from bajio.report import escapes
from bajio.report.finding_entries import verdict_text

#: Each verdict as a rating from 1, false, to 5, true; what has none is not reviewed.
_RATINGS = {
    Verdict.HOLDS: 5,
    Verdict.CONSISTENT: 3,
    Verdict.UNDECIDED: 3,
    Verdict.CONTRADICTED: 1,
    Verdict.INCONSISTENT: 1,
}
#: That of what is contradicted to the letter, and holds leniently.
_NEARLY = 2
_MOST_TOLD = 8


class ClaimsLeftOut(UserWarning):
    """Claims of an audit have no verdict that can be published as a review."""


def claim_reviews(audit: Audit, language: str) -> str:
    """The findings of an audit as JSON-LD; drafts and what cannot be checked are left out and told.

    Raises:
        InvalidValue: no claim has a verdict to be published.
    """
    kept = [finding for finding in audit.confirmed if finding.verdict in _RATINGS]
    left = [code for code in audit if audit[code] not in kept]
    if not kept:
        raise InvalidValue("there is no review: all claims are drafts or cannot be checked")
    if left:
        codes = some(left, _MOST_TOLD)
        warn(
            f"left out of the reviews, as drafts or not checkable: {codes}",
            ClaimsLeftOut,
            stacklevel=2,
        )
    review = audit.claims.review or Review()
    graph = [_review(audit, finding, review, language) for finding in kept]
    data = {"@context": "https://schema.org", "@graph": graph}
    return escapes.json(json.dumps(data, ensure_ascii=False, indent=2))


def _review(audit: Audit, finding: Finding, review: Review, language: str) -> dict[str, Any]:
    claim = finding.claim
    return _filled(
        {
            "@type": "ClaimReview",
            "url": f"{review.url.partition('#')[0]}#claim-{claim.id}" if review.url else "",
            "datePublished": review.published,
            "inLanguage": language,
            "author": _named("Organization", review.author, review.author_url),
            "claimReviewed": claim.statement.text(language),
            "reviewBody": finding.reason.text(language),
            "itemReviewed": {"@type": "Claim", **_item(audit, review, language)},
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": _rating(finding),
                "bestRating": 5,
                "worstRating": 1,
                "alternateName": verdict_text(finding.verdict, language),
            },
        }
    )


def _rating(finding: Finding) -> int:
    nearly = finding.verdict is Verdict.CONTRADICTED and finding.lenient is Verdict.HOLDS
    return _NEARLY if nearly else _RATINGS[finding.verdict]


def _item(audit: Audit, review: Review, language: str) -> dict[str, Any]:
    """Who made the claims, and where, as far as the set says it."""
    source = audit.claims.source
    kind = "Person" if review.claimant_person else "Organization"
    named_source = "" if source is None else source.text(language)
    return _filled(
        {
            "author": _named(kind, review.claimant_person or review.claimant),
            "appearance": _named("CreativeWork", named_source, review.appearance),
        }
    )


def _named(kind: str, name: str, url: str = "") -> dict[str, str]:
    """A thing by its name and address; nothing where it has neither."""
    cells = _filled({"name": name, "url": url})
    return {"@type": kind, **cells} if cells else {}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
