"""A portrait: all that there is to say of a region, asked once, for a report."""

from collections.abc import Iterator
from typing import Unpack

from attrs import field, frozen

from bajio.errors import BajioError, Unavailable
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.questions.asking import registry_with, useful_options
from bajio.questions.audit.auditing import audit
from bajio.questions.audit.findings import Audit
from bajio.questions.choices import Asked, Options, RegionLike
from bajio.questions.comparison import Timeline, series
from bajio.questions.profile import Profile, profile
from bajio.questions.reported import Reported
from bajio.questions.sensitivity import Sensitivity, sensitivity
from bajio.questions.specialisation import Specialisations, specialisations
from bajio.registry import Registry

#: What is told over the years, and how many of them.
_OVER_YEARS = ("population", "gdp", "gdp-growth", "insured-jobs")
_YEARS = 10
#: The indicator whose rank is looked at.
_MAIN = "gdp"


@frozen(repr=False)
class Portrait(Reported):
    """All that there is to say of a region.

    Attributes:
        region: of which region.
        profile: the usual profile.
        pillars: the indicators by pillar, where there is such a set.
        series: what changed over the years.
        specialisations: what it is made of, where there are figures.
        sensitivity: what its rank by GDP hangs on, where it has one.
        audits: of the claims that are made of it.
        registry: what is known.
    """

    region: Region
    profile: Profile
    pillars: Profile | None
    series: tuple[Timeline, ...]
    specialisations: Specialisations | None
    sensitivity: Sensitivity | None
    audits: tuple[Audit, ...]
    registry: Registry = field(eq=False, repr=False)


def portrait(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Portrait:
    """All that there is to say of a region.

    Args:
        region, data, registry, options: as in `profile`.

    Raises:
        BajioError: as in `profile`.

    Examples:
        >>> found = portrait("bajio", year=2018)
        >>> found.profile["gdp"].rank.position, [str(one.indicator.code) for one in found.series]
        (57, ['population', 'gdp', 'gdp-growth', 'insured-jobs'])
    """
    known = registry_with(registry, data)
    chosen = useful_options(known, options)
    place = known.region(region)
    shown = profile(place, registry=known, **options)
    if not shown.results:
        raise Unavailable(f"{place.code}: no indicator has a figure")
    pillars = None
    if "pillars" in known.indicator_sets:
        pillars = profile(place, indicators="pillars", registry=known, **options)
    return Portrait(
        place,
        shown,
        pillars if pillars is not None and pillars.results else None,
        tuple(_series(place, shown, known, chosen)),
        _specialisations(place, known, chosen),
        _sensitivity(place, known, options),
        tuple(_audits(place, known)),
        known,
    )


def _series(
    place: Region, shown: Profile, registry: Registry, chosen: Options
) -> Iterator[Timeline]:
    """What changed in the years up to that of the profile."""
    newest = max((one.year for one in shown.results if one.year is not None), default=None)
    last = chosen.year or newest
    if last is None:
        return
    years = range(last - _YEARS + 1, last + 1)
    for code in _OVER_YEARS:
        if code in registry.indicators:
            try:
                found = series(
                    place, code, years=years, registry=registry, membership=chosen.membership
                )
            except BajioError:
                continue  # it has no such figures: the profile says why
            if len(found.results) > 1:
                yield found


def _specialisations(place: Region, registry: Registry, chosen: Options) -> Specialisations | None:
    try:
        return specialisations(place, registry=registry, year=chosen.year)
    except BajioError:
        return None  # there are no figures by activity


def _sensitivity(place: Region, registry: Registry, options: Asked) -> Sensitivity | None:
    try:
        return sensitivity(place, _MAIN, registry=registry, **options)
    except BajioError:
        return None  # it has no rank


def _audits(place: Region, registry: Registry) -> Iterator[Audit]:
    """The audits of the claim sets that are of the region."""
    for code in registry.claim_sets:
        claims = registry.claim_sets[code]
        if any(claim.subject == place.code for claim in claims.claims):
            yield audit(claims, registry=registry)
