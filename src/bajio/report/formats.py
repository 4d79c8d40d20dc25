"""The formats of documents: by which endings of files each goes, and which module writes it.

A module that writes a format has `render(document, width)`, which gives its text, or its
bytes where it is none: each text in it as `bajio.report.escapes` has it for the format. What an
answer writes by a hand of its own is looked through here.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from bajio.errors import InvalidValue
from bajio.report.escapes import terminal

if TYPE_CHECKING:
    from bajio.report.reports import Document

#: Each format by its name: its module, and the endings that name it.
FORMATS = MappingProxyType(
    {
        "table": ("terminal", (".txt",)),
        "json": ("json_data", (".json",)),
        "csv": ("comma_separated", (".csv",)),
        "markdown": ("markdown", (".md", ".markdown")),
        "html": ("html_page", (".html", ".htm")),
        "xlsx": ("workbook", (".xlsx",)),
        "parquet": ("frames", (".parquet",)),
    }
)
#: The format that a file's ending names.
ENDINGS = MappingProxyType(
    {ending: name for name, (_, endings) in FORMATS.items() for ending in endings}
)


#: The formats of pictures, by their endings: of answers that have a chart. What has sections is
#: printed to PDF.
PICTURES = MappingProxyType({".png": "png", ".svg": "svg", ".pdf": "pdf"})
#: The formats of one answer alone, by their endings, with what each is of: the drafts of claims
#: that a text makes, as a file of claims, and reviews as schema.org has them.
OF_ONE_ANSWER = MappingProxyType({".toml": "claims", ".jsonld": "reviews"})
#: The formats that are no text, and go to a file alone.
BINARY = frozenset({"xlsx", "parquet"})


def rendered(document: "Document", output_format: str, width: int | None = None) -> str | bytes:
    """A document in a format.

    Args:
        document: an answer.
        output_format: its name.
        width: of the terminal that a table is to fit; as wide as it takes, if not given.
    """
    if output_format == "pdf" and document.has_sections:
        printed: bytes = import_module("bajio.report.printed_page").render(document)
        return printed
    if output_format in PICTURES.values():
        gallery = import_module("bajio.report.charts.gallery")
        name, language = document.schema.name, document.words.language
        picture: str | bytes = gallery.drawn(name, document.subject, language, f".{output_format}")
        return picture
    if output_format in document.written:
        return terminal(document.written[output_format](width, document.words.language))
    if output_format == "reviews":
        raise InvalidValue("only an audit is written as reviews, to a file in .jsonld")
    if output_format == "claims":
        raise InvalidValue("only the ledger of a text is written as claims, to a file in .toml")
    module = import_module(f"bajio.report.{FORMATS[output_format][0]}")
    content: str | bytes = module.render(document, width)
    return content


def format_by_ending(ending: str) -> str | None:
    """The format of tables, data or pictures that an ending names, if it names one."""
    return ENDINGS.get(ending) or PICTURES.get(ending) or OF_ONE_ANSWER.get(ending)


def known_endings() -> str:
    """All endings that name a format, as a list."""
    return ", ".join((*ENDINGS, *PICTURES))
