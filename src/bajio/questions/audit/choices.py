"""Choices that an audit makes, and what others would give: edition, census, price basis."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from bajio.claims.intervals import Interval
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.audit.figures import Figures, Quantity
from bajio.questions.audit.findings import Aspect, Remark
from bajio.questions.audit.lines import Case
from bajio.questions.audit.saying import amount_part, say, when_part
from bajio.rules.nodes import Sum
from bajio.units import Unit

#: What a measure that counts the same at a census is called, after the measure.
_CENSUS = "census-{measure}"


@frozen
class Choice:
    """Another way to come to a figure.

    Attributes:
        name: what is chosen, by language.
        value: what it gives.
        unit: of the value.
        year: the period that it has.
        prices: whether it is another price basis, and so another quantity.
    """

    name: Label
    value: Exact
    unit: Unit
    year: int | None
    prices: bool = False


def choices_of(case: Case, year: int | None) -> Iterator[Choice]:
    """The figures that other choices would give for a case's quantity, where data exist."""
    yield from _editions(case, year)
    yield from _censuses(case)
    yield from _prices(case, year)


def _editions(case: Case, year: int | None) -> Iterator[Choice]:
    data = case.figures.registry.dataset
    question = case.figures.question(case.quantity)
    for used in question.bound.series:
        for other in data.editions(used.measure):
            if other.source != used.source or other.edition == used.edition:
                continue
            editions = {**dict(case.figures.options.editions), used.measure: other.edition}
            figures = Figures(
                case.figures.registry, evolve(case.figures.options, editions=editions)
            )
            name = say(
                "edition {edition} of {source}",
                "edición {edition} de {source}",
                edition=other.edition,
                source=str(data.sources[other.source]),
            )
            yield from _chosen(figures, case.quantity, year, name)


def _censuses(case: Case) -> Iterator[Choice]:
    rule = case.indicator.rule
    if not isinstance(rule, Sum):
        return
    measure = case.figures.registry.dataset.measures.get(_CENSUS.format(measure=rule.measure))
    if measure is None:
        return
    counted = Indicator(measure.code, Sum(measure.code), measure.unit, measure.label)
    quantity = Quantity(counted, case.region)
    for year, value in case.figures.line(quantity).items():
        yield Choice(measure.label, value, measure.unit, year)


def _prices(case: Case, year: int | None) -> Iterator[Choice]:
    """The same money by another rate, which is another quantity."""
    for other in case.figures.other_prices(case.indicator):
        quantity = evolve(case.quantity, indicator=other)
        yield from _chosen(case.figures, quantity, year, other.label, prices=True)


def _chosen(
    figures: Figures, quantity: Quantity, year: int | None, name: Label, *, prices: bool = False
) -> Iterator[Choice]:
    try:
        value = figures.value(quantity, year)
    except BajioError:
        return
    yield Choice(name, value, quantity.indicator.unit, year, prices)


def choice_remarks(
    case: Case, year: int | None, reading: Interval, *, held: bool
) -> Iterator[Remark]:
    """What other choices would give, said aloud where the verdict would be another."""
    for choice in choices_of(case, year):
        holds = Fraction(choice.value) in reading
        text = say(
            "By {name}: {value}{when}{verdict}.",
            "Según {name}: {value}{when}{verdict}.",
            name=choice.name,
            value=amount_part(choice.value, choice.unit),
            when=when_part(() if choice.year is None else (choice.year,)),
            verdict=Label(
                {"en": ", and it would hold", "es": ", y se cumpliría"}
                if holds
                else {"en": ", and it would not hold", "es": ", y no se cumpliría"}
            )
            if holds is not held
            else Label({"en": ", the same verdict", "es": ", el mismo veredicto"}),
        )
        yield Remark(Aspect.CHOICE, text, weighty=holds is not held and not choice.prices)
