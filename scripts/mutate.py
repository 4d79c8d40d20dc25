"""Change the source in one place at a time and see whether a test notices.

python scripts/mutate.py [--sample 300] [--seed 1] [--jobs 2] [--package rules] [--only PLACE]

A mutant is one small change of an operator, a comparison, a constant or a return. First the tests
of the packages are run on a copy whose statements leave a mark when they are passed; a test that
fails there is told, and used no further. Then each mutant is tried, in a copy of the tree, against
the tests of its package that pass the changed statement, the quick ones first, as many as take a
minute (`--seconds`); the tree itself is left as it is. At last those that noticed something are
run without any change, each file for itself: what fails there as well has noticed nothing.

Mutants that no test can tell from the original are listed in `equivalent_mutants.toml`, each with
its reason. The exit status is 1 where fewer of the others are noticed than `--floor` says, and 2
where a test fails without any change. `--keep FOLDER` keeps the marks for the next run.
"""

import argparse
import compileall
import hashlib
import importlib
import multiprocessing
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from itertools import accumulate, zip_longest
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

import pytest
from attrs import field, frozen
from mutants import ROOT, Mutant, marked, mutants, mutated, swap

SOURCE = Path("src/bajio")
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

#: Seconds that a file of tests may take.
PATIENCE = 900

#: Bytes that a process may take: a mutant that grows without end is noticed.
MEMORY = 6 * 2**30

#: What each process would load for itself otherwise, where it is installed.
LOADED = ("hypothesis", "numpy", "pandas", "pyarrow", "narwhals", "pint", "polars", "duckdb")

_LOADED_BEFORE = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
_OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", _LOADED_BEFORE)

_LAWS = tuple(sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("tests/laws/test_*.py")))


def _tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/test_{name}.py" for name in names)


_QUESTIONS = _tests(
    "contract",
    "sensitivity",
    "difference",
    "compositions",
    "counts",
    "newest_year",
    "overlays",
    "overlay_laws",
    "rollup",
    "people_covered",
    "chosen_series",
    "notes",
    "editions",
    "reference",
    "copies",
)
_ARRAY = _tests("array_engine", "array_tables", "pooled_rules", "best_practice")
_AUDIT = _tests(
    "claims_by_hand",
    "findings_by_hand",
    "claims_of_months",
    "told_findings",
    "value_classes",
    "audit",
    "audit_backwards",
    "audit_spans",
    "audit_system",
    "claim_files",
)
_RULES = _tests(
    "spread",
    "structure",
    "regression",
    "dynamics",
    "custom_rules",
    "rule_sizes",
    "weights",
    "deflators",
    "currencies",
    "composite",
    "exact_functions",
    "value_classes",
)
_FRAMES = _tests(
    "frame",
    "frame_by_hand",
    "frame_columns",
    "frame_membership",
    "frame_rounding",
    "frame_ranking",
    "frame_agreement",
    "frame_built_ins",
    "frame_kernels",
    "value_classes",
    "frame_reference",
)
_SEARCH = _tests(
    "array_floats",
    "array_ladders",
    "enclosed_arithmetic",
    "judged_sets",
    "region_blocks",
    "search_kernels",
    "search",
    "value_classes",
)

