"""What users' type checkers say of bajio: `python typing_tests/check.py`.

mypy and pyright read, as a user's program would be read,

- the files beside this one, strictly, where each mistake has to be found: an `ignore` without a
  mistake is an error itself;
- the examples, strictly;
- the Python of README.md, CONTRIBUTING.md and the guides, as one module a document.
"""

import json
import os
import subprocess
import sys
from doctest import DocTestParser
from pathlib import Path
from re import DOTALL, MULTILINE, findall
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
STRICT = (ROOT / "typing_tests", ROOT / "examples")
#: Made of docstrings: what stands there is read by mypy with the source, and run by the tests.
GENERATED = {"reference.md"}
BLOCK = r"^```python\n(.*?)^```"
MYPY = (sys.executable, "-m", "mypy", "--config-file=", "--no-implicit-reexport")
#: A document has one name for one thing after another, and functions without types.
RELAXED = ("--allow-redefinition", "--check-untyped-defs", "--disable-error-code=no-redef")


def module_of(document: Path) -> str:
    """The Python of a document, one block after another."""
    blocks = findall(BLOCK, document.read_text(encoding="utf-8"), DOTALL | MULTILINE)
    sources: list[str] = []
    for block in blocks:
        examples = DocTestParser().get_examples(block)
        sources += [example.source for example in examples] if examples else [block]
    return "".join(sources)


def write_documents(folder: Path) -> None:
    """Write a module for each document that has Python."""
    guides = sorted((ROOT / "docs").rglob("*.md"))
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *guides):
        text = "" if document.name in GENERATED else module_of(document)
        if text:
            name = document.relative_to(ROOT).with_suffix("").as_posix()
            path = folder / f"{name.replace('/', '_').replace('-', '_')}.py"
            path.write_text(text, encoding="utf-8")


def check(documents: Path, work: Path) -> int:
    """Run both checkers: the number of those that found something."""
    source = str(ROOT / "src")
    strict = [os.path.relpath(path, work) for path in STRICT]
    settings = {
        "include": [*strict, documents.name],
        "exclude": [os.path.relpath(path, work) for path in ROOT.glob("examples/*/tests")],
        "strict": strict,
        "enableTypeIgnoreComments": False,  # mypy's; pyright has its own, on the same lines
        "reportUnnecessaryTypeIgnoreComment": "error",
        "reportMissingModuleSource": "none",
        "reportWildcardImportFromLibrary": "none",
        "reportRedeclaration": "none",  # documents give several hooks of one name
        "reportUnusedExpression": "none",  # and show what an expression is
    }
    config = work / "pyrightconfig.json"
    config.write_text(json.dumps(settings), encoding="utf-8")
    programs = [str(path) for folder in STRICT for path in _programs(folder)]
    commands = (
        (*MYPY, "--strict", *programs),
        (*MYPY, *RELAXED, *map(str, sorted(documents.glob("*.py")))),
        (sys.executable, "-m", "pyright", "--project", str(config)),
    )
    environment = {
        **os.environ,
        "MYPYPATH": source,
        "PYTHONPATH": source,
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    }
    return sum(
        subprocess.run(command, env=environment, check=False).returncode != 0
        for command in commands
    )


def _programs(folder: Path) -> list[Path]:
    """The programs in a folder, whose tests are not type-checked."""
    return [path for path in sorted(folder.rglob("*.py")) if "tests" not in path.parts]


def main() -> int:
    """Check all: 1 where something is wrong."""
    with TemporaryDirectory() as work:
        documents = Path(work, "documents")
        documents.mkdir()
        write_documents(documents)
        return 1 if check(documents, Path(work)) else 0


if __name__ == "__main__":
    sys.exit(main())
