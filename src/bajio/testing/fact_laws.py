"""Laws of datasets and regions: what must hold of the facts that a plugin brings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from bajio.errors import BajioError
from bajio.facts.areas import UNALLOCATED, Areas
from bajio.facts.dataset import Dataset, observations_of
from bajio.facts.measures import Kind, Prices
from bajio.facts.observations import Exact
from bajio.facts.periods import Frequency, year_of
from bajio.facts.regions import Region
from bajio.facts.series import Series
from bajio.facts.tables import Cells, SeriesTable
from bajio.registry import Registry
from bajio.testing.law import Broken, Law
from bajio.units import currencies, same_dimension

_OBSERVED = {"A", "R", "P"}


@frozen
class DatasetCase:
    """A dataset with the registry that knows its areas."""

    data: Dataset
    registry: Registry = field(repr=False)

    def tables(self) -> Iterator[tuple[Series, SeriesTable]]:
        """The series that can be read, with their tables."""
        for series in self.data.series:
            with suppress(BajioError):
                yield series, series.read(self.registry.areas)


@frozen
class RegionCase:
    """A region with the registry that knows its areas."""

    region: Region
    registry: Registry = field(repr=False)


def _always(_case: object) -> bool:
    return True


def _sources(case: DatasetCase) -> None:
    for source in case.data.sources.values():
        lacking = [
            name
            for name in ("title", "publisher", "terms", "citation")
            if not getattr(source, name)
        ]
        if lacking:
            raise Broken(f"the source {source.code!r} has no {' and no '.join(lacking)}")


def _readable(case: DatasetCase) -> None:
    for series in case.data.series:
        try:
            table = series.read(case.registry.areas)
        except BajioError as error:
            raise Broken(f"{series}: {error}") from None
        if not table.values:
            raise Broken(f"{series}: it has no figure at all")


def _units(case: DatasetCase) -> None:
    for series in case.data.series:
        measure = case.data.measures[series.measure]
        unit = measure.unit
        for mine, theirs in zip(currencies(unit), currencies(series.unit), strict=False):
            unit = unit.replaced(mine, theirs)
        try:
            fits = same_dimension(series.unit, unit)
        except BajioError as error:
            raise Broken(f"{series}: {error}") from None
        if not fits:
            raise Broken(f"{series} is in {series.unit}, its measure in {measure.unit}")


def _price_bases(case: DatasetCase) -> None:
    for measure in case.data.measures.values():
        money = [code for code in currencies(measure.unit) if sum(c.isdigit() for c in code)]
        if measure.prices is Prices.CONSTANT and not money:
            raise Broken(f"{measure.code!r} is at constant prices: of which year? write MXN_2018")
        if measure.prices is Prices.CURRENT and money:
            raise Broken(f"{measure.code!r} is at current prices, and in {measure.unit}")
        extensive_money = currencies(measure.unit) and measure.kind is Kind.EXTENSIVE
        if measure.prices is None and extensive_money:
            raise Broken(f"{measure.code!r} is money: are its prices current or constant?")


def _weights(case: DatasetCase) -> None:
    known = {**case.registry.dataset.measures, **case.data.measures}
    for measure in case.data.measures.values():
        weight = known.get(measure.weight or "")
        if measure.weight and (weight is None or weight.kind is not Kind.EXTENSIVE):
            raise Broken(f"{measure.code!r} is weighed by {measure.weight!r}, which is not a total")


def _forecasts(case: DatasetCase) -> None:
    newest = case.data.reference_year or case.registry.dataset.reference_year
    for series, table in case.tables():
        if newest is None or series.frequency is Frequency.TIMELESS:
            continue
        running = 0 if series.frequency is Frequency.ANNUAL else 1  # its months are observed
        for seen in observations_of(series, table):
            late = year_of(seen.period) > newest + running
            if late and seen.value is not None and seen.status in _OBSERVED:
                text = f"{series}: {seen.area} has a figure of {seen.period} with status"
                raise Broken(f"{text} {seen.status!r}, after the reference year {newest}")


def _hierarchy(case: DatasetCase) -> None:
    """Where a host and all its parts have figures, the parts sum to it within their rounding."""
    for series, table in case.tables():
        if case.data.measures[series.measure].kind is Kind.EXTENSIVE:
            for mismatch in _mismatches(case.registry.areas, series, table):
                raise Broken(mismatch)


def _mismatches(areas: Areas, series: Series, table: SeriesTable) -> Iterator[str]:
    for by_area in table.values.values():
        parts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code in by_area:
            host = areas[code].within
            if host is not None and host in by_area:
                parts[host, areas[code].kind].append(code)
        for (host, kind), codes in parts.items():
            if kind != UNALLOCATED and set(codes) == set(areas.children(host, kind)):
                yield from _unequal(
                    series, by_area, host, [*codes, *parts.get((host, UNALLOCATED), ())]
                )


def _unequal(
    series: Series, by_area: Mapping[str, Cells], host: str, codes: list[str]
) -> Iterator[str]:
    for period, total in by_area[host].items():
        figures = [by_area[code].get(period) for code in codes]
        known = [Fraction(figure) for figure in figures if figure is not None]
        if len(known) < len(codes):
            continue
        room = _rounding([*(figure for figure in figures if figure is not None), total])
        if abs(sum(known) - Fraction(total)) > room:
            yield (
                f"{series}: the {len(codes)} parts of {host} sum to {float(sum(known)):,.10g} "
                f"in {period or 'all years'}, and {host} has {float(total):,.10g}"
            )


def _rounding(figures: list[Exact | Decimal]) -> Fraction:
    """What the rounding of figures to their last printed digit can add up to."""
    printed = [Decimal(figure) for figure in figures if not isinstance(figure, Fraction)]
    places = [-int(number.as_tuple().exponent) for number in printed]
    return Fraction(len(figures), 2 * 10 ** max(0, *places)) if places else Fraction(0)


def _known(case: RegionCase) -> None:
    for stay in case.region.memberships:
        if stay.area not in case.registry.areas:
            raise Broken(f"{stay.area!r} is no area that is known")


def _disjoint(case: RegionCase) -> None:
    """No area lies in another member, in any year."""
    years = {year for stay in case.region.memberships for year in (stay.joined, stay.left) if year}
    compositions = [case.region, *(case.region.at(year) for year in sorted(years))]
    for composition in compositions:
        try:
            case.registry.areas.check_disjoint(composition.members)
        except BajioError as error:
            raise Broken(str(error)) from None
    if not case.region.members:
        raise Broken("it has no members today")


def _founded(case: RegionCase) -> None:
    if not case.region.basis and not case.region.charter:
        raise Broken("it says nothing of what makes it a region")


def _answered(case: RegionCase) -> None:
    from bajio.questions.profile import profile

    try:
        answer = profile(case.region, registry=case.registry, peers=None)
    except BajioError as error:
        raise Broken(str(error)) from None
    if not answer.results:
        reason = answer.unavailable[0].reason if answer.unavailable else "no indicator is known"
        raise Broken(f"no indicator has a value: {reason}")


DATASET_LAWS = (
    Law(
        "sources",
        "Every figure has a source: publisher, title, terms, and how to cite it.",
        "A number could not be traced, nor published.",
        "Fill in publisher, terms and citation of each Source.",
        _always,
        _sources,
        generated=False,
    ),
    Law(
        "readable",
        "Every series can be read, and is about areas that are known.",
        "An indicator would fail when it is asked for.",
        "Mend the row that is named, or provide its area through bajio_areas.",
        _always,
        _readable,
        generated=False,
    ),
    Law(
        "series-unit",
        "A series is in a unit of its measure's dimension.",
        "Persons would be added to square kilometres.",
        "Give the unit that the table is in, as units={'rain': 'mm'}.",
        _always,
        _units,
        generated=False,
    ),
    Law(
        "price-basis",
        "Money says whether its prices are current or constant, and of which year.",
        "Real growth would be compared with nominal growth.",
        "Say prices='current' with MXN, or prices='constant' with MXN_2018.",
        _always,
        _price_bases,
        generated=False,
    ),
    Law(
        "weight",
        "An intensive measure is weighed by one that is a total, and known.",
        "A mean could not be taken.",
        "Name an extensive measure as the weight.",
        _always,
        _weights,
        generated=False,
    ),
    Law(
        "forecasts",
        "A figure of a year that is still to come says that it is projected or estimated.",
        "A forecast would be shown as an observation.",
        "Give such figures the status 'F' or 'E', or set the reference year.",
        _always,
        _forecasts,
        generated=False,
    ),
    Law(
        "hierarchy",
        "Parts sum to the published whole, within the rounding of the figures.",
        "Shares would not add up to 100 %: something is missing, zero, or counted twice.",
        "Leave missing figures out rather than writing zero, and check codes for repeats.",
        _always,
        _hierarchy,
        generated=False,
    ),
)

REGION_LAWS = (
    Law(
        "members",
        "Every member is an area that is known.",
        "A profile of the region would be refused.",
        "Mend the code, or provide the area through bajio_areas.",
        _always,
        _known,
        generated=False,
    ),
    Law(
        "disjoint",
        "In no year does a member lie in another.",
        "Its people would be counted twice.",
        "Keep the larger area or the smaller one.",
        _always,
        _disjoint,
        generated=False,
    ),
    Law(
        "founded",
        "A region says what makes it one.",
        "Nobody could check who belongs to it.",
        "Give basis='treaty of 2018', or a charter.",
        _always,
        _founded,
        generated=False,
    ),
    Law(
        "answered",
        "At least one indicator has a value for it.",
        "Its profile would be empty.",
        "Provide a dataset with figures of its members.",
        _always,
        _answered,
        generated=False,
    ),
)
