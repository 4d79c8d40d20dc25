"""What would make a claim true: other members of its region, or years that a text leaves open.

Claims that share an open span must fit the same years: a total holds and is within 10 % of what
was printed, a share holds, and so does its whole.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Printed
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.engines.evaluation import Evaluation, values_by_area
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.questions.audit.changes import scale_about
from bajio.questions.audit.claimed_ranks import rank_verdict
from bajio.questions.audit.comparisons import area_verdict, compare_areas, test_of
from bajio.questions.audit.figures import Case, Figures, Quantity, in_unit, lined, printed_in
from bajio.questions.audit.findings import (
    Aspect,
    Change,
    Remark,
    Span,
    Verdict,
)
from bajio.questions.audit.refusals import problem_of
from bajio.questions.audit.verdicts import value_verdict
from bajio.questions.peers import sort_key
from bajio.questions.question import Question, bound_for
from bajio.questions.ranking import field_of
from bajio.rules.plan import SELF
from bajio.units import ONE
from bajio.words.quantities import Scale
from bajio.words.sentences import Listing, Percent, Piece, Quantified, Sentence, listing, sentence

#: As many areas as are changed at once, and as a remark names.
_MOST_CHANGED = 2
_MOST_NAMED = 3
#: The longest span that is tried.
_MOST_YEARS = 10


@frozen(eq=False, repr=False)
class Composer:
    """Values of any set of a country's areas, each area being read once.

    Attributes:
        question: about all of them, bound to their data.
        evaluation: the rule in the year.
        areas: codes of those with figures, sorted.
        alone: the value of each area by itself, where values add up.
        whole: whether each area of the country has a figure, in the region's own series.
    """

    question: Question
    evaluation: Evaluation
    areas: tuple[str, ...]
    alone: dict[str, Exact]
    whole: bool

    @staticmethod
    def of(case: Case, year: int) -> "Composer | None":
        """A composer for a case's indicator; `None` where its rule looks beyond the members."""
        key = ("composer", case.quantity, case.figures.options, year)
        return case.figures.registry.keep(key, lambda: Composer._of(case, year))

    @staticmethod
    def _of(case: Case, year: int) -> "Composer | None":
        registry, figures = case.figures.registry, case.figures
        host = figures.question(case.quantity).host
        kinds = {registry.areas[code].kind for code in figures.members(case.region, year)}
        if host is None or len(kinds) != 1 or case.quantity.years > 1:
            return None
        codes = registry.areas.parts(host, kinds.pop())
        if len(codes) > 100:
            return None
        bound = bound_for(registry, case.indicator, codes, figures.options, year)
        if not bound.plan.is_local:
            return None
        evaluation = Evaluation(bound, lambda _place, _lag: codes, year)
        areas = tuple(code for code in sorted(codes) if not evaluation.gaps_of(code))
        alone = values_by_area(bound, codes, year) if bound.plan.additive else {}
        question = figures.question(case.quantity)
        same = bound.series == question.bound.series
        every = evolve(question, region=Region(codes), bound=bound)
        return Composer(every, evaluation, areas, alone, same and len(areas) == len(codes))

    def value(self, members: frozenset[str]) -> Exact | None:
        """The value of a set of areas; `None` where it has none."""
        try:
            if self.alone:
                return sum(self.alone[code] for code in members)
            return self.evaluation.value_of(sorted(members))
        except (KeyError, BajioError):
            return None


def inverse_remarks(case: Case, year: int) -> Iterator[Remark]:
    """Which change of the region's members would make a claim that is contradicted true.

    What is named has been audited: the claim, said of that very region, with its own peers.
    """
    composer = Composer.of(case, year) if case.claim.since is None else None
    wanted = _wanted(case, year) if composer is not None else None
    if composer is None or wanted is None:
        return
    question = case.figures.question(case.quantity)
    members = frozenset(question.composition(year)(SELF, 0))
    doubtful: list[Change] = []
    now = composer.value(members) or 0
    # by figures of one series that are all there, a claim that is not of a rank holds as computed
    sure = composer.whole and case.claim.relation is not Relation.TOP
    audited = partial(_audited, case, year, members, composer.question if composer.whole else None)
    for size in range(1, _MOST_CHANGED + 1):
        likely = list(_changes(case, composer, members, size, wanted.may_hold))
        likely.sort(key=lambda change: abs(Fraction(change.value) - now))
        true, undecided = audited(likely[:_MOST_NAMED] if sure else likely)
        if sure and len(true) == min(len(likely), _MOST_NAMED):
            true = likely
        elif sure:
            true, undecided = audited(likely)
        if true:
            text = sentence("inverse.holds", changes=_alternatives(true, wanted))
            yield Remark(Aspect.INVERSE, text, weighty=size == 1, evidence=tuple(true))
            return
        doubtful += undecided
    if composer.whole and doubtful:
        changes = _alternatives(doubtful)
        text = sentence("inverse.undecided", most=_MOST_CHANGED, changes=changes)
        yield Remark(Aspect.INVERSE, text)
    elif composer.whole:
        yield Remark(Aspect.INVERSE, sentence("inverse.none", most=_MOST_CHANGED))


