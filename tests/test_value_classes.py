"""Classes of values: how they show themselves, are compared, and keep what they have worked out."""

import pkgutil
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module

import attrs
import pytest

import bajio
from bajio.brief import Alike, Brief
from bajio.rules.rule import Rule

#: The values of engines, and of what asks them, that are alike where their fields are. All others
#: there hold arrays, or what runs, and are alike where they are the same.
COMPARED = {
    "bajio.engines": """Aim Collected Coverage Gap General LeafTerm Limit Linear MemberRule Opaque
        Outcome Planner Quotient Response Split State Together _Gaps""",
    "bajio.engines.array": """BestSets Estimate ExactAnswer Exactness Peer RegionGroup Rounding
        Surrounding _Trust""",
    "bajio.engines.frame": "Hosts Layout SpreadSplit TableFigure TableRate",
    "bajio.questions.audit": """Change Choice Close Conflict Figure Figures FiguresByYear Finding
        Greater Grounds GroundsOfYear Product Quantity Remark Slip Span Total YearsHeld""",
    "bajio.questions.bulk": "BulkTable Settings",
}


def classes() -> Iterator[type]:
    for module in pkgutil.walk_packages(bajio.__path__, "bajio."):
        if not module.name.endswith("__main__"):
            for one in vars(import_module(module.name)).values():
                if isinstance(one, type) and one.__module__ == module.name and attrs.has(one):
                    yield one


CLASSES = sorted(set(classes()), key=lambda one: (one.__module__, one.__qualname__))


def is_generated(method: object) -> bool:
    code = getattr(method, "__code__", None)
    return code is not None and code.co_filename.startswith("<attrs generated")


def test_values_that_are_met_show_themselves_briefly():
    long = [one for one in CLASSES if issubclass(one, Brief | Rule) and is_generated(one.__repr__)]
    assert long == []


def test_what_is_kept_is_kept_beside_the_fields():
    """With slots attrs would look through all cached properties whenever one is asked for."""
    keeping = [
        one
        for one in CLASSES
        if any(
            isinstance(value, cached_property)
            for base in one.__mro__
            for value in vars(base).values()
        )
    ]
    assert [one for one in keeping if not one.__dictoffset__] == []


@pytest.mark.parametrize("package", COMPARED)
def test_which_values_are_alike_where_their_fields_are(package):
    own = [one for one in CLASSES if one.__module__.rpartition(".")[0] == package]
    compared = sorted(
        one.__name__ for one in own if is_generated(one.__eq__) or issubclass(one, Alike)
    )
    assert compared == sorted(COMPARED[package].split())
