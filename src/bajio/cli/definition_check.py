"""What is wrong with a file of definitions: its text, the laws, and the figures that it expects."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from warnings import catch_warnings

from bajio.errors import BajioError, shown
from bajio.readers.sheet_readings import Fault

if TYPE_CHECKING:
    from bajio.facts.observations import Exact
    from bajio.readers.definition_files import Definitions, Expected, Lines
    from bajio.registry import Registry
    from bajio.registry.plugins import Failure

#: The section of what a hook gives, and its key that speaks of other things.
_HOOKS = {
    "bajio_indicators": ("indicator", "formula"),
    "bajio_indicator_sets": ("set", "indicators"),
    "bajio_regions": ("region", "members"),
    "bajio_peer_groups": ("peer-group", "members"),
    "bajio_composites": ("composite", "components"),
}
#: What each key takes, where the message does not say it.
_EXPECTED = {
    "code": "a name of its own in kebab-case, as jobs-per-head",
    "formula": "a rule as text, as sum(gdp) / sum(population)",
    "unit": "a unit, as person or USD/person, and 1 for a plain number",
    "label": 'a text, or { en = "...", es = "..." }',
    "members": 'names or codes of areas, as ["Jalisco", "MX-COL"]',
    "area": "the name or code of an area",
    "indicators": 'codes of indicators, as ["gdp", "population"]',
    "components": 'codes of two indicators or more, as ["gdp", "population"]',
    "region": "the code or name of a region or an area",
    "indicator": "the code of an indicator: `bajio indicators` lists them",
    "year": "a year, as 2018",
    "joined": "a year, as 2018",
    "left": "a year, as 2018",
    "value": "a number, as 1234.5",
    "tolerance": "a number, as 0.01",
    "weight": "a number, as 0.5",
}
#: What is expected where it is told in passing.
_TOLD = {
    "is given twice": "keep one",
    "below its minimum": "no less than that",
    "is not a finite number": "a number, as 1234.5",
}


def expected_of(key: str, problem: str) -> tuple[str, str]:
    """What was found, and what was expected, of a problem that is told in one sentence.

    Examples:
        >>> expected_of("year", "'x' is not a year")
        ("'x' is not a year", 'a year, as 2018')
        >>> expected_of("", "unknown area 'Jalico': did you mean 'MX-JAL' (Jalisco)?")
        ("unknown area 'Jalico'", "did you mean 'MX-JAL' (Jalisco)?")
    """
    start, separator, expected = problem.partition(": ")
    if separator:
        return start, expected
    if problem.startswith("unknown "):
        return start, _EXPECTED.get(key, "what there is: `bajio areas`, `bajio indicators`")
    for mark, expected in _TOLD.items():
        if mark in problem:
            return problem, expected
    if problem.startswith("it lacks "):
        key = problem.split("'")[1]
    return problem, _EXPECTED.get(key, "leave it out, or mend it")


def is_definitions(file: str) -> bool:
    """Whether a TOML file is one of definitions, and not of claims."""
    import tomllib

    from bajio.files import read_file

    try:
        sections = tomllib.loads(read_file(file).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return "claim" not in sections and "claims" not in sections and "title" not in sections


def definition_faults(file: str) -> Iterator[Fault]:
    """All that is wrong with a file of definitions.

    Its indicators are held to the laws that plugins' are held to, and to the figures that the file
    itself expects.
    """
    from bajio.readers.definition_files import all_definitions
    from bajio.registry import Registry, built_ins
    from bajio.registry.plugins import as_plugin, installed, unique

    definitions = all_definitions(file)
    faults = [
        Fault(
            fault.place,
            fault.line,
            fault.key,
            *expected_of(fault.key.rpartition(".")[2], fault.problem),
        )
        for fault in definitions.faults
    ]
    mine = as_plugin(definitions.name, definitions)
    known = [*built_ins().values(), *installed()]
    faults += _held(definitions, Registry(unique([*known, mine])))
    yield from sorted(faults, key=lambda one: one.row or 0)


def pack_faults(folder: str, registry: "Registry") -> Iterator[Fault]:
    """All that is wrong with what a pack's file of definitions declares, as of a file by itself."""
    from bajio.registry.own_data import read_package

    data = read_package(folder, registry)
    if data.definitions is not None:
        yield from _held(data.definitions, registry.with_data(data))


