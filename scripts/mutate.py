"""Change the source in one place at a time and see whether a test notices.

python scripts/mutate.py [--sample 300] [--seed 1] [--jobs 2] [--package rules] [--only PLACE]

A mutant is one small change of an operator, a comparison, a constant or a return. Each is tried in
a copy of the tree against its package's tests, the quick ones first; the tree itself is left as it
is. Mutants that no test can tell from the original are listed in `equivalent_mutants.toml`, each
with its reason. The exit status is 1 where fewer are noticed than `--floor` says.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from attrs import field, frozen

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("src/bajio")
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

#: Seconds that the tests of one mutant may take: a mutant that loops is noticed.
PATIENCE = 600


def _tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/test_{name}.py" for name in names)


_LAWS = ("tests/laws",)
_REFERENCE = _tests("reference", "frame_reference")
_QUESTIONS = _tests(
    "contract", "compositions", "newest_year", "people_covered", "notes", "overlays", "rollup",
    "overlay_laws", "currencies", "counts", "sensitivity", "difference", "state_machines",
)  # fmt: skip
_ARRAY = _tests("array_engine", "array_tables", "pooled_rules")
_AUDIT = _tests(
    "claims_by_hand", "audit", "audit_backwards", "claim_files", "printed_numbers", "amounts"
)
_RULES = _tests(
    "spread", "structure", "regression", "dynamics", "custom_rules", "weights", "rule_sizes",
    "deflators", "bounds",
)  # fmt: skip
_FRAMES = _tests(
    "frame", "frame_membership", "frame_rounding", "frame_columns", "frame_ranking",
    "frame_agreement", "frame_built_ins",
)  # fmt: skip

#: The tests of each package, in the order in which they are run until one fails.
TESTS = {
    "rules": (*_RULES, *_LAWS, *_REFERENCE, *_ARRAY, *_tests("conformance_kit")),
    "engines/array": (
        *_ARRAY,
        *_tests("array_finishing", "array_searching", "search_kernels", "search", "weights"),
        *_LAWS,
        *_REFERENCE,
    ),
    "engines/frame": (*_FRAMES, *_REFERENCE),
    "engines": (
        *_RULES,
        *_QUESTIONS,
        *_LAWS,
        *_REFERENCE,
        *_ARRAY,
        *_tests("decomposition"),
    ),
    "questions/ranking.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY, *_tests("cli")),
    "questions/columns.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY, *_tests("cli")),
    "questions/compositions.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY),
    "questions/hosting.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY),
    "questions/years.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY),
    "questions/reach.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_ARRAY),
    "questions/evaluation.py": (*_QUESTIONS, *_LAWS, *_REFERENCE, *_RULES, *_ARRAY, *_AUDIT),
    "facts/regions.py": (*_tests("region_algebra"), *_QUESTIONS, *_LAWS, *_tests("plugins")),
    "claims": (*_AUDIT, *_LAWS),
    "questions/audit": (*_AUDIT, *_LAWS),
}

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@frozen(order=True)
class Mutant:
    """One change: the module, which of its changeable nodes, and how it reads.

    Attributes:
        module: path below the root.
        number: position among the module's changes.
        line: where it is.
        change: the operator or value before and after.
        text: the line as it is written.
    """

    module: str
    number: int
    line: int = field(order=False)
    change: str = field(order=False)
    text: str = field(order=False)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.change}: {self.text}"


class _Changes(ast.NodeTransformer):
    """Visits all changeable nodes in order; makes the change whose number is wanted."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.found: list[tuple[int, str]] = []

    def _offer(self, node: ast.expr | ast.stmt, change: str) -> bool:
        self.found.append((node.lineno, change))
        return len(self.found) - 1 == self.wanted

    def _swap(self, node: ast.expr, operator: ast.AST) -> ast.AST:
        other = _SWAPS.get(type(operator))
        if other is None:
            return operator
        told = f"{type(operator).__name__} -> {other.__name__}"
        return other() if self._offer(node, told) else operator

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not _is_of_types(node):
            node.op = self._swap(node, node.op)  # type: ignore[assignment]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        node.op = self._swap(node, node.op)  # type: ignore[assignment]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        node.ops = [self._swap(node, operator) for operator in node.ops]  # type: ignore[misc]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not | ast.USub) and self._offer(node, "without its sign"):
            return node.operand
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            if self._offer(node, f"{node.value} -> {not node.value}"):
                return ast.copy_location(ast.Constant(not node.value), node)
        elif isinstance(node.value, int) and self._offer(node, f"{node.value} -> {node.value + 1}"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        plain = node.value is None or (
            isinstance(node.value, ast.Constant) and node.value.value is None
        )
        if not plain and self._offer(node, "returns None"):
            return ast.copy_location(ast.Return(ast.Constant(None)), node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args.defaults = [self.visit(value) for value in node.args.defaults]
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        return self.generic_visit(node)


def _is_of_types(node: ast.BinOp) -> bool:
    """Whether a `|` joins types, which no run looks at, or texts are joined or filled in."""
    texts = (ast.JoinedStr, ast.List, ast.Tuple)
    return isinstance(node.op, ast.BitOr | ast.BitAnd) or any(
        isinstance(side, texts) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def mutants(module: Path) -> Iterator[Mutant]:
    """All changes of one module."""
    text = module.read_text("utf-8")
    lines = text.splitlines()
    changes = _Changes()
    changes.visit(ast.parse(text))
    name = module.relative_to(ROOT).as_posix()
    for number, (line, change) in enumerate(changes.found):
        yield Mutant(name, number, line, change, lines[line - 1].strip())


def mutated(text: str, number: int) -> str:
    """A module's source with one change made."""
    return ast.unparse(ast.fix_missing_locations(_Changes(number).visit(ast.parse(text))))


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


def try_mutant(mutant: Mutant, tree: Path) -> bool:
    """Whether a test notices a change, made in a copy of the tree."""
    module = tree / mutant.module
    original = module.read_text("utf-8")
    module.write_text(mutated(original, mutant.number), "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BAJIO_HYPOTHESIS_PROFILE": "mutation",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    tests = [mutant.module, *TESTS[package_of(mutant.module)]]
    try:
        ran = subprocess.run(  # noqa: S603 - the command is made of names in this file
            [*command, *tests],
            cwd=tree,
            env=environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        module.write_text(original, "utf-8")
    return ran.returncode != 0


def equivalents() -> dict[tuple[str, str, str], str]:
    """Reasons of mutants that no test can tell from the original, by module, line and change."""
    if not EQUIVALENT.exists():
        return {}
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return {(one["module"], one["text"], one["change"]): one["reason"] for one in listed}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=300, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--package", action="append", choices=list(TESTS), help="only these")
    parser.add_argument("--only", help="mutants whose description holds this text")
    parser.add_argument("--floor", type=float, default=95.0, help="percent to be noticed")
    return parser.parse_args()


def drawn(asked: argparse.Namespace) -> list[Mutant]:
    """The mutants that are to be tried."""
    known = equivalents()
    every = [one for path in modules(asked.package or list(TESTS)) for one in mutants(path)]
    told = [one for one in every if (one.module, one.text, one.change) not in known]
    if asked.only:
        told = [one for one in told if asked.only in str(one)]
    return sorted(random.Random(asked.seed).sample(told, min(asked.sample, len(told))))  # noqa: S311


def main() -> int:
    """Try a sample; tell the survivors."""
    asked = _arguments()
    sample = drawn(asked)
    with tempfile.TemporaryDirectory() as folder:
        free: SimpleQueue[Path] = SimpleQueue()
        for job in range(asked.jobs):
            tree = Path(folder, str(job))
            ignored = shutil.ignore_patterns(".git", "__pycache__", ".*_cache", ".hypothesis")
            shutil.copytree(ROOT, tree, ignore=ignored)
            free.put(tree)

        def attempt(mutant: Mutant) -> bool:
            tree = free.get()
            try:
                noticed = try_mutant(mutant, tree)
            finally:
                free.put(tree)
            print("noticed " if noticed else "SURVIVES", mutant, flush=True)
            return noticed

        with ThreadPoolExecutor(asked.jobs) as pool:
            noticed = list(pool.map(attempt, sample))
    score = 100 * sum(noticed) / max(len(noticed), 1)
    print(f"{sum(noticed)} of {len(noticed)} noticed: {score:.1f} %")
    return 0 if score >= asked.floor else 1


if __name__ == "__main__":
    sys.exit(main())
