"""A portrait: all that there is to say of a region, asked once, for a report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from attrs import field, frozen

from bajio.errors import BajioError, Unavailable
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.questions.asking import registry_with, select_with_sets, useful_options
from bajio.questions.audit.findings import Audit
from bajio.questions.choices import Asked, Options, RegionLike
from bajio.questions.comparison import Timeline, series
from bajio.questions.profile import Profile, profile
from bajio.questions.reported import Reported
from bajio.questions.results import Result
from bajio.questions.sensitivity import Sensitivity, sensitivity
from bajio.questions.specialisation import Specialisations, specialisations
from bajio.questions.variants import editions_read
from bajio.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.claims.claim_set import ClaimSet

#: What is told over the years, and how many of them.
_OVER_YEARS = ("population", "gdp", "gdp-growth", "insured-jobs")
_YEARS = 10
#: The indicator that is looked at more closely, where it has a figure.
_MAIN = "gdp"
#: What says of which time a question is, and how it ranks: series have other years, and no ranks.
_OF_ONE_TIME = frozenset({"year", "period", "peers", "host", "year_tolerance"})
_T = TypeVar("_T")


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return dict(values)


@frozen(repr=False)
class Portrait(Reported):
    """All that there is to say of a region.

    Attributes:
        region: of which region.
        profile: the usual profile.
        pillars: the indicators by pillar.
        series: what changed over the years.
        specialisations: what it is made of.
        spread: how far its members are apart.
        sensitivity: what its main rank hangs on.
        audits: of the claims that are made of it.
        lacking: of what there is nothing to say, by attribute, the reason.
        registry: what is known.
    """

    region: Region
    profile: Profile
    pillars: Profile | None
    series: tuple[Timeline, ...]
    specialisations: Specialisations | None
    spread: Profile | None
    sensitivity: Sensitivity | None
    audits: tuple[Audit, ...]
    lacking: Mapping[str, str] = field(converter=_plain)
    registry: Registry = field(eq=False, repr=False)

    @property
    def main(self) -> Result:
        """The result that is looked at more closely: GDP, or else the first."""
        results = self.profile.results
        return next((result for result in results if result.indicator.code == _MAIN), results[0])


def portrait(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    claims: "Iterable[str | Path | ClaimSet]" = (),
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Portrait:
    """All that there is to say of a region, for a report: `save("bajio.html")` writes it.

    Args:
        region, data, registry, options: as in `profile`; `against` and `level` are those of the
            specialisations.
        claims: sets of claims, or files of them, to be checked beside those that are known and
            about the region.

    Raises:
        BajioError: as in `profile`, or a file of claims is wrong.

    Examples:
        >>> found = portrait("bajio", year=2018)
        >>> found.profile["gdp"].rank.position, [str(one.indicator.code) for one in found.series]
        (57, ['population', 'gdp', 'gdp-growth', 'insured-jobs'])
        >>> portrait("GTM", year=2018).lacking["specialisations"]
        'Guatemala lies in no single country: there is no host'
    """
    known = registry_with(registry, data)
    chosen = useful_options(known, options)
    options.pop("against", None)
    options.pop("level", None)
    place = known.region(region)
    usual = profile(place, registry=known, **options)
    if not usual.results:
        raise Unavailable(f"{place.code}: no indicator has a figure")
    asked = _PortraitAsked(place, usual, known, chosen, options, tuple(claims))
    audits = asked.given_audits()
    codes = {result.indicator.code for result in usual.results}
    main = _MAIN if _MAIN in codes else usual.results[0].indicator.code
    return Portrait(
        place,
        usual,
        asked.tried("pillars", lambda: asked.set_of("pillars")),
        asked.tried("series", asked.series) or (),
        asked.tried("specialisations", asked.specialisations),
        asked.tried("spread", asked.spread),
        asked.tried(
            "sensitivity",
            lambda: sensitivity(place, main, registry=known, **asked.options_of(main)),
        ),
        (*audits, *(asked.tried("audits", asked.audits) or ())),
        asked.lacking,
        known,
    )


@frozen
class _PortraitAsked:
    """The questions of a portrait, and the reasons of those that have no answer."""

    place: Region
    shown: Profile
    registry: Registry
    chosen: Options
    options: Asked
    claims: "tuple[str | Path | ClaimSet, ...]"
    lacking: dict[str, str] = field(factory=dict)

    def tried(self, name: str, ask: Callable[[], _T]) -> _T | None:
        """The answer to a question; none where it has none, which is told of its name."""
        try:
            return ask()
        except BajioError as error:
            self.lacking[name] = str(error)
            return None

    def options_of(self, code: str) -> Asked:
        """The options of an indicator, or a set: with the editions that it reads."""
        indicators, _ = select_with_sets(self.registry, code)
        return {
            **self.options,
            "editions": editions_read(self.registry, indicators, self.chosen),
        }

    def specialisations(self) -> Specialisations:
        """What it is made of."""
        return specialisations(
            self.place,
            registry=self.registry,
            year=self.chosen.year,
            membership=self.chosen.membership,
            against=self.chosen.against,
            level=self.chosen.level,
            editions=self.options_of("location-quotient")["editions"],
        )

    def set_of(self, name: str, **others: Any) -> Profile:
        """The indicators of a set."""
        options: Asked = {**self.options_of(name), **others}  # type: ignore[typeddict-item]  # peers=None
        answer = profile(self.place, indicators=name, registry=self.registry, **options)
        if not answer.results:
            raise Unavailable(f"{self.place.code}: no indicator has a figure")
        return answer

    def spread(self) -> Profile:
        """How far the members are apart."""
        if len(self.shown.composition) < 2:
            raise Unavailable("one area alone has no spread")
        return self.set_of("spread", peers=None, host="keep", year_tolerance=0)

    def series(self) -> tuple[Timeline, ...]:
        """What changed in the years up to that of the profile."""
        timelines = tuple(self._series())
        if not timelines:
            raise Unavailable("there are no figures of several years")
        return timelines

    def _series(self) -> Iterator[Timeline]:
        known = (result.year for result in self.shown.results)
        newest = max((year for year in known if year is not None), default=None)
        last = self.chosen.year or newest
        if last is None:
            return
        years = range(last - _YEARS + 1, last + 1)
        for code in _OVER_YEARS:
            if code in self.registry.indicators:
                options = self.options_of(code).items()
                fewer = {name: value for name, value in options if name not in _OF_ONE_TIME}
                try:
                    course = series(self.place, code, years=years, registry=self.registry, **fewer)  # type: ignore[arg-type]  # options, fewer of them
                except BajioError:
                    continue  # it has no such figures: the profile says why
                if len(course.results) > 1:
                    yield course

    def given_audits(self) -> tuple[Audit, ...]:
        """The audits of the sets that were given."""
        if not self.claims:
            return ()
        from bajio.questions.audit.auditing import audit

        return tuple(audit(claim, registry=self.registry) for claim in self.claims)

    def audits(self) -> tuple[Audit, ...]:
        """The audits of the claim sets that are of the region; what audits is loaded for them."""
        sets = (self.registry.claim_sets[code] for code in self.registry.claim_sets)
        found = [
            claims
            for claims in sets
            if any(claim.subject == self.place.code for claim in claims.claims)
        ]
        if not found and not self.claims:
            raise Unavailable(f"there are no claims about {self.place.code!r}")
        if not found:
            return ()
        from bajio.questions.audit.auditing import audit

        return tuple(audit(claims, registry=self.registry) for claims in found)
