"""What a reader should know besides a figure: a line each, below the answer."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bajio.engines.markets import SeriesColumn
from bajio.engines.outcome import Outcome
from bajio.engines.seams import origins, rates_read
from bajio.errors import some
from bajio.facts.periods import year_of
from bajio.facts.series import Series, fits, periods_read
from bajio.questions.choices import AS_OF
from bajio.questions.compositions import lifetime
from bajio.questions.host_figures import HostFigure
from bajio.questions.question import Question
from bajio.rules.plan import SELF

_MOST_NAMED = 4
#: What prints as the same is not told.
_VISIBLE = Fraction(1, 2000)


def notes_of(question: Question, outcome: Outcome, year: int) -> tuple[str, ...]:
    """The lines below an answer.

    Args:
        question: what was asked.
        outcome: what it came to.
        year: the period that it was answered for.
    """
    notes: list[str] = []
    region, is_as_of = question.region, question.options.membership == AS_OF
    today = region.today
    if region.is_dated and not is_as_of and today and not region.members_in(today):
        text = f"it has no members in {today}: {lifetime(region)}; its newest ones are taken"
        notes.append(text)
    if outcome.rolled_up:
        notes += _rolled_up(outcome)
    if is_as_of:
        notes += _changed_members(question, year)
    if question.bound.is_laid_over:
        notes += (*_unused(question, year), *_unused_rates(question, year))
    return tuple(notes)


def share_notes(question: Question, host: HostFigure, share: Fraction) -> tuple[str, ...]:
    """The lines about a share of a host.

    Args:
        question: what was asked.
        host: what the share is of.
        share: how much.
    """
    lines = []
    measures = (question.registry.dataset.measure(code) for code in question.bound.plan.measures)
    if share > 1 and all(
        measure.minimum is not None and measure.minimum >= 0 for measure in measures
    ):
        lines.append(f"more than all of {question.host}: its figure and its parts' do not agree")
    if question.options.peers is None and host.gap is not None and abs(host.gap) >= _VISIBLE:
        apart = f"{float(host.gap) * 100:+.1f} %"
        lines.append(f"the parts of {question.host} against its total in another source: {apart}")
    return tuple(lines)


def _named(codes: Sequence[str]) -> str:
    return some(codes, _MOST_NAMED)


def change_of_members(before: Sequence[str], after: Sequence[str]) -> str:
    """How two compositions differ; empty where they do not.

    Examples:
        >>> change_of_members(["FRA", "GBR"], ["FRA", "HRV"])
        'with HRV, without GBR'
    """
    joined = [code for code in after if code not in set(before)]
    left = [code for code in before if code not in set(after)]
    words = [f"with {_named(joined)}"] if joined else []
    return ", ".join(words + ([f"without {_named(left)}"] if left else []))


def _rolled_up(outcome: Outcome) -> Iterator[str]:
    """The areas that count as the sum of their parts."""
    by_kind: dict[str, list[str]] = {}
    for area, kind in outcome.rolled_up:
        by_kind.setdefault(kind, []).append(area)
    for kind, areas in by_kind.items():
        yield f"{_named(areas)} as the sum of parts, of the kind {kind!r}"


def _changed_members(question: Question, year: int) -> Iterator[str]:
    """That a change over time is one of members too, where they are those of each period."""
    members = question.composition(year)
    now = members(SELF, 0)
    for lag in question.bound.plan.lags:
        change = change_of_members(members(SELF, lag), now)
        if change:
            yield f"its members are not those of {year - lag}: {change}"


def _unused(question: Question, year: int) -> Iterator[str]:
    """What the user laid over the data and the answer does not rest on, with the reason."""
    dataset = question.registry.dataset
    members = question.composition(year)
    for measure in question.bound.plan.measures:
        columns = list(_columns(question, measure, year))
        for series in dataset.laid_over(measure):
            lacking: dict[str, list[str]] = {}
            for code in members(SELF, 0):
                reason = _why_not(question, series, columns, code)
                if reason:
                    lacking.setdefault(reason, []).append(code)
            for reason, codes in lacking.items():
                yield f"own {measure!r} ({series.source}) of {_named(codes)} is not used: {reason}"
            for code in members(SELF, 0):
                reason = _parts_unused(question, series, columns, code)
                if reason:
                    text = f"own {measure!r} ({series.source}) of parts of {code} is not used"
                    yield f"{text}: {reason}"


def _unused_rates(question: Question, year: int) -> Iterator[str]:
    """Rates of the user's that nothing was converted by, with the reason."""
    members = question.composition(year)(SELF, 0)
    read: dict[tuple[str, str], list[tuple[SeriesColumn, int]]] = {}
    for position, leaf in enumerate(question.bound.plan.leaves):
        if leaf.place == SELF:
            for column, country, when in rates_read(question.bound, members, year, position):
                read.setdefault((column.measure.code, country), []).append((column, when))
    areas = question.registry.areas
    for (measure, country), columns in read.items():
        for series in question.registry.dataset.laid_over(measure):
            reason = _why_not(question, series, columns, country)
            if reason:
                yield f"own {measure!r} ({series.source}) of {country} is not used: {reason}"
            table = question.registry.dataset.table(series)
            inside = {code: (code, *areas.ancestors(code)) for code in members}
            others = dict.fromkeys(
                one for line in inside.values() if country in line for one in line[:-1]
            )
            given = [code for code in others if table.has(code, ())]
            if given:
                text = (
                    f"own {measure!r} ({series.source}) of {some(given, _MOST_NAMED)} is not used"
                )
                yield f"{text}: it is read of {country}"


