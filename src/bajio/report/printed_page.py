"""Documents of sections on paper: their page, as a browser prints it to PDF."""

import os
import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from bajio.errors import InvalidValue
from bajio.report.html_page import render as page_of
from bajio.report.reports import Document

#: The browsers that print without a window, by what they are called on different systems.
_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
#: A page loads nothing: no part of the browser needs a network.
_OPTIONS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *(
        "--disable-background-networking",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
    ),
)
_LONGEST = 120


def render(document: Document) -> bytes:
    """A document as a PDF, with a tagged text and the outline of its sections.

    Raises:
        InvalidValue: there is no browser that prints it, or it does not.
    """
    browser = next(filter(None, map(which, _BROWSERS)), None)
    if browser is None:
        raise InvalidValue(
            "a report becomes a PDF by the print of Chromium, which is not found: install "
            "chromium, or write .html and print that page from any browser"
        )
    with TemporaryDirectory(prefix="bajio-") as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(page_of(document), "utf-8")
        words = [browser, *_OPTIONS, f"--user-data-dir={folder}", f"--print-to-pdf={printed}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")  # Chromium has none for root, and prints a page of ours
        try:
            subprocess.run(  # noqa: S603  # a browser that was found, and no word of the user's
                [*words, page.as_uri()], capture_output=True, timeout=_LONGEST, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InvalidValue(f"{browser} printed nothing: {error}") from None
        if not printed.is_file():
            raise InvalidValue(f"{browser} printed nothing: write .html and print that page")
        return printed.read_bytes()
