"""What a claim's own numbers admit: shares, sums, means and multiples of printed numbers."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Printed
from bajio.claims.relations import Relation
from bajio.labels import Label
from bajio.questions.audit.saying import digits_part, end_part, range_part, say, told
from bajio.questions.audit.system import (
    Close,
    Constraint,
    Greater,
    Product,
    Total,
    Variable,
    solve,
)
from bajio.units import ONE, Unit
from bajio.words.enumerations import listed


@frozen
class Own:
    """What a claim's own numbers admit.

    Attributes:
        admits: whether they can all be what they are said to be.
        rounding: whether only thanks to rounding.
        reason: why, in a sentence, by language.
    """

    admits: bool
    rounding: bool
    reason: Label


def constraints_of(claim: Claim, named: Callable[[str], Variable] = str) -> Iterator[Constraint]:
    """How a claim's own numbers hang together.

    Args:
        claim: the claim.
        named: what the number of a field is called; by the field, if not given.
    """
    parts = tuple(named(f"parts.{part.area}") for part in claim.parts)
    match claim.relation:
        case Relation.SHARE_OF | Relation.TIMES if claim.whole is not None:
            yield Product(named("part"), named("printed"), named("whole"))
        case Relation.SUM_OF:
            yield Total(named("printed" if claim.whole is None else "whole"), parts)
        case Relation.MEAN_OF:
            yield Total(named("printed"), parts, Fraction(1, len(parts)))
        case Relation.EXCEEDS if claim.than is not None:
            yield Greater(named("part" if claim.part is not None else "printed"), named("than"))
        case Relation.NEAR if claim.than is not None:
            tolerance = NEAR if claim.tolerance is None else claim.tolerance
            first = named("part" if claim.part is not None else "printed")
            yield Close(named("than"), first, tolerance)


def numbers_of(claims: ClaimSet, claim: Claim) -> dict[str, Printed]:
    """The printed numbers of a claim, by the names of its fields."""
    found = {
        name: claims.printed(getattr(claim, name)) for name in ("printed", "part", "whole", "than")
    }
    numbers = {name: printed for name, printed in found.items() if printed is not None}
    return numbers | {f"parts.{part.area}": part.printed for part in claim.parts}


def check_own(claims: ClaimSet, claim: Claim) -> Own | None:
    """Whether a claim's own numbers admit it, their words aside; `None` where it has no others."""
    constraints = list(constraints_of(claim))
    lacks_part = claim.relation in {Relation.SHARE_OF, Relation.TIMES} and claim.part is None
    if not constraints or lacks_part:
        return None
    numbers = numbers_of(claims, claim)
    wide = solve([(name, printed.digits) for name, printed in numbers.items()], constraints)
    target = _target(claim)
    exact = solve(
        [
            (name, printed.nominal if name != target else _taken(printed))
            for name, printed in numbers.items()
        ],
        constraints,
    )
    return Own(
        wide is not None,
        wide is not None and exact is None,
        _reason(claim, numbers, wide),
    )


def _target(claim: Claim) -> str:
    """The number that the others are to give."""
    if claim.relation is Relation.SUM_OF and claim.whole is not None:
        return "whole"
    return "part" if claim.relation is Relation.TIMES and claim.part is not None else "printed"


def _taken(printed: Printed) -> Interval:
    """All that a number can be taken for without rounding the others."""
    return printed.digits.hull(printed.nominal)


def _reason(
    claim: Claim, numbers: Mapping[str, Printed], wide: Mapping[object, Interval] | None
) -> Label:
    match claim.relation:
        case Relation.SHARE_OF:
            return _share_reason(claim, numbers, wide)
        case Relation.TIMES:
            return _times_reason(numbers, wide)
        case Relation.SUM_OF | Relation.MEAN_OF:
            return _total_reason(claim, numbers, wide)
    first = numbers.get("part", numbers.get("printed"))
    than = numbers["than"]
    near = claim.relation is Relation.NEAR
    word = {
        (True, False): ("is above", "está por encima de"),
        (False, False): ("cannot be above", "no puede estar por encima de"),
        (True, True): ("is near", "está cerca de"),
        (False, True): ("is not near", "no está cerca de"),
    }[wide is not None, near]
    return say(
        "{first} {word} {than}, as printed.",
        "{first} {word} {than}, según lo impreso.",
        first=digits_part(first or than),
        than=digits_part(than),
        word=Label({"en": word[0], "es": word[1]}),
    )


