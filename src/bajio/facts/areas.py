"""Areas: anything that observations are about, and how areas nest."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import field, frozen, validators
from attrs.converters import optional

from bajio.arguments import as_text, as_texts
from bajio.brief import Alike
from bajio.errors import DuplicateCode, InvalidRegion, InvalidValue, UnknownCode, shown
from bajio.facts.currencies import Currency, as_currency, check_text, is_there
from bajio.facts.periods import as_year
from bajio.labels import Label, as_label
from bajio.mappings import FrozenDict

if TYPE_CHECKING:
    from bajio.facts.recognition import Named, Recogniser

#: The kind of an area that is what another has and none of its parts.
UNALLOCATED = "unallocated"
#: Deeper than any territory is divided, and how many areas a message names.
_DEEPEST, _MOST_TOLD = 50, 10
_LONGEST = 100
_NO_CODE = "+,;| \t\n\r\0"


def _check_area_code(_instance: object, _attribute: object, code: str) -> None:
    fits = isinstance(code, str) and 0 < len(code) <= _LONGEST
    if not fits or any(mark in code for mark in _NO_CODE):
        raise InvalidValue(f"{shown(code)} is not an area code: it has no spaces, '+' or commas")


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return as_texts(values, "aliases and identifiers")


@frozen(eq=False, repr=False)
class Area(Alike):
    """An area: a country, a state, a municipality, or one of the user's own.

    Attributes:
        code: ISO 3166-1 alpha-3 for a country, ISO 3166-2 for a state, the statistical office's
            code for a municipality.
        names: what it is called, by language.
        kind: `country`, `state`, `municipality`, or a word of the user's.
        within: code of the area that it lies in, if any.
        currency: ISO 4217 code of its currency, where known.
        aliases: other names and abbreviations, by which it is asked for as by its names.
        identifiers: other codes of it, as ISO's of two letters, or INEGI's of two digits.
        since, until: the first and the last year in which there is such an area; `None`: ever.
        replaces: the code itself, where it is to take the place of one that is known already.

    An area of the kind `unallocated` is what the area that it lies in has and none of its parts,
    as activity abroad: it belongs to no region and stays in every remainder.

    Examples:
        >>> Area("MX-JAL", "Jalisco", kind="state", within="MEX").within
        'MEX'
        >>> Area("CSK", "Czechoslovakia", until=1992).exists(1993)
        False
        >>> money = [Currency("HRK", until=2022), Currency("EUR", since=2023)]
        >>> croatia = Area("HRV", "Croatia", currency=money)
        >>> croatia.money(2022), croatia.money(2023), croatia.money()
        ('HRK', 'EUR', 'EUR')
    """

    code: str = field(validator=_check_area_code)
    names: Label = field(converter=as_label)
    kind: str = field(default="country", validator=check_text)
    within: str | None = field(default=None, validator=validators.optional(check_text))
    currency: str | tuple[Currency, ...] | None = field(default=None, converter=as_currency)
    since: int | None = field(default=None, kw_only=True, converter=optional(as_year))
    until: int | None = field(default=None, kw_only=True, converter=optional(as_year))
    aliases: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, eq=False)
    replaces: str = field(default="", kw_only=True, eq=False)
    identifiers: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise InvalidValue(f"area {self.code!r} is there since {self.since} until {self.until}")
        dated = self.currency if isinstance(self.currency, tuple) else ()
        for first, other in combinations(dated, 2):
            if first.meets(other):
                raise InvalidValue(
                    f"area {self.code!r} has {first.code} and {other.code} at one time"
                )
        if as_text(self.replaces, "'replaces' of an area") not in {"", self.code}:
            raise InvalidValue(f"area {self.code!r} can replace {self.code!r} alone: give its code")
        if self.kind == UNALLOCATED and self.within is None:
            raise InvalidValue(f"area {self.code!r} is {UNALLOCATED}: say within which area it is")

    @property
    def currencies(self) -> tuple[Currency, ...]:
        """All currencies that it has had, as far as they are known."""
        if self.currency is None or isinstance(self.currency, tuple):
            return self.currency or ()
        return (Currency(self.currency),)

    def money(self, year: int | None = None) -> str | None:
        """Its currency in a year; without one, that of today. `None` where it is not known."""
        if not isinstance(self.currency, tuple):
            return self.currency
        return next((currency.code for currency in self.currency if currency.holds(year)), None)

    def exists(self, year: int | None) -> bool:
        """Whether there is such an area in a year; without one, whether there still is."""
        return is_there(self.since, self.until, year)


def _any_code(_text: str) -> bool:
    return True


@frozen(eq=False, repr=False)
class LazyAreas:
    """Areas of one kind that are read only when one of them is asked for.

    Attributes:
        kind: the kind that all of them have.
        within_kind: the kind of the areas that they lie in.
        load: gives the areas.
        fits: whether a text can be the code of one of them: where it cannot, none is read to tell
            that there is no such area.
    """

    kind: str
    within_kind: str
    load: Callable[[], Iterable[Area]]
    fits: Callable[[str], bool] = _any_code


class Areas(FrozenDict[str, Area]):
    """All areas that are known, by code; those of a lazy kind are read on first need.

    Iteration and length cover what is loaded, so that listing countries reads no municipality.

    Examples:
        >>> areas = Areas([Area("MEX", "Mexico"), Area("MX-JAL", "Jalisco", "state", "MEX")])
        >>> areas.children("MEX"), areas.host("MX-JAL")
        (('MX-JAL',), 'MEX')
        >>> areas["Jalizco"]
        Traceback (most recent call last):
        ...
        bajio.errors.UnknownCode: unknown area 'Jalizco': did you mean 'MX-JAL' (Jalisco)?
    """

    def __init__(self, areas: Iterable[Area], lazy: Iterable[LazyAreas] = ()) -> None:
        super().__init__()
        self._lazy = tuple(lazy)
        self._pending: dict[str, list[LazyAreas]] = {}
        for part in self._lazy:
            self._pending.setdefault(part.kind, []).append(part)
        self._children: dict[tuple[str, str], tuple[str, ...]] = {}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self._dated: dict[tuple[str, str], bool] = {}
        self._without: dict[tuple[str, str, int | None], tuple[str, ...]] = {}
        self._recogniser: Recogniser | None = None
        self._add(areas)

    def __reduce__(self) -> tuple[Any, ...]:
        return Areas, (tuple(self.values()), self._lazy), {"_pending": self._pending}

    def _add(self, areas: Iterable[Area]) -> None:
        for area in areas:
            known = dict.setdefault(self, area.code, area)
            if known is not area and known != area and known.replaces != area.code:
                raise DuplicateCode(f"two areas have the code {shown(area.code)}")

    def with_areas(self, areas: Iterable[Area]) -> "Areas":
        """These and further ones, which go before them and take the place of those of their codes.

        Examples:
            >>> areas = Areas([Area("MEX", "Mexico")])
            >>> list(areas.with_areas([Area("MX-JAL", "Jalisco", "state", "MEX")]))
            ['MX-JAL', 'MEX']
        """
        further = {area.code: area for area in areas}
        total = Areas({**further, **self, **further}.values())
        total._lazy, total._pending = self._lazy, dict(self._pending)
        return total

    def load(self, kind: str) -> None:
        """Read the areas of a lazy kind; nothing happens where they are there already."""
        if kind in self._pending:
            for part in self._pending[kind]:
                self._add(part.load())
            self._pending = {name: parts for name, parts in self._pending.items() if name != kind}

    def __missing__(self, code: str) -> Area:
        if isinstance(code, str) and code in self:
            return self[code]
        advice = "areas have codes such as MEX and MX-JAL"
        raise UnknownCode("area", code, (), advice, meant=self.meant(code))

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        known = super().__contains__(code)
        for kind, parts in () if known else list(self._pending.items()):
            if not known and any(part.fits(code) for part in parts):
                self.load(kind)
                known = super().__contains__(code)
        return known

    def get(self, code: str, default: Any = None) -> Any:
        """An area, read where it is of a lazy kind; the default where there is none."""
        if code in self:
            return self[code]
        return default

    def meant(self, text: object) -> dict[str, str]:
        """Codes with names of the areas that a text may stand for."""
        return self.recogniser().meant(text) if isinstance(text, str) else {}

    def recogniser(self, others: "Iterable[Named] | None" = None) -> "Recogniser":
        """What finds the areas, and other things, that a text names; of areas alone, made once."""
        if others is None:
            self._recogniser = self._recogniser or self.recogniser(())
            return self._recogniser
        from bajio.facts.recognition import Recogniser

        return Recogniser([*others, *map(self._named, self.few)], self._named_late)

    @property
    def few(self) -> tuple[Area, ...]:
        """All areas but those of a lazy kind, of which there are thousands."""
        late = {part.kind for part in self._lazy}
        return tuple(area for area in self.values() if area.kind not in late)

    def _named_late(self) -> "Iterator[Named]":
        late = dict.fromkeys(part.kind for part in self._lazy)
        for kind in late:
            self.load(kind)
        for area in self.values():
            if area.kind in late:
                yield self._named(area, str(self[area.within].names) if area.within else "")

    def _named(self, area: Area, within: str = "") -> "Named":
        from bajio.facts.recognition import Named

        names = (*area.names.values(), *area.aliases)
        return Named(area.code, names, area.identifiers, within)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The areas that an area lies in, the nearest first."""
        known = self._ancestors.get(code)
        if known is not None:
            return known
        found: dict[str, None] = {}
        within = self[code].within
        while within is not None:
            if within in found:
                text = " in ".join(shown(one)[1:-1] for one in list(found)[:_MOST_TOLD])
                raise InvalidRegion(f"area {shown(code)} lies in itself: {text}")
            if len(found) == _DEEPEST:
                raise InvalidRegion(f"area {shown(code)} lies in over {_DEEPEST} others")
            found[within] = None
            within = self[within].within
        self._ancestors[code] = tuple(found)
        return self._ancestors[code]

    def host(self, code: str) -> str | None:
        """The outermost area that an area lies in, which is its country."""
        return None if self[code].within is None else self.ancestors(code)[-1]

    def children(self, code: str, kind: str | None = None) -> tuple[str, ...]:
        """Codes of the areas of one kind that lie in an area, at any depth; sorted.

        With no kind, those that lie in it directly, save what is allocated to none.
        """
        if kind is None:
            inside = (area for area in self.values() if area.within == code)
            return tuple(sorted(area.code for area in inside if area.kind != UNALLOCATED))
        self.load(kind)
        known = self._children.get((code, kind))
        if known is None:
            known = tuple(
                sorted(
                    area.code
                    for area in list(self.values())
                    if area.kind == kind and code in self.ancestors(area.code)
                )
            )
            self._children[code, kind] = known
        return known

    def kind_inside(self, code: str) -> str:
        """The kind of the areas of a lazy kind that lie in areas like one; empty where none do.

        Examples:
            >>> towns = LazyAreas("town", "state", lambda: [Area("1", "A", "town", "MX-JAL")])
            >>> areas = Areas([Area("MX-JAL", "Jalisco", "state")], [towns])
            >>> areas.kind_inside("MX-JAL"), areas.kind_inside("1")
            ('town', '')
        """
        kind = self[code].kind
        return next((part.kind for part in self._lazy if part.within_kind == kind), "")

    def parts(self, code: str, kind: str, year: int | None = None) -> tuple[str, ...]:
        """Codes of all areas of one kind that lie in an area and exist in a year; sorted.

        Args:
            code: of the area.
            kind: of its parts.
            year: the year; without one, those that there still are.
        """
        children = self.children(code, kind)
        dated = self._dated.get((code, kind))
        if dated is None:
            areas = (self[part] for part in children)
            dated = any(area.since is not None or area.until is not None for area in areas)
            self._dated[code, kind] = dated
        return tuple(part for part in children if self[part].exists(year)) if dated else children

    def without(self, code: str, kind: str, year: int | None = None) -> tuple[str, ...]:
        """Codes of areas in an area that have no part of a kind, as others like them do; sorted.

        With none of them, the parts of the kind are all of the area, as far as areas are known.

        Args:
            code: of the area.
            kind: of the parts.
            year: in which areas exist; without one, those that there still are.

        Examples:
            >>> states = [Area(f"MX-{code}", code, "state", "MEX") for code in ("JAL", "COL")]
            >>> areas = Areas([Area("MEX", "Mexico"), *states, Area("T", "T", "town", "MX-JAL")])
            >>> areas.without("MEX", "town"), areas.without("MEX", "state")
            (('MX-COL',), ())
        """
        known = self._without.get((code, kind, year))
        if known is not None:
            return known
        held = {
            outer
            for part in self.parts(code, kind, year)
            if self[part].within != code
            for outer in self.ancestors(part)
            if code in self.ancestors(outer)
        }
        like = {(self[outer].within, self[outer].kind) for outer in held}
        bare = (
            area.code
            for area in (list(self.values()) if like else ())
            if (area.within, area.kind) in like and area.code not in held and area.exists(year)
        )
        self._without[code, kind, year] = tuple(sorted(bare))
        return self._without[code, kind, year]

    def levels(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each area that others lie in, the kinds of its own parts that they are or are in.

        Examples:
            >>> state = Area("MX-JAL", "Jalisco", "state", "MEX")
            >>> town = Area("14001", "Acatic", "town", "MX-JAL")
            >>> Areas([Area("MEX", "Mexico"), state, town]).levels(["14001"])
            {'MX-JAL': ('town',), 'MEX': ('state',)}
        """
        kinds_by_area: dict[str, set[str]] = {}
        for code in codes:
            inner = self[code]
            for outer in () if inner.within is None else self.ancestors(code):
                if inner.kind != UNALLOCATED:
                    kinds_by_area.setdefault(outer, set()).add(inner.kind)
                inner = self[outer]
        return {outer: tuple(sorted(kinds)) for outer, kinds in kinds_by_area.items()}

    def broken(self, code: str, inner: Iterable[str]) -> tuple[str, ...]:
        """An area in its parts, as small as is needed for no part to have one of others inside.

        Args:
            code: of the area.
            inner: codes of others; those that do not lie in it change nothing.

        Raises:
            InvalidRegion: the others lie in parts of different kinds.

        Examples:
            >>> states = [Area(f"MX-{code}", code, "state", "MEX") for code in ("JAL", "COL")]
            >>> areas = Areas([Area("MEX", "Mexico"), *states])
            >>> areas.broken("MEX", ["MX-JAL"]), areas.broken("MEX", ["MEX"])
            (('MX-COL', 'MX-JAL'), ('MEX',))
        """
        lines = {one: (one, *self.ancestors(one)) for one in inner}
        inside = [line[: line.index(code)] for line in lines.values() if code in line[1:]]
        if not inside:
            return (code,)
        kinds = {self[one].kind for line in inside for one in line}
        parts = {part: self._line(part, code) for kind in kinds for part in self.parts(code, kind)}
        deeper = {self[line[0]].kind for line in parts.values() if len(line) > 1}
        if len({self[line[-1]].kind for line in inside} - deeper) > 1:
            first = {line[-1] for line in inside}
            floats = sorted({self[part].kind for part in first})
            raise InvalidRegion(
                f"{', '.join(sorted(first))} are parts of {code} ({self[code].names}) of different "
                f"kinds ({', '.join(floats)}): what is left of it cannot be told"
            )
        like = {self[line[-1]].kind for line in parts.values()}
        direct = sorted({part for kind in like for part in self.parts(code, kind)})
        pieces = (part for part in direct if self[part].within == code)
        taken = [line[0] for line in inside]
        around = {outer for line in inside for outer in line[1:]}
        return tuple(
            piece
            for part in pieces
            for piece in (self.broken(part, taken) if part in around else (part,))
        )

    def _line(self, part: str, code: str) -> tuple[str, ...]:
        """A part of an area, and the areas between them, the nearest first."""
        line = (part, *self.ancestors(part))
        return line[: line.index(code)]

    def check_allocated(self, codes: Iterable[str]) -> None:
        """Refuse codes of areas that are no part of a country.

        Raises:
            InvalidRegion: naming one.
            UnknownCode: a code that names no area.
        """
        for code in sorted(codes):
            area = self[code]
            if area.kind == UNALLOCATED:
                raise InvalidRegion(
                    f"{code} ({area.names}) is what {area.within} has and none of its parts: it "
                    "belongs to no region or group, and has no borders"
                )

    def check_disjoint(self, codes: Iterable[str]) -> None:
        """Refuse codes of which one lies inside another, or is of no part of a country.

        Raises:
            InvalidRegion: naming both.
            UnknownCode: a code that names no area.
        """
        members = set(codes)
        self.check_allocated(members)
        for code in sorted(members):
            for outer in self.ancestors(code):
                if outer in members:
                    raise InvalidRegion(
                        f"the region overlaps itself: {code} ({self[code].names}) lies in "
                        f"{outer} ({self[outer].names}); keep one of them"
                    )
