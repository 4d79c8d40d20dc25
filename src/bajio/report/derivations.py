"""The derivation of a finding: what was printed, what it means, every figure behind it."""

from collections.abc import Iterator
from fractions import Fraction

from bajio.claims.claim import Claim
from bajio.claims.printed import Printed
from bajio.claims.relations import Relation
from bajio.questions.audit.consistency import numbers_of, unit_of
from bajio.questions.audit.findings import Audit, Finding, Grounds
from bajio.questions.explanation import Explanation
from bajio.questions.results import Result
from bajio.questions.standing import Standing
from bajio.report.finding_entries import verdict_text
from bajio.units import ONE, Unit
from bajio.words.enumerations import ordinal
from bajio.words.magnitudes import in_full
from bajio.words.phrasebook import say
from bajio.words.quantities import amount, range_text

#: Places shown on each side of the region in a ranking.
_AROUND = 3


def derivation_text(audit: Audit, code: str, language: str = "en") -> str:
    """How the finding on a claim came about, step by step.

    Args:
        audit: the findings.
        code: id of the claim.
        language: a code, as `en` or `es`.

    Raises:
        UnknownCode: there is no such claim.
    """
    return "\n".join(_lines(audit, audit[code], language))


def _lines(audit: Audit, finding: Finding, language: str) -> Iterator[str]:
    claim = finding.claim
    about = {"set": audit.claims.code, "claim": claim.id, "relation": claim.relation.value}
    yield say("derivation.claim", language, **about)
    yield f"  {claim.statement.text(language)}"
    yield ""
    yield from _printed_lines(audit, finding, language)
    verdict = verdict_text(finding.verdict, language)
    yield say("derivation.verdict", language, verdict=verdict)
    yield f"  {finding.reason.text(language)}"
    figures = list(_figure_lines(audit, audit.explain(claim.id), language))
    if figures:
        yield ""
        yield say("derivation.figures", language)
        yield from figures
    if finding.remarks:
        yield ""
        yield say("derivation.else", language)
        for remark in finding.remarks:
            aspect = say(f"aspect.{remark.aspect}", language)
            yield f"  {aspect}: {remark.text.text(language)}"
    if finding.sources:
        yield ""
        yield say("source.several", language)
        yield from (f"  {use.measure}: {use.in_words(language)}" for use in finding.sources)


def _printed_lines(audit: Audit, finding: Finding, language: str) -> Iterator[str]:
    numbers = numbers_of(audit.claims, finding.claim)
    for field, printed in numbers.items():
        _, of_part, area = field.partition("parts.")
        named = audit.registry.name_of(area, language)
        yield say(
            "derivation.printed",
            language,
            what=named if of_part else say(f"number.{field}", language),
            text=printed.texts.text(language),
            range=range_text(printed.digits, _unit(audit, finding.claim, printed), language),
        )
    if finding.reading is not None and finding.figure is not None:
        strict, lenient = (
            range_text(reading, finding.figure.scale, language)
            for reading in (finding.reading, finding.lenient_reading or finding.reading)
        )
        yield say("derivation.reading", language, strict=strict, lenient=lenient)
    if numbers:
        yield ""


def _unit(audit: Audit, claim: Claim, printed: Printed) -> Unit | None:
    """The unit that a printed number is in."""
    if unit_of(printed) is not None:
        return ONE
    if claim.unit is not None or claim.indicator is None or printed.kind.value == "times":
        return claim.unit
    return audit.registry.indicator(claim.indicator).unit


def _figure_lines(audit: Audit, grounds: Grounds, language: str) -> Iterator[str]:
    claim = grounds.finding.claim
    is_share = claim.relation is Relation.SHARE_OF and not claim.areas
    for year in grounds.years:
        subject = year.subject
        yield from _explanation_lines(audit, subject.explain(), language)
        if is_share and subject.host_value and subject.host:
            host = audit.registry.name_of(subject.host, language)
            whole = f"{in_full(subject.host_value, language)} {subject.unit}"
            share = amount(Fraction(subject.low) / subject.host_value, ONE, language)
            yield f"  {say('derivation.share', language, host=host, whole=whole, share=share)}"
        for other in year.others:
            yield from _explanation_lines(audit, other.explain(), language)
    if grounds.ranked is not None:
        yield from _standing_lines(audit, grounds, language)


def _explanation_lines(audit: Audit, explanation: Explanation, language: str) -> Iterator[str]:
    result = explanation.result
    when = f", {result.period}" if result.period is not None else ""
    region = result.region.name(language)
    label = result.indicator.label.text(language)
    value = f"{in_full(result.low, language)} {result.unit}"
    yield f"  {label}, {region}{when} = {explanation.formula} = {value}"
    for leaf in explanation.leaves:
        several = len(leaf.figures) > 1
        if several:
            total = "–" if leaf.total is None else in_full(leaf.total, language)
            yield f"    {leaf.name} = {total} {leaf.unit}"
            for area, figure, _ in leaf.figures:
                shown = "–" if figure is None else in_full(figure, language)
                yield f"      {audit.registry.name_of(area, language)}: {shown}"
    edition = say("derivation.edition", language)
    for rate in explanation.rates:
        source = rate.source.replace(", edition ", edition)
        shown = f"{in_full(rate.value, language)} {rate.unit}"
        yield f"    {rate.measure} {rate.country} {rate.period}: {shown} ({source})"


def _standing_lines(audit: Audit, grounds: Grounds, language: str) -> Iterator[str]:
    assert grounds.ranked is not None
    result, lines = grounds.ranked
    region_row = next(row for row, line in enumerate(lines) if line.code == result.region.code)
    last = (grounds.finding.claim.last_rank or 1) - 1
    shown = {*range(region_row - _AROUND, region_row + _AROUND + 1), last, last + 1}
    before = None
    for row in sorted(row for row in shown if 0 <= row < len(lines)):
        if before is not None and row > before + 1:
            yield "    …"
        yield f"    {_standing(audit, result, lines[row], language)}"
        before = row


def _standing(audit: Audit, result: Result, line: Standing, language: str) -> str:
    mine = line.code == result.region.code
    who = (
        f"→ {result.region.name(language)}" if mine else audit.registry.name_of(line.code, language)
    )
    place = ordinal(line.position, language)
    return f"{place:>6}  {who}: {amount(line.exact, result.unit, language)}"
