"""Areas that texts of a column may stand for, and which of them its other texts speak for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """An area that a text may stand for.

    Attributes:
        code, kind, within: of the area.
        late: whether there are thousands of its kind, which count where no other is called so.
    """

    code: str
    kind: str
    within: str | None
    late: bool = False


#: The areas that a text may stand for: several where it is ambiguous, none where it names none.
Recognise = Callable[[str], Sequence[Candidate]]


class ColumnScheme(NamedTuple):
    """What most areas of a column are; `None` where none is most of them.

    Attributes:
        kind: of more of them than any other.
        place: the kind, and what they lie in, of more than half.
    """

    kind: str | None
    place: tuple[str, str | None] | None

    def fitting(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those of the candidates that are as most of the column are; all, where none is.

        Examples:
            >>> juarez = [Candidate("08037", "town", "CHH"), Candidate("20039", "town", "OAX")]
            >>> cuauhtemoc = [Candidate("08017", "town", "CHH")]
            >>> scheme = scheme_of([juarez, cuauhtemoc])
            >>> [one.code for one in scheme.fitting(juarez)]
            ['08037']
            >>> len(scheme_of([juarez]).fitting(juarez))
            2
        """
        if len(candidates) < 2:
            return candidates
        like = [one for one in candidates if (one.kind, one.within) == self.place]
        return like or [one for one in candidates if one.kind == self.kind] or candidates


#: How columns of areas of a kind are called: what their names begin with, folded.
_CALLED = {
    "country": ("pais", "countr", "nacion", "nation", "iso"),
    "state": ("estado", "state", "entidad", "cveent", "claveent", "noment", "edo"),
    "municipality": ("municip", "cvemun", "clavemun", "nommun"),
}


def scheme_of(every: Iterable[Sequence[Candidate]], called: str = "") -> ColumnScheme:
    """What most areas of a column are.

    Args:
        every: the candidates of each text.
        called: the column's name, folded: where it says what kind they are, and most can be so,
            they are.

    Examples:
        >>> georgia = [Candidate("GEO", "country", None), Candidate("US-GA", "state", "USA")]
        >>> scheme_of([georgia]).kind, scheme_of([georgia], "states").kind
        (None, 'state')
    """
    texts = [own for own in every if own]
    for said, names in _CALLED.items():
        so = [[one for one in own if one.kind == said] for own in texts]
        if called.startswith(names) and 2 * sum(map(bool, so)) > len(texts):
            texts = [own for own in so if own]
    kinds = Counter(kind for own in texts for kind in {one.kind for one in own})
    late = {one.kind for own in texts for one in own if one.late}
    most = [kind for kind, times in kinds.items() if times == max(kinds.values())]
    most = [kind for kind in most if kind not in late] or most
    places = Counter(
        place for own in texts for place in {(one.kind, one.within) for one in own}
    ).most_common(2)
    sure = [place for place, times in places if times * 2 > len(texts)]
    return ColumnScheme(most[0] if len(most) == 1 else None, sure[0] if len(sure) == 1 else None)
