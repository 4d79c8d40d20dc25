"""Small changes of a module's source, one at a time, and marks of which statements are passed."""

import ast
import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

from attrs import field, frozen

ROOT = Path(__file__).resolve().parent.parent

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
        passed: the mark of the statement that it is in; none for what runs on import.
        again: how many changes of the module before it read the same.
    """

    module: str
    number: int
    line: int = field(order=False)
    change: str = field(order=False)
    text: str = field(order=False)
    passed: str | None = field(order=False)
    again: int = field(order=False)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.change}: {self.text}"


class _Changes(ast.NodeTransformer):
    """Visits all changeable nodes in order; makes the change whose number is wanted."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.found: list[tuple[int, str, int | None]] = []
        self._functions = 0
        self._statement: int | None = None

    def visit(self, node: ast.AST) -> ast.AST:
        if not (self._functions and isinstance(node, ast.stmt)):
            return super().visit(node)  # type: ignore[no-any-return]
        before, self._statement = self._statement, node.lineno
        changed = super().visit(node)
        self._statement = before
        return changed  # type: ignore[no-any-return]

    def _offer(self, node: ast.expr | ast.stmt, change: str) -> bool:
        self.found.append((node.lineno, change, self._statement))
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
            node.value = self.visit(node.value)  # type: ignore[assignment]
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args.defaults = [self.visit(one) for one in node.args.defaults]  # type: ignore[misc]
        self._functions += 1
        node.body = [self.visit(statement) for statement in node.body]  # type: ignore[misc]
        self._functions -= 1
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
    seen: Counter[tuple[str, str]] = Counter()
    for number, (line, change, statement) in enumerate(changes.found):
        told = lines[line - 1].strip()
        passed = None if statement is None else f"{name}:{statement}"
        yield Mutant(name, number, line, change, told, passed, seen[told, change])
        seen[told, change] += 1


def mutated(text: str, number: int) -> str:
    """A module's source with one change made."""
    return ast.unparse(ast.fix_missing_locations(_Changes(number).visit(ast.parse(text))))


def swap(mutant: Mutant, module: Path) -> bool:
    """Make a change in the functions of a module that is loaded; whether there were any."""
    tree = ast.parse(module.read_text("utf-8"))
    _Changes(mutant.number).visit(tree)
    name = str(module)
    made = compile(ast.fix_missing_locations(tree), name, "exec", dont_inherit=True)
    codes = {(one.co_qualname, one.co_firstlineno): one for one in _codes(made)}
    swapped = 0
    gc.unfreeze()  # what a run of tests has set aside is not among the collector's objects
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == name:
            code = codes.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code is not None and code.co_freevars == one.__code__.co_freevars:
                swapped += code != one.__code__
                one.__code__ = code
    return swapped > 0


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def marked(text: str, name: str) -> str:
    """A module's source in which each statement of a function puts its mark into a set."""
    tree = ast.parse(text)
    _mark(tree, name, inside=False)
    at = 0 if ast.get_docstring(tree) is None else 1
    while at < len(tree.body) and _is_of_future(tree.body[at]):
        at += 1
    tree.body[at:at] = ast.parse("from bajio._passed import passed as __passed__").body
    return ast.unparse(ast.fix_missing_locations(tree))


def _is_of_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _mark(node: ast.AST, name: str, *, inside: bool) -> None:
    """Put marks before the statements of a node's blocks, where they are inside a function."""
    inside = inside or isinstance(node, ast.FunctionDef)
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        block = getattr(node, part, None)
        if not isinstance(block, list):
            continue
        for child in block:
            _mark(child, name, inside=inside)
        if inside and part not in ("handlers", "cases"):
            setattr(node, part, [one for child in block for one in _with_mark(child, name)])


def _with_mark(statement: ast.stmt, name: str) -> list[ast.stmt]:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return [statement]
    mark = ast.parse(f"__passed__.add({f'{name}:{statement.lineno}'!r})").body
    return [*mark, statement]
