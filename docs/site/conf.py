"""The documentation as a site: `nox -s docs` builds it, offline, from the Markdown that is tested.

The sources are the documents of the repository, where they stand; the root of the sources is that
of the repository, so that links between documents lead to the same places as in the repository.
"""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from bajio.version import __version__

_ROOT = Path(__file__).parent.parent.parent
_INDEX = "docs/index"
#: What stands in the list beside each page, in its order; documents that are in none come last.
_PARTS = {
    "First steps": (
        "README",
        "docs/tutorial",
        "docs/slide",
        "docs/gallery",
        "docs/hand-on",
        "docs/charts",
        "docs/explorer",
        "docs/programs",
    ),
    "Questions": (
        "docs/structure",
        "docs/dynamics",
        "docs/months",
        "docs/potential",
        "docs/many-regions",
        "docs/search",
        "docs/editions",
    ),
    "Audits": ("docs/audit", "docs/audits/*"),
    "Figures of your own": (
        "docs/your-spreadsheet",
        "docs/without-code",
        "docs/packs",
        "docs/your-own-tables",
        "docs/plugins/*",
    ),
    "En español": ("docs/es/index", "docs/es/*", "docs/auditar"),
    "References": (
        "docs/command-line",
        "docs/reference",
        "docs/data",
        "docs/numbers",
        "docs/glossary",
        "docs/performance",
        "docs/comparison",
        "docs/*",
        "*",
    ),
}

project = "bajio"
author = "The bajio authors"
copyright = author  # noqa: A001  # Sphinx' own name
version = release = __version__

extensions = ["myst_parser"]
root_doc = _INDEX
include_patterns = ["*.md", "docs/*.md", "docs/**/*.md", "examples/**/README.md"]
exclude_patterns = ["**/template/**"]
nitpicky = True
myst_heading_anchors = 4
myst_enable_extensions = ["strikethrough"]
suppress_warnings = ["myst.strikethrough"]

html_theme = "furo"
html_title = f"bajio {version}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False


def _lists(app: Sphinx) -> str:
    """The lists of documents, as directives that are not shown in the page itself."""
    left = sorted(app.project.docnames - {_INDEX})
    lists = []
    for caption, patterns in _PARTS.items():
        chosen: list[str] = []
        for pattern in patterns:
            matched = [name for name in left if _fits(name, pattern)]
            left = [name for name in left if name not in matched]
            chosen += matched
        entries = "\n".join(f"/{name}" for name in chosen)
        lists.append(f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{entries}\n```")
    return "\n\n".join(lists)


def _fits(name: str, pattern: str) -> bool:
    """Whether a document is in a list: `*` stands for a file of that folder, alone for all."""
    return pattern == "*" or (fnmatchcase(name, pattern) and name.count("/") == pattern.count("/"))


def _with_lists(app: Sphinx, name: str, source: list[str]) -> None:
    if name == _INDEX:
        source[0] += "\n\n" + _lists(app)


def _write_doors(app: Sphinx, error: Exception | None) -> None:
    """The page at the root of the site, and a list of the documents for programs that read."""
    if error is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    door = f"{_INDEX}.html"
    out.joinpath("index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>bajio</title>'
        f'<meta http-equiv="refresh" content="0; url={door}"><a href="{door}">bajio</a></html>\n',
        "utf-8",
    )
    out.joinpath("llms.txt").write_text(_for_readers(app), "utf-8")


def _for_readers(app: Sphinx) -> str:
    """Each document with its title and first sentence, in the form that llmstxt.org describes."""
    lines = [
        f"# {project}",
        "",
        "> What a region would be, were it a country: answered from official data, exactly, with",
        "> its sources. A Python library and a command line.",
        "",
        "## Documents",
        "",
    ]
    for name in sorted(app.project.docnames):
        text = _ROOT.joinpath(f"{name}.md").read_text("utf-8")
        title = app.env.titles[name].astext()
        lines.append(f"- [{title}]({name}.html): {_first_sentence(text)}")
    return "\n".join(lines) + "\n"


def _first_sentence(text: str) -> str:
    """The first sentence of a document's first paragraph, without marks."""
    for block in re.split(r"\n\s*\n", text):
        if not block.startswith("```") and (block[:1].isalnum() or block[:1] in "`[¿*"):
            plain = re.sub(r"\[([^]]*)\]\([^)]*\)|[`*]", r"\1", " ".join(block.split()))
            return re.split(r"(?<=[.?!:])\s", plain, maxsplit=1)[0]
    return ""


def setup(app: Sphinx) -> None:
    """Let Sphinx call these."""
    app.add_lexer("csv", TextLexer)  # Pygments has none
    app.connect("source-read", _with_lists)
    app.connect("build-finished", _write_doors)
