"""Serves the explorer's page, to this machine alone."""

import sys
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from bajio.errors import BajioError, InvalidValue, as_line
from bajio.explorer import explorer_page
from bajio.explorer.views import Ground, language_of, place_of, view_of

#: The one interface that is served.
LOOPBACK = "127.0.0.1"
#: What a page may do: show what comes from here, and ask here again.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HTML, _SVG = "text/html; charset=utf-8", "image/svg+xml; charset=utf-8"
_PLAIN = "text/plain; charset=utf-8"
_LONGEST, _DRAWINGS, _SECONDS = 60_000, 128, 30
#: What is the same whatever is asked.
_FIXED = MappingProxyType(
    {
        "/explorer.css": ("text/css; charset=utf-8", explorer_page.styles),
        "/explorer.js": ("text/javascript; charset=utf-8", explorer_page.script),
    }
)
_Content = tuple[HTTPStatus, str, bytes]


class PageServer(ThreadingHTTPServer):
    """Serves pages about a ground, on a port of the loopback interface.

    Browsers hold connections open, so that each has a thread; questions are answered one by one.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False

    def __init__(self, ground: Ground, port: int = 0) -> None:
        """Begin to listen.

        Args:
            ground: what is there to be chosen from.
            port: where; any that is free, if 0.

        Raises:
            InvalidValue: the port cannot be had.
        """
        self._asking = Lock()
        self._ground = ground
        self._drawn = lru_cache(_DRAWINGS)(self._draw)
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise InvalidValue(
                f"the port {port} cannot be had ({error.strerror or error}): say another, or none "
                "for one that is free"
            ) from None

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def is_meant(self, host: str) -> bool:
        """Whether a request names this server: pages from elsewhere that name it otherwise wait."""
        return host in {f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost")}

    def content(self, path: str, query: str) -> _Content:
        """What stands at an address."""
        if path in _FIXED:
            kind, content = _FIXED[path]
            return HTTPStatus.OK, kind, content()
        kind = path.removeprefix("/").removesuffix(".svg")
        if path != "/" and (kind not in explorer_page.KINDS or not path.endswith(".svg")):
            return HTTPStatus.NOT_FOUND, _PLAIN, b"there is no such page\n"
        with self._asking:
            try:
                if path != "/":
                    return HTTPStatus.OK, _SVG, self._drawn(kind, query)
                page = explorer_page.page(view_of(self._ground, query))
            except BajioError as error:
                page = explorer_page.refused_page(error, language_of(self._ground, query))
                return HTTPStatus.BAD_REQUEST, _HTML, page.encode()
        return HTTPStatus.OK, _HTML, page.encode()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a browser left before it had its answer, as browsers do."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def _draw(self, kind: str, query: str) -> bytes:
        view = view_of(self._ground, query)
        return explorer_page.drawn(view, kind, place_of(view, query)).encode()


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS

    def do_GET(self) -> None:
        if not self.server.is_meant(self.headers.get("Host", "")) or self._is_from_elsewhere():
            self._send((HTTPStatus.FORBIDDEN, _PLAIN, b"not from here\n"))
            return
        if len(self.path) > _LONGEST:
            self._send((HTTPStatus.REQUEST_URI_TOO_LONG, _PLAIN, b"too long\n"))
            return
        parts = urlsplit(self.path)
        try:
            content = self.server.content(parts.path, parts.query)
        except Exception as error:  # noqa: BLE001  # whatever it is, the page tells it
            message = f"this should not have happened: {as_line(error)}\n".encode()
            content = HTTPStatus.INTERNAL_SERVER_ERROR, _PLAIN, message
        self._send(content)

    def _is_from_elsewhere(self) -> bool:
        """Whether a page of another site asks for a part of its own; a link may be followed."""
        mode = self.headers.get("Sec-Fetch-Mode", "navigate")
        return self.headers.get("Sec-Fetch-Site") == "cross-site" and mode != "navigate"

    def _send(self, content: _Content) -> None:
        status, kind, body = content
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        lasting = status == HTTPStatus.OK and kind == _SVG
        self.send_header("Cache-Control", "private, max-age=3600" if lasting else "no-store")
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "bajio"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name there
        """Say nothing: the terminal is the user's."""
