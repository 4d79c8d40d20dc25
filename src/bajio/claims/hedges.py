"""What the hedges of a file mean: how far "about", "casi" and the like take a number."""

from collections.abc import Mapping
from fractions import Fraction

from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.claims.printed import REACHES, PrintedKind
from bajio.claims.relations import Relation
from bajio.claims.vocabulary import LANGUAGES, phrases, plain
from bajio.errors import InvalidValue, nearest

#: No hedge takes a number further than half of it.
_FURTHEST = Fraction(1, 2)


def read_hedge(name: str, reach: str, convention: Convention) -> tuple[Relation, Fraction]:
    """A hedge by its code, or by its words in any language, and how far it is to reach.

    Args:
        name: "about", "a-little-over", "casi".
        reach: in percent of the number: "3 %".
        convention: the locale that it is written in.

    Raises:
        InvalidValue: it is no hedge, has no reach, or the reach is none.

    Examples:
        >>> hedge, reach = read_hedge("casi", "3 %", Convention("es-MX"))
        >>> hedge.value, reach
        ('almost', Fraction(3, 100))
        >>> read_hedge("over", "3 %", Convention("en"))
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: 'over' has no reach: about, almost, a-little-over, near have one
    """
    relation = _named(name)
    names = ", ".join(REACHES)
    if relation not in REACHES:
        raise InvalidValue(f"{name!r} has no reach: {names} have one")
    printed = read_printed(reach, convention)
    value = printed.first.value
    plainly = printed.hedge is Relation.EQUALS and not printed.changed and printed.of is None
    if printed.kind is not PrintedKind.PERCENT or not plainly or not 0 < value <= _FURTHEST:
        raise InvalidValue(f"{reach!r}: a reach is more than 0 %, and at most 50 %: write '5 %'")
    return relation, value


def _named(name: str) -> Relation:
    words = plain(name.casefold().strip())
    hedges = _hedges()
    if words not in hedges:
        close = nearest(words, hedges)
        advice = f"; did you mean {close[0]!r}?" if close else ""
        raise InvalidValue(f"{name!r} is no hedge: {', '.join(REACHES)} are{advice}")
    return hedges[words]


def _hedges() -> Mapping[str, Relation]:
    """Hedges by their codes, and by their words in all languages."""
    hedges = {code.value: code for code in Relation}
    for language in LANGUAGES:
        hedges |= {
            words: Relation(code)
            for table in ("hedges", "hedges_after")
            for words, code in phrases(language, table).items()
        }
    return hedges
