"""The tables of a data package that hold areas, borders, regions and peer groups."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from attrs import frozen

from bajio.errors import BajioError, InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Area, Currency
from bajio.facts.gazetteer import Gazetteer, RowPlace
from bajio.facts.periods import as_year
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.readers.descriptor import Descriptor, NamedEntry, Resource
from bajio.readers.fields import TableReading, text_columns

#: Columns that tables have to have, and further ones, by what the tables hold.
_COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "areas": (("code", "kind"), ("name", "within", "currency", "since", "until", "replaces")),
    "aliases": (("area", "alias"), ()),
    "currencies": (("area", "currency"), ("since", "until")),
    "borders": (("a", "b"), ()),
    "regions": (("region", "area"), ("joined", "left")),
    "peer-groups": (("group", "member"), ("joined", "left")),
}
#: What a column of names in a language begins with.
NAME_IN = "name_"
_YEARS = ("since", "until", "joined", "left")
_ENGLISH = "en"
_Opener = Callable[[Resource], TableReading]


def read_gazetteer(descriptor: Descriptor, read: _Opener, location: str) -> Gazetteer:
    """The areas, borders, regions and peer groups that a package brings.

    Args:
        descriptor: what the package says of itself.
        read: opens a table of it.
        location: the descriptor's path, for errors.

    Raises:
        InvalidData: with file, row and column.
    """
    return _GazetteerTables(descriptor, read, location).read()


@frozen
class _Row:
    """A row of a table, and where it stands."""

    reading: TableReading
    at: int
    cells: Mapping[str, str]

    @property
    def origin(self) -> RowPlace:
        return RowPlace(*self.reading.place(self.at))

    @contextmanager
    def about(self, column: str = "") -> Iterator[None]:
        """Tell of what is wrong in here with the row that it is in."""
        try:
            yield
        except BajioError as error:
            raise self.reading.error(str(error), self.at, column) from None

    def needed(self, column: str) -> str:
        """A cell that is not empty."""
        text = self.cells[column]
        if not text:
            raise self.reading.error("it is empty", self.at, column)
        return text

    def maybe(self, column: str) -> str | None:
        """A cell; nothing where it is empty, or not there."""
        return self.cells.get(column) or None

    def year(self, column: str) -> int | None:
        """A year; nothing where the cell is empty, or not there."""
        text = self.maybe(column)
        with self.about(column):
            if text is not None and not (text.isascii() and text.isdigit() and len(text) == 4):
                raise InvalidValue(f"{shown(text)} is not a year: give four digits, as 2018")
            return None if text is None else as_year(int(text))


@frozen
class _GazetteerTables:
    """Reads the tables of one package."""

    descriptor: Descriptor
    open: _Opener
    location: str

    def read(self) -> Gazetteer:
        """All that they hold."""
        areas, origins = self._areas()
        borders = []
        for row in self._rows("borders"):
            own = {row.needed(column): column for column in ("a", "b")}
            pair = sorted((row.needed("a"), row.needed("b")))
            borders.append(pair)
            origins["border", *pair] = row.origin
            for code, column in own.items():
                origins["border", *pair, code] = row.origin._replace(column=column)
        regions = [
            Region(
                stays,
                code=entry.name,
                names=entry.label,
                basis=entry.basis,
                charter=entry.charter,
                replaces=entry.replaces,
            )
            for entry, stays in self._stays("regions", "region", "area", origins)
        ]
        groups = [
            PeerGroup(entry.name, entry.label or entry.name, stays, entry.basis, entry.replaces)
            for entry, stays in self._stays("peer-groups", "group", "member", origins)
        ]
        return Gazetteer(areas, borders, regions, groups, origins)

    def _rows(self, holding: str) -> Iterator[_Row]:
        """The rows of all tables that hold something."""
        needed, others = _COLUMNS[holding]
        columns = {*needed, *others}

        def known(name: str) -> bool:
            return name in columns or (holding == "areas" and name.startswith(NAME_IN))

        for resource in self.descriptor.resources:
            if resource.holds == holding:
                reading = self.open(resource)
                texts = text_columns(reading, needed, known, _YEARS)
                for at, cells in enumerate(zip(*texts.values(), strict=True)):
                    yield _Row(reading, at, dict(zip(texts, cells, strict=True)))

    def _areas(self) -> tuple[list[Area], dict[tuple[str, ...], RowPlace]]:
        rows = list(self._rows("areas"))
        origins: dict[tuple[str, ...], RowPlace] = {}
        for row in rows:
            origins["area", row.needed("code")] = row.origin
        aliases = self._by_area("aliases", "alias", origins)
        moneys = self._by_area("currencies", "currency", origins)
        areas = []
        for row in rows:
            code = row.needed("code")
            dated = [self._currency(one) for one in moneys.get(code, ())]
            if dated and row.maybe("currency"):
                told = f"area {shown(code)} has currencies with years as well: leave it out"
                raise row.reading.error(told, row.at, "currency")
            names = _names(row)
            kind, since, until = row.needed("kind"), row.year("since"), row.year("until")
            with row.about():
                area = Area(
                    code,
                    names,
                    kind,
                    row.maybe("within"),
                    dated or row.maybe("currency"),
                    since=since,
                    until=until,
                    aliases=[one.needed("alias") for one in aliases.get(code, ())],
                    replaces=row.cells.get("replaces", ""),
                )
            areas.append(area)
        return areas, origins

    def _by_area(
        self, holding: str, column: str, areas: Mapping[tuple[str, ...], RowPlace]
    ) -> dict[str, list[_Row]]:
        """The rows of a table that says more of areas, by area."""
        found: dict[str, list[_Row]] = {}
        for row in self._rows(holding):
            code = row.needed("area")
            if ("area", code) not in areas:
                told = f"the package has no area {shown(code)} to give this {column} to"
                raise row.reading.error(told, row.at, "area")
            found.setdefault(code, []).append(row)
        return found

    def _currency(self, row: _Row) -> Currency:
        since, until = row.year("since"), row.year("until")
        with row.about():
            return Currency(row.needed("currency"), since, until)

    def _stays(
        self, holding: str, kind: str, column: str, origins: dict[tuple[str, ...], RowPlace]
    ) -> Iterator[tuple[NamedEntry, list[Membership]]]:
        """What the descriptor says of regions, or groups, each with the stays of its members."""
        of_regions = kind == "region"
        entries = self.descriptor.regions if of_regions else self.descriptor.peer_groups
        word, key = ("region", "regions") if of_regions else ("peer group", "peerGroups")
        stays: dict[str, list[Membership]] = {entry.name: [] for entry in entries}
        for row in self._rows(holding):
            code, member = row.needed(kind), row.needed(column)
            if code not in stays:
                with row.about(kind):
                    raise UnknownCode(word, code, stays, f"describe it in the {key} of the package")
            joined, left = row.year("joined"), row.year("left")
            with row.about():
                stay = Membership(member, joined, left)
                _check_apart(stay, stays[code])
            stays[code].append(stay)
            origins.setdefault((kind, code), row.origin)
            origins[kind, code, member] = row.origin
        for entry in entries:
            if not stays[entry.name]:
                told = f"{word} {shown(entry.name)} has no members: no table that holds {holding}"
                raise InvalidData(f"{told} names any", file=self.location)
            yield entry, stays[entry.name]


def _names(row: _Row) -> dict[str, str]:
    """What an area is called: a column `name` is in English."""
    languages = {
        column: _ENGLISH if column == "name" else column.removeprefix(NAME_IN)
        for column in row.cells
        if column == "name" or column.startswith(NAME_IN)
    }
    if list(languages.values()).count(_ENGLISH) > 1:
        raise row.reading.error("the columns name and name_en are both there", row.at, "name")
    names = {language: row.cells[one] for one, language in languages.items() if row.cells[one]}
    if not names:
        raise row.reading.error("the area has no name", row.at, next(iter(languages), "name"))
    return names


def _check_apart(stay: Membership, others: Iterable[Membership]) -> None:
    """Refuse a stay in years that another of the same member holds already."""
    for other in others:
        if stay.area == other.area and _overlap(stay, other):
            raise InvalidValue(f"{shown(stay.area)} is a member in those years already")


def _overlap(one: Membership, other: Membership) -> bool:
    first, last = max(one.joined or 0, other.joined or 0), [one.left, other.left]
    return first < min((year for year in last if year is not None), default=first + 1)
