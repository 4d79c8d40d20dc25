"""Answers as sheets: a title, a header, rows of text, and notes, ready for a table."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.errors import in_options, some
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import Options
from bajio.questions.profile import Profile
from bajio.questions.results import MemberFigure, Missed, Result
from bajio.questions.standing import Standing
from bajio.registry import Registry
from bajio.report.wording import (
    bare_figure,
    coverage_text,
    figure,
    notes_text,
    peer_name,
    rank_text,
    shortened,
    value_text,
    year_text,
)
from bajio.words.enumerations import status_legend
from bajio.words.magnitudes import percent

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown
    from bajio.questions.comparison import Comparison, Timeline


#: Sources that are nearer to one another print as the same.
_VISIBLE_GAP = 0.0005
#: How many peers without a figure are named.
_MOST_PEERS = 12
#: How many keys without a value are told with their reasons.
_MOST_REASONS = 5


@frozen
class Sheet:
    """A table of text.

    Attributes:
        title: what it is about.
        header: names of the columns.
        rows: cells, as many as the header has.
        right: positions of the columns that are set right.
        notes: lines below the table.
        spare: positions of columns that can be left out where space is short, in that order.
        language: of what is said about the table.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())
    spare: tuple[int, ...] = field(default=())
    language: str = "en"

    def without(self, position: int) -> "Sheet":
        """The same without one of the columns."""

        def others(cells: Sequence[str]) -> tuple[str, ...]:
            return tuple(cell for at, cell in enumerate(cells) if at != position)

        def shifted(positions: Sequence[int]) -> tuple[int, ...]:
            return tuple(at - (at > position) for at in positions if at != position)

        return evolve(
            self,
            header=others(self.header),
            rows=tuple(map(others, self.rows)),
            right=shifted(self.right),
            spare=shifted(self.spare),
        )

    def without_empty(self) -> "Sheet":
        """The same without the columns that have nothing in any row."""
        empty = [at for at in range(len(self.header)) if not any(row[at] for row in self.rows)]
        sheet = self
        for at in reversed(empty if self.rows else []):
            sheet = sheet.without(at)
        return sheet

    def with_texts(self, written: Callable[[str], str]) -> "Sheet":
        """The same with each text as a format writes it; a title keeps its lines."""
        return evolve(
            self,
            title="\n".join(map(written, self.title.splitlines())),
            header=tuple(map(written, self.header)),
            rows=tuple(tuple(map(written, row)) for row in self.rows),
            notes=tuple(map(written, self.notes)),
        )

    def with_notes(self, notes: Iterable[str]) -> "Sheet":
        """The same with more lines below the table."""
        return evolve(self, notes=(*self.notes, *notes))


def profile_sheet(profile: Profile, *, members: bool = False) -> Sheet:
    """A profile as a table: value, year, share of the host, rank, coverage where not full."""
    registry = profile.registry
    results = profile.results
    host = next((registry.name_of(r.host) for r in results if r.host), None)
    partial = any(not result.coverage.complete for result in results)
    header = ["Indicator", "Value", "Year"]
    header += [host, "Share"] if host else []
    header += ["Rank"] if profile.options.peers else []
    header += ["Coverage"] if partial else []
    areas = _composition(results) if members else ()
    header += [registry.name_of(area) for area in areas]
    rows = []
    for result in results:
        row = [str(result.indicator.label), value_text(result), year_text(result)]
        row += _host_cells(result) if host else []
        row += [_rank_cell(result, registry)] if profile.options.peers else []
        row += [coverage_text(result)] if partial else []
        figures = {member.area: member for member in result.members} if members else {}
        row += [_member_cell(figures.get(area), result) for area in areas]
        rows.append(tuple(row))
    notes = [*_profile_notes(results, registry), *missed_notes(profile.unavailable)]
    if profile.options.membership == "as-of":
        notes.insert(0, "Members as of each year.")
    right = [1, *([3, 4] if host else []), *range(len(header) - len(areas), len(header))]
    spare = [3] if host else []
    if areas:
        spare += [at for at, name in enumerate(header) if name in {"Share", "Rank"}]
    return Sheet(
        _title(profile, registry),
        tuple(header),
        tuple(rows),
        tuple(right),
        tuple(notes),
        tuple(spare),
    ).without_empty()


def _member_cell(member: MemberFigure | None, result: Result) -> str:
    if member is None or member.exact is None:
        return "–"
    return bare_figure(member.exact, result.indicator)


def _title(profile: Profile, registry: Registry) -> str:
    members = some([registry.name_of(code) for code in profile.composition], 6)
    names = profile.region.names
    title = members if names is None else f"{names}: {members}"
    if names is not None and str(names) == members:
        title = members
    return title + _among(profile.options, registry)


def _among(options: Options, registry: Registry) -> str:
    if options.peers is None:
        return ""
    group = registry.peer_group(options.peers)
    codes = Compositions(registry, options.membership).group(options.peers, options.year)
    host = {"keep": "", "drop": ", its host left out", "remainder": ", its host without it"}
    return f"\nAmong {group.names} ({len(codes)}){host[options.host]}"