def _audited(
    case: Case,
    year: int,
    members: frozenset[str],
    question: Question | None,
    likely: list[Change],
) -> tuple[list[Change], list[Change]]:
    """The changes with which the claim holds, and those with which nobody can tell.

    Each is asked by itself; where all areas have figures of one series, by a common question.
    """
    figures = evolve(case.figures, year=year)
    true, undecided = [], []
    for change in likely:
        asked = evolve(case, figures=figures, region=Region(change.applied(members)))
        if question is not None:
            figures.lend(asked.quantity, question)
        verdict = _verdict(asked)
        if verdict is Verdict.HOLDS:
            true.append(change)
        elif verdict in {Verdict.UNDECIDED, None}:
            undecided.append(change)
    return true, undecided


def _verdict(case: Case) -> Verdict | None:
    """The verdict alone; `None` where there is none."""
    try:
        if case.claim.relation is Relation.TOP:
            return rank_verdict(case)
        if case.claim.relation in {Relation.EXCEEDS, Relation.NEAR}:
            return area_verdict(case)
        return value_verdict(case)
    except BajioError:
        return None


@frozen(eq=False, repr=False)
class _Wanted:
    """What a value must be, at the least, for the claim to hold, and how it is shown."""

    may_hold: Callable[[Exact], bool]
    scale: Scale
    shown: Callable[[Exact], Exact] = lambda value: value


def _wanted(case: Case, year: int) -> _Wanted | None:
    """What a value of the indicator must be for the claim to hold; `None` where none is asked."""
    claim = case.claim
    scale = scale_about(About.LEVEL, case.indicator)
    if claim.relation is Relation.TOP:
        return _Wanted(_in_top(case, year), scale)
    if claim.relation in {Relation.EXCEEDS, Relation.NEAR}:
        values, test = compare_areas(case).values, test_of(claim)
        return _Wanted(lambda value: all(test(value, other) for other in values.values()), scale)
    if claim.printed is None:
        return None
    if claim.relation is Relation.SHARE_OF:
        return _wanted_share(case, claim.printed, year)
    if claim.relation not in OF_A_NUMBER:
        return None
    strict = printed_in(case, lined(case, case.quantity)).strict(claim.tolerance)
    return _Wanted(lambda value: Fraction(value) in strict, scale)


def _in_top(case: Case, year: int) -> Callable[[Exact], bool]:
    """Whether a value can be within the top: peers that are taken in leave the list above it."""
    question = case.figures.question(case.quantity)
    asked = evolve(question, options=question.options.but(peers=case.peers))
    keys, top = field_of(asked, year).keys, case.claim.last_rank
    leaving = _MOST_CHANGED + 1  # and the host may be ranked without the region
    return lambda value: bisect_left(keys, sort_key(value, case.indicator)) < top + leaving


def _wanted_share(case: Case, printed: Printed, year: int) -> _Wanted | None:
    strict = printed.strict(case.claim.tolerance)
    whole = case.figures.host_value(case.quantity, year)
    if not whole:
        return None

    def share(value: Exact) -> Exact:
        return Fraction(value) / whole

    return _Wanted(lambda value: share(value) in strict, ONE, share)


def _changes(
    case: Case,
    composer: Composer,
    members: frozenset[str],
    size: int,
    holds: Callable[[Exact], bool],
) -> Iterator[Change]:
    for changed in combinations(composer.areas, size):
        asked = members ^ frozenset(changed)
        value = composer.value(asked) if asked else None
        if value is not None and holds(value):
            sides = [code for code in changed if code not in members], members.intersection(changed)
            added, left_out = (tuple(map(case.name, sorted(side))) for side in sides)
            yield Change(added, left_out, value)


def _alternatives(changes: list[Change], wanted: _Wanted | None = None) -> Listing:
    """Some changes, each with the value that it leads to, or how many more there are."""
    words: list[Piece] = []
    for change in changes[:_MOST_NAMED]:
        if wanted is None:
            words.append(change.said())
            continue
        value = Quantified(wanted.shown(change.value), wanted.scale)
        words.append(sentence("inverse.change", change=change.said(), value=value))
    more = len(changes) - _MOST_NAMED
    if more > 0:
        words.append(sentence("inverse.more", count=more))
    return Listing(tuple(words), conjunction="or")


