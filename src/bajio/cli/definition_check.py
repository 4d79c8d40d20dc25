"""What is wrong with a file of definitions: its text, the laws, and the figures that it expects."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from warnings import catch_warnings

from bajio.errors import BajioError
from bajio.readers.sheet_readings import Fault

if TYPE_CHECKING:
    from bajio.readers.definition_files import Definitions, Expected
    from bajio.registry import Registry


def is_definitions(file: str) -> bool:
    """Whether a TOML file is one of definitions, and not of claims."""
    import tomllib

    from bajio.files import read_file

    try:
        given = tomllib.loads(read_file(file).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return "claim" not in given and "claims" not in given and "title" not in given


def definition_faults(file: str) -> Iterator[Fault]:
    """All that is wrong with a file of definitions.

    Its indicators are held to the laws that plugins' are held to, and to the figures that the file
    itself expects.
    """
    from bajio.readers.definition_files import all_definitions
    from bajio.registry import Registry

    definitions = all_definitions(file)
    if definitions.faults:
        for told in definitions.faults:
            yield _fault("", told)
        return
    yield from _held(definitions, Registry.load(file))


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
    for failure in registry.failures if any(sizes) else ():
        yield _fault("", f"{failure.reason}: {failure.cure}")
    with catch_warnings(action="ignore"):  # of what the laws are tried on
        yield from list(_broken_laws(definitions, registry))
    for one in definitions.expected:
        yield from _unexpected(one, registry)


def _fault(place: str, told: str) -> Fault:
    found, separator, expected = told.partition(": ")
    return Fault(place, None, "", found, expected if separator else "see the documentation")


def _broken_laws(definitions: "Definitions", registry: "Registry") -> Iterator[Fault]:
    from bajio.testing import NotConforming, check_indicator, check_region

    checks: list[tuple[str, Callable[[], object]]] = [
        *(
            (f"indicator {one.code!r}", partial(check_indicator, one, registry))
            for one in definitions.indicators
            if one.code in registry.indicators
        ),
        *(
            (f"region {one.code!r}", partial(check_region, registry.regions[one.code], registry))
            for one in definitions.regions
            if one.code in registry.regions
        ),
    ]
    for place, check in checks:
        try:
            check()
        except NotConforming as error:
            for finding in error.findings:
                law = f"law {finding.law.code!r}: {finding.law.sentence} {finding.law.cure}"
                yield Fault(place, None, "", finding.told, law)


def _unexpected(one: "Expected", registry: "Registry") -> Iterator[Fault]:
    from bajio.questions.single import evaluate

    place = f"expect {one.indicator!r} of {one.region!r} in {one.period}"
    try:
        result = evaluate(one.region, one.indicator, registry=registry, period=one.period)
    except BajioError as error:
        yield Fault(place, None, "", str(error), f"it should be {float(one.value):g}")
        return
    if not one.fits(result.exact):
        expected = f"it should be {float(one.value):g}, within {float(one.tolerance):g}"
        yield Fault(place, None, "", f"{result.value:g}", expected)