#: The tests of each package; besides, all doctests.
TESTS = {
    "rules": (*_RULES, *_LAWS, *_QUESTIONS, *_ARRAY, *_tests("conformance_kit")),
    "engines/array": (*_ARRAY, *_SEARCH, *_LAWS, *_QUESTIONS),
    "engines/frame": _FRAMES,
    "engines": (
        *_LAWS,
        *_RULES,
        *_QUESTIONS,
        *_ARRAY,
        *_SEARCH,
        *_tests("evaluation", "blamed_figures", "decomposition", "bounds", "bounds_of_facts"),
    ),
    "questions/ranking.py": (*_LAWS, *_QUESTIONS, *_ARRAY, *_tests("cli")),
    "questions/peers.py": (*_LAWS, *_QUESTIONS, *_ARRAY, *_tests("cli")),
    "questions/neighbours.py": (*_LAWS, *_QUESTIONS, *_ARRAY, *_tests("cli", "numeral_edges")),
    "questions/compositions.py": (*_LAWS, *_QUESTIONS, *_AUDIT, *_tests("cli")),
    "questions/host_figures.py": (*_LAWS, *_QUESTIONS, *_AUDIT, *_tests("cli")),
    "questions/question.py": (*_LAWS, *_QUESTIONS, *_RULES, *_ARRAY, *_AUDIT),
    "facts/regions.py": (
        *_LAWS,
        *_QUESTIONS,
        *_tests("region_algebra", "blamed_figures", "plugins"),
    ),
    "words": (*_tests("words", "limits", "cli", "every_command"), *_AUDIT),
    "claims": (*_tests("printed_numbers", "numeral_edges", "amounts"), *_AUDIT, *_LAWS),
    "questions/audit": (*_AUDIT, *_LAWS, *_tests("cli")),
}
DOCTESTS = SOURCE.as_posix()

#: What looks at classes and passes none of their statements: for changes at the top of a module.
LOOKING = _tests("value_classes")

#: Tests by their file, with how many seconds each takes.
Files = dict[str, dict[str, float]]


@frozen
class Told:
    """What one test did: how it ended, for how long, which marks it passed."""

    test: str
    passed: bool
    seconds: float
    marks: frozenset[str]

    @property
    def file(self) -> str:
        """The file that it is in."""
        return self.test.partition("::")[0]


@frozen
class Noticed:
    """What the tests of one mutant said: which noticed it, of how many."""

    mutant: Mutant
    by: str | None
    tests: int


def _print(one: Noticed) -> None:
    by = f"noticed by {one.by}" if one.by else f"SURVIVES {one.tests} tests"
    print(f"{one.mutant}\n    {by}", flush=True)


@frozen(eq=False)
class _Watch:
    """A plugin of pytest that takes some tests of a file, and tells how each ended."""

    wanted: dict[str, float] | None = None
    told: list[Told] = field(factory=list)
    failed: set[str] = field(factory=set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take those that are wanted, the quick ones first."""
        wanted = self.wanted
        if wanted is not None:
            items[:] = [one for one in items if one.nodeid in wanted]
            items.sort(key=lambda one: wanted[one.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure in whatever part."""
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterable[None]:
        """Time one test; end the process where it takes far longer than it did."""
        marks: set[str] = getattr(sys.modules.get("bajio._passed"), "passed", set())
        marks.clear()
        if self.wanted is not None:
            signal.setitimer(signal.ITIMER_REAL, 30 + 20 * self.wanted[item.nodeid])
        began = perf_counter()
        result = yield
        seconds = perf_counter() - began
        signal.setitimer(signal.ITIMER_REAL, 0)
        marks = getattr(sys.modules.get("bajio._passed"), "passed", set())
        failed = item.nodeid in self.failed
        self.told.append(Told(item.nodeid, not failed, seconds, frozenset(marks)))
        return result


def _pytest(path: str, watch: _Watch, *options: str) -> int:
    return int(pytest.main([*_OPTIONS, *options, path], plugins=[watch]))


def _inside(tree: Path, work: Callable[[], object], pipe: Connection) -> None:
    """What a process of its own does in a tree, telling only its result."""
    os.setsid()
    os.chdir(tree)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    sys.path.insert(0, str(tree / "src"))
    os.environ["PYTHONPATH"] = str(tree / "src")
    pipe.send(work())


def _apart(tree: Path, work: Callable[[], object], seconds: float) -> object:
    """The result of some work in a forked process; none where it ends without."""
    context = multiprocessing.get_context("fork")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_inside, args=(tree, work, its))
    process.start()
    its.close()
    try:
        return mine.recv() if mine.poll(seconds) else None
    except EOFError:
        return None
    finally:
        process.kill()
        with suppress(ProcessLookupError):  # what it has started
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()


