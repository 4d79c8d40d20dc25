"""README.md, CONTRIBUTING.md and docs/ keep their word: their examples are run.

Blocks of Python are run as doctests, one document sharing its names from top to bottom.
Blocks of console show what `bajio` prints, and are compared to the character.
"""

import re
import runpy
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from sybil import Document, Example, Sybil
from sybil.example import SybilFailure
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import bajio
from bajio.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
#: Made of docstrings, whose examples run where they stand: here they are run again.
AGAIN = ROOT / "docs" / "reference.md"
RUN = {"python", "console"}
SHOWN = {"csv", "json", "markdown", "mermaid", "sh", "text", "toml"}


def run_console(example: Example) -> str | None:
    """Run a block's commands: what is wrong with what it shows, if anything."""
    for command, shown in commands_of(str(example.parsed)):
        words = shlex.split(command)
        if words[:1] != ["bajio"] or set(words) & {"|", ">", "&&", ";"}:
            return f"$ {command}\nis not a plain command of bajio: put it in a block of sh"
        printed = output_of(words[1:])
        if printed != shown:
            return f"$ {command}\nshould show\n{printed}\nand shows\n{shown}"
    return None


def commands_of(block: str) -> list[tuple[str, str]]:
    """Each command with the lines that follow it; a backslash continues a command."""
    block = block.replace("\\\n", "")
    before, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    if before.strip() or not parts:
        return [("", block)]
    found = (part.partition("\n") for part in parts)
    return [(command, output.strip("\n")) for command, _, output in found]


def output_of(arguments: list[str]) -> str:
    """What the command line prints, to stdout and stderr as a reader sees them."""
    seen = StringIO()
    with chdir(ROOT), redirect_stdout(seen), redirect_stderr(seen):
        main(arguments)
    return "\n".join(line.rstrip() for line in seen.getvalue().strip("\n").split("\n"))


SYBIL = Sybil([PythonCodeBlockParser(), CodeBlockParser("console", run_console)])


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    "path",
    [pytest.param(one, marks=pytest.mark.slow if one == AGAIN else ()) for one in DOCUMENTS],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_examples_of_a_document_do_what_they_show(path):
    for example in SYBIL.parse(path):
        example.evaluate()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_block_says_what_it_is(path):
    fences = re.findall(r"^ *```+(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) % 2 == 0
    assert set(fences[::2]) <= RUN | SHOWN
    assert set(fences[1::2]) <= {""}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path):
    text = re.sub(
        r"^ *```.*?^ *```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_readme_shows_python_and_the_command_line():
    fences = re.findall(
        r"^```(\w+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(fences) >= RUN


@pytest.fixture
def references(monkeypatch):
    """Runs the script of the references on a folder."""
    names = runpy.run_path(str(ROOT / "scripts" / "build_reference.py"))
    main = names["main"]

    def run(folder, *arguments):
        monkeypatch.setattr("sys.argv", ["build_reference.py", *arguments])
        monkeypatch.setitem(main.__globals__, "DOCS", folder)
        return main()

    return run


def test_the_references_are_those_of_the_code(references):
    assert references(ROOT / "docs", "--check") == 0


def test_a_stale_reference_is_known_when_seen(references, tmp_path, capsys):
    assert references(tmp_path, "--check") == 1
    assert "reference.md is stale" in capsys.readouterr().err
    assert references(tmp_path) == 0
    assert references(tmp_path, "--check") == 0


def test_the_reference_has_every_public_name():
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    headings = re.findall(r"^### `?(.+?)`?$", text, re.MULTILINE)
    names = {*bajio.__all__, *bajio.answers.__all__, *bajio.rules.__all__, *bajio.errors.__all__}
    assert names <= set(headings)
    assert len(headings) == len(set(headings))


def test_links_inside_a_reference_lead_to_a_heading():
    for name in ("reference.md", "command-line.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        headings = [one.casefold() for one in re.findall(r"^#+ `?(.+?)`?$", text, re.MULTILINE)]
        anchors = {one.replace(" ", "-") for one in headings}
        anchors |= {f"{one}-1" for one in headings if headings.count(one) > 1}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def evaluate(text):
    document = Document(text, "example.md")
    for parser in SYBIL.parsers:
        for region in parser(document):
            document.add(region)
    examples = list(document)
    for example in examples:
        example.evaluate()
    return len(examples)


def test_console_blocks_are_run_and_compared():
    told = f"bajio {bajio.__version__}\n"
    good = f"```console\n$ bajio --version\n{told}\n$ bajio \\\n--version\n{told}```\n"
    assert evaluate(good) == 1
    with pytest.raises(SybilFailure, match=rf"should show\n{re.escape(told)}and shows\nbajio 0\.0"):
        evaluate(good.replace(f"{told}```", "bajio 0.0\n```"))


def test_what_goes_to_stderr_is_shown_as_well():
    assert (
        evaluate(
            "```console\n$ bajio profil\nbajio: unknown command 'profil': did you mean "
            "'profile'?\n```\n"
        )
        == 1
    )


@pytest.mark.parametrize("block", ["$ ls", "$ bajio regions | head", "no command", ""])
def test_console_blocks_with_anything_else_are_refused(block):
    with pytest.raises(SybilFailure):
        evaluate(f"```console\n{block}\n```\n")


def test_python_blocks_are_run_and_compared():
    assert evaluate("```python\n>>> 1 + 1\n2\n\n```\n") == 1
    with pytest.raises(SybilFailure):
        evaluate("```python\n>>> 1 + 1\n3\n\n```\n")
