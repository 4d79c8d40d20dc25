"""What a portrait says in sentences, each made from the figures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Better
from bajio.labels import Label
from bajio.questions.compositions import Compositions
from bajio.questions.portrait import Portrait
from bajio.questions.results import Rank, Result
from bajio.questions.sensitivity import Variant
from bajio.registry import Registry
from bajio.report.answer_words import rank_text, value_text
from bajio.words.enumerations import listed, place_text, some_of
from bajio.words.magnitudes import relative
from bajio.words.messages import refusal_text
from bajio.words.phrasebook import ENGLISH, phrasebook, say
from bajio.words.quantities import Counted
from bajio.words.sentences import Listing, Percent, Piece, Quantified, Sentence, listing, sentence

#: By what the summary says where a region stands, in that order.
_SAID = ("population", "area", "gdp", "gdp-per-capita", "exports", "life-expectancy")
#: Of what it says how much of its country the region has.
_SHARED = ("population", "area", "gdp", "exports", "employment")
#: What it says the course of over the years.
_COURSE = ("population", "gdp", "insured-jobs")
_MOST_MEMBERS = 12


class _Valued(NamedTuple):
    """A result with its unit."""

    exact: Result

    def text(self, language: str) -> str:
        """In words."""
        return value_text(self.exact, language)


class _Ranked(NamedTuple):
    """A rank with its neighbours; the place alone, where those are not told."""

    rank: Rank
    registry: Registry | None

    @property
    def exact(self) -> int:
        """The position."""
        return self.rank.position

    def text(self, language: str) -> str:
        """In words."""
        if self.registry is None:
            return place_text(self.rank.position, self.rank.of, language)
        return rank_text(self.rank, self.registry, language)


class _Changed(NamedTuple):
    """A relative change, with its sign."""

    exact: Exact

    def text(self, language: str) -> str:
        """In words."""
        return relative(Fraction(self.exact), language)


class _When(NamedTuple):
    """In which period, where there is one."""

    period: str | None

    def text(self, language: str) -> str:
        """In words."""
        return say("when.in", language, span=self.period) if self.period else ""


class _Inside(NamedTuple):
    """A label amid a sentence: without its capital, unless it is an abbreviation."""

    label: Label

    def text(self, language: str) -> str:
        """In words."""
        text = self.label.text(language)
        return text if text[:2].isupper() else text[:1].lower() + text[1:]


class Called(NamedTuple):
    """A region by its name; by its members' where it has none."""

    region: Region
    registry: Registry

    def text(self, language: str) -> str:
        """In words."""
        if self.region.names is None:
            return _Names(self.region.members, self.registry).text(language)
        return self.region.name(language)


class _Names(NamedTuple):
    """Areas by their names; the first of many."""

    codes: Sequence[str]
    registry: Registry

    def text(self, language: str) -> str:
        """In words."""
        names = [self.registry.name_of(code, language) for code in self.codes]
        if len(names) > _MOST_MEMBERS:
            return some_of(names, _MOST_MEMBERS, language)
        return listed(names, language)


class _Country(NamedTuple):
    """The host by its name, where there is one."""

    code: str | None
    registry: Registry

    def text(self, language: str) -> str:
        """In words."""
        if self.code is None:
            return say("report.country", language)
        return self.registry.name_of(self.code, language)


class Reason(NamedTuple):
    """Why there is nothing to say, in the words of the command line."""

    reason: str

    def text(self, language: str) -> str:
        """In words."""
        text = refusal_text(self.reason, language)
        return text if text.endswith("...") else text.removesuffix(".")


def whole_summary(answer: Portrait) -> tuple[Sentence, ...]:
    """All that a portrait says in sentences."""
    return (
        *summary_of(answer),
        *course_of(answer),
        *strength_of(answer),
        *hanging_of(answer),
        *claims_of(answer),
    )


def summary_of(answer: Portrait) -> Iterator[Sentence]:
    """What the region is, and where it stands."""
    yield _made_of(answer)
    yield from _peers(answer)
    results = {one.indicator.code: one for one in answer.profile.results}
    for code in _SAID:
        result = results.get(code)
        if result is not None and result.rank is not None:
            yield sentence(
                f"report.by-{code}",
                rank=_Ranked(result.rank, answer.registry),
                value=_Valued(result),
                when=_When(result.period),
            )
    yield from _ends(answer.profile.results)
    shares = [one for one in results.values() if one.share_of_host is not None]
    shared = [share for share in shares if share.indicator.code in _SHARED]
    if shared:
        parts = [
            sentence(
                "report.share",
                share=Percent(one.share_of_host or 0, 1),
                label=_Inside(one.indicator.label),
            )
            for one in shared
        ]
        host = _Country(next((one.host for one in shared if one.host), None), answer.registry)
        yield sentence("report.shares", host=host, shares=listing(parts))