def span_remarks(figures: Figures, claims: ClaimSet, claim: Claim) -> Iterator[Remark]:
    """Which years fit an open span, and how the printed parts stand to the data of those years."""
    try:
        spans = spans_of(figures, claims, claim)
    except BajioError as error:
        yield Remark(Aspect.INVERSE, sentence("spans.problem", problem=problem_of(error)))
        return
    if not spans:
        yield Remark(Aspect.INVERSE, sentence("spans.none"), weighty=True)
        return
    text = _spans_text(figures, claim, spans)
    yield Remark(Aspect.INVERSE, text, weighty=True, evidence=spans)
    if len(spans) == 1 and claim.parts:
        yield _part_remark(figures, claim, spans[0])


def spans_of(figures: Figures, claims: ClaimSet, claim: Claim) -> tuple[Span, ...]:
    """The spans that fit all claims that share a claim's open span; kept.

    Raises:
        BajioError: there are no figures, or they cannot be summed over years.
    """
    assert claim.indicator is not None
    shared = (claim.open_span, claim.indicator, claim.subject)
    group = tuple(
        other
        for other in claims.claims
        if (other.open_span, other.indicator, other.subject) == shared
    )
    quantity = Quantity(figures.registry.indicator(claim.indicator), figures.region(claim.subject))
    if not figures.is_flow(quantity):
        return ()
    key = ("audit spans", group, figures.options)
    return figures.registry.keep(key, lambda: tuple(_spans(figures, claims, group, quantity)))


def _spans(
    figures: Figures, claims: ClaimSet, group: tuple[Claim, ...], quantity: Quantity
) -> Iterator[Span]:
    factor = in_unit(quantity.indicator, group[0].unit)
    totals, shares, wholes = _asked(claims, group, factor)
    line = figures.line(quantity)
    for length in range(1, _MOST_YEARS + 1):
        for last, total in figures.spans(line, length).items():
            if any(total not in asked for asked in totals):
                continue
            years = range(last - length + 1, last + 1)
            hosts = [figures.host_value(quantity, year) for year in years]
            whole = None
            if None not in hosts:
                whole = Fraction(sum(value for value in hosts if value is not None))
            if shares and not whole:
                continue
            fits = all(Fraction(total) / (whole or 1) in asked for asked in shares)
            if fits and all((whole or 0) in asked for asked in wholes):
                yield Span((years[0], last), Fraction(total), whole)


def _asked(
    claims: ClaimSet, group: Iterable[Claim], factor: int | Fraction
) -> tuple[list[Interval], list[Interval], list[Interval]]:
    """What a group asks of the region's total, of its share, and of the host's total."""
    totals, shares, wholes = [], [], []
    for claim in group:
        if claim.printed is None:
            continue
        if claim.relation in OF_A_NUMBER:
            printed = claim.printed.scaled(factor)
            totals.append(printed.strict(claim.tolerance) & _near(printed))
        elif claim.relation is Relation.SHARE_OF:
            shares.append(claim.printed.strict(claim.tolerance))
            whole = claims.printed(claim.whole)
            if whole is not None:
                wholes.append(_near(whole.scaled(factor)))
    return totals, shares, wholes


def _near(printed: Printed) -> Interval:
    reach = NEAR * abs(printed.last.value)
    return Interval(printed.first.value - reach, printed.last.value + reach)


def _spans_text(figures: Figures, claim: Claim, spans: tuple[Span, ...]) -> Sentence:
    unit = figures.registry.indicator(claim.indicator or "").unit
    words = []
    for span in spans[:_MOST_NAMED]:
        parts = {"years": span.said(), "total": Quantified(span.total, unit)}
        if span.whole:
            parts |= {
                "whole": Quantified(span.whole, unit),
                "share": Percent(span.total / span.whole, 1),
            }
        words.append(sentence("spans.share" if span.whole else "spans.total", **parts))
    return sentence("spans.fit", count=len(spans), spans=listing(words, between="; "))


def _part_remark(figures: Figures, claim: Claim, span: Span) -> Remark:
    """How the printed parts stand to the data of a span's years."""
    indicator = figures.registry.indicator(claim.indicator or "")
    factor = in_unit(indicator, claim.unit)
    whole = Quantity(indicator, figures.region(claim.subject))
    words, sides = [], set()
    for part in claim.parts:
        quantity = figures.of_area(whole, part.area)
        years = range(span.years[0], span.years[1] + 1)
        total = Fraction(sum(figures.value(quantity, year) for year in years))
        printed = part.printed.scaled(factor).digits
        sides.add("within" if total in printed else "below" if total > printed.low else "above")
        value = Quantified(total, indicator.unit)
        words.append(sentence("figure.of-area", area=figures.name(part.area), value=value))
    off = sides - {"within"}
    side = "apart" if len(off) > 1 else next(iter(off), "within")
    text = sentence(f"spans.parts-{side}", values=listing(words))
    return Remark(Aspect.CHOICE, text, weighty=side != "within")
