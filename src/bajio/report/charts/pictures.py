"""Pictures of specifications, drawn by vl-convert without a browser and without a network."""

from collections.abc import Mapping
from html import escape
from importlib.util import find_spec
from typing import Any
from zlib import crc32

from bajio.errors import MissingExtra

#: The Vega-Lite that draws; two pixels a point, for slides.
_VERSION, _SCALE = "5.21", 2.0
#: Where the first part of a PNG ends, which tells its size, and others may follow.
_AFTER_SIZE = 33


def are_there() -> bool:
    """Whether what draws them is installed."""
    return find_spec("vl_convert") is not None


def png(spec: Mapping[str, Any]) -> bytes:
    """A picture in pixels, with its words for those who do not see it as its description."""
    picture: bytes = _library().vegalite_to_png(
        dict(spec), vl_version=_VERSION, scale=_SCALE, allowed_base_urls=[]
    )
    words = str(spec["description"]).encode()
    note = b"iTXt" + b"Description" + bytes(5) + words  # not compressed, of no language
    chunk = len(note[4:]).to_bytes(4) + note + crc32(note).to_bytes(4)
    return picture[:_AFTER_SIZE] + chunk + picture[_AFTER_SIZE:]


def svg(spec: Mapping[str, Any]) -> str:
    """A picture in lines and text, with its words for those who do not see it."""
    picture: str = _library().vegalite_to_svg(dict(spec), vl_version=_VERSION, allowed_base_urls=[])
    words = escape(str(spec["description"]))
    head, _, rest = picture.partition(">")
    return f'{head} role="img" aria-label="{words}"><title>{words}</title>{rest}'


def pdf(spec: Mapping[str, Any]) -> bytes:
    """A page of the picture's size."""
    picture: bytes = _library().vegalite_to_pdf(
        dict(spec), vl_version=_VERSION, allowed_base_urls=[]
    )
    return picture


def _library() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra("charts", "vl-convert-python", "drawing charts") from None
    return vl_convert
