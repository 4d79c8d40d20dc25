"""The conformance kit: runs every law that applies to an indicator, a dataset or a region.

One generator of findings serves the functions that raise, pytest, and the command line.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any

from attrs import field, frozen
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable

from bajio.composites import Composite
from bajio.errors import BajioError, UnitMismatch
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.registry import Registry, known_by
from bajio.rules.axes import Table
from bajio.rules.dimension import check_unit
from bajio.testing import aggregation_laws, composite_laws, fact_laws, figure_laws, spread_laws
from bajio.testing.composite_laws import CompositeCase
from bajio.testing.fact_laws import DatasetCase, RegionCase
from bajio.testing.law import Broken, IndicatorCase, Law, cases, table_of

MEANING = Law(
    "meaning",
    "A rule means something: it names known measures, sums no rate, mixes no price bases.",
    "The indicator would be set aside when bajio is started.",
    "Follow what the message says.",
    lambda _case: True,
    lambda _case: None,
    generated=False,
)
INDICATOR_LAWS = (MEANING, *figure_laws.LAWS, *aggregation_laws.LAWS, *spread_laws.LAWS)
DATASET_LAWS = fact_laws.DATASET_LAWS
REGION_LAWS = fact_laws.REGION_LAWS
COMPOSITE_LAWS = composite_laws.COMPOSITE_LAWS
_UNIT = next(law for law in INDICATOR_LAWS if law.code == "unit")
Subject = Indicator | Dataset | Region | Composite


class TrialState(StrEnum):
    """How a trial ended."""

    KEPT = "kept"
    BROKEN = "broken"
    UNTESTED = "untested"


@frozen
class LawFinding:
    """How one law fared with one subject.

    Attributes:
        subject: its code.
        law: what was tried.
        state: `kept`, `broken`, or `untested` where no example had a value.
        told: what was seen, where it is broken.
        example: the smallest figures that show it, as a small table; empty where there are none.
    """

    subject: str
    law: Law
    state: TrialState = TrialState.KEPT
    told: str = ""
    example: str = ""

    def __str__(self) -> str:
        if self.state is not TrialState.BROKEN:
            return f"{self.subject}: the law '{self.law.code}' is {self.state}"
        lines = [f"{self.subject} breaks the law '{self.law.code}'. {self.law.sentence}", ""]
        lines += [f"  Seen: {self.told}", ""]
        lines += [f"    {row}" for row in self.example.splitlines()] + [""] * bool(self.example)
        lines += [f"  What a user would see: {self.law.seen}", f"  How to mend it: {self.law.cure}"]
        return "\n".join(lines)


@frozen
class Trial:
    """One law for one subject: what pytest shows as one test.

    Attributes:
        subject: code of the indicator, dataset, region or composite.
        law: what is tried.
        case: what it is tried on; the error, where there is none.
    """

    subject: str
    law: Law
    case: Any = field(repr=False)

    def run(self) -> LawFinding:
        """Try the law."""
        if isinstance(self.case, BajioError):
            return LawFinding(self.subject, self.law, TrialState.BROKEN, str(self.case))
        try:
            if self.law.generated:
                _search(self.law, self.case)
            else:
                self.law.check(self.case)
        except Broken as broken:
            example = table_of(broken.world, broken.members) if broken.world else ""
            return LawFinding(self.subject, self.law, TrialState.BROKEN, broken.told, example)
        except Unsatisfiable:
            return LawFinding(self.subject, self.law, TrialState.UNTESTED)
        return LawFinding(self.subject, self.law)


class NotConforming(AssertionError):
    """A subject breaks laws; each is told in full.

    Attributes:
        findings: the laws that are broken.
    """

    def __init__(self, findings: tuple[LawFinding, ...]) -> None:
        self.findings = findings
        super().__init__("\n\n".join(["", *map(str, findings)]))


def trials(subject: Subject, registry: Registry | None = None) -> Iterator[Trial]:
    """The laws that apply to a subject, each ready to be tried.

    Args:
        subject: an indicator, a dataset, a region or a composite.
        registry: what is known; the built-ins and installed plugins, if not given.

    Examples:
        >>> import bajio
        >>> [trial.law.code for trial in trials(bajio.region("bajio"))]
        ['members', 'disjoint', 'founded', 'answered']
    """
    known = known_by(registry)
    if isinstance(subject, Indicator):
        yield from _indicator_trials(subject, known)
    elif isinstance(subject, Dataset):
        for law in DATASET_LAWS:
            yield Trial(subject.name, law, DatasetCase(subject, known))
    elif isinstance(subject, Composite):
        yield from _composite_trials(subject, known)
    else:
        for law in REGION_LAWS:
            yield Trial(subject.code, law, RegionCase(subject, known))


def _indicator_trials(indicator: Indicator, registry: Registry) -> Iterator[Trial]:
    try:
        cases_found = cases(indicator, registry)
        for case in cases_found.values():
            check_unit(case.plan, indicator.unit, registry.dataset.measures)
    except UnitMismatch as error:
        yield Trial(indicator.code, _UNIT, error)
        return
    except BajioError as error:
        yield Trial(indicator.code, MEANING, error)
        return
    for name, case in cases_found.items():
        for law in INDICATOR_LAWS:
            if law.applies(case):
                yield Trial(name, law, case)
    if isinstance(indicator.rule, Table):
        yield from _table_trials(indicator, registry, indicator.rule)


def _composite_trials(composite: Composite, registry: Registry) -> Iterator[Trial]:
    try:
        case = CompositeCase(composite, registry)
    except BajioError as error:
        yield Trial(composite.code, MEANING, error)
        return
    for law in COMPOSITE_LAWS:
        if law.applies(case):
            yield Trial(composite.code, law, case)


def _table_trials(indicator: Indicator, registry: Registry, table: Table) -> Iterator[Trial]:
    """Whether members keep their rows, and whether a table's values add up to its total."""
    laws = [spread_laws.ROWS] if table.by_member else []
    laws += [spread_laws.DECOMPOSITION] if table.total is not None else []
    case: Any
    try:
        case = spread_laws.TableCase(indicator, registry)
    except BajioError as error:
        case = error
    for law in laws:
        yield Trial(indicator.code, law, case)


