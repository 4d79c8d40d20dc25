"""Documents as JSON."""

import json
from typing import Any

from bajio.report import escapes
from bajio.report.reports import Document


def render(document: Document, _width: int | None = None) -> str:
    """A document as JSON."""
    return json_text(document.data())


def json_text(data: Any) -> str:
    """Data as JSON, refusing what is no finite number."""
    return escapes.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