def unit_of(printed: Printed) -> Unit | None:
    """The unit that a printed number shows by itself: that of a share, or none."""
    return ONE if printed.kind.value in {"percent", "points"} else None


def _share_reason(
    claim: Claim, numbers: Mapping[str, Printed], wide: Mapping[object, Interval] | None
) -> Label:
    part, whole, share = numbers["part"], numbers["whole"], numbers["printed"]
    range_ = part.digits / whole.digits
    parts = {
        "part": digits_part(part),
        "whole": digits_part(whole),
        "range": range_part(range_, ONE),
        "share": digits_part(share),
    }
    if wide is None:
        return say(
            "{part} of {whole} lies in {range}: {share} is not possible.",
            "{part} de {whole} está en {range}: {share} no es posible.",
            **parts,
        )
    left = wide["part"]
    low = left.low > part.digits.low
    if not low and left.high >= part.digits.high:
        return say(
            "{part} of {whole} lies in {range}: {share} is possible.",
            "{part} de {whole} está en {range}: {share} es posible.",
            **parts,
        )
    end = Fraction(left.low if low else left.high)
    return say(
        "{part} of {whole} lies in {range}: {share} is possible, and then {word} {end}{what}.",
        "{part} de {whole} está en {range}: {share} es posible, y entonces {word} {end}{what}.",
        **parts,
        word=Label(
            {"en": "at least", "es": "al menos"} if low else {"en": "at most", "es": "a lo más"}
        ),
        end=end_part(end, None, up=not low),
        what=lambda language: _what(claim, end, language),
    )


def _what(claim: Claim, value: Fraction, language: str) -> str:
    """What is counted, after a number."""
    if claim.quantity is None:
        return ""
    of = " de" if language == "es" and abs(value) >= 10**6 else ""
    return f"{of} {claim.quantity.text(language)}"


def _times_reason(numbers: Mapping[str, Printed], wide: Mapping[object, Interval] | None) -> Label:
    factor, whole = numbers["printed"], numbers["whole"]
    unit = unit_of(whole)
    product = factor.digits * whole.digits
    nominal = factor.first.value * whole.first.value
    parts = {
        "factor": digits_part(factor),
        "whole": digits_part(whole),
        "product": end_part(nominal, unit),
        "range": range_part(product, unit),
    }
    part = numbers["part"]
    if wide is None:
        return say(
            "{factor} × {whole} = {product}, in {range}: {part} is not possible.",
            "{factor} × {whole} = {product}, en {range}: {part} no es posible.",
            **parts,
            part=digits_part(part),
        )
    overlap = part.nominal & product
    upper = overlap.low > part.nominal.low and not overlap.is_empty
    edge = {
        True: ("reached only at the upper end of {part}", "solo en el extremo superior de {part}"),
        False: ("as printed ({part})", "como se imprimió ({part})"),
    }[upper]
    return say(
        "{factor} × {whole} = {product}, in {range}: " + edge[0] + ".",
        "{factor} × {whole} = {product}, en {range}: " + edge[1] + ".",
        **parts,
        part=digits_part(part),
    )


def _total_reason(
    claim: Claim, numbers: Mapping[str, Printed], wide: Mapping[object, Interval] | None
) -> Label:
    mean = claim.relation is Relation.MEAN_OF
    target = numbers["whole" if claim.whole is not None and not mean else "printed"]
    unit = unit_of(target)
    values = [part.printed.first.value for part in claim.parts]
    total = sum(values, Fraction(0)) / (len(values) if mean else 1)
    possible = wide is not None
    parts = {
        "sum": lambda language: " + ".join(
            told(digits_part(part.printed), language) for part in claim.parts
        ),
        "rates": lambda language: listed(
            (told(digits_part(part.printed), language) for part in claim.parts), language
        ),
        "total": end_part(total, unit),
        "target": digits_part(target),
        "verdict": Label(
            {"en": "possible", "es": "posible"}
            if possible
            else {"en": "not possible", "es": "imposible"}
        ),
    }
    if mean:
        return say(
            "The plain mean of {rates} is {total}: {target} is {verdict} as a plain mean.",
            "El promedio simple de {rates} es {total}: {target} es {verdict} como promedio simple.",
            **parts,
        )
    return say(
        "{sum} = {total}: {target} is {verdict}.",
        "{sum} = {total}: {target} es {verdict}.",
        **parts,
    )