def _held(definitions: "Definitions", registry: "Registry") -> Iterator[Fault]:
    """What does not hold of definitions where they are among what there is."""
    with catch_warnings(action="ignore"):  # they are told as faults
        sizes = [len(shelf) for shelf in (registry.indicators, registry.regions)]
        sizes += [len(registry.indicator_sets), len(registry.peer_groups), len(registry.composites)]
    declared = {(section, code) for section, code, _ in definitions.lines}
    for failure in registry.failures if any(sizes) else ():
        if not _follows(failure.reason, declared):
            yield _failed(failure, definitions)
    with catch_warnings(action="ignore"):  # of what the laws are tried on
        yield from list(_broken_laws(definitions, registry))
    for expected in definitions.expected:
        yield from _unexpected(expected, registry, definitions.lines)


def _follows(text: str, declared: set[tuple[str, str]]) -> bool:
    """Whether it is told that something is unknown which the file declares: what is wrong is that.

    Examples:
        >>> _follows("unknown indicator 'x': did you mean 'y'?", {("indicator", "x")})
        True
    """
    return any(text.startswith(f"unknown {section} {shown(code)}") for section, code in declared)


def _failed(failure: "Failure", definitions: "Definitions") -> Fault:
    """Something of a file that cannot be used where it stands among what there is."""
    section, key = _HOOKS.get(failure.hook, ("", ""))
    if section == "indicator" and "unit" in failure.reason:
        key = "unit"
    codes = {code for own, code, _ in definitions.lines if own == section}
    code = next((one for one in codes if failure.cure.startswith(f"mend {shown(one)},")), "")
    line = definitions.lines.get((section, code, key))
    place = f"{section} {shown(code)}" if code else section
    return Fault(place, line, key if line else "", *expected_of(key, failure.reason))


def _broken_laws(definitions: "Definitions", registry: "Registry") -> Iterator[Fault]:
    from bajio.testing import NotConforming, check_indicator, check_region

    checks: list[tuple[str, str, Callable[[], object]]] = [
        *(
            ("indicator", indicator.code, partial(check_indicator, indicator, registry))
            for indicator in definitions.indicators
            if indicator.code in registry.indicators
        ),
        *(
            ("region", region.code, partial(check_region, registry.regions[region.code], registry))
            for region in definitions.regions
            if region.code in registry.regions
        ),
    ]
    for section, code, check in checks:
        try:
            check()
        except NotConforming as error:
            for finding in error.findings:
                law = f"law {finding.law.code!r}: {finding.law.sentence} {finding.law.cure}"
                line = definitions.lines.get((section, code, ""))
                yield Fault(f"{section} {shown(code)}", line, "", finding.told, law)


def _unexpected(expected: "Expected", registry: "Registry", lines: "Lines") -> Iterator[Fault]:
    from bajio.questions.single import evaluate

    when = f" in {expected.period}" if expected.period else ""
    place = f"expect {expected.indicator!r} of {expected.region!r}{when}"
    try:
        result = evaluate(
            expected.region, expected.indicator, registry=registry, period=expected.period or None
        )
    except BajioError as error:
        text = str(error)
        declared = {(section, code) for section, code, _ in lines}
        if not _follows(text, declared):
            yield Fault(place, expected.line, "", text, f"it should be {_written(expected.value)}")
        return
    if not expected.period and result.period is not None:
        yield Fault(
            place, expected.line, "", "it lacks 'year'", f"year = {result.year}, or a period"
        )
    elif not expected.fits(result.exact):
        margin = f", within {float(expected.tolerance):g}" if expected.tolerance else ""
        yield Fault(
            place,
            expected.line,
            "value",
            _written(result.exact),
            f"it should be {_written(expected.value)}{margin}",
        )


def _written(value: "Exact") -> str:
    """A number with all the digits that tell it from another one."""
    return f"{float(value):.10g}"
