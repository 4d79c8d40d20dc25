"""Every type that one meets in answers can be imported from where users look."""

import builtins
import importlib
import inspect
import pkgutil
import sys
import types
import typing

import bajio

#: What stands behind answers, and is looked at by nobody who only asks.
BEHIND = (
    *("bajio.engines.array", "bajio.engines.planning", "bajio.facts.recognition"),
    *("bajio.facts.tables", "bajio.rules."),
)
#: Of parts of sentences, and of tables of figures.
LEFT = {"Said", "Mark"}
QUESTIONS = [
    *("profile", "evaluate", "break_down", "evaluate_many", "evaluate_chunks", "rank", "standings"),
    *("compare", "series", "difference", "sensitivity", "decompose", "composite", "search"),
    *("specialisations", "audit", "region", "list_regions", "list_indicators", "list_measures"),
    *("list_peer_groups", "list_datasets", "read_claims", "dataset", "read_package"),
]


def classes():
    """The classes of the package by name, as annotations that are texts name them."""
    for module in pkgutil.walk_packages(bajio.__path__, "bajio."):
        if "testing" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {
        name: value
        for module, held in list(sys.modules.items())
        if module.partition(".")[0] == "bajio"
        for name, value in vars(held).items()
        if inspect.isclass(value)
    }


def read(annotation, module, known):
    if not isinstance(annotation, str):
        return annotation
    names = {**vars(typing), **vars(builtins), **known, **vars(sys.modules[module])}
    try:
        return eval(annotation, names)  # noqa: S307  # they are the project's own
    except NameError:  # a type of another library
        return None


def annotations(kind):
    """The types of a class's public fields, and of what its public methods answer."""
    for one in kind.__mro__:
        if not one.__module__.startswith("bajio"):
            continue
        for name, annotation in vars(one).get("__annotations__", {}).items():
            if not name.startswith("_"):
                yield annotation, one.__module__
        for name, value in vars(one).items():
            function = getattr(value, "fget", getattr(value, "__func__", value))
            if not name.startswith("_") and inspect.isfunction(function):
                yield function.__annotations__.get("return"), one.__module__


def within(annotation):
    """The classes that a type is made of."""
    if isinstance(annotation, list):
        for one in annotation:
            yield from within(one)
    elif typing.get_origin(annotation) or isinstance(annotation, types.UnionType):
        for one in (typing.get_origin(annotation), *typing.get_args(annotation)):
            yield from within(one)
    elif inspect.isclass(annotation) and annotation.__module__.startswith("bajio"):
        yield annotation


def test_every_type_of_an_answer_is_importable():
    known = classes()
    functions = [getattr(bajio, name) for name in QUESTIONS]
    waiting = [(one.__annotations__["return"], one.__module__) for one in functions]
    met = {}
    while waiting:
        for kind in within(read(*waiting.pop(), known)):
            if kind.__module__.startswith(BEHIND) or kind in met:
                continue
            met[kind] = True
            waiting += annotations(kind)
    public = {
        getattr(module, name)
        for module in (bajio, bajio.answers, bajio.rules, bajio.errors)
        for name in module.__all__
    }
    assert len(met) > 80
    assert {kind.__name__ for kind in met if kind not in public} <= LEFT