def _host_cells(result: Result) -> list[str]:
    """The host's own figure, and the region's share in it where figures add up."""
    value, share = result.host_value, result.share_of_host
    return [
        "" if value is None else bare_figure(value, result.indicator),
        "" if share is None else percent(share, 1),
    ]


def _rank_cell(result: Result, registry: Registry) -> str:
    return rank_text(result.rank, registry) if result.rank else "–"


def _profile_notes(results: Sequence[Result], registry: Registry) -> list[str]:
    notes = []
    legend = status_legend({result.status for result in results})
    if legend:
        notes.append(f"Beside the year: {legend}.")
    notes += _missing_peers(results, registry)
    unranked = [result for result in results if result.rank_reason]
    if unranked:
        codes = ", ".join(result.indicator.code for result in unranked)
        notes.append(f"No peer to rank among: {codes}.")
    ranks = [result.rank for result in results if result.rank]
    left_out = sorted({code for r in results if r.rank for code in r.rank.left_out})
    if left_out:
        names = [peer_name(ranks[0], registry, code) for code in left_out]
        notes.append(f"Not among the peers, being inside the region: {some(names, 8)}.")
    borrowed = sorted({pair for r in results if r.rank for pair in r.rank.borrowed})
    if borrowed:
        shown = [f"{peer_name(ranks[0], registry, code)} {year}" for code, year in borrowed]
        notes.append(f"Peers with a figure of another year: {some(shown, _MOST_PEERS)}.")
    notes += _basis_notes(results, registry)
    notes += notes_text(results)
    sources = dict.fromkeys(str(use) for result in results for use in result.sources)
    peers = dict.fromkeys(
        str(use) for result in results if result.rank for use in result.rank.sources
    )
    notes += [f"Source: {source}." for source in sources]
    notes += [f"Source of the peers: {source}." for source in peers if source not in sources]
    return notes


def _missing_peers(results: Sequence[Result], registry: Registry) -> list[str]:
    """Which peers have no figure for the year, and which have none for any."""
    together: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for result in results:
        if result.rank and result.rank.peers_missing:
            key = result.rank.peers_missing, False
            together.setdefault(key, []).append(result.indicator.code)
        if result.rank and result.rank.peers_without_data:
            key = result.rank.peers_without_data, True
            together.setdefault(key, []).append(result.indicator.code)
    ranks = [result.rank for result in results if result.rank]
    notes = []
    for (codes, never), indicators in sorted(together.items(), key=lambda one: one[0][1]):
        names = some([peer_name(ranks[0], registry, code) for code in codes], _MOST_PEERS)
        plural = "peers have" if len(codes) > 1 else "peer has"
        how = "in any year" if never else "for the year"
        effect = "not counted" if never else "which could lower the rank"
        notes.append(
            f"{len(codes)} {plural} no figure {how} ({names}), {effect}: {', '.join(indicators)}."
        )
    return notes


def _composition(results: Iterable[Result]) -> tuple[str, ...]:
    """Codes of all that are members in the year of a result."""
    return tuple(dict.fromkeys(code for result in results for code in result.composition))


def _basis_notes(results: Sequence[Result], registry: Registry) -> list[str]:
    summed = [r for r in results if r.share_basis == "sum-of-parts"]
    notes = []
    if summed:
        host = registry.name_of(summed[0].host or "")
        codes = ", ".join(result.indicator.code for result in summed)
        notes.append(f"{host} as the sum of its parts, no total being published: {codes}.")
    apart = [
        (result, result.rank.host_gap)
        for result in results
        if result.rank and result.rank.host_gap is not None
        if abs(result.rank.host_gap) >= _VISIBLE_GAP
    ]
    if apart:
        host = registry.name_of(apart[0][0].host or "")
        gaps = ", ".join(f"{one.indicator.code} {float(gap) * 100:+.1f} %" for one, gap in apart)
        notes.append(f"{host} in the peers' source against its own: {gaps}.")
    return notes


def missed_notes(unavailable: Iterable[Missed]) -> list[str]:
    """A line for each reason why something could not be answered."""
    together: dict[str, list[str]] = {}
    for missed in unavailable:
        together.setdefault(in_options(str(missed.error())), []).append(missed.indicator.code)
    return [f"No {', '.join(codes)}: {reason}." for reason, codes in together.items()]