def _called(answer: Portrait) -> Piece:
    """The region by its name; "the region" where it has none, and its members follow."""
    if answer.region.names is None and len(answer.profile.composition) > 1:
        return sentence("report.region")
    return Called(answer.region, answer.registry)


def _made_of(answer: Portrait) -> Sentence:
    """Of how many areas the region is, and of which kind."""
    registry, codes = answer.registry, answer.profile.composition
    kinds = {registry.areas[code].kind for code in codes}
    kind = kinds.pop() if len(kinds) == 1 else "area"
    host = next((result.host for result in answer.profile.results if result.host), None)
    parts: dict[str, Piece] = {"region": _called(answer)}
    number = "one" if len(codes) == 1 else "of"
    if f"report.{number}-{kind}" not in phrasebook(ENGLISH).phrases:
        kind = "area"
    if kind not in {"area", "country"}:
        parts["host"] = _Country(host, registry)
    if number == "of":
        parts |= {"count": len(codes), "members": _Names(codes, registry)}
    return sentence(f"report.{number}-{kind}", **parts)


def _peers(answer: Portrait) -> Iterator[Sentence]:
    options = answer.profile.options
    if options.peers is not None:
        group = answer.registry.peer_group(options.peers)
        codes = Compositions(answer.registry, options.membership).group(group, options.year)
        yield sentence("report.peers", group=group.names, number=len(codes))


def _ends(results: Sequence[Result]) -> Iterator[Sentence]:
    """By what it stands best, and by what last: of what is better in one direction."""
    ranked = [
        (Fraction(result.rank.position - 1, result.rank.of - 1), result, result.rank)
        for result in results
        if result.rank is not None
        and result.rank.of > 1
        and result.indicator.better is not Better.NEITHER
    ]
    if len(ranked) > 1:
        (_, best, first), (_, worst, last) = (
            end(ranked, key=lambda result: (result[0], result[1].indicator.code))
            for end in (min, max)
        )
        yield sentence(
            "report.ends",
            best=_Inside(best.indicator.label),
            first=_Ranked(first, None),
            worst=_Inside(worst.indicator.label),
            last=_Ranked(last, None),
        )


def course_of(answer: Portrait) -> Iterator[Sentence]:
    """What changed over the years, and by how much."""
    for timeline in answer.series:
        code, points = timeline.indicator.code, timeline.results
        before, after = points[0], points[-1]
        if code in _COURSE and before.point and after.point is not None:
            change = Fraction(after.point) / Fraction(before.point) - 1
            yield sentence(
                f"report.went-{code}",
                first=str(before.period),
                last=str(after.period),
                before=_Valued(before),
                after=_Valued(after),
                change=_Changed(change),
            )


def strength_of(answer: Portrait) -> Iterator[Sentence]:
    """The activity that it has most of."""
    answered = answer.specialisations
    if answered is not None and answered.rows:
        first = answered.rows[0]
        yield sentence(
            "report.most",
            against=_Country(first.quotient.host, answer.registry),
            activity=_Inside(first.label),
            times=Quantified(first.quotient.low, Counted.TIMES),
            driver=_Names((first.driver,), answer.registry),
        )


def hanging_of(answer: Portrait) -> Iterator[Sentence]:
    """What the main rank would be without the member that matters most, and with another area."""
    if answer.sensitivity is None:
        return
    label = _Inside(answer.sensitivity.result.indicator.label)
    for key, variants, sign in (
        ("report.without", answer.sensitivity.without, -1),
        ("report.with", answer.sensitivity.joining, 1),
    ):
        moved = [
            (variant, rank) for variant in variants if variant.places and (rank := _rank(variant))
        ]
        if moved:
            variant, rank = max(
                moved, key=lambda pair: (sign * (pair[0].places or 0), pair[0].area)
            )
            yield sentence(key, area=variant.label, place=_Ranked(rank, None), label=label)


def _rank(variant: Variant) -> Rank | None:
    return variant.answer.rank if isinstance(variant.answer, Result) else None


def claims_of(answer: Portrait) -> Iterator[Sentence]:
    """How many claims were checked, and what was found of them."""
    for audit in answer.audits:
        counts: dict[str, int] = {}
        for finding in audit.confirmed:
            counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
        verdicts = [
            sentence(f"verdicts.{verdict}", count=count) for verdict, count in counts.items()
        ]
        yield sentence(
            "report.audited", count=len(audit.confirmed), verdicts=Listing(tuple(verdicts))
        )
