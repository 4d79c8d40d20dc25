"""The inverse question: which areas, added to a region or left out, would make a claim true."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from attrs import evolve, frozen

from bajio.claims.printed import Printed
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.engines.evaluation import Evaluation, values_by_area
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.labels import Label
from bajio.questions.audit.changes import scale_of
from bajio.questions.audit.comparisons import area_verdict, compare_areas, test_of
from bajio.questions.audit.findings import Aspect, Remark, Verdict
from bajio.questions.audit.lines import Case, lined, printed_in
from bajio.questions.audit.ranks import rank_verdict
from bajio.questions.audit.saying import say
from bajio.questions.audit.values import reading_of, value_verdict
from bajio.questions.columns import sort_key
from bajio.questions.evaluation import bound_for
from bajio.questions.ranking import field_of
from bajio.rules.plan import SELF
from bajio.units import ONE
from bajio.words.enumerations import listed
from bajio.words.quantities import Scale, amount

#: As many areas as are changed at once, and as a remark names.
_MOST_CHANGED = 2
_MOST_NAMED = 3


@frozen
class Change:
    """Areas added to a region and left out of it, and the value that it then has."""

    added: tuple[str, ...]
    left_out: tuple[str, ...]
    value: Exact

    def applied(self, members: frozenset[str]) -> frozenset[str]:
        """The members that a region then has."""
        return members.union(self.added).difference(self.left_out)


@frozen
class Composer:
    """Values of any set of a country's areas, each area being read once.

    Attributes:
        evaluation: the rule in the year.
        areas: codes of those with figures, sorted.
        alone: the value of each area by itself, where values add up.
        whole: whether each area of the country has a figure, in the region's own series.
    """

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
        editions = figures.options.editions
        bound = bound_for(registry, case.indicator, codes, editions, year)
        if not bound.plan.is_local:
            return None
        evaluation = Evaluation(bound, lambda _place, _lag: codes, year)
        areas = tuple(code for code in sorted(codes) if not evaluation.gaps_of(code))
        alone = values_by_area(bound, codes, year) if bound.plan.additive else {}
        same = bound.series == figures.question(case.quantity).bound.series
        return Composer(evaluation, areas, alone, same and len(areas) == len(codes))

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
    for size in range(1, _MOST_CHANGED + 1):
        likely = list(_changes(composer, members, size, wanted.may_hold))
        likely.sort(key=lambda change: abs(Fraction(change.value) - now))
        found, open_ = _audited(case, year, members, likely[:_MOST_NAMED] if sure else likely)
        if sure and len(found) == min(len(likely), _MOST_NAMED):
            found = likely
        elif sure:
            found, open_ = _audited(case, year, members, likely)
        if found:
            yield Remark(Aspect.INVERSE, _text(case, found, wanted), weighty=size == 1)
            return
        doubtful += open_
    if composer.whole:
        yield Remark(Aspect.INVERSE, _none(case, doubtful))


def _audited(
    case: Case, year: int, members: frozenset[str], likely: list[Change]
) -> tuple[list[Change], list[Change]]:
    """The changes with which the claim holds, and those with which nobody can tell."""
    alone = evolve(case, figures=evolve(case.figures, year=year))
    verdicts = [(change, _verdict_with(alone, change.applied(members))) for change in likely]
    return (
        [change for change, verdict in verdicts if verdict is Verdict.HOLDS],
        [change for change, verdict in verdicts if verdict in {Verdict.UNDECIDED, None}],
    )


def _verdict_with(case: Case, members: frozenset[str]) -> Verdict | None:
    """The verdict on the claim, said of other members; `None` where there is none."""
    asked = evolve(case, region=Region(members))
    try:
        if case.claim.relation is Relation.TOP:
            return rank_verdict(asked)
        if case.claim.relation in {Relation.EXCEEDS, Relation.NEAR}:
            return area_verdict(asked)
        return value_verdict(asked)
    except BajioError:
        return None


def _none(case: Case, doubtful: list[Change]) -> Label:
    if not doubtful:
        return say(
            f"No change of up to {_MOST_CHANGED} members makes it true.",
            f"Ningún cambio de hasta {_MOST_CHANGED} miembros lo hace cierto.",
        )
    return say(
        f"No change of up to {_MOST_CHANGED} members makes it true for certain; "
        "it is undecided {changes}.",
        f"Ningún cambio de hasta {_MOST_CHANGED} miembros lo hace cierto con certeza; "
        "queda indeciso {changes}.",
        changes=lambda language: _alternatives(
            [_change(case, change, language) for change in doubtful[:_MOST_NAMED]],
            len(doubtful) - _MOST_NAMED,
            language,
        ),
    )


@frozen
class _Wanted:
    """What a value must be, at the least, for the claim to hold, and how it is shown."""

    may_hold: Callable[[Exact], bool]
    unit: Scale
    shown: Callable[[Exact], Exact] = lambda value: value


def _wanted(case: Case, year: int) -> _Wanted | None:
    """What a value of the indicator must be for the claim to hold; `None` where none is asked."""
    claim = case.claim
    unit = scale_of(About.LEVEL, case.indicator, case.indicator.unit)
    if claim.relation is Relation.TOP:
        return _Wanted(_in_top(case, year), unit)
    if claim.relation in {Relation.EXCEEDS, Relation.NEAR}:
        values, test = compare_areas(case).values, test_of(claim)
        return _Wanted(lambda value: all(test(value, other) for other in values.values()), unit)
    if claim.printed is None:
        return None
    if claim.relation is Relation.SHARE_OF:
        return _wanted_share(case, claim.printed, year)
    if claim.relation not in OF_A_NUMBER:
        return None
    strict, _ = reading_of(claim, printed_in(case, lined(case, case.quantity)))
    return _Wanted(lambda value: Fraction(value) in strict, unit)


def _in_top(case: Case, year: int) -> Callable[[Exact], bool]:
    """Whether a value can be within the top: peers that are taken in leave the list above it."""
    question = case.figures.question(case.quantity)
    asked = evolve(question, options=evolve(question.options, peers=case.peers))
    keys, top = field_of(asked, year).keys, case.claim.top or 0
    leaving = _MOST_CHANGED + 1  # and the host may be ranked without the region
    return lambda value: bisect_left(keys, sort_key(value, case.indicator)) < top + leaving


def _wanted_share(case: Case, printed: Printed, year: int) -> _Wanted | None:
    strict, _ = reading_of(case.claim, printed)
    whole = case.figures.host_value(case.quantity, year)
    if not whole:
        return None

    def share(value: Exact) -> Exact:
        return Fraction(value) / whole

    return _Wanted(lambda value: share(value) in strict, ONE, share)


def _changes(
    composer: Composer, members: frozenset[str], size: int, holds: Callable[[Exact], bool]
) -> Iterator[Change]:
    for changed in combinations(composer.areas, size):
        asked = members ^ frozenset(changed)
        value = composer.value(asked) if asked else None
        if value is not None and holds(value):
            yield Change(
                tuple(code for code in changed if code not in members),
                tuple(code for code in changed if code in members),
                value,
            )


def _text(case: Case, found: list[Change], wanted: _Wanted) -> Label:
    def changes(language: str) -> str:
        words = [
            f"{_change(case, change, language)} "
            f"({amount(wanted.shown(change.value), wanted.unit, language)})"
            for change in found[:_MOST_NAMED]
        ]
        return _alternatives(words, len(found) - _MOST_NAMED, language)

    return say("It would hold {changes}.", "Se cumpliría {changes}.", changes=changes)


def _alternatives(words: list[str], more: int, language: str) -> str:
    if more > 0:
        others = {"en": ("another change", "other changes"), "es": ("otro cambio", "cambios más")}
        words = [*words, others[language][0] if more == 1 else f"{more} {others[language][1]}"]
    return ", ".join(words[:-1]) + (_OR[language] if words[1:] else "") + words[-1]


_OR = {"en": " or ", "es": " o "}


def _change(case: Case, change: Change, language: str) -> str:
    added, left_out = (
        listed((case.figures.registry.name_of(code, language) for code in codes), language)
        for codes in (change.added, change.left_out)
    )
    words = {"en": ("with", "without"), "es": ("con", "sin")}[language]
    parts = [
        f"{word} {names}" for word, names in zip(words, (added, left_out), strict=True) if names
    ]
    return listed(parts, language)
