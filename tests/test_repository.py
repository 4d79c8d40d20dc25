"""The repository keeps its own rules: names, sizes, docstrings, and no traces of a machine."""

import ast
import os
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import bajio

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "bajio"
MODULES = sorted(PACKAGE.rglob("*.py"))
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

MADE = {"__pycache__", "build", "dist", "venv"}
"""Folders that tools make; those that begin with a dot are left out as well, save `.ci`."""

MACHINE_PATH = re.compile(
    r"""(?<![\w.:/\-])/(?:home|media|mnt|opt|private|root|tmp|Users|var|Volumes|work)/\w"""
    r"""|(?<!\w)[A-Z]:\\\w"""
)
VAGUE = {"base", "common", "core", "helper", "helpers", "misc", "tools", "util", "utils"}
MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 50


def name(path):
    return path.relative_to(ROOT).as_posix()


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=name)


def files():
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [
            sub
            for sub in subfolders
            if sub == ".ci" or not (sub.startswith(".") or sub in MADE or sub.endswith(".egg-info"))
        ]
        yield from (
            Path(folder, one)
            for one in names
            if not (one.endswith((".pyc", ".git")) or one.startswith(".coverage"))
        )


def own_lines(function):
    """Lines of a function without its docstring."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        first = function.body[0]
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_no_file_carries_a_path_of_a_machine():
    found = []
    for path in files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{name(path)}: {hit[0]}" for hit in MACHINE_PATH.finditer(text)]
    assert found == []


@pytest.mark.parametrize("path", ["/home" + "/ana/x", "see /work" + "/x", '"C:' + '\\Users"'])
def test_a_path_of_a_machine_is_known_when_seen(path):
    assert MACHINE_PATH.search(path)


@pytest.mark.parametrize("text", ["example.org/home/x", "https://example.org/work/x", "km²/person"])
def test_other_slashes_are_not_taken_for_one(text):
    assert not MACHINE_PATH.search(text)


def test_files_are_text_in_utf_8_with_the_line_ends_of_unix():
    for path in files():
        assert "\r" not in path.read_bytes().decode("utf-8"), name(path)


def test_modules_say_in_their_names_what_they_hold():
    assert [name(path) for path in MODULES if VAGUE & {path.stem, path.parent.name}] == []


@pytest.mark.parametrize("folder", ["src", "tests", "scripts", "examples", "benchmarks"])
def test_no_module_hides_one_of_the_standard_library(folder):
    """Those beside a program come first on the path; a module inside bajio hides none."""
    taken = {path.stem for path in (ROOT / folder).glob("*") if path.suffix in {"", ".py"}}
    assert not taken & sys.stdlib_module_names


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path):
    """All nodes of a module, read once."""
    return list(ast.walk(parsed(path)))


def defined(kind):
    """Where each class, or each module, of the package is defined, by its name."""
    places = defaultdict(list)
    for path in MODULES:
        if kind == "module":
            places[path.parent.name if path.stem == "__init__" else path.stem].append(path)
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path)
    return places


@pytest.mark.parametrize("kind", ["class", "module"])
def test_no_name_stands_for_two_things(kind):
    assert {one for one, places in defined(kind).items() if len(places) > 1} == set()


@pytest.mark.parametrize("engine", ["bajio.engines.array"])
def test_an_engine_is_entered_by_its_door(engine):
    inside = ROOT / "src" / Path(*engine.split("."))
    others = [path for path in MODULES if inside not in path.parents]
    past = {
        (name(path), node.module)
        for path in others
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{engine}.")
    }
    assert past == set()


def test_modules_are_short():
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {one: lines for one, lines in sizes.items() if lines > MOST_LINES_OF_A_MODULE} == {}


def test_functions_are_short():
    functions = [
        (name(path), node)
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [
        (path, one.name) for path, one in functions if own_lines(one) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def is_overload(node):
    """Whether it only says once more, for type checkers, what the function after it takes."""
    return [one.id for one in node.decorator_list if isinstance(one, ast.Name)] == ["overload"]


def test_public_functions_and_classes_have_docstrings():
    public = [
        (name(path), node)
        for path in MODULES
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not is_overload(node)
    ]
    assert [name(path) for path in MODULES if not ast.get_docstring(parsed(path))] == []
    assert [(path, one.name) for path, one in public if not ast.get_docstring(one)] == []


def test_the_changelog_has_the_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(bajio.__version__)}\]", changelog, re.MULTILINE)


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").exists()


@each(EXAMPLES)
def test_examples_are_mentioned_in_a_document(path):
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(name(path) in text.read_text(encoding="utf-8") for text in documents)


def test_the_index_names_every_guide_and_leads_to_every_document():
    folder = ROOT / "docs"
    index, reached = folder / "index.md", set()
    named = links_of(index)
    assert [path.name for path in folder.glob("*.md") if path not in {index, *named}] == []
    ahead = {index}
    while ahead:
        reached |= ahead
        ahead = {path for document in ahead for path in links_of(document)} - reached
    assert [name(path) for path in sorted(folder.rglob("*.md")) if path not in reached] == []


def links_of(document):
    links = re.findall(r"\]\(([^)#:]+\.md)[)#]", document.read_text(encoding="utf-8"))
    paths = {(document.parent / link).resolve() for link in links}
    return {path for path in paths if path.exists()}


def test_the_guide_to_the_house_names_what_is_there():
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:/|\.py))`", guide))
    roots = (PACKAGE, ROOT, ROOT / "src")
    assert len(named) > 40
    assert [one for one in sorted(named) if not any((root / one).exists() for root in roots)] == []
