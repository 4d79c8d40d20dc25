"""Files of claims in TOML, read with all that is wrong told by file, line, claim and key.

Nothing in a file is run, and what it can make bajio do is bounded: its size, its depth,
how many claims it has, how long its texts and numbers are.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from attrs import evolve, field, frozen

from bajio.arguments import as_path, as_text
from bajio.claims.claim import Claim, Part, Reference
from bajio.claims.claim_faults import joined
from bajio.claims.claim_set import ClaimSet, Origin
from bajio.claims.conventions import Convention
from bajio.claims.hedges import read_hedge
from bajio.claims.numerals import read_printed
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.printed_periods import read_period, times_of
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, InvalidClaim, InvalidData, UnitMismatch, nearest, shown
from bajio.facts.periods import as_period
from bajio.files import read_file
from bajio.readers.claim_forms import CODE, day_of, problem_of
from bajio.readers.claim_keys import CLAIM_KEYS, MOST_ENTRIES, SET_KEYS, Form, Key
from bajio.readers.toml_lines import lines_of

MOST_BYTES = 8 * 1024 * 1024
_DEEP = re.compile(r"[\[{]{16}")
_TEXT = re.compile(r"""\"(?:[^"\\]|\\.)*+\"|'[^']*+'""")
_DOTTED = re.compile(r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"")[ \t]*+\.[ \t]*+){16}""")
#: Keys of what is looked up by its name, in a claim or above all of them.
CODES = ("subject", "peers", "indicator", "weights", "related", "areas", "each", "unit")
_LONGEST_CODE = 200


def read_claims(location: "str | Path") -> ClaimSet:
    """The claim set in a TOML file.

    Args:
        location: its path.

    Raises:
        InvalidClaim: with file, line, claim and key.
    """
    path = as_path(location)
    name = path if path.isprintable() else ascii(path)
    try:
        content = read_file(Path(path), MOST_BYTES)
    except InvalidData as error:
        raise InvalidClaim(error.problem, file=name) from None
    try:
        text = content.decode("utf-8-sig")
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
    as_text(text, "what claims are read from")
    _check_depth(text, file)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        problem = str(error)[:200]
        raise InvalidClaim(f"no TOML that can be read: {problem}", file=file) from None
    return _Reader(file, _lines(text), data).claims()


def _check_depth(text: str, file: str) -> None:
    """Refuse brackets and dotted keys deeper than any claim needs, before they are parsed.

    A parser is slow on what is deep, wherever it stands: behind a quoted key, in an inline table.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        deep = max(line.count("["), line.count("{")) > MOST_ENTRIES * 4
        if deep or _DEEP.search(line) or _DOTTED.search(_TEXT.sub('""', line)):
            raise InvalidClaim("nested too deeply", file=file, line=number)


@frozen
class _KeyPlace:
    """Where something stands: the position of the claim, if in one, and the key."""

    claim: int | None = None
    key: str = ""