def _columns(question: Question, measure: str, year: int) -> Iterator[tuple[SeriesColumn, int]]:
    """The columns that a measure is read from, with the years."""
    bound = question.bound
    for leaf, place in zip(bound.leaves, bound.plan.leaves, strict=True):
        for column in leaf.columns:
            if column.measure.code == measure and place.place == SELF:
                yield column, year - place.lag


def _why_not(
    question: Question, series: Series, columns: Sequence[tuple[SeriesColumn, int]], area: str
) -> str:
    """Why own figures of an area are not used; empty where they are, or where there are none."""
    by_key = question.registry.dataset.table(series).values
    known: dict[str, None] = {}
    for column, year in columns:
        cells = by_key.get(column.key, {}).get(area, {})
        known |= dict.fromkeys(cells)
        periods = periods_read(series, column.measure.time, year, column.season)
        seen = sum(period in cells for period in periods)
        if seen:
            whose = origins(column, area, year)
            used = column.series.root is series
            if used or any(one is not None and one.layer >= series.layer for one in whose):
                return ""  # they are used, or others of the user's that were laid over them
            if not fits(series, column.series.root):
                return f"it is in {series.unit}, the others are in {column.series.unit}"
            if seen < len(periods):
                return f"it has {seen} of the {len(periods)} periods of {column.season.text(year)}"
            return f"edition {column.series.edition} answers"
    years = sorted({year_of(period) for period in known if period})
    if not years:
        return ""
    span = dict.fromkeys((str(years[0]), str(years[-1])))
    return f"it is of {' to '.join(span)}, the answer of {question.season.text(columns[0][1])}"


def _parts_unused(
    question: Question, series: Series, columns: Sequence[tuple[SeriesColumn, int]], area: str
) -> str:
    """Why own figures of an area's parts do not stand in for it; empty where they do."""
    table, bound = question.registry.dataset.table(series), question.bound
    for column, year in columns:
        if bound.rolled_up_as(area, columns[0][1]):
            return ""
        for kind in bound.levels.get(area, ()):
            parts = bound.parts(area, kind, year)
            cells = [table.values.get(column.key, {}).get(part, {}) for part in parts]
            read = periods_read(series, column.measure.time, year, column.season)
            seen = sum(any(one in read for one in cell) for cell in cells)
            if seen and seen < len(parts):
                return f"{seen} of its {len(parts)} areas of the kind {kind!r} have one"
            if seen:
                return "they are less than three quarters of its figure, or not all that is read"
    return ""
