"""What the explorer is asked to show: read from the address of the page, and written into it."""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.errors import BajioError, InvalidValue, UnknownCode, shown
from bajio.questions.profile import profile
from bajio.questions.search.wishes import areas_among
from bajio.registry import Registry
from bajio.words.phrasebook import languages, usual_language

#: The alliances, by the letters that addresses name them by.
LETTERS = ("a", "b")
HOSTS = ("keep", "drop", "remainder")
#: What stands for no group at all.
NO_PEERS = "none"
_PEERS, _INDICATOR = "un-members", "gdp"
#: Areas that a page can hold, and fields of an address.
_MOST_AREAS, _MOST_FIELDS = 600, 2000


@frozen(eq=False, repr=False)
class Ground(Brief):
    """What is there to be chosen from.

    Attributes:
        registry: what is known.
        areas: codes of the areas that can be members.
        start: codes of the members that are chosen at first.
        language: that is spoken where an address names none.
        before, after: words of a command before its name, and after it, that bring what the
            registry knows.
    """

    registry: Registry = field(repr=False)
    areas: tuple[str, ...]
    start: tuple[str, ...]
    language: str = "en"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def presets(self) -> Mapping[str, tuple[str, ...]]:
        """The regions of the catalog that are made of these areas, by code."""
        regions = {code: region.members for code, region in self.registry.regions.items()}
        known = set(self.areas)
        return {code: members for code, members in regions.items() if known.issuperset(members)}

    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators that charts can show."""
        return self.registry.shown_by_default()

    def first_indicator(self) -> str:
        """Code of the indicator that charts show at first: one that what is chosen first has."""
        answer = profile("+".join(self.start), registry=self.registry, peers=None)
        answered = [result.indicator.code for result in answer.results]
        shown = self.indicators()
        return next((code for code in (_INDICATOR, *answered) if code in answered), shown[0])

    def groups(self) -> Iterable[str]:
        """Codes of the groups to rank among."""
        return self.registry.peer_groups


def ground_of(registry: Registry, region: str | None, among: str | None, **more: Any) -> Ground:
    """What there is to be chosen from.

    Args:
        registry: what is known.
        region: that is chosen at first: the catalog's first that fits, if not given.
        among: the areas to choose from, as in `search`.
        more: language and words of commands, as in `Ground`.

    Raises:
        BajioError: an unknown name, a region of other areas, or more areas than a page can hold.
    """
    areas = areas_among(registry, among)
    if len(areas) > _MOST_AREAS:
        raise InvalidValue(
            f"among={shown(among)} has {len(areas)} areas, and a page up to {_MOST_AREAS}: "
            "give a state, or a group"
        )
    ground = Ground(registry, areas, (), **more)
    if region is None:
        return evolve(ground, start=next(iter(ground.presets().values()), areas[:1]))
    members = registry.region(region).members
    beyond = [code for code in members if code not in areas]
    if beyond:
        raise InvalidValue(
            f"{shown(beyond[0])} of {shown(region)} is none of the areas to choose from: "
            "say by among= which those are"
        )
    return evolve(ground, start=tuple(members))


@frozen(eq=False, repr=False)
class View(Brief):
    """What a page shows.

    Attributes:
        ground: what is there to be chosen from.
        alliances: codes of the members of one alliance, or of each of two.
        picked: the alliance whose members are being chosen, by its place.
        indicator: that charts show.
        year: of all answers; the newest of each, if `None`.
        peers: code of the group to rank among, or "none".
        host: what to do with a peer that contains the region.
        language: of all words.
    """

    ground: Ground = field(repr=False)
    alliances: tuple[tuple[str, ...], ...]
    picked: int = 0
    indicator: str = _INDICATOR
    year: int | None = None
    peers: str = _PEERS
    host: str = HOSTS[0]
    language: str = "en"

    @property
    def asked(self) -> tuple[str, ...]:
        """The regions that questions are asked about: those that have members."""
        return tuple(self.region(members) for members in self.alliances if members)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letter of each region that questions are asked about."""
        return tuple(
            letter for letter, members in zip(LETTERS, self.alliances, strict=False) if members
        )

    def region(self, members: Sequence[str]) -> str:
        """The members as a region that questions take: its code, if the catalog has it."""
        presets = self.ground.presets().items()
        codes = (code for code, others in presets if set(others) == set(members))
        return next(codes, None) or "+".join(sorted(members))

    def options(self) -> dict[str, Any]:
        """Keyword arguments of questions."""
        return {
            "registry": self.ground.registry,
            "year": self.year,
            "peers": None if self.peers == NO_PEERS else self.peers,
            "host": self.host,
        }

    def address(self) -> str:
        """The address of this view."""
        return f"/?{urlencode(self._fields())}"

    def chart_address(self, kind: str, place: int) -> str:
        """The address of a chart of one of the alliances."""
        digest = self.ground.registry.dataset.digest[:12]
        fields = [*self._fields(), ("of", self.letters[place]), ("data", digest)]
        return f"/{kind}.svg?{urlencode(fields)}"

    def _fields(self) -> list[tuple[str, str]]:
        fields = [
            (letter, " ".join(members))
            for letter, members in zip(LETTERS, self.alliances, strict=False)
        ]
        year = "" if self.year is None else str(self.year)
        others = ("pick", LETTERS[self.picked]), ("indicator", self.indicator), ("year", year)
        return [
            *fields,
            *others,
            *(("peers", self.peers), ("host", self.host), ("lang", self.language)),
        ]

    def command(self, *words: str, ranks: bool = True, years: bool = True) -> str:
        """The command that answers the same.

        Args:
            words: what is asked.
            ranks: whether the question has peers.
            years: whether it has a year.

        Examples:
            >>> ground = ground_of(Registry.default(), None, None)
            >>> view = view_of(ground, "a=MX-JAL+MX-COL&year=2018&peers=oecd&host=drop")
            >>> view.command("profile", *view.asked)[:70]
            'bajio profile MX-COL+MX-JAL --year 2018 --peers oecd --host drop'
        """
        parts = ["bajio", *self.ground.before, *words]
        if years and self.year is not None:
            parts += ["--year", str(self.year)]
        if ranks and self.peers != _PEERS:
            parts += ["--peers", self.peers]
        if ranks and self.host != HOSTS[0]:
            parts += ["--host", self.host]
        if self.language != usual_language():
            parts += ["--lang", self.language]
        return shlex.join([*parts, *self.ground.after])


