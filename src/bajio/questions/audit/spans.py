"""Open spans: which years a sum of flows could have been of, where the text does not say.

Claims that share an open span must fit the same years: a total holds and is within 10 % of what
was printed, a share holds, and so does its whole.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, Unavailable
from bajio.labels import Label
from bajio.questions.audit.figures import Figures, Quantity, in_unit
from bajio.questions.audit.findings import Aspect, Remark
from bajio.questions.audit.saying import say
from bajio.words.enumerations import listed, years_text
from bajio.words.magnitudes import percent
from bajio.words.quantities import amount

#: The longest span that is tried.
MOST_YEARS = 10


@frozen
class Span:
    """A span of years that fits.

    Attributes:
        years: the first and the last.
        total, whole: sums over it, of the region and of its host.
    """

    years: tuple[int, int]
    total: Fraction
    whole: Fraction | None

    def text(self, language: str) -> str:
        """Its years in words."""
        first, last = self.years
        both = (
            [str(first), str(last)]
            if last == first + 1
            else [years_text(range(first, last + 1), 0, language)]
        )
        return listed(dict.fromkeys(both), language) if first != last else str(first)


def spans_of(figures: Figures, claims: ClaimSet, claim: Claim) -> tuple[Span, ...]:
    """The spans that fit all claims that share a claim's open span; kept.

    Raises:
        BajioError: there are no figures, or they cannot be summed over years.
    """
    assert claim.indicator is not None
    group = tuple(
        one
        for one in claims.claims
        if (one.open_span, one.indicator, one.subject)
        == (claim.open_span, claim.indicator, claim.subject)
    )
    quantity = Quantity(figures.indicator(claim.indicator), figures.region(claim.subject))
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
    for length in range(1, MOST_YEARS + 1):
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
    claims: ClaimSet, group: tuple[Claim, ...], factor: int | Fraction
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


def span_remarks(figures: Figures, claims: ClaimSet, claim: Claim) -> Iterator[Remark]:
    """Which years fit, and how the printed parts stand to the data of those years."""
    try:
        spans = spans_of(figures, claims, claim)
    except BajioError as error:
        yield Remark(
            Aspect.INVERSE, Label(error.cause if isinstance(error, Unavailable) else str(error))
        )
        return
    if not spans:
        text = say(
            "No span of years in the data fits.", "Ningún periodo de años en los datos coincide."
        )
        yield Remark(Aspect.INVERSE, text, weighty=True)
        return
    yield Remark(Aspect.INVERSE, _text(figures, claim, spans), weighty=True)
    if len(spans) == 1 and claim.parts:
        yield from _part_remarks(figures, claim, spans[0])


def _text(figures: Figures, claim: Claim, spans: tuple[Span, ...]) -> Label:
    unit = figures.indicator(claim.indicator or "").unit

    def told(language: str) -> str:
        return "; ".join(_one(span, language) for span in spans[:3])

    def _one(span: Span, language: str) -> str:
        total = amount(span.total, unit, language)
        if not span.whole:
            return f"{span.text(language)} ({total})"
        whole, share = amount(span.whole, unit, language), percent(span.total / span.whole, 1)
        return f"{span.text(language)} ({total} {_OF[language]} {whole}, {share})"

    if len(spans) == 1:
        return say(
            "The text gives no years; only {spans} fit.",
            "El texto no dice qué años; solo coinciden {spans}.",
            spans=told,
        )
    return say(
        "The text gives no years; {number} spans fit: {spans}.",
        "El texto no dice qué años; coinciden {number}: {spans}.",
        number=str(len(spans)),
        spans=told,
    )


_OF = {"en": "of", "es": "de"}


def _part_remarks(figures: Figures, claim: Claim, span: Span) -> Iterator[Remark]:
    indicator = figures.indicator(claim.indicator or "")
    factor = in_unit(indicator, claim.unit)
    whole = Quantity(indicator, figures.region(claim.subject))
    values, signs = {}, set()
    for part in claim.parts:
        quantity = figures.of_area(whole, part.area)
        years = range(span.years[0], span.years[1] + 1)
        total = Fraction(sum(figures.value(quantity, year) for year in years))
        values[part.area] = total
        printed = part.printed.scaled(factor).digits
        signs.add(0 if total in printed else 1 if total > printed.low else -1)

    def shown(language: str) -> str:
        return listed(
            (
                f"{figures.registry.name_of(area, language)} "
                f"{amount(value, indicator.unit, language)}"
                for area, value in values.items()
            ),
            language,
        )

    if signs == {0}:
        text = say(
            "In those years the data have {values}.",
            "En esos años los datos dan {values}.",
            values=shown,
        )
        yield Remark(Aspect.CHOICE, text)
        return
    below = {
        frozenset({1}): ("all below", "todas por debajo de"),
        frozenset({-1}): ("all above", "todas por encima de"),
    }.get(frozenset(signs - {0}), ("not all near", "no todas cerca de"))
    text = say(
        f"The printed parts are {below[0]} what the data have for those years: {{values}}. "
        "An edition that is not in hand is a possible reason, unproved.",
        f"Las partes impresas están {below[1]} lo que dan los datos para esos años: {{values}}. "
        "Una edición que no se tiene a la mano es una razón posible, no probada.",
        values=shown,
    )
    yield Remark(Aspect.CHOICE, text, weighty=True)