@frozen
class _Reader:
    """Reads the data of one file, and gathers all that is wrong with it."""

    file: str
    lines: Mapping[tuple[int | None, str], int]
    data: Mapping[str, Any]
    faults: list[InvalidClaim] = field(factory=list)
    reaches: dict[Relation, Fraction] = field(factory=dict)

    def claims(self) -> ClaimSet:
        """The claim set.

        Raises:
            InvalidClaim: with all that is wrong.
        """
        checked = self._checked(self.data, SET_KEYS, _KeyPlace())
        convention = None
        with self._gathering():
            convention = self._convention(checked)
        if convention is not None:
            self._read_hedges(checked.get("hedges", {}), convention)
        if convention is None or "claims" not in checked:
            for position, entry in enumerate(checked.get("claims", ())):
                if isinstance(entry, Mapping):
                    self._checked(entry, CLAIM_KEYS, _KeyPlace(position))
            raise self._refusal(checked)
        claims = [
            claim
            for position, entry in enumerate(checked["claims"])
            for claim in self._claim(entry, position, checked, convention)
        ]
        if self.faults:
            raise self._refusal(checked)
        return self._made(checked, claims)

    def _refusal(self, fields: Mapping[str, Any]) -> InvalidClaim:
        """All that is wrong, references and ids that are there twice included."""
        entries = fields.get("claims", ())
        self._check_references(entries)
        self._check_ids(entries)
        return self._told(entries)

    def _told(self, entries: Sequence[Any]) -> InvalidClaim:
        """The faults, in the order of the file, with the codes that still can be looked up."""
        error = joined(sorted(self.faults, key=lambda fault: fault.line or 0))
        error.mentions = tuple(self._mentions(entries))
        return error

    def _mentions(self, entries: Sequence[Any]) -> Iterator[tuple[str, str, int | None, str]]:
        """What the file speaks of by codes, with the place of each."""
        tables = [(None, self.data), *enumerate(entries)]
        for position, entry in tables:
            for key in CODES if isinstance(entry, Mapping) else ():
                value = entry.get(key)
                for code in value if isinstance(value, list) else [value]:
                    if isinstance(code, str) and 0 < len(code) <= _LONGEST_CODE:
                        place = self._fault("", _KeyPlace(position, key))
                        yield place.claim, key, place.line, code

    @contextmanager
    def _gathering(self) -> Iterator[None]:
        """Keeps what is wrong and goes on."""
        try:
            yield
        except InvalidClaim as error:
            self.faults.extend(error.faults or (error,))

    def _made(self, fields: Mapping[str, Any], claims: Sequence[Claim]) -> ClaimSet:
        names = ("code", "title", "year", "period", "peers", "source", "review")
        named = {name: fields[name] for name in names if name in fields}
        lines = {
            (claims[position].id, key): line
            for (position, key), line in self.lines.items()
            if position is not None
        }
        lines |= {
            ("", key): line for (position, key), line in self.lines.items() if position is None
        }
        try:
            return ClaimSet(**named, claims=claims, origin=Origin(self.file, lines))
        except InvalidClaim as error:
            places = {claim.id: position for position, claim in enumerate(claims)}
            for fault in error.faults or (error,):
                place = _KeyPlace(places.get(fault.claim), fault.key)
                self.faults.append(self._fault(fault.problem, place))
            raise self._told(fields["claims"]) from None
        except BajioError as error:
            raise self._fault(str(error), _KeyPlace()) from None

    def _check_ids(self, entries: Sequence[Any]) -> None:
        """Whether each claim has an id of its own."""
        seen = set()
        for position, entry in enumerate(entries):
            named = entry.get("id") if isinstance(entry, Mapping) else None
            if isinstance(named, str) and named in seen:
                self.faults.append(
                    self._fault("two claims have this id", _KeyPlace(position, "id"))
                )
            seen.add(named if isinstance(named, str) else None)

    def _check_references(self, entries: Sequence[Any]) -> None:
        """Whether numbers of other claims are of claims that there are."""
        ids = {entry.get("id") for entry in entries if isinstance(entry, Mapping)}
        for position, entry in enumerate(entries):
            for key in ("part", "whole", "than") if isinstance(entry, Mapping) else ():
                number = entry.get(key)
                named = number.get("claim") if isinstance(number, Mapping) else None
                if isinstance(named, str) and (named not in ids or named == entry.get("id")):
                    text = f"it refers to {shown(named)}, which is no other claim of the set"
                    self.faults.append(self._fault(text, _KeyPlace(position, key)))

    def _read_hedges(self, values: Mapping[str, str], convention: Convention) -> None:
        """How far hedges reach in this file."""
        for name, text in values.items():
            problem = ""
            try:
                hedge, reach = read_hedge(name, text, convention)
            except BajioError as error:
                problem = str(error)
            else:
                problem = f"{name!r} is {hedge.value!r}, which is there" * (hedge in self.reaches)
                self.reaches.setdefault(hedge, reach)
            if problem:
                line = self.lines.get((None, name))
                fault = InvalidClaim(problem, file=self.file, key="hedges", line=line)
                self.faults.append(fault)

    def _convention(self, fields: Mapping[str, Any]) -> Convention:
        try:
            return Convention(fields.get("locale", "en"), fields.get("scale"))
        except BajioError as error:
            self._fail(str(error), _KeyPlace(key="locale" if "locale" in fields else ""))

    def _claim(
        self, entry: object, position: int, shared: Mapping[str, Any], convention: Convention
    ) -> Iterator[Claim]:
        """A claim, or nothing where something is wrong with it."""
        place, before = _KeyPlace(position), len(self.faults)
        if not isinstance(entry, Mapping):
            text = "a claim is a table: write [[claims]] above it"
            self.faults.append(self._fault(text, place))
            return
        fields = self._checked(entry, CLAIM_KEYS, place)
        fields.setdefault("subject", shared.get("subject"))
        if fields["subject"] is None and "subject" not in self.data:
            text = "no subject, neither here nor above the claims"
            self.faults.append(self._fault(text, place))
        for key in CLAIM_KEYS:
            if key.name in fields and key.form in {Form.PRINTED, Form.NUMBER, Form.PARTS}:
                inner = _KeyPlace(position, key.name)
                with self._gathering():
                    fields[key.name] = self._numbers(key, fields[key.name], convention, inner)
        tolerance = fields.get("tolerance")
        if isinstance(tolerance, Printed):
            fields["tolerance"] = tolerance.first.value
            if tolerance.kind is not PrintedKind.PERCENT:
                text = "write it in percent: 10 %"
                self.faults.append(self._fault(text, _KeyPlace(position, "tolerance")))
        if len(self.faults) > before:
            return
        with self._gathering():
            self._when(fields, shared, convention, place)
            self._hedge(fields, place)
            yield self._valid(fields, position)

    def _valid(self, fields: Mapping[str, Any], position: int) -> Claim:
        try:
            return Claim(**fields)
        except InvalidClaim as error:
            faults = [
                self._fault(misfit.problem, _KeyPlace(position, misfit.key))
                for misfit in error.faults or (error,)
            ]
            raise joined(faults) from None
        except BajioError as error:
            key = "unit" if isinstance(error, UnitMismatch) else ""
            self._fail(str(error), _KeyPlace(position, key))

    def _hedge(self, fields: dict[str, Any], place: _KeyPlace) -> None:
        """The relation that the words around the number say, or the number as a relation says."""
        printed = fields.get("printed")
        if printed is not None and printed.kind is PrintedKind.RANK:
            self._rank(fields)
            printed = fields.get("printed")
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
            fields["printed"] = evolve(printed, hedge=relation, reach=self.reaches.get(relation))
        if relation is Relation.NEAR and relation in self.reaches:
            fields.setdefault("tolerance", self.reaches[relation])

    def _rank(self, fields: dict[str, Any]) -> None:
        """The rank that the words of a claim say: "4th largest" is one, "top 10" the first ten."""
        printed = fields["printed"]
        key = "rank" if printed.hedge is Relation.EQUALS else "top"
        beside = [name for name in ("rank", "top") if name in fields]
        if fields.setdefault("relation", Relation.TOP.value) != Relation.TOP.value or beside:
            return
        del fields["printed"]
        fields[key] = int(printed.last.value)

    def _when(
        self,
        fields: dict[str, Any],
        entry: Mapping[str, Any],
        convention: Convention,
        place: _KeyPlace,
    ) -> None:
        """The year, period, span or change that the printed words of a period say."""
        said = fields.pop("when", None)
        if said is None:
            return
        place = evolve(place, key="when")
        beside = [
            name for name in ("year", "period", "years", "open_span", "since") if name in fields
        ]
        if beside:
            self._fail(f"it says when, and so does {beside[0]}: keep one", place)
        texts = said if isinstance(said, Mapping) else {convention.language: said}
        day, reference = day_of(entry.get("published")), entry.get("period", entry.get("year"))
        try:
            base = None if reference is None else as_period(reference)
            read = [read_period(text, language, day, base) for language, text in texts.items()]
            times = [times_of(period_read, is_change=_tells_change(fields)) for period_read in read]
        except BajioError as error:
            self._fail(str(error), place)
        if any(period_read != times[0] for period_read in times):
            self._fail(f"{' and '.join(map(repr, texts.values()))} say different things", place)
        fields.update(times[0])

    def _checked(
        self, fields: Mapping[str, Any], keys: Sequence[Key], place: _KeyPlace
    ) -> dict[str, Any]:
        """The values that are as their keys say."""
        known = {key.name: key for key in keys}
        good = {}
        for name, value in fields.items():
            if name not in known:
                close = nearest(name[:40], known)
                advice = f": did you mean {close[0]!r}?" if close else ""
                problem = f"unknown key{advice}"
            else:
                problem = problem_of(known[name], value)
            if problem:
                self.faults.append(self._fault(problem, evolve(place, key=name)))
            else:
                good[name] = value
        for key in keys:
            if key.required and key.name not in fields:
                text = f"lacks {key.name!r}: {key.description}"
                self.faults.append(self._fault(text, place))
        return good

    def _numbers(
        self, key: Key, values: Any, convention: Convention, place: _KeyPlace
    ) -> "Printed | Reference | list[Part]":
        if key.form is Form.PARTS:
            return [
                Part(area, self._printed(value, convention, place))
                for area, value in values.items()
            ]
        if key.form is Form.NUMBER and isinstance(values, Mapping) and "claim" in values:
            return Reference(values["claim"])
        return self._printed(values, convention, place)

    def _printed(self, value: Any, convention: Convention, place: _KeyPlace) -> Printed:
        """A printed number; given in two languages, it must be the same in both."""
        texts = value if isinstance(value, Mapping) else {convention.language: value}
        read = []
        for language, text in texts.items():
            own_convention = convention if language == convention.language else _usual(language)
            try:
                number = read_printed(text, own_convention)
                read.append(evolve(number, reach=self.reaches.get(number.hedge)))
            except BajioError as error:
                self._fail(str(error), place)
        unit = next((number_read.unit for number_read in read if number_read.unit), None)
        noun = next((number_read.of for number_read in read if number_read.of), None)
        first = evolve(read[0], texts=dict(texts), unit=unit, of=noun)
        others = (
            evolve(
                number_read,
                texts=first.texts,
                unit=number_read.unit or unit,
                of=number_read.of or noun,
            )
            for number_read in read[1:]
        )
        if any(other != first for other in others):
            self._fail(f"{' and '.join(map(repr, texts.values()))} say different things", place)
        return first

    def _fail(self, problem: str, place: _KeyPlace) -> NoReturn:
        raise self._fault(problem, place) from None

    def _fault(self, problem: str, place: _KeyPlace) -> InvalidClaim:
        """What is wrong, with its place."""
        claim = ""
        if place.claim is not None:
            entry = self.data["claims"][place.claim]
            named = entry.get("id") if isinstance(entry, Mapping) else None
            number = f"number {place.claim + 1}"
            claim = named if isinstance(named, str) and CODE.fullmatch(named[:60]) else number
        line = self.lines.get((place.claim, place.key), self.lines.get((place.claim, "")))
        return InvalidClaim(
            problem, file=self.file, claim=claim[:60], key=place.key[:60], line=line
        )


def _lines(text: str) -> dict[tuple[int | None, str], int]:
    """The line of each key by the position of its claim, under an empty key that of the claim."""
    every = lines_of(text)
    return {
        (position, key): line
        for (name, position, key), line in every.items()
        if name in {"", "claims"}
    }


def _tells_change(fields: Mapping[str, Any]) -> bool:
    """Whether a claim tells a change, of which a span is from when to when."""
    printed = fields.get("printed")
    is_change = printed is not None and (printed.changed or printed.kind is PrintedKind.POINTS)
    return is_change or "change" in fields


def _usual(language: str) -> Convention:
    return Convention("es-MX" if language == "es" else language)
