"""Files of claims in TOML, read with all that is wrong told by file, line, claim and key.

Nothing in a file is run, and what it can make bajio do is bounded: its size, its depth,
how many claims it has, how long its texts and numbers are.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from attrs import evolve, frozen

from bajio.claims.claim import Claim, ClaimSet, Part, Reference
from bajio.claims.numerals import Convention, read_printed
from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, InvalidClaim, nearest
from bajio.readers.claim_forms import CODE, problem_of
from bajio.readers.claim_keys import CLAIM_KEYS, MOST_ENTRIES, SET_KEYS, Form, Key

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 256 * 1024
_HEADER = re.compile(r"\s*\[\[\s*claims\s*\]\]")
_DEEP = re.compile(r"[\[{]{16}")
_QUOTES = ('"""', "'''")


def read_claims(location: "str | Path") -> ClaimSet:
    """The claim set in a TOML file.

    Args:
        location: its path.

    Raises:
        InvalidClaim: with file, line, claim and key.
    """
    name = str(location)
    try:
        with open(location, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidClaim(f"cannot be read: {error.strerror}", file=name) from None
    if len(content) > MOST_BYTES:
        problem = f"larger than {MOST_BYTES // 1024} KiB: no set of claims is"
        raise InvalidClaim(problem, file=name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidClaim(f"not UTF-8: {error}", file=name) from None
    return parse_claims(text, name)


def parse_claims(text: str, file: str = "") -> ClaimSet:
    """The claim set that a text in TOML holds.

    Examples:
        >>> claims = parse_claims('''
        ... code = "mine"
        ... title = "Mine"
        ... subject = "bajio"
        ... [[claims]]
        ... id = "people"
        ... statement = "The region has over twelve million inhabitants."
        ... indicator = "population"
        ... printed = "over 12.4 million"
        ... ''')
        >>> claims["people"].relation.value
        'over'
    """
    _check_depth(text, file)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InvalidClaim(f"no TOML that can be read: {error}", file=file) from None
    return _Reader(file, text, data).claims()


def _check_depth(text: str, file: str) -> None:
    """Refuse brackets and dotted keys deeper than any claim needs, before they are parsed."""
    for number, line in enumerate(text.splitlines(), start=1):
        key = line.partition("=")[0]
        deep = max(line.count("["), line.count("{"), key.count("."))
        if deep > MOST_ENTRIES * 4 or _DEEP.search(line):
            raise InvalidClaim("nested too deeply", file=file, line=number)


@frozen
class _Place:
    """Where something stands: the position of the claim, if in one, and the key."""

    claim: int | None = None
    key: str = ""


@frozen
class _Reader:
    """Reads the data of one file."""

    file: str
    text: str
    data: Mapping[str, Any]

    def claims(self) -> ClaimSet:
        """The claim set."""
        given = self._checked(self.data, SET_KEYS, _Place())
        convention = self._convention(given)
        claims = [
            self._claim(entry, at, given, convention) for at, entry in enumerate(given["claims"])
        ]
        names = ("code", "title", "year", "peers", "source")
        try:
            return ClaimSet(**{name: given[name] for name in names if name in given}, claims=claims)
        except InvalidClaim as error:
            named = [at for at, one in enumerate(claims) if one.id == error.claim]
            self._fail(error.problem, _Place(named[-1] if named else None, error.key))
        except BajioError as error:
            self._fail(str(error), _Place())

    def _convention(self, given: Mapping[str, Any]) -> Convention:
        try:
            return Convention(given.get("locale", "en"), given.get("scale"))
        except BajioError as error:
            self._fail(str(error), _Place(key="locale" if "locale" in given else ""))

    def _claim(
        self, entry: object, at: int, given: Mapping[str, Any], convention: Convention
    ) -> Claim:
        place = _Place(at)
        if not isinstance(entry, Mapping):
            self._fail("a claim is a table: write [[claims]] above it", place)
        fields = self._checked(entry, CLAIM_KEYS, place)
        fields.setdefault("subject", given.get("subject"))
        if fields["subject"] is None:
            self._fail("no subject, neither here nor above the claims", place)
        for key in CLAIM_KEYS:
            if key.name in fields and key.form in {Form.PRINTED, Form.NUMBER, Form.PARTS}:
                inner = _Place(at, key.name)
                fields[key.name] = self._numbers(key, fields[key.name], convention, inner)
        self._hedge(fields, place)
        try:
            return Claim(**fields)
        except InvalidClaim as error:
            self._fail(error.problem, _Place(at, error.key))
        except BajioError as error:
            self._fail(str(error), place)

    def _hedge(self, fields: dict[str, Any], place: _Place) -> None:
        """The relation that the words around the number say, or the number as a relation says."""
        printed = fields.get("printed")
        tolerance = fields.get("tolerance")
        if tolerance is not None:
            if tolerance.kind is not Kind.PERCENT:
                self._fail("write it in percent: 10 %", evolve(place, key="tolerance"))
            fields["tolerance"] = tolerance.first.value
        if "relation" not in fields:
            if printed is None:
                self._fail("no relation, and no printed number whose words say it", place)
            fields["relation"] = printed.hedge.value
        relation = Relation(fields["relation"])
        if (
            printed is not None
            and printed.hedge is Relation.EQUALS
            and relation in OF_A_NUMBER - {Relation.BETWEEN}
        ):
            fields["printed"] = evolve(printed, hedge=relation)

    def _checked(
        self, given: Mapping[str, Any], keys: Sequence[Key], place: _Place
    ) -> dict[str, Any]:
        known = {key.name: key for key in keys}
        for name, value in given.items():
            inner = evolve(place, key=name)
            if name not in known:
                close = nearest(name[:40], known)
                advice = f": did you mean {close[0]!r}?" if close else ""
                self._fail(f"unknown key{advice}", inner)
            problem = problem_of(known[name], value)
            if problem:
                self._fail(problem, inner)
        for key in keys:
            if key.required and key.name not in given:
                self._fail(f"lacks {key.name!r}: {key.description}", place)
        return dict(given)

    def _numbers(
        self, key: Key, given: Any, convention: Convention, place: _Place
    ) -> "Printed | Reference | list[Part]":
        if key.form is Form.PARTS:
            return [
                Part(area, self._printed(value, convention, place)) for area, value in given.items()
            ]
        if key.form is Form.NUMBER and isinstance(given, Mapping) and "claim" in given:
            return Reference(given["claim"])
        return self._printed(given, convention, place)

    def _printed(self, given: Any, convention: Convention, place: _Place) -> Printed:
        """A printed number; given in two languages, it must be the same in both."""
        texts = given if isinstance(given, Mapping) else {convention.language: given}
        read = []
        for language, text in texts.items():
            own = convention if language == convention.language else _usual(language)
            try:
                read.append(read_printed(text, own))
            except BajioError as error:
                self._fail(str(error), place)
        first = evolve(read[0], texts=dict(texts))
        if any(evolve(one, texts=first.texts) != first for one in read[1:]):
            self._fail(f"{' and '.join(map(repr, texts.values()))} say different things", place)
        return first

    def _fail(self, problem: str, place: _Place) -> NoReturn:
        claim = ""
        if place.claim is not None:
            entry = self.data["claims"][place.claim]
            named = entry.get("id") if isinstance(entry, Mapping) else None
            number = f"number {place.claim + 1}"
            claim = named if isinstance(named, str) and CODE.fullmatch(named[:60]) else number
        line = _line_of(self.text, place)
        raise InvalidClaim(problem, file=self.file, claim=claim, key=place.key[:60], line=line)


def _usual(language: str) -> Convention:
    return Convention("es-MX" if language == "es" else language)


def _line_of(text: str, place: _Place) -> int | None:
    """The line of a key; that of its claim where the key is not there; `None` if unknown."""
    start = None if place.claim is not None else 0
    seen = -1
    key = re.compile(rf"""\s*["']?{re.escape(place.key)}["']?\s*[=.]""") if place.key else None
    for number, line in _plain_lines(text):
        if _HEADER.match(line):
            seen += 1
            if start is not None and start > 0:
                return start
            if seen == place.claim:
                start = number
        elif start is not None and key is not None and key.match(line):
            return number
    return start or None


def _plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines by number, without those inside a text of several lines."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            yield number, line
        for quotes in _QUOTES:
            if inside in {"", quotes} and line.count(quotes) % 2:
                inside = "" if inside else quotes