def breakdown_sheet(table: "Breakdown") -> Sheet:
    """A breakdown as a table, greatest values first; members and parts in their own order."""
    cells = list(table.cells)
    if table.axis not in {"member", "part"}:
        cells.sort(key=lambda cell: (cell.exact is None, -(cell.exact or 0)))
    rows: list[tuple[str, ...]] = []
    for cell in cells:
        value = "–" if cell.exact is None else figure(cell.exact, table.indicator)
        rows.append((cell.key, shortened(str(cell.label)), value))
    if table.total is not None:
        rows.append(("", "Total", value_text(table.total)))
    header: tuple[str, ...] = (table.axis.capitalize(), "", "Value")
    if table.axis == "part":  # its key and its name are the same words
        header, rows = ("Part", "Value"), [row[1:] for row in rows]
    legend = status_legend({table.status})
    notes = [f"{legend[0]}: {legend[2:]}."] if legend else []
    if table.level:
        what = "leaves" if table.level == "leaves" else f"categories below {table.level}"
        notes.append(f"Over the {len(cells)} {what} of the classification, which do not overlap.")
    notes += _missing_keys(table)
    notes += [f"Source: {source}." for source in dict.fromkeys(map(str, table.sources))]
    when = f", {table.year}" if table.year is not None else ""
    title = f"{table.indicator.label} of {table.region}{when}"
    return Sheet(title, header, tuple(rows), (len(header) - 1,), tuple(notes))


def _missing_keys(table: "Breakdown") -> list[str]:
    """Why keys have no value: the reasons of the first of them, and which others there are."""
    missing = list(table.missing.items())
    notes = [f"No value for {key}: {reason}." for key, reason in missing[:_MOST_REASONS]]
    others = ", ".join(key for key, _ in missing[_MOST_REASONS:])
    return notes + (
        [f"No value either for {others}: --format json has the reasons."] * bool(others)
    )


def comparison_sheet(comparison: "Comparison") -> Sheet:
    """Several regions side by side."""
    regions = [str(profile.region) for profile in comparison.profiles]
    rows = []
    lacking: dict[tuple[str, str], list[str]] = {}
    for indicator, answers in comparison.rows():
        cells = []
        for region, answer in zip(regions, answers, strict=True):
            if isinstance(answer, Missed):
                cells.append("–")
                reason = region, in_options(str(answer.error()))
                lacking.setdefault(reason, []).append(indicator.code)
            elif not isinstance(answer, Result):
                cells.append(f"{len(answer.values)} values")
            else:
                when = f" ({year_text(answer)})" if answer.year is not None else ""
                cells.append(value_text(answer) + when)
        rows.append((str(indicator.label), *cells))
    results = [result for profile in comparison.profiles for result in profile.results]
    legend = status_legend({result.status for result in results})
    notes = [f"Beside the year: {legend}."] if legend else []
    notes += [
        f"No {', '.join(codes)} for {region}: {reason}."
        for (region, reason), codes in lacking.items()
    ]
    for profile in comparison.profiles:
        notes += [f"{profile.region}: {line}" for line in notes_text(profile.results)]
    right = tuple(range(1, len(regions) + 1))
    return Sheet(" · ".join(regions), ("Indicator", *regions), tuple(rows), right, tuple(notes))


def timeline_sheet(timeline: "Timeline", registry: Registry) -> Sheet:
    """An indicator over the years."""
    ranked = any(result.rank for result in timeline.results)
    host = next((registry.name_of(r.host) for r in timeline.results if r.host), None)
    header = ["Year", "Value"] + ([host, "Share"] if host else []) + ["Rank"] * ranked
    partial = any(not result.coverage.complete for result in timeline.results)
    header += ["Coverage"] * partial
    rows = []
    for result in timeline.results:
        row = [year_text(result), value_text(result)]
        row += _host_cells(result) if host else []
        row += [_rank_cell(result, registry)] if ranked else []
        row += [coverage_text(result)] if partial else []
        rows.append(tuple(row))
    legend = status_legend({result.status for result in timeline.results})
    notes = [f"Beside the year: {legend}."] if legend else []
    notes += notes_text(timeline.results)
    notes += [f"{year}: {missed.reason}." for year, missed in timeline.unavailable]
    sources = dict.fromkeys(str(use) for r in timeline.results for use in r.sources)
    notes += [f"Source: {source}." for source in sources]
    title = f"{timeline.indicator.label} of {timeline.region}"
    right = (1, 2, 3) if host else (1,)
    spare = (2,) if host else ()
    sheet = Sheet(title, tuple(header), tuple(rows), right, tuple(notes), spare)
    return sheet.without_empty()


def standings_sheet(
    result: Result, lines: Sequence[Standing], registry: Registry, *, every: bool
) -> Sheet:
    """A ranking as a table: all of it, or the region with its neighbours."""
    own = next(at for at, line in enumerate(lines) if line.code == result.region.code)
    first, last = (0, len(lines)) if every else (max(own - 5, 0), own + 6)
    rows = []
    for line in lines[first:last]:
        mine = line.code == result.region.code
        name = f"→ {result.region}" if mine else f"  {peer_name(result.rank, registry, line.code)}"
        partial = mine and result.is_partial
        text = value_text(result) if partial else figure(line.exact, result.indicator)
        rows.append((str(line.position), name, text))
    title = f"{result.indicator.label}, {year_text(result)}" if result.year else ""
    notes = _profile_notes([result], registry)
    assert result.rank is not None
    text = rank_text(result.rank, registry)
    return Sheet(
        f"{title or result.indicator.label}: {result.region} is {text}",
        ("Rank", "  Area", "Value"),
        tuple(rows),
        (0, 2),
        tuple(notes),
    )
