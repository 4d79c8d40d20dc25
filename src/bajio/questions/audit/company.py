"""Numbers printed beside a claim's own: of the whole, the part or the other area, by the data."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from bajio.claims.claim import Number, Reference
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.facts.observations import Exact
from bajio.questions.audit.figures import Case, Quantity, in_unit, levels, year_in
from bajio.questions.audit.findings import Aspect, Remark, when
from bajio.words.quantities import Scale
from bajio.words.sentences import Quantified, Quoted, Sentence, listing, sentence


@frozen(eq=False, repr=False)
class _Beside:
    """A number that is printed beside a claim's own, and what it is by the data.

    Attributes:
        printed: the number.
        value, scale: what the data have.
        right: whether that is what was printed.
        own: whether it is printed in the claim itself, and not another claim of the set.
        year: of the data's figure; `None` for what has no years.
    """

    printed: Printed
    value: Exact
    scale: Scale
    right: bool
    own: bool
    year: int | None

    def said(self, key: str) -> Sentence:
        """In a sentence."""
        value = Quantified(self.value, self.scale)
        return sentence(key, printed=Quoted(self.printed.texts), value=value)


def wrong_company(case: Case) -> list[Sentence]:
    """What is wrong with the numbers that a claim is printed with."""
    return [neighbour.said("value.company") for neighbour in _company(case) if not neighbour.right]


def company_remarks(case: Case, *, wrong: bool) -> Iterator[Remark]:
    """What the data have for the numbers that a claim is printed with, those that are its own.

    Args:
        case: the claim.
        wrong: whether what is wrong with them is still to be told.
    """
    every = list(_company(case))
    rights = [neighbour for neighbour in every if neighbour.right and neighbour.own]
    if rights:
        year = rights[0].year
        told = when(() if year is None else (year,), None, case.season)
        numbers = listing(right.said("value.beside") for right in rights)
        text = sentence("value.right", numbers=numbers, when=told)
        yield Remark(Aspect.RELATED, text, weighty=True)
    for neighbour in every:
        if wrong and not neighbour.right:
            text = sentence("value.wrong", company=neighbour.said("value.company"))
            yield Remark(Aspect.RELATED, text, weighty=True)


def _company(case: Case) -> Iterator[_Beside]:
    if case.claim.since is not None:
        return
    for key, quantity in _quantities(case).items():
        number: Number | None = getattr(case.claim, key)
        printed = case.claims.printed(number)
        if printed is None or printed.kind is PrintedKind.TIMES or _is_of_parts(case, number):
            continue
        scaled = in_unit_of(case, number, printed)
        series = levels(case, quantity)
        if not series.line:
            continue
        year = year_in(case, series.line)
        value = series.line.get(year)
        if value is not None:
            right = Fraction(value) in scaled.strict(case.claim.tolerance)
            is_own = not isinstance(number, Reference)
            dated = None if series.timeless else year
            yield _Beside(printed, value, series.scale, right, is_own, dated)


def _quantities(case: Case) -> Mapping[str, Quantity]:
    """What the numbers beside a claim's own are of, by the field that they stand in."""
    claim, figures = case.claim, case.figures
    if claim.relation in {Relation.SHARE_OF, Relation.TIMES}:
        area = claim.areas[0] if claim.areas else figures.question(case.quantity).host
        other = "whole"
    elif claim.relation in {Relation.EXCEEDS, Relation.NEAR}:
        area, other = claim.areas[0], "than"
    else:
        return {}
    quantities = {"part": case.quantity}
    return (
        quantities if area is None else {**quantities, other: figures.of_area(case.quantity, area)}
    )


def _is_of_parts(case: Case, number: Number | None) -> bool:
    """Whether a number is another claim's mean of parts, which its own finding judges."""
    if not isinstance(number, Reference):
        return False
    return case.claims[number.claim].relation is Relation.MEAN_OF


def in_unit_of(case: Case, number: Number | None, printed: Printed) -> Printed:
    """A number in the indicator's unit, printed in that of the claim that it is taken from."""
    if printed.kind is not PrintedKind.NUMBER:
        return printed
    claim = case.claims[number.claim] if isinstance(number, Reference) else case.claim
    return printed.scaled(in_unit(case.indicator, claim.unit))