def view_of(ground: Ground, query: str) -> View:
    """What an address asks for.

    Args:
        ground: what is there to be chosen from.
        query: what stands behind the question mark of an address.

    Raises:
        BajioError: it asks for what there is not.

    Examples:
        >>> ground = ground_of(Registry.default(), None, None)
        >>> view_of(ground, "a=MX-JAL&a=MX-COL&b=MX-GUA&pick=b").asked
        ('MX-COL+MX-JAL', 'MX-GUA')
    """
    fields = _fields_of(query)
    alliances = [_members(ground, fields.get(letter, [])) for letter in LETTERS]
    if not fields.keys() & set(LETTERS):
        alliances[0] = ground.start
    two = "b" in fields
    peers = _last(fields, "peers", (*ground.groups(), NO_PEERS), _PEERS)
    view = View(
        ground,
        tuple(alliances if two else alliances[:1]),
        int(two and fields.get("pick", ["a"])[-1] == "b"),
        _last(fields, "indicator", ground.indicators(), "") or _first(ground),
        _year(fields.get("year", [""])[-1]),
        peers,
        HOSTS[0] if peers == NO_PEERS else _last(fields, "host", HOSTS, HOSTS[0]),
        _last(fields, "lang", languages(), ground.language),
    )
    for name in ("step", "begin"):
        view = _stepped(view, fields.get(name, [""])[-1])
    return view


def language_of(ground: Ground, query: str) -> str:
    """The language that an address names, whatever else is wrong with it."""
    try:
        return _last(_fields_of(query), "lang", languages(), ground.language)
    except BajioError:
        return ground.language


def place_of(view: View, query: str) -> int:
    """The place, among the regions that are asked about, of the one that an address names.

    Raises:
        UnknownCode: it names none of them.
    """
    letter = _fields_of(query).get("of", [""])[-1]
    if letter not in view.letters:
        raise UnknownCode("alliance", letter, view.letters)
    return view.letters.index(letter)


def _fields_of(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise InvalidValue("the address of the page is none of the explorer's") from None


def _stepped(view: View, step: str) -> View:
    """A view after a button: another alliance beside, or none, or the members of a region."""
    if step == "second":
        return evolve(view, alliances=(view.alliances[0], ()), picked=1)
    if step == "single":
        return evolve(view, alliances=view.alliances[:1], picked=0)
    if step == "clear":
        return _with_members(view, ())
    preset = view.ground.presets().get(step.removeprefix("region:"))
    return view if preset is None else _with_members(view, preset)


def _with_members(view: View, members: Sequence[str]) -> View:
    every = list(view.alliances)
    every[view.picked] = tuple(members)
    return evolve(view, alliances=tuple(every))


def _members(ground: Ground, texts: Iterable[str]) -> tuple[str, ...]:
    codes = dict.fromkeys(code for text in texts for code in re.split(r"[\s+]+", text) if code)
    for code in codes:
        if code not in ground.areas:
            raise UnknownCode("member", code, ground.areas)
    return tuple(code for code in ground.areas if code in codes)


def _first(ground: Ground) -> str:
    """The first indicator, looked for once."""
    return ground.registry.keep(("explorer's indicator", ground.start), ground.first_indicator)


def _last(fields: Mapping[str, list[str]], name: str, known: Iterable[str], usual: str) -> str:
    """The last word of a field, which is one of those that are known."""
    word = fields.get(name, [""])[-1]
    if word and word not in known:
        raise UnknownCode(name, word, known)
    return word or usual


def _year(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[0-9]{4}", text):
        raise InvalidValue(f"{shown(text)} is not a year: give four digits, as 2018")
    return int(text)