def laws_of(subject: Subject) -> tuple[Law, ...]:
    """The laws that there are for a thing of its kind, whether or not they apply to it."""
    if isinstance(subject, Indicator):
        return INDICATOR_LAWS
    if isinstance(subject, Dataset):
        return DATASET_LAWS
    return COMPOSITE_LAWS if isinstance(subject, Composite) else REGION_LAWS


def check_indicator(indicator: Indicator, registry: Registry | None = None) -> tuple[str, ...]:
    """Try every law that applies to an indicator, on generated and on registered data.

    Args:
        indicator: registered or not.
        registry: what its measures are looked up in; the default one, if not given.

    Returns:
        Codes of the laws that it keeps.

    Raises:
        NotConforming: it breaks laws, each told with the smallest figures that show it.

    Examples:
        >>> import bajio
        >>> from bajio.testing import check_indicator
        >>> "replication" in check_indicator(bajio.list_indicators()["population-density"])
        True
    """
    return _check(indicator, registry)


def check_dataset(dataset: Dataset, registry: Registry | None = None) -> tuple[str, ...]:
    """Try every law of datasets: sources, units, price bases, forecasts, sums of parts.

    Args:
        dataset: registered or not.
        registry: what its areas are looked up in; the default one, if not given.

    Returns:
        Codes of the laws that it keeps.

    Raises:
        NotConforming: it breaks laws.
    """
    return _check(dataset, registry)


def check_region(region: Region, registry: Registry | None = None) -> tuple[str, ...]:
    """Try every law of regions: known and disjoint members, a basis, an answer.

    Args:
        region: registered or not.
        registry: what its areas are looked up in; the default one, if not given.

    Returns:
        Codes of the laws that it keeps.

    Raises:
        NotConforming: it breaks laws.

    Examples:
        >>> import bajio
        >>> from bajio.testing import check_region
        >>> check_region(bajio.region("bajio"))
        ('members', 'disjoint', 'founded', 'answered')
    """
    return _check(region, registry)


def check_composite(composite: Composite, registry: Registry | None = None) -> tuple[str, ...]:
    """Try every law of composites: scores without order or scale, on their scale, ranked.

    Args:
        composite: registered or not.
        registry: what its indicators are looked up in; the default one, if not given.

    Returns:
        Codes of the laws that it keeps.

    Raises:
        NotConforming: it breaks laws, or names what is none.

    Examples:
        >>> import bajio
        >>> from bajio.testing import check_composite
        >>> both = bajio.Composite("both", "Both", ["gdp-per-capita", "exports-per-capita"])
        >>> check_composite(both)
        ('score-order', 'score-scale', 'score-ends')
    """
    return _check(composite, registry)


def _check(subject: Subject, registry: Registry | None) -> tuple[str, ...]:
    findings = [trial.run() for trial in trials(subject, registry)]
    broken = tuple(finding for finding in findings if finding.state is TrialState.BROKEN)
    if broken:
        raise NotConforming(broken)
    return tuple(finding.law.code for finding in findings if finding.state is TrialState.KEPT)


def subjects(registry: Registry, *, built_ins: bool = False) -> Mapping[str, tuple[Subject, ...]]:
    """What each plugin of a registry provides that laws are about, by the plugin's name.

    Args:
        registry: whose plugins.
        built_ins: whether the built-in ones are among them.
    """
    result: dict[str, tuple[Subject, ...]] = {}
    for loaded in registry.plugins:
        if loaded.plugin.origin == "built-in" and not built_ins:
            continue
        provided = loaded.provides
        names = provided.get("bajio_datasets", ())
        result[loaded.plugin.name] = (
            *(data for data in registry.datasets if data.name in names),
            *(registry.regions[code] for code in provided.get("bajio_regions", ())),
            *(registry.indicators[code] for code in provided.get("bajio_indicators", ())),
            *(registry.composites[code] for code in provided.get("bajio_composites", ())),
        )
    return result


def code_of(subject: Subject) -> str:
    """What a subject is called: a dataset's name, or the code of anything else."""
    return subject.name if isinstance(subject, Dataset) else subject.code


class _Enough(KeyboardInterrupt):
    """What ends a search early: Hypothesis passes on what is no error, and at once."""


#: How many examples are drawn for each that is to be tried, where few have a value, ...
_PATIENCE = 4
#: ... and which part of those that are to be tried has to have one even so.
_LEAST = 5


def _search(law: Law, case: IndicatorCase) -> None:
    """Look for the smallest example in which a law does not hold, always in the same way.

    Where a value is rare, as that of a half-life, the search ends after some that had one.
    """
    drawn = tried = 0
    broken = False

    @settings(
        max_examples=law.examples,
        derandomize=True,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attempt(data: st.DataObject) -> None:
        nonlocal drawn, tried, broken
        if drawn >= _PATIENCE * law.examples and tried >= law.examples // _LEAST and not broken:
            raise _Enough
        drawn += 1
        try:
            law.check(case, data)
        except Broken:
            broken = True  # what is left is to make the example small
            raise
        tried += 1

    with suppress(_Enough):
        attempt()
