"""The tables of a data package that hold areas, borders, regions and peer groups."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import field, frozen

from bajio.errors import BajioError, FaultList, InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Area
from bajio.facts.currencies import Currency
from bajio.facts.gazetteer import Gazetteer, RowPlace, Thing
from bajio.facts.periods import as_year
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.readers.descriptor import Descriptor, NamedEntry, Resource
from bajio.readers.fields import TableReading, text_columns

#: Columns that tables have to have, and further ones, by what the tables hold.
_COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "areas": (("code", "kind"), ("name", "within", "currency", "since", "until", "replaces")),
    "aliases": (("area", "alias"), ()),
    "identifiers": (("area", "identifier"), ()),
    "currencies": (("area", "currency"), ("since", "until")),
    "borders": (("a", "b"), ()),
    "regions": (("region", "area"), ("joined", "left")),
    "peer-groups": (("group", "member"), ("joined", "left")),
}
#: What a column of names in a language begins with.
NAME_IN = "name_"
_YEARS = ("since", "until", "joined", "left")
_ENGLISH = "en"
_WORDS = {"region": "region", "group": "peer group"}
_Opener = Callable[[Resource], TableReading]


def read_gazetteer(descriptor: Descriptor, read: _Opener, location: str) -> Gazetteer:
    """The areas, borders, regions and peer groups that a package brings.

    Args:
        descriptor: what the package says of itself.
        read: opens a table of it.
        location: the descriptor's path, for errors.

    Raises:
        InvalidData: the first that is wrong, with file, row and column, and with all of it as its
            `faults`.
    """
    tables = _GazetteerTables(descriptor, read, location)
    gazetteer, _ = tables.right()
    tables.faults.check()
    return gazetteer


def read_right_gazetteer(
    descriptor: Descriptor, read: _Opener, location: str, faults: FaultList
) -> Gazetteer | None:
    """What is right of that which a package brings; nothing where others may be about what is not.

    Args:
        descriptor, read, location: as in `read_gazetteer`.
        faults: where all that is wrong is put down.
    """
    tables = _GazetteerTables(descriptor, read, location)
    gazetteer, is_whole = tables.right()
    faults.found += tables.faults.found
    return gazetteer if is_whole else None


@frozen
class _Row:
    """A row of a table, and where it stands."""

    reading: TableReading
    at: int
    cells: Mapping[str, str]

    @property
    def place(self) -> RowPlace:
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
    """Reads the tables of one package.

    Attributes:
        descriptor: what the package says of itself.
        open: opens a table of it.
        location: the descriptor's path.
        faults: what was found wrong so far: all is told at once.
        places: where what was read stands.
    """

    descriptor: Descriptor
    open: _Opener
    location: str
    faults: FaultList = field(init=False, factory=FaultList)
    places: dict[tuple[str, ...], RowPlace] = field(init=False, factory=dict)

    def right(self) -> tuple[Gazetteer, bool]:
        """What is right of all that they hold, and whether that has all areas and regions."""
        areas = list(self._areas())
        is_whole = not self.faults.found
        borders, regions = list(self._borders()), list(self._regions())
        groups = list(self._peer_groups())
        is_whole = is_whole and len(regions) == len(self.descriptor.regions)
        with self.faults.each():
            return Gazetteer(areas, borders, regions, groups, self.places), is_whole
        proper = {pair for pair in borders if pair[0] != pair[1]}
        first = _first_of_each
        right = Gazetteer(first(areas), proper, first(regions), first(groups), self.places)
        return right, is_whole

    def _rows(self, holding: str) -> Iterator[_Row]:
        """The rows of all tables that hold something."""
        needed, others = _COLUMNS[holding]
        columns = {*needed, *others}

        def known(name: str) -> bool:
            return name in columns or (holding == "areas" and name.startswith(NAME_IN))

        for resource in self.descriptor.resources:
            rows: list[_Row] = []
            with self.faults.each():
                if resource.holds == holding:
                    reading = self.open(resource)
                    texts = text_columns(reading, needed, known, _YEARS)
                    rows = [
                        _Row(reading, position, dict(zip(texts, cells, strict=True)))
                        for position, cells in enumerate(zip(*texts.values(), strict=True))
                    ]
            yield from rows

    def _areas(self) -> Iterator[Area]:
        rows = list(self._rows("areas"))
        for row in rows:
            if row.cells["code"]:
                self.places["area", row.cells["code"]] = row.place
        more = {
            holding: self._by_area(holding, column)
            for holding, column in (
                ("aliases", "alias"),
                ("identifiers", "identifier"),
                ("currencies", "currency"),
            )
        }
        for row in rows:
            with self.faults.each():
                code = row.needed("code")
                yield _area(row, {holding: rows.get(code, ()) for holding, rows in more.items()})

    def _by_area(self, holding: str, column: str) -> dict[str, list[_Row]]:
        """The rows of a table that says more of areas, by area."""
        result: dict[str, list[_Row]] = {}
        for row in self._rows(holding):
            with self.faults.each():
                code = row.needed("area")
                if ("area", code) not in self.places:
                    text = f"the package has no area {shown(code)} to give this {column} to"
                    raise row.reading.error(text, row.at, "area")
                result.setdefault(code, []).append(row)
        return result

    def _borders(self) -> Iterator[tuple[str, str]]:
        for row in self._rows("borders"):
            with self.faults.each():
                columns = {row.needed(column): column for column in ("a", "b")}
                first, second = sorted((row.cells["a"], row.cells["b"]))
                self.places["border", first, second] = row.place
                for code, column in columns.items():
                    self.places["border", first, second, code] = row.place._replace(column=column)
                yield first, second

    def _regions(self) -> Iterator[Region]:
        for entry, stays in self._stays("regions", "region", "area", self.descriptor.regions):
            with self.faults.each():
                yield Region(
                    stays,
                    code=entry.name,
                    names=entry.label,
                    basis=entry.basis,
                    charter=entry.charter,
                    replaces=entry.replaces,
                    aliases=entry.aliases,
                )

    def _peer_groups(self) -> Iterator[PeerGroup]:
        described = self.descriptor.peer_groups
        for entry, stays in self._stays("peer-groups", "group", "member", described):
            with self.faults.each():
                names = entry.label or entry.name
                yield PeerGroup(
                    entry.name,
                    names,
                    stays,
                    entry.basis,
                    entry.replaces,
                    aliases=entry.aliases,
                )

    def _stays(
        self, holding: str, kind: str, column: str, described: Sequence[NamedEntry]
    ) -> Iterator[tuple[NamedEntry, list[Membership]]]:
        """What the descriptor says of regions, or groups, each with the stays of its members."""
        stays: dict[str, list[Membership]] = {entry.name: [] for entry in described}
        for row in self._rows(holding):
            with self.faults.each():
                code, member = row.needed(kind), row.needed(column)
                _check_described(row, kind, code, stays)
                joined, left = row.year("joined"), row.year("left")
                with row.about():
                    stay = Membership(member, joined, left)
                    _check_apart(stay, stays[code])
                stays[code].append(stay)
                self.places.setdefault((kind, code), row.place)
                self.places[kind, code, member] = row.place
        for entry in described:
            if stays[entry.name]:
                yield entry, stays[entry.name]
            elif not self.faults.found:  # else its members may stand in what is wrong
                text = f"{_WORDS[kind]} {shown(entry.name)} has no members: no table that holds"
                error = InvalidData(f"{text} {holding} names any", file=self.location)
                self.faults.found.append(error)


def _first_of_each(things: Iterable[Thing]) -> list[Thing]:
    """Things without those whose codes others before them have."""
    things_by_code: dict[str, Thing] = {}
    for thing in things:
        things_by_code.setdefault(thing.code, thing)
    return list(things_by_code.values())


def _check_described(row: _Row, kind: str, code: str, described: Iterable[str]) -> None:
    """Refuse a row of a region, or a group, that the descriptor says nothing of."""
    if code not in described:
        key = "regions" if kind == "region" else "peerGroups"
        with row.about(kind):
            advice = f"describe it in the {key} of the package"
            raise UnknownCode(_WORDS[kind], code, described, advice)


def _area(row: _Row, more: Mapping[str, Iterable[_Row]]) -> Area:
    """An area, with what other tables say of it."""
    code = row.needed("code")
    dated = [_currency(row_of_more) for row_of_more in more["currencies"]]
    if dated and row.maybe("currency"):
        text = f"area {shown(code)} has currencies with years as well: leave it out"
        raise row.reading.error(text, row.at, "currency")
    names, kind = _names(row), row.needed("kind")
    since, until = row.year("since"), row.year("until")
    with row.about():
        return Area(
            code,
            names,
            kind,
            row.maybe("within"),
            dated or row.maybe("currency"),
            since=since,
            until=until,
            aliases=[row_of_more.needed("alias") for row_of_more in more["aliases"]],
            identifiers=[row_of_more.needed("identifier") for row_of_more in more["identifiers"]],
            replaces=row.cells.get("replaces", ""),
        )


def _currency(row: _Row) -> Currency:
    since, until = row.year("since"), row.year("until")
    with row.about():
        return Currency(row.needed("currency"), since, until)


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


def _overlap(membership: Membership, other: Membership) -> bool:
    first, last = max(membership.joined or 0, other.joined or 0), [membership.left, other.left]
    return first < min((year for year in last if year is not None), default=first + 1)
