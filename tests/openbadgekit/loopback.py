"""A real HTTP server on the loopback, for tests: pages by path, each a status, headers and bytes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What the server answers at one path; `drip` waits so many seconds before each byte of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0


@dataclass
class Loopback:
    """The running server: put pages in, read what was asked."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def named(self) -> str:
        return f"http://localhost:{self.port}"

    def put(self, path: str, body: bytes, media_type: str = "application/json", status: int = 200) -> None:
        self.pages[path] = Page(body, status, {"Content-Type": media_type})


def _handler(find: Callable[[], Loopback]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            loopback = find()
            loopback.asked.append((self.path, dict(self.headers)))
            page = loopback.pages.get(self.path, Page(b"not here", 404))
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in page.headers:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            try:
                self._write(page)
            except OSError:
                self.close_connection = True

        def _write(self, page: Page) -> None:
            if not page.drip:
                self.wfile.write(page.body)
                return
            for byte in page.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(page.drip)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving() -> Iterator[Loopback]:
    """Serve on a free port until the block ends."""
    found: list[Loopback] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: found[0]))
    server.daemon_threads = True
    found.append(Loopback(server.server_address[1]))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found[0]
    finally:
        server.shutdown()
        server.server_close()
