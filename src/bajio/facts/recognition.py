"""What a text names: by codes, identifiers, names and other names; a near miss is never taken."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from unicodedata import normalize

from attrs import frozen

from bajio.errors import AmbiguousName

_SHORTEST, _LONGEST = 4, 100
_ALIKE = 0.8
#: Words that names have in some notations only, and short forms of others.
_LINKS = frozenset({"and", "y"})
_SHORT_FORMS = {"st": "saint", "edo": "estado"}
#: How many digits numbers of areas have: claves of states, ISO's numbers, claves of municipalities.
_WIDTHS = (2, 3, 5)
_ARTICLES = ("the ", "el ", "la ", "los ", "las ")
_WORD, _APOSTROPHES = re.compile(r"[^\W_]+"), re.compile("['’]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ACCENTS = re.compile("[\u0300-\u036f]")
#: An article behind a name, as lists of countries have it: "Niger (the)", "Gambia, The".
_ARTICLE_BEHIND = re.compile(r"(?i)(?:,| \() ?(?:the|el|la|los|las)\)?$")
#: A name before its long form's beginning: "Korea, Republic of", "Irán (República Islámica del)".
_TURNED = re.compile(r"(?i)(.+?)(?:,| \() ?([^()]+ (?:of|of the|de|del|de la|de los|de las))\)?$")
#: A code before a name: "14 Jalisco", "14-Jalisco", "BE: Belgium".
_CODE_BEFORE = re.compile(r"(\d+)[\s.:_–—-]+(.+)|([^\s:]+)(?:\s*:\s*|\s+[–—-]\s+|\s+)(.+)")


@frozen
class Named:
    """A thing with what it is called.

    Attributes:
        code: of the thing.
        names: all of its names, the first one that which is told.
        identifiers: other codes of it, as ISO's of two letters.
        within: what it lies in, of a thing that is one of thousands: its name, or that and a comma
            and what it lies in, names it where nothing else does.
    """

    code: str
    names: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    within: str = ""

    @property
    def told(self) -> str:
        """What it is called where others may be called so as well."""
        return f"{self.names[0]}, {self.within}" if self.within else self.names[0]


def folded(text: str) -> str:
    """A text without case, accents, blanks and marks, and without words that only link others.

    Examples:
        >>> folded("EE. UU."), folded("Querétaro"), folded("MX-GTO"), folded("St. Kitts & Nevis")
        ('eeuu', 'queretaro', 'mxgto', 'saintkittsnevis')
    """
    every = _words(text)
    words = [_SHORT_FORMS.get(word, word) for word in every if word not in _LINKS]
    return "".join(words or every)


def _words(text: str) -> list[str]:
    """The words of a text, without case, accents and marks."""
    if not text.isascii():
        text = _ACCENTS.sub("", normalize("NFKD", text))
    return _WORD.findall(_APOSTROPHES.sub("", text.casefold()))


def _without_article(text: str) -> str:
    """A text without the article that it begins with, if any."""
    plain = text.casefold()
    article = next(
        (article_known for article_known in _ARTICLES if plain.startswith(article_known)), ""
    )
    return text[len(article) :] if article else _ARTICLE_BEHIND.sub("", text)


def _turned(text: str) -> str:
    """A name whose long form's beginning is behind it, with that before it; empty for others.

    Examples:
        >>> _turned("Korea, Republic of"), _turned("México, Estado de"), _turned("Juárez, Chih.")
        ('Republic of Korea', 'Estado de México', '')
    """
    parts = _TURNED.fullmatch(text)
    return f"{parts[2]} {parts[1]}" if parts else ""


class _Index:
    """Things by what they are called, each text folded once."""

    def __init__(self, things: Iterable[Named]) -> None:
        self.things = tuple(things)

    @cached_property
    def codes(self) -> dict[str, tuple[Named, ...]]:
        return _grouped((thing.code.casefold(), thing) for thing in self.things)

    @cached_property
    def identifiers(self) -> dict[str, tuple[Named, ...]]:
        pairs = (
            (identifier.casefold(), thing)
            for thing in self.things
            for identifier in thing.identifiers
        )
        return _grouped(pairs)

    @cached_property
    def names(self) -> dict[str, tuple[Named, ...]]:
        return _grouped((folded(name), thing) for thing in self.things for name in thing.names)

    @cached_property
    def bearers(self) -> dict[str, tuple[Named, ...]]:
        pairs = ((name, thing) for thing in self.things for name in (thing.code, *thing.names))
        return _grouped((folded(name), thing) for name, thing in pairs)

    @cached_property
    def without_articles(self) -> dict[str, tuple[Named, ...]]:
        pairs = ((_without_article(name), thing) for thing in self.things for name in thing.names)
        return _grouped((folded(one), thing) for one, thing in pairs)

    def called(self, text: str) -> tuple[Named, ...]:
        """The things that are called so, with or without an article, whichever way round."""
        name = folded(text)
        things = (
            self.names.get(name, ())
            or self.without_articles.get(folded(_without_article(text)), ())
            or self.without_articles.get(name, ())
        )
        return self.called(turned) if not things and (turned := _turned(text)) else things


def _grouped(pairs: Iterable[tuple[str, Named]]) -> dict[str, tuple[Named, ...]]:
    result: dict[str, tuple[Named, ...]] = {}
    for text, thing in pairs:
        known = result.get(text, ())
        if text and thing not in known:
            result[text] = (*known, thing)
    return result


class Recogniser:
    """Finds what a text names, by an index that is made when a text is no code.

    A code counts before an identifier, and that before a name; a text with full stops is an
    abbreviation, and no code; one with control characters names nothing. Things of thousands count
    where no other is called so. A code with a name behind it names what bears both.

    Args:
        things: what there is.
        late: gives those of thousands, read only where nothing else is meant.

    Examples:
        >>> things = [
        ...     Named("NLD", ("Netherlands",), ("NL",)),
        ...     Named("MX-NLE", ("Nuevo León", "NL"), ("19",)),
        ... ]
        >>> towns = [Named("19039", ("Monterrey",), within="Nuevo León")]
        >>> recogniser = Recogniser(things, lambda: towns)
        >>> [recogniser.code(text) for text in ("nl", "N.L.", "NUEVO LEON", "the Netherlands")]
        ['NLD', 'MX-NLE', 'MX-NLE', 'NLD']
        >>> recogniser.code("Monterrey, N.L."), recogniser.code("Nuevo Leon city")
        ('19039', None)
        >>> [recogniser.code(text) for text in ("19 Nuevo León", "NL: Netherlands", "19 Holland")]
        ['MX-NLE', 'NLD', None]
    """

    def __init__(
        self, things: Iterable[Named], late: Callable[[], Iterable[Named]] = tuple
    ) -> None:
        self._upper = _Index(things)
        self._load = late

    @cached_property
    def _late(self) -> _Index:
        return _Index(self._load())

    def code(self, text: str, kind: str = "area") -> str | None:
        """The code of what a text names; `None` where it names nothing.

        Args:
            text: a code in any case, an identifier, a name in any case, with or without accents.
            kind: what is asked for, for the message.

        Raises:
            AmbiguousName: it names several.
        """
        things = self.named(text)
        if len(things) > 1:
            raise AmbiguousName(kind, text, {thing.code: thing.told for thing in things})
        return things[0].code if things else None

    def named(self, text: str) -> tuple[Named, ...]:
        """All that a text names: those that count first."""
        if _CONTROLS.search(text) or not 0 < len(text := text.strip()) <= _LONGEST:
            return ()
        plain = text.casefold()
        if "." not in text:
            result = self._upper.codes.get(plain) or self._upper.identifiers.get(plain)
            if result:
                return result
        result = self._upper.called(text) or self._among_late(text)
        return result or self._with_code(*_code_and_name(text))

    def _with_code(self, code: str, name: str) -> tuple[Named, ...]:
        """Things whose code and whose name are both in a text, where they are of one thing."""
        bearers = self.bearers(code) if code else ()
        return tuple(
            thing
            for thing in bearers
            if any(thing in index.called(name) for index in (self._upper, self._late))
        )

    def bearers(self, text: str) -> tuple[Named, ...]:
        """All things whose code, identifier or name it is: the others of a column tell which.

        Numbers may have lost the zeros that they begin with; letters of an identifier are capitals.

        Examples:
            >>> states = [Named("MX-AGU", ("Aguascalientes", "Ags"), ("01",))]
            >>> known = Recogniser([*states, Named("AUS", ("Australia",), ("AU", "036"))])
            >>> [[one.code for one in known.bearers(text)] for text in ("1", "36", "AU", "au")]
            [['MX-AGU'], ['AUS'], ['AUS'], []]
        """
        if len(text) > _LONGEST or _CONTROLS.search(text):
            return ()
        result: dict[Named, None] = {}
        for index in (self._upper, self._late):
            result |= dict.fromkeys(index.bearers.get(folded(text), ()))
            if text.isascii() and text.isdigit():
                for width in _WIDTHS:
                    number = text.zfill(width)
                    result |= dict.fromkeys(index.identifiers.get(number, ()))
                    result |= dict.fromkeys(index.codes.get(number, ()))
            elif text.isupper():
                result |= dict.fromkeys(index.identifiers.get(text.casefold(), ()))
        if not result:
            every = (*self._upper.called(text), *self._among_late(text))
            result |= dict.fromkeys(every or self._with_code(*_code_and_name(text)))
        return tuple(result)

    def _among_late(self, text: str) -> tuple[Named, ...]:
        """Things of thousands: by name, or by name and what they lie in."""
        name, comma, within = text.rpartition(",")
        result = self._late.called(text)
        if result or not comma:
            return result
        outer = {thing.names[0] for thing in self.named(within)}
        return tuple(thing for thing in self._late.called(name) if thing.within in outer)

    def holding(self, text: str) -> tuple[Named, ...]:
        """All things in one of whose names each word of a text begins a word.

        Examples:
            >>> names = {"VIR": "United States Virgin Islands", "ISL": "Iceland"}
            >>> things = [Named(code, (name,)) for code, name in names.items()]
            >>> [one.code for one in Recogniser(things).holding("virgin isl")]
            ['VIR']
        """
        wanted = _words(text[:_LONGEST])
        if sum(map(len, wanted)) < _SHORTEST - 1:
            return ()

        def holds(thing: Named) -> bool:
            names = ((" ", *_words(name)) for name in thing.names)
            return any(all(f" {word}" in " ".join(words) for word in wanted) for words in names)

        return tuple(filter(holds, (*self._upper.things, *self._late.things)))

    def meant(self, text: str, most: int = 3) -> dict[str, str]:
        """Codes with names of what a text may stand for: what it names, else what is nearly so.

        What is nearly an abbreviation, all in capitals, is another one; so is nearly a name of one
        of thousands, which is suggested where it has each word of the text, and few others do. A
        number may have lost the zeros that it begins with.

        Examples:
            >>> things = [Named("GBR", ("United Kingdom", "UK")), Named("UKR", ("Ukraine",))]
            >>> known = Recogniser(things)
            >>> known.meant("U.K."), known.meant("ukrain"), known.meant("UKX")
            ({'GBR': 'United Kingdom'}, {'UKR': 'Ukraine'}, {})
            >>> towns = {"12001": "Acapulco de Juárez", "01001": "Aguascalientes"}
            >>> known = Recogniser([Named(code, (name,)) for code, name in towns.items()])
            >>> known.meant("Acapulco"), known.meant("1001")
            ({'12001': 'Acapulco de Juárez'}, {'01001': 'Aguascalientes'})
        """
        things = self.named(text) or self._without_zeros(text.strip())
        code, name = _code_and_name(text[:_LONGEST])
        if not things and code.isdigit() and (apart := (*self.bearers(code), *self.named(name))):
            things = tuple(dict.fromkeys(apart))[:most]
        if not things and 0 < len(wanted := folded(text[: _LONGEST + 1])) <= _LONGEST:
            names = self._upper.names
            near = _nearly(wanted, self._long_names, most)
            things = tuple(dict.fromkeys(thing for name in near for thing in names[name]))
            things = things or self._few_holding(text, most)
        return {thing.code: thing.told for thing in things}

    def _without_zeros(self, text: str) -> tuple[Named, ...]:
        """Things whose number it is, but for the zeros that the number begins with."""
        is_number = text.isascii() and text.isdigit() and len(text) >= _SHORTEST
        return self.bearers(text) if is_number else ()

    def _few_holding(self, text: str, most: int) -> tuple[Named, ...]:
        """Things one of whose names has each word of a text, if they are few."""
        wanted = set(_words(text[:_LONGEST]))
        if sum(map(len, wanted)) < _SHORTEST:
            return ()
        held = [
            thing
            for thing in self.holding(text)
            if any(wanted <= set(_words(name)) for name in thing.names)
        ]
        return tuple(held) if len(held) <= most else ()

    @cached_property
    def _long_names(self) -> tuple[str, ...]:
        names = (name for thing in self._upper.things for name in thing.names if not name.isupper())
        return tuple(dict.fromkeys(name for name in map(folded, names) if len(name) >= _SHORTEST))


def _code_and_name(text: str) -> tuple[str, str]:
    """The code that a text begins with and the name after it; empty where it has no two parts."""
    parts = _CODE_BEFORE.fullmatch(text.strip())
    return (parts[1] or parts[3], parts[2] or parts[4]) if parts else ("", "")


def _nearly(wanted: str, names: Iterable[str], most: int) -> Iterator[str]:
    if len(wanted) < _SHORTEST:
        return
    from difflib import get_close_matches  # which only a wrong name needs

    names = list(names)
    begun = [name for name in names if name.startswith(wanted)]
    close = get_close_matches(wanted, names, n=most, cutoff=_ALIKE)
    yield from list(dict.fromkeys((*begun, *close)))[:most]
