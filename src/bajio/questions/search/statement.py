"""A search as it is stated: its year, the areas that have figures, amounts in indicators' units."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.engines.outcome import Gap, Missing, told
from bajio.engines.problem import SetRule
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.periods import Season
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.choices import Options
from bajio.questions.question import Question, ask
from bajio.questions.results import SourceUse
from bajio.questions.search.wishes import Wish
from bajio.questions.years import common_years, newest_like, period_of
from bajio.registry import Registry

_MOST_TOLD = 3


@frozen
class YearGaps:
    """What areas lack in a year.

    Attributes:
        year: the period.
        gaps: for each area without a figure that is needed, which.
    """

    year: int
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """For each area without a figure that is needed, why."""
        return tuple((code, "; ".join(told(gaps))) for code, gaps in self.gaps)


@frozen(eq=False)
class SearchStatement:
    """A search whose figures are known.

    Attributes:
        registry: what is known.
        areas: codes of those that alliances can have.
        wishes: with amounts in the indicators' units.
        measured: what each indicator is over the areas.
        year: the period; `None` where nothing has one.
        left_out: areas that lack a figure, and why.
        sources: what the figures come from.
    """

    registry: Registry = field(repr=False)
    areas: tuple[str, ...]
    wishes: tuple[Wish, ...]
    measured: dict[Indicator, SetRule]
    year: int | None
    left_out: tuple[tuple[str, str], ...]
    sources: tuple[SourceUse, ...]


def state(
    registry: Registry,
    asked: Sequence[Wish],
    areas: Sequence[str],
    options: Options,
    *,
    leave_out: bool,
) -> SearchStatement:
    """What is searched for, once its year is chosen and its figures are read.

    Args:
        registry: what is known.
        asked: the wishes.
        areas: codes.
        options: the year, if one is asked for, and the editions.
        leave_out: whether areas that lack a figure are left out.

    Raises:
        Unavailable: a figure is missing, with the ways out.
        InvalidValue: an indicator is a table; no area is left.
    """
    if not areas:
        raise InvalidValue("no area is left to make an alliance of")
    indicators = tuple(dict.fromkeys(wish.indicator for wish in asked))
    for one in indicators:
        if one.rule.is_table:
            raise InvalidValue(f"{one.code!r} is a table: ask for an indicator that is a number")
    questions = {
        indicator: ask(registry, indicator, Region(areas), options) for indicator in indicators
    }
    references = {wish: _reference(wish, questions[wish.indicator], options) for wish in asked}
    compared = [reference for reference in references.values() if reference]
    result = _period(questions, compared, areas, leave_out)
    left = tuple(code for code in areas if code not in dict(result.reasons))
    if len(left) < len(areas):
        questions = {
            indicator: ask(registry, indicator, Region(left), options) for indicator in indicators
        }
    timeless = all(question.bound.is_timeless for question in questions.values())
    return SearchStatement(
        registry,
        left,
        tuple(_valued(wish, references[wish], questions, result.year) for wish in asked),
        {
            indicator: SetRule(question.evaluation(result.year, missing=Missing.REFUSE), left)
            for indicator, question in questions.items()
        },
        None if timeless else result.year,
        result.reasons,
        _sources([*questions.values(), *compared], result.year),
    )


def _reference(wish: Wish, question: Question, options: Options) -> Question | None:
    """The question what a region has that an amount names; of the areas' own host: their own."""
    if wish.amount is None or not wish.amount.place:
        return None
    registry = question.registry
    if wish.amount.place == question.host:
        return question
    return ask(registry, wish.indicator, registry.region(wish.amount.place), options)