@cache
def _tree(folder: Path, *, with_marks: bool) -> Path:
    """A copy of the project for this process."""
    tree = folder / f"{os.getpid()}{'-marked' * with_marks}"
    ignored = shutil.ignore_patterns(".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, tree, ignore=ignored)
    if with_marks:
        for path in (tree / SOURCE).rglob("*.py"):
            name = path.relative_to(tree).as_posix()
            if "testing" not in name:  # what writes new projects reads its own source
                path.write_text(marked(path.read_text("utf-8"), name), "utf-8")
        (tree / SOURCE / "_passed.py").write_text("passed = set()\n", "utf-8")
    compileall.compile_dir(tree / "src", quiet=2)
    return tree


def package_of(module: str) -> str:
    """The narrowest entry of `TESTS` that a module belongs to."""
    below = module.removeprefix(f"{SOURCE.as_posix()}/")
    owners = [name for name in TESTS if below == name or below.startswith(f"{name}/")]
    return max(owners, key=len)


def modules(packages: list[str]) -> list[Path]:
    """The modules of some packages, those of narrower ones aside."""
    found = []
    for name in packages:
        at = ROOT / SOURCE / name
        paths = [at] if at.suffix == ".py" else sorted(at.rglob("*.py"))
        found += [p for p in paths if package_of(p.relative_to(ROOT).as_posix()) == name]
    return found


def _run_whole(path: str) -> list[Told]:
    watch = _Watch()
    _pytest(path, watch)
    return watch.told


def watched(path: str, folder: Path, kept: Path | None) -> list[Told]:
    """What each test of a file passes, without any change; kept until something changes."""
    at = None if kept is None else kept / f"{_digest(path)}.pickle"
    if at is not None and at.exists():
        return pickle.loads(at.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 - our own
    told = _apart(_tree(folder, with_marks=True), partial(_run_whole, path), PATIENCE)
    if not isinstance(told, list):
        return [Told(path, passed=False, seconds=PATIENCE, marks=frozenset())]
    if at is not None:
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(pickle.dumps(told))
    return told


def _digest(path: str) -> str:
    sources = [p for p in (ROOT / SOURCE).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    shared = [p for p in (ROOT / "tests").rglob("*.py") if not p.name.startswith("test_")]
    own = [] if path == DOCTESTS else [ROOT / path]
    digest = hashlib.sha256(path.encode())
    for one in sorted({*sources, *shared, *own}):
        digest.update(one.read_bytes())
    return digest.hexdigest()[:20]


def reaching(mutant: Mutant, files: Iterable[str], told: Iterable[Told]) -> list[Told]:
    """Those among the tests of some files that pass a mutant's statement, or its module.

    What no test passes is at the top of a module, or worked out once, when something is loaded.
    """
    known = {*files}
    of_package = [one for one in told if one.file in known or one.file.startswith(DOCTESTS)]
    passing = [one for one in of_package if mutant.passed in one.marks]
    if passing:
        return passing
    module = f"{mutant.module}:"
    through = [one for one in of_package if any(m.startswith(module) for m in one.marks)]
    return through or of_package


def quickest(tests: Iterable[Told], seconds: float) -> list[Told]:
    """As many tests as can be run in some time, but for one at least."""
    told = sorted(tests, key=lambda one: one.seconds)
    spent = [*accumulate(one.seconds for one in told)]
    return [one for one, until in zip(told, spent, strict=True) if until <= seconds] or told[:1]


def by_file(tests: Iterable[Told]) -> Files:
    """Seconds of tests by their file, the file that is through first leading."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one in tests:
        found[one.file][one.test] = one.seconds
    return dict(sorted(found.items(), key=lambda item: sum(item[1].values())))


def _first_failure(files: Files) -> str:
    """The first test that fails, or the file that cannot be read; an empty text for none."""
    for path, wanted in files.items():
        watch = _Watch(wanted)
        code = _pytest(path, watch, "-x")
        if code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
            return min(watch.failed, default=path)
    return ""


def try_mutant(mutant: Mutant, files: Files, folder: Path) -> Noticed:
    """Which test notices a change, made in a copy of the tree."""
    tree = _tree(folder, with_marks=False)
    patience = 120 + 20 * sum(sum(tests.values()) for tests in files.values())
    module = tree / mutant.module
    original, stat = module.read_text("utf-8"), module.stat()
    module.write_text(mutated(original, mutant.number), "utf-8")
    try:
        by = _apart(tree, partial(_first_failure, files), patience)
    finally:
        module.write_text(original, "utf-8")
        os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # its bytecode stays valid
    tests = sum(map(len, files.values()))
    told = Noticed(mutant, "no end" if by is None else str(by) or None, tests)
    _print(told)
    return told


@frozen(eq=False)
class _Live:
    """A plugin of pytest that tries mutants on tests that are loaded, each in a forked process."""

    tries: list[tuple[Mutant, Files]]
    folder: Path
    found: list[Noticed] = field(factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants, in the place of running all tests."""
        items = {one.nodeid: one for one in session.items}
        tree = _tree(self.folder, with_marks=False)
        for mutant, files in self.tries:
            seconds = {test: took for tests in files.values() for test, took in tests.items()}
            work = partial(_first_of, mutant, items, seconds, tree)
            by = _apart(tree, work, 120 + 20 * sum(seconds.values()))
            told = Noticed(mutant, "no end" if by is None else str(by) or None, len(seconds))
            self.found.append(told)
            _print(told)
        return True


def _first_of(
    mutant: Mutant, items: dict[str, pytest.Item], seconds: dict[str, float], tree: Path
) -> str:
    """The first test, the quick ones leading, that fails with a change; an empty text for none."""
    below = Path(mutant.module).relative_to("src").with_suffix("")
    importlib.import_module(".".join(below.parts).removesuffix(".__init__"))
    if not swap(mutant, tree / mutant.module):
        return ""
    watch = _Watch(seconds)
    chosen = [items[test] for test in sorted(seconds, key=lambda one: seconds[one])]
    for item, after in zip_longest(chosen, chosen[1:]):
        item.config.pluginmanager.register(watch)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        item.config.pluginmanager.unregister(watch)
        if watch.failed:
            return item.nodeid
    return ""


def try_live(tries: list[tuple[Mutant, Files]], folder: Path) -> list[Noticed]:
    """Which tests notice changes inside functions: all tests are loaded once, and forked."""
    tree = _tree(folder, with_marks=False)
    os.chdir(tree)
    sys.path.insert(0, str(tree / "src"))
    os.environ["PYTHONPATH"] = str(tree / "src")
    live = _Live(tries, folder)
    paths = dict.fromkeys(path for _, files in tries for path in files)
    pytest.main([*_OPTIONS, "-s", *paths], plugins=[live])
    return live.found


def _all_failures(files: Files) -> set[str]:
    failed: set[str] = set()
    for path, wanted in files.items():
        watch = _Watch(wanted)
        _pytest(path, watch)
        failed |= watch.failed
    return failed


def false_alarms(files: Files, folder: Path) -> set[str]:
    """Those among the tests that noticed something that fail without any change too."""
    failed: set[str] = set()
    for path, wanted in files.items():
        tree = _tree(folder, with_marks=False)
        told_now = _apart(tree, partial(_all_failures, {path: wanted}), PATIENCE)
        failed |= told_now if isinstance(told_now, set) else {*wanted}
    return failed


def equivalents() -> dict[tuple[str, str, str, int | None], str]:
    """Reasons of mutants that no test can tell from the original.

    By module, line and change, and which of those that read the same; all of them, if not said.
    """
    if not EQUIVALENT.exists():
        return {}
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return {
        (one["module"], one["text"], one["change"], one.get("again")): one["reason"]
        for one in listed
    }


def _is_among(known: Container[tuple[str, str, str, int | None]], one: Mutant) -> bool:
    return any((one.module, one.text, one.change, at) in known for at in (None, one.again))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=300, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--package", action="append", choices=list(TESTS), help="only these")
    parser.add_argument("--only", default="", help="mutants whose description holds this text")
    parser.add_argument("--tests", action="append", help="only this file of tests, for all")
    parser.add_argument("--seconds", type=float, default=60, help="of tests for each mutant")
    parser.add_argument("--floor", type=float, default=95.0, help="percent to be noticed")
    parser.add_argument("--keep", type=Path, help="a folder that keeps which test passes where")
    return parser.parse_args()


def drawn(asked: argparse.Namespace) -> list[Mutant]:
    """The mutants that are to be tried: a change elsewhere in the source draws no others."""
    known = equivalents()

    def lot(one: Mutant) -> bytes:
        named = (asked.seed, one.module, one.text, one.change, one.again)
        return hashlib.sha256(repr(named).encode()).digest()

    every = [one for path in modules(asked.package or list(TESTS)) for one in mutants(path)]
    told = [one for one in every if asked.only in str(one) and not _is_among(known, one)]
    return sorted(sorted(told, key=lot)[: asked.sample])


def _prepare() -> None:
    os.environ["BAJIO_HYPOTHESIS_PROFILE"] = "mutation"
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    for name in filter(find_spec, LOADED):
        importlib.import_module(name)


def main() -> int:
    """Try a sample; tell the survivors."""
    asked = _arguments()
    sample = drawn(asked)
    _prepare()
    fork = multiprocessing.get_context("fork")
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(asked.jobs, mp_context=fork) as pool,
    ):
        folder = Path(name)
        files = {one: asked.tests or TESTS[package_of(one.module)] for one in sample}
        by_package = (path for tests in files.values() for path in tests)
        paths = dict.fromkeys([DOCTESTS, *LOOKING, *by_package])
        runs = [pool.submit(watched, path, folder, asked.keep) for path in paths]
        told = [one for run in runs for one in run.result()]
        red = [one.test for one in told if not one.passed]
        for test in red:
            print(f"RED without any change, and left out: {test}", flush=True)
        green = [one for one in told if one.passed]
        passed = {mark for one in green for mark in one.marks}
        looking = [one for one in green if one.file in LOOKING]
        tries = [
            (
                one,
                by_file(
                    [
                        *quickest(reaching(one, tests, green), asked.seconds),
                        *(looking if one.passed not in passed else ()),
                    ]
                ),
            )
            for one, tests in files.items()
        ]
        inside = [one for one in tries if one[0].passed in passed]
        parts = [inside[at :: asked.jobs] for at in range(asked.jobs)]
        # first those whose module has to be loaded anew: who has tried the others has loaded it
        loaded = [one for one in tries if one[0].passed not in passed]
        anew = [pool.submit(try_mutant, *one, folder) for one in loaded]
        live = [pool.submit(try_live, part, folder) for part in parts if part]
        noticed = [one for run in live for one in run.result()] + [one.result() for one in anew]
        named = {one.by for one in noticed}
        few = by_file(one for one in green if one.test in named)
        alarms = pool.submit(false_alarms, few, folder).result()
    for test in alarms:
        print(f"RED without any change, when few tests are run: {test}")
    sure = [one for one in noticed if one.by and one.by not in alarms]
    score = 100 * len(sure) / max(len(noticed), 1)
    print(f"{len(sure)} of {len(noticed)} noticed: {score:.1f} % (seed {asked.seed})")
    return 2 if red or alarms else int(score < asked.floor)


if __name__ == "__main__":
    sys.exit(main())
