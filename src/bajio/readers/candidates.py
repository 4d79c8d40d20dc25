"""Areas that texts of a column may stand for, and which of them its other texts speak for."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol


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


class Recognise(Protocol):
    """Tells which areas a text may stand for."""

    def __call__(self, text: str, /) -> Sequence[Candidate]:
        """The areas: several where the text is ambiguous, none where it names none."""
        ...

    def near(self, text: str, /) -> Mapping[str, str]:
        """Codes with names of what a text that names no area nearly does, to be suggested."""
        ...


#: Beside so many faults no more names are looked for that are nearly those of a table.
MOST_SUGGESTED = 100


def by_codes(candidates: Mapping[str, Sequence[Candidate]]) -> dict[str, Sequence[Candidate]]:
    """The candidates of a column's texts; where all of them are codes of areas, those areas alone.

    Examples:
        >>> mexico = [Candidate("MEX", "country", None), Candidate("MX-MEX", "state", "MEX")]
        >>> column = {"MEX": mexico, "MX-JAL": [Candidate("MX-JAL", "state", "MEX")]}
        >>> [[one.code for one in own] for own in by_codes(column).values()]
        [['MEX'], ['MX-JAL']]
        >>> len(by_codes({**column, "Colima": [Candidate("MX-COL", "state", "MEX")]})["MEX"])
        2
    """
    known = {text: meanings for text, meanings in candidates.items() if meanings}
    codes = {
        text: [candidate for candidate in meanings if candidate.code == text]
        for text, meanings in known.items()
    }
    is_clear = any(len(meanings) == 1 for meanings in known.values())
    return {**candidates, **codes} if is_clear and all(codes.values()) else {**candidates}


def way_out(near: Mapping[str, str]) -> str:
    """What to write instead of a name that is unknown, by what it may have been meant for.

    Examples:
        >>> way_out({"MX-JAL": "Jalisco"}), way_out({})
        ("did you mean 'MX-JAL' (Jalisco)?", 'write its name or code, or leave the row out')
    """
    if not near:
        return "write its name or code, or leave the row out"
    return f"did you mean {' or '.join(f'{code!r} ({name})' for code, name in near.items())}?"


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
        like = [
            candidate
            for candidate in candidates
            if (candidate.kind, candidate.within) == self.place
        ]
        return (
            like
            or [candidate for candidate in candidates if candidate.kind == self.kind]
            or candidates
        )


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
    texts = [meanings for meanings in every if meanings]
    for said, names in _CALLED.items():
        so = [[candidate for candidate in text if candidate.kind == said] for text in texts]
        if called.startswith(names) and 2 * sum(map(bool, so)) > len(texts):
            texts = [meanings for meanings in so if meanings]
    kinds = Counter(kind for text in texts for kind in {candidate.kind for candidate in text})
    late = {candidate.kind for text in texts for candidate in text if candidate.late}
    most = [kind for kind, times in kinds.items() if times == max(kinds.values())]
    most = [kind for kind in most if kind not in late] or most
    places = Counter(
        place
        for text in texts
        for place in {(candidate.kind, candidate.within) for candidate in text}
    ).most_common(2)
    sure = [place for place, times in places if times * 2 > len(texts)]
    return ColumnScheme(most[0] if len(most) == 1 else None, sure[0] if len(sure) == 1 else None)


def which_to_write(text: str, codes: Collection[str]) -> str:
    """What to write instead of a name that several areas bear, by their codes.

    Examples:
        >>> which_to_write("Congo", ["COD", "COG"]), which_to_write("MEX", ["MEX", "MX-MEX"])
        ('write the code', 'write its name in full, or another code')
    """
    return "write its name in full, or another code" if text in codes else "write the code"