def _period(
    questions: dict[Indicator, Question],
    references: Sequence[Question],
    areas: Sequence[str],
    leave_out: bool,  # noqa: FBT001
) -> YearGaps:
    """The year, and what areas lack in it.

    Raises:
        Unavailable: areas lack figures, and are not to be left out.
    """
    dated = [question for question in questions.values() if not question.bound.is_timeless]
    every = list(questions.values())
    codes = set(every)
    others = [
        reference
        for reference in references
        if not reference.bound.is_timeless and reference not in codes
    ]
    asked = next((question.options.year for question in every), None)
    if not dated:
        year = period_of(every[0], asked) if every else asked or 0
        result = lacking(every, areas, year)
    elif asked is not None:
        result = lacking(every, areas, asked)
    else:
        result = chosen_year(dated, others, areas, leave_out=leave_out)
    if result.gaps and (not leave_out or len(result.gaps) == len(areas)):
        raise refused(result, areas, newest_without_gaps(dated, others, areas))
    return result


def _valued(
    wish: Wish, reference: Question | None, questions: dict[Indicator, Question], year: int
) -> Wish:
    """A wish with its amount in the indicator's unit.

    Raises:
        Unavailable: the region that it names has no value.
        UnitMismatch: the amount is of another dimension.
    """
    if wish.amount is None:
        return wish
    if reference is None:
        return evolve(wish, value=wish.amount.in_unit_of(wish.indicator))
    if wish.amount.place == questions[wish.indicator].host:
        result = reference.host_outcome(year)
        if result is not None:
            return evolve(wish, value=Fraction(wish.amount.number * result[0].low))
        when = reference.season.text(year)
        raise Unavailable(f"no {wish.indicator.code!r} of {wish.amount.place} in {when}")
    outcome = reference.outcome(year)
    return evolve(wish, value=Fraction(wish.amount.number * outcome.low))


def _sources(questions: Sequence[Question], year: int) -> tuple[SourceUse, ...]:
    return tuple(dict.fromkeys(use for question in questions for use in question.sources(year)))


def lacking(questions: Sequence[Question], areas: Sequence[str], year: int) -> YearGaps:
    """The areas that lack a figure in a year."""
    evaluations = [question.evaluation(year, missing=Missing.REFUSE) for question in questions]
    result = []
    for code in areas:
        gaps = tuple(gap for evaluation in evaluations for gap in evaluation.gaps_of(code))
        if gaps:
            result.append((code, gaps))
    return YearGaps(year, tuple(result))


def chosen_year(
    questions: Sequence[Question],
    references: Sequence[Question],
    areas: Sequence[str],
    *,
    leave_out: bool,
) -> YearGaps:
    """The newest year in which every area has every figure, and every reference its own.

    Args:
        questions: the indicators that have years.
        references: the same of regions that are compared with.
        areas: codes.
        leave_out: whether areas may lack figures: the year is then the newest in which most have
            all.

    Raises:
        Unavailable: there is none.
    """
    fewest: YearGaps | None = None
    for year in common_years(questions):
        if not all(reference.answers(year) for reference in references):
            continue
        result = lacking(questions, areas, year)
        if not result.gaps:
            return result
        if fewest is None or len(result.gaps) < len(fewest.gaps):
            fewest = result
    if fewest is None or len(fewest.gaps) == len(areas):
        codes = ", ".join(sorted({question.indicator.code for question in questions}))
        raise Unavailable(f"no year has {codes} for the areas and for what they are compared with")
    if leave_out:
        return fewest
    raise refused(fewest, areas, None)


def newest_without_gaps(
    questions: Sequence[Question], references: Sequence[Question], areas: Sequence[str]
) -> str | None:
    """The newest period like that asked for in which nothing is missing, else such a year."""

    def newest(season: Season) -> int | None:
        seasoned, others = (
            [question.in_season(season) for question in some] for some in (questions, references)
        )
        try:
            return chosen_year(seasoned, others, areas, leave_out=False).year
        except Unavailable:
            return None

    return newest_like(questions[0].season, newest) if questions else None


def refused(result: YearGaps, areas: Sequence[str], newest: str | None) -> Unavailable:
    """The refusal to search while areas lack figures, with the ways out."""
    lines = told(gap for _, gaps in result.gaps for gap in gaps)
    more = len(lines) - _MOST_TOLD
    text = "; ".join(lines[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
    if len(result.gaps) < len(areas):
        text += f": search without {'+'.join(code for code, _ in result.gaps)}"
    return Unavailable(text, latest_period=newest)
