"""Templates of what is said in English: errors, warnings, reasons, notes and help, translated.

The code says it in English, where it knows it; `translations/CODE.json` has each text as a template
of numbered parts, with what it is in the language. A text that was made of a template is told by
its translation, with its parts, which are read in the same way; what stands in quotes stays as it
is. Of several ways to read a text the one is taken that leaves the fewest words untold.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from itertools import chain, islice, pairwise
from string import Formatter

from attrs import frozen

from bajio.files import packaged
from bajio.words.phrasebook import chosen, phrasebook

#: Where one text ends and another begins, with nothing that is said between them: of lines and of
#: texts in a row, other than in brackets; then of what is wrong and what to do, and of lists.
_ROW = re.compile(r"\n|; (?![^()]*\))")
_JOINT = re.compile(r": |, |(?<=[.?!]) ")
_QUOTED = re.compile(
    r"""(?<![\w'"])(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?![\w'"])""", re.DOTALL
)
_WORD, _PART, _NOUN = map(re.compile, (r"[^\W\d_]+", r"{(\d+)", r"{\d+:[ns]}"))
#: Words that are said: other than codes, options and names.
_SAID = re.compile(r"(?<![\w.=`/-])(?!bajio\b)[a-z][a-z']+(?![\w=(/-]|\.\w)")
_NAME_BEFORE, _NAME_BEHIND = re.compile(r"[A-Z][a-z]+$"), re.compile(r"[A-Z][a-z]+\b")
#: Words that bind parts, of names as well.
_BINDING = frozenset({"and", "or", "of", "in", "to", "with", "at", "is", "for", "the"})
#: How far letters in quotes are moved, so that they are like none outside; up to which.
_VEIL, _HIGHEST = 0xF0000, 0xFFFF
#: How many places of its pieces are tried, how many joints, and how deep texts stand in others.
_MOST_PLACES, _MOST_JOINTS, _DEEPEST = 60, 16, 12


@frozen
class _Template:
    """A text with parts: what stands before, between and behind them, and its translation."""

    pieces: Sequence[str]
    told: str
    size: int
    binds: bool

    def places(self, text: str) -> Iterator[Sequence[str]]:
        """The parts that a text can have by this template."""
        first, *others = self.pieces
        if text.startswith(first):
            yield from _cut(text, len(first), others)

    def fits(self, parts: Sequence[str]) -> bool:
        """Whether parts are those of a text: no name is cut, and none but the last is several."""
        if self.binds and any(
            _NAME_BEFORE.search(before) and _NAME_BEHIND.match(behind)
            for before, behind in pairwise(parts)
        ):
            return False
        return not any(
            (": " in part and piece[:1] not in ":;)") or (piece[:1] != ";" and _ROW.search(part))
            for part, piece in zip(parts, self.pieces[1:], strict=True)
            if piece
        )


def _cut(text: str, start: int, pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    piece, *others = pieces
    if not others:
        end = len(text) - len(piece)
        if end >= start and text.endswith(piece):
            yield (text[start:end],)
        return
    place = text.find(piece, start)
    while place >= 0:
        for rest in _cut(text, place + len(piece), others):
            yield (text[start:place], *rest)
        place = text.find(piece, place + 1)


class _Translator:
    """A language's translations, ready to be looked up."""

    def __init__(self, language: str) -> None:
        self.conjunctions = phrasebook(language).conjunctions
        content = b'{"nouns": {}, "messages": {}}'  # a language may have its phrases alone
        with suppress(OSError):
            content = packaged("bajio.words", f"translations/{language}.json")
        known = json.loads(content)
        self.nouns: Mapping[str, Sequence[str]] = known["nouns"]
        self.messages: Mapping[str, str] = known["messages"]

    @cached_property
    def halves(self) -> Mapping[str, str]:
        """What stands before and behind the colons of texts."""
        return dict(_halves(self.messages))

    @cached_property
    def templates(self) -> Mapping[str, Sequence[str]]:
        """Texts that have parts by their longest word, which what is made of them has to have."""
        templates: defaultdict[str, list[str]] = defaultdict(list)
        for key in chain(self.messages, self.halves):
            if "{" in key:
                templates[max(_WORD.findall(key) or [""], key=len)].append(key)
        return templates

    def whole(self, text: str) -> str | None:
        """The translation of a text that has no parts, where it has one."""
        translation = self.told_of(_unveiled(text).replace("{", "{{").replace("}", "}}"))
        return None if translation is None else translation.format()

    def told_of(self, key: str) -> str | None:
        """The translation of a template, or of one side of it."""
        return self.messages.get(key) or self.halves.get(key)

    def likely(self, text: str) -> list[_Template]:
        """Templates that a text can be of, those that say most of it first."""
        words = set(_WORD.findall(_unveiled(text)))
        templates = [
            _template(key, self.told_of(key) or "")
            for word in words
            for key in self.templates.get(word, ())
        ]
        return sorted(templates, key=lambda template: -template.size)

    def told(self, text: str) -> str:
        """A text in the language."""
        return _TextReading(self).read(_veiled(text), 0)[1]

    def filled(self, template: _Template, parts: Sequence[str], reading: "_TextReading") -> str:
        return _Filler(self, reading).vformat(template.told, parts, {})


class _Filler(Formatter):
    """Fills parts in: as a noun of one (`n`) or several (`s`), or with "and" or "or" before it.

    A specification with a bar holds two words, for one and for several.
    """

    def __init__(self, translator: _Translator, reading: "_TextReading") -> None:
        self.translator = translator
        self.reading = reading

    def format_field(self, value: str, format_spec: str) -> str:
        text = self.reading.parts[value]
        if "|" in format_spec:
            return format_spec.split("|")[_unveiled(value) != "1"]
        if format_spec in ("n", "s"):
            forms = self.translator.nouns.get(_unveiled(value))
            return forms[format_spec == "s"] if forms else text
        if format_spec in ("y", "o"):
            key = {"y": "and", "o": "or"}[format_spec]
            bare = _unveiled(text).lstrip("'\"")
            return f"{chosen(self.translator.conjunctions[key], bare)} {text}"
        return text


class _TextReading:
    """What is read of one text: of each of its stretches once."""

    def __init__(self, translator: _Translator) -> None:
        self.translator = translator
        self.known: dict[str, tuple[int, str]] = {}
        self.parts: dict[str, str] = {}

    def read(self, text: str, depth: int) -> tuple[int, str]:
        """How many words are left untold, and the text in the language."""
        if text not in self.known:
            whole = self.translator.whole(text)
            untold = len(_SAID.findall(text))
            if whole is not None:
                self.known[text] = 0, whole
            elif not depth:  # it may be one of a single word, as of a name
                self.known[text] = self._best(text, untold + 1, depth)
            elif untold and depth < _DEEPEST:
                self.known[text] = self._best(text, untold, depth)
            else:
                self.known[text] = untold, text
        return self.known[text]

    def _best(self, text: str, untold: int, depth: int) -> tuple[int, str]:
        best, row = (untold, text), _ROW.search(text)
        for template in self.translator.likely(text):
            if row is not None and not _ROW.search(template.told):
                continue
            for parts in islice(template.places(text), _MOST_PLACES):
                if template.fits(parts):
                    best = self._better(best, template, parts, depth)
                    if not best[0]:
                        return best
        return self._joined(text, best, row, depth)

    def _better(
        self, best: tuple[int, str], template: _Template, parts: Sequence[str], depth: int
    ) -> tuple[int, str]:
        untold = 0
        for part in parts:
            left, text_read = self.read(part, depth + 1)
            untold += left and self._untold(left, part, template)
            if untold >= best[0] or (untold and template.binds):
                return best
            self.parts[part] = text_read
        return untold, self.translator.filled(template, parts, self)

    def _untold(self, left: int, part: str, template: _Template) -> int:
        """Words that are left of a part: none where it is a noun of this template."""
        is_noun = _NOUN.search(template.told) and part in self.translator.nouns
        return 0 if is_noun else left

    def _joined(
        self, text: str, best: tuple[int, str], row: re.Match[str] | None, depth: int
    ) -> tuple[int, str]:
        """A text that is several, beside one another or one in brackets."""
        joints = [
            *islice(_JOINT.finditer(text, 0, row.start() if row else len(text)), _MOST_JOINTS)
        ]
        for joint in [*joints, *([row] if row else [])]:
            before, behind = text[: joint.start()], text[joint.end() :]
            best = self._beside(best, before, joint[0], behind, "", depth)
            if not best[0]:
                return best
        if text.endswith(")") and (bracket := text.rfind(" (")) >= 0:
            best = self._beside(best, text[:bracket], " (", text[bracket + 2 : -1], ")", depth)
        return best

    def _beside(
        self, best: tuple[int, str], text: str, joint: str, other: str, end: str, depth: int
    ) -> tuple[int, str]:
        left, text_read = self.read(text, depth + 1)
        if left >= best[0]:
            return best
        right, behind = self.read(other, depth + 1)
        return (
            (left + right, f"{text_read}{joint}{behind}{end}") if left + right < best[0] else best
        )


def _halves(messages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands before and behind the colon of a text: what is found and what is expected."""
    for key, translation in messages.items():
        problem, colon, expected = key.partition(": ")
        if colon and key.count(": ") == translation.count(": ") and "{{" not in key:
            first_told, _, second_told = translation.partition(": ")
            first = problem.count("{")
            if {*_PART.findall(first_told)} == {str(number) for number in range(first)}:
                sides = (problem, first_told), (expected, second_told)
                for offset, (side, side_told) in zip((0, first), sides, strict=True):
                    if " " in side:  # a word by itself may be a code
                        yield _renumbered(side, offset), _renumbered(side_told, offset)


def _renumbered(text: str, first: int) -> str:
    return re.sub(r"{(\d+)", lambda match: f"{{{int(match[1]) - first}", text) if first else text


@cache
def _template(key: str, text: str) -> _Template:
    """A template, cut at its parts."""
    marked = "".join(
        piece + "\0" * (part is not None) for piece, part, _, _ in Formatter().parse(key)
    )
    pieces = tuple(re.split(f"[\0{chr(_VEIL)}]", _veiled(marked)))
    binds = _BINDING.issuperset(_WORD.findall(key))
    return _Template(pieces, text, sum(map(len, pieces)), binds)


def _veiled(text: str) -> str:
    """A text in which nothing that stands in quotes is like what stands outside of them."""
    return _QUOTED.sub(
        lambda match: "".join(
            chr(ord(letter) + _VEIL) if ord(letter) <= _HIGHEST else letter for letter in match[0]
        ),
        text,
    )


def _unveiled(text: str) -> str:
    return "".join(
        chr(ord(letter) - _VEIL) if _VEIL <= ord(letter) <= _VEIL + _HIGHEST else letter
        for letter in text
    )


@cache
def _translator(language: str) -> _Translator:
    return _Translator(language)


@lru_cache(maxsize=1024)
def translated(text: str, language: str) -> str:
    """What was said in English, in another language; as it is where nothing is known of it."""
    return _unveiled(_translator(language).told(text))


def translated_noun(word: str, language: str) -> str:
    """A noun of which there is one, in another language; as it is where that is not known."""
    return _translator(language).nouns.get(word, (word,))[0]
