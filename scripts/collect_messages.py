"""Collect what bajio says in English.

`python scripts/collect_messages.py` tells what has no translation, and which translation is of
nothing.

Every text of the source that is prose is a template, whose parts are numbered in braces; so are the
docstrings of commands. Where a text leaves its beginning or its end to another one, that is a part.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bajio"
TRANSLATIONS = SOURCE / "words" / "translations"

#: What speaks to programs, or has its words in all languages beside it.
_NOT_SAID = (
    "brief.py",
    "catalog/",
    "claims/vocabulary.py",
    "data/",
    "deferred.py",
    "engines/frame/sql_columns.py",
    "engines/frame/sql_frames.py",
    "engines/frame/sql_queries.py",
    "facts/recognition.py",
    "hookspecs.py",
    "indicators/",
    "report/charts/theme.py",
    "report/charts/ticks.py",
    "report/html_page.py",
    "report/page_style.py",
    "testing/features.py",
    "testing/pytest_plugin.py",
    "testing/wide.py",
    "testing/worlds.py",
    "words/sentences.py",
)
#: Functions whose texts are formulas, names of columns or of things in debuggers.
_NOT_SAID_IN = {"__repr__", "write_rule", "_shape"}
#: Calls whose texts are patterns, keys or code.
_NOT_SAID_TO = {"compile", "fullmatch", "sub", "search", "match", "finditer", "split", "say"}
_NOT_SAID_TO |= {
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "cast",
    "TypeVar",
    "sentence",
    "label",
    "Label",
    "keep",
    "kept",
    "getLogger",
}
#: Errors of Python's own, which tell programmers.
_OF_PYTHON = {"AttributeError", "TypeError", "AssertionError", "KeyError"}
_WORD = re.compile(r"(?:^|(?<=[\s(]))[A-Za-z][a-z']*[a-z](?=[\s:;,.?!)]|$)")
_CODE = re.compile(
    r"-src |\{ [a-z-]+: |"  # of styles and policies
    r"\\[dwsbu]|\(\?|</|^<|\[[^\]' ]*-[^\]]*\]| \| |\njanuary "
)
#: Texts that are keys, patterns or names, though they look like prose.
_NO_PROSE = {
    (
        "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); "
        "from bajio.engines.array.part_server import serve; serve()"
    ),
    "published = {0}",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "bajio: {0}",
    "bajio {0}",
    "{0} bajio {1}.",
    "bajio plugins --check",
    "bajio import",
    "{0} rank",
    "{0} disabled",
    "private, max-age=3600",
    "cd {0} && pip install -e '.[test]' && pytest",
    "audit figures",
    "audit spans",
    "host figure",
    "host line",
    "peer values",
    "{0} polygons",
    "preliminary preliminar provisional p",
    "revised revisada r",
    "final definitiva f",
    "{0} million",
    "{0} millones",
    "el {0}",
    "plain mean",
    "plain mean of",
    "{0}th root of",
    "th root of",
    "in ({0}) by ({1})",
    "number of {0}",
    "of {0}",
    "of the {0}",
    "{0} within {1}",
    "within {0}",
    "its weight",
    "over members",
    "1 year",
    "OECD and JRC, Handbook on Constructing Composite Indicators (2008)",
    "The bajio authors",
    "bajio: what if this region were a country?",
}
#: What click and the system say, which bajio shows as its own.
_OF_OTHERS = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "default: {0}",
    "Missing argument {0}.",
    "Missing option {0}.",
    "Missing command.",
    "No such option {0}.",
    "{0} Did you mean {1}?",
    "{0} (Did you mean one of: {1}?)",
    "Got unexpected extra argument ({0})",
    "Got unexpected extra arguments ({0})",
    "Option {0} requires an argument.",
    "Option {0} requires {1} arguments.",
    "Option {0} does not take a value.",
    "Invalid value for {0}: {1}",
    "Invalid value: {0}",
    "Path {0} does not exist.",
    "File {0} does not exist.",
    "File {0} is a directory.",
    "Path {0} is a directory.",
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "No space left on device",
    "File exists",
    "File name too long",
    "Bad file descriptor",
    "Address already in use",
    "unexpected end of data",
    "field larger than field limit ({0})",
    "File is not a zip file",
    "Expecting value: line {0} column {1} (char {2})",
    "{0} codec can't decode byte {1} in position {2}: {3}",
)
#: Texts of one word, or with a part that is told apart from it.
_OF_ONE_WORD = ("confidential", "edition {0}", "version {0}")
#: Periods of a year that have no figure, and why.
_OF_PERIODS = tuple(
    f"{{0}} {why}"
    for why in (
        *("missing", "not available", "confidential", "not significant", "not collected"),
        "not surveyed",
    )
)
#: What bundled data say of figures that are not there, and of what makes a region or group one.
_OF_DATA = (
    "not surveyed",
    "{0} of {1} months",
    "ISO 3166-1 codes, and Kosovo",
    "The 32 federal entities",
    "agreement of the five governors, 2019; Jalisco joins the four of the Bajío",
    "Members of the Pacific Alliance",
    "Member States, by year of accession and leaving",
    "The alliances and official regionalisations of the catalog",
    "The seven countries of the isthmus",
    "San Miguel Agreement, November 2018",
    "Comisión Ambiental de la Megalópolis, 2013 (founding members)",
    "Members of the OECD, by year of accession",
    "UN M49: Caribbean, Central America with Mexico, South America",
    "Member States of the United Nations",
    "The nineteen countries of the G20",
    "ten governors, left the national conference of governors on 7 September 2020",
    "Parties to NAFTA, then to USMCA",
    "Pacto Oaxaca, June 2019",
)
#: The option that would tell, which is taken off a text before it is shown.
_OPTION = re.compile(r" \((areas|values|period|frequency|where)\)$")
_MOST_FORMS = 64
#: A form of a text: pieces of it, and nothing for each part.
_Form = tuple[str | None, ...]


def templates() -> dict[str, list[str]]:
    """Templates, each with where it stands."""
    found = {text: ["of others"] for text in (*_OF_OTHERS, *_OF_ONE_WORD, *_OF_PERIODS, *_OF_DATA)}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(_NOT_SAID):
            continue
        for line, template in _of_module(ast.parse(path.read_text("utf-8"))):
            found.setdefault(template, []).append(f"{name}:{line}")
    return found


def _of_module(tree: ast.Module) -> Iterator[tuple[int, str]]:
    nodes = list(ast.walk(tree))
    unsaid = set(chain.from_iterable(map(_unsaid, nodes)))
    for text in _topmost(tree, unsaid):
        for form in _forms(text):
            if _is_prose(form) and (template := _template(form)) not in _NO_PROSE:
                yield text.lineno, template
                if re.match(r"(is|are|has) ", template):  # of what stands before it
                    yield text.lineno, _template((None, " ", *form))
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node) or ""
            if "\b" in docstring or any(map(_is_command, node.decorator_list)):
                yield node.lineno, docstring


def _topmost(node: ast.AST, unsaid: set[ast.AST]) -> Iterator[ast.expr]:
    """Texts that stand in no other one."""
    for child in ast.iter_child_nodes(node):
        if child in unsaid:
            continue
        if isinstance(child, ast.expr) and _is_text(child):
            yield child
            for part in ast.walk(child):
                if isinstance(part, ast.FormattedValue) and not _is_text(part.value):
                    yield from _topmost(part, unsaid)
                elif isinstance(part, ast.BinOp | ast.IfExp):
                    for side in _sides(part):
                        if not _is_text(side):
                            yield from _topmost(side, unsaid)
        else:
            yield from _topmost(child, unsaid)


def _sides(node: ast.BinOp | ast.IfExp) -> tuple[ast.expr, ast.expr]:
    return (node.left, node.right) if isinstance(node, ast.BinOp) else (node.body, node.orelse)


def _is_text(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add()):
            return _is_text(node.left) or _is_text(node.right)
        case ast.IfExp():
            return _is_text(node.body) or _is_text(node.orelse)
    return False


def _forms(node: ast.expr) -> list[_Form]:
    """All that a text can be, by its conditions."""
    match node:
        case ast.Constant(value=str() as text):
            return [(text,)]
        case ast.JoinedStr():
            return _joined([_forms(one) for one in node.values])
        case ast.FormattedValue() if _is_text(node.value):
            return _forms(node.value)
        case ast.BinOp(op=ast.Add()) if _is_text(node):
            return _joined([_forms(node.left), _forms(node.right)])
        case ast.IfExp() if _is_text(node):
            return [*_forms(node.body), *_forms(node.orelse)]
    return [(None,)]


def _joined(parts: list[list[_Form]]) -> list[_Form]:
    return [tuple(chain.from_iterable(one)) for one in product(*parts)][:_MOST_FORMS]


def _template(form: _Form) -> str:
    """A form as a template, whose parts are numbered."""
    pieces: list[str | None] = []
    for piece in form:
        if piece is None:
            if not pieces or pieces[-1] is not None:
                pieces.append(None)
        elif pieces and pieces[-1] is not None:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    if pieces[0] is not None and re.match(r"[ ,;:?]", pieces[0]):
        pieces.insert(0, None)
    if pieces[-1] is not None and re.search(r" $", pieces[-1]):
        pieces.append(None)
    numbers = iter(range(len(pieces)))
    text = "".join(
        f"{{{next(numbers)}}}" if piece is None else piece.replace("{", "{{").replace("}", "}}")
        for piece in pieces
    )
    return _OPTION.sub("", text)


def _is_prose(form: _Form) -> bool:
    bare = " ".join(piece for piece in form if piece is not None)
    text = "".join(piece for piece in form if piece is not None)
    return " " in text and _WORD.search(bare) is not None and _CODE.search(text) is None


def _is_command(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith(("click.command", "click.group"))


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node is no text that is shown."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            yield node
        case ast.Subscript():
            yield node.slice
        case ast.Dict(keys=[ast.Constant(value="en"), *_]):
            yield from node.values  # it is in all languages there
        case ast.FunctionDef(name=name) if name in _NOT_SAID_IN:
            yield from node.body
        case ast.FunctionDef(name="text", args=ast.arguments(args=[ast.arg(arg="self"), *_])):
            yield from node.body  # what a rule is as a formula
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _NOT_SAID_TO:
            yield from node.args
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in _OF_PYTHON:
            yield node
    annotations = (getattr(node, "annotation", None), getattr(node, "returns", None))
    yield from filter(None, annotations)


def main() -> int:
    """Tell which templates have no translation, and which translations are of none."""
    said = templates()
    for file in sorted(TRANSLATIONS.glob("*.json")):
        known = json.loads(file.read_text("utf-8"))["messages"]
        for template in said:
            if template not in known:
                print(f"missing {json.dumps(template, ensure_ascii=False)} {said[template][0]}")
        for template in known:
            if template not in said:
                print(f"unused {json.dumps(template, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
