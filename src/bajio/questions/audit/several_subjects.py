"""The verdict on what is said of each of several areas: it holds where it holds of every one."""

from collections.abc import Mapping

from bajio.claims.claim import Claim
from bajio.questions.audit.findings import Finding, Remark, Verdict, years_remark
from bajio.registry import Registry
from bajio.words.sentences import Name, Sentence, listing, sentence

#: Verdicts of single areas by how much they weigh: the first that one has is that of all.
_WEIGHTY = (
    Verdict.CONTRADICTED,
    Verdict.INCONSISTENT,
    Verdict.NOT_CHECKABLE,
    Verdict.UNDECIDED,
    Verdict.CONSISTENT,
    Verdict.HOLDS,
)


def finding_of_each(claim: Claim, single: Mapping[str, Finding], registry: Registry) -> Finding:
    """The finding on a claim, from those on the same of each of its areas.

    Its figure, reading and margin are those of the area that decides: the one that is furthest
    outside of what was printed, or nearest to its end.

    Args:
        claim: of several areas.
        single: the findings by area, at least one.
        registry: what areas are called.
    """
    findings = tuple(single.values())
    verdict = _weightiest([finding.verdict for finding in findings])
    mild = _weightiest([finding.lenient or finding.verdict for finding in findings])
    deciding = min(
        (finding for finding in findings if finding.verdict is verdict),
        key=lambda finding: 0 if finding.margin is None else finding.margin,
    )
    spans = [finding.checked for finding in findings]
    held = set.intersection(*(set(finding.years) for finding in findings))
    asked = [span for span in spans if span is not None]
    checked = None
    if len(asked) == len(spans):
        checked = (max(first for first, _ in asked), min(last for _, last in asked))
    years = tuple(sorted(held))
    failed = verdict is not Verdict.HOLDS
    remarks: tuple[Remark, ...] = ()
    if checked is not None and checked[0] <= checked[1]:
        remarks = (years_remark(years, checked, deciding.season, weighty=failed),)
    uses = dict.fromkeys(use for finding in findings for use in finding.sources)
    return Finding(
        claim,
        verdict,
        _reason(single, verdict, registry),
        mild,
        deciding.figure,
        deciding.reading,
        deciding.lenient_reading,
        deciding.margin,
        years,
        checked,
        rounding=verdict is Verdict.CONTRADICTED and mild is Verdict.HOLDS,
        remarks=remarks,
        sources=tuple(uses),
    )


def _weightiest(verdicts: list[Verdict]) -> Verdict:
    return next(verdict for verdict in _WEIGHTY if verdict in verdicts)


def _reason(single: Mapping[str, Finding], verdict: Verdict, registry: Registry) -> Sentence:
    """What each area's figure is; of those that are not as is said, where some are not."""
    shown = single
    if verdict is not Verdict.HOLDS:
        shown = {area: one for area, one in single.items() if one.verdict is verdict}
    figures = listing(
        sentence(
            "figure.of-area",
            area=Name(area, registry.names_of(area)),
            value=finding.reason if finding.figure is None else finding.figure.said(),
        )
        for area, finding in shown.items()
    )
    when = next((one.figure.when() for one in shown.values() if one.figure is not None), "")
    keys = {Verdict.HOLDS: "each.all", Verdict.CONTRADICTED: "each.not"}
    key = keys.get(verdict, "each.unknown")
    return sentence(key, count=len(single), when=when, figures=figures)
