"""A real web server on loopback, with a page for everything that goes wrong on the web."""

import contextlib
import gzip
import http.client
import socket
import ssl
import sys
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509  # a dependency of Prefect
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.sources.pace import forget_pace
from pipeline.sources.robots import forget_robots

PAGE = "<html><head><title>Kensington Treaty</title></head><body><p>Signed by both: “yes”.</p></body></html>".encode()

MODIFIED = "Fri, 12 Sep 2025 10:00:00 GMT"


@cache
def _bomb(size: int) -> bytes:
    """A gzip body that unpacks to ``size`` zeros, itself a thousand times smaller."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    return b"".join([*(packer.compress(piece) for _ in range(size // len(piece))), packer.flush()])


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Web"

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.server.asked_robots += 1
            self.reply(self.server.robots, status=self.server.robots_status)
            return
        self.server.seen.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("/")[0].split("?")[0].replace("-", "_") or "page"
        # A client that has had enough closes its end: that is what most of these tests are about.
        with contextlib.suppress(ConnectionError):
            getattr(self, f"send_{name}", self.send_status)()

    def reply(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def send_page(self) -> None:
        self.reply(PAGE, Content_Type="text/html; charset=utf-8", Set_Cookie="spy=1")

    def send_status(self) -> None:
        digits = self.path.strip("/")
        self.reply(b"no", status=int(digits) if digits.isdigit() else 404)

    def send_hop(self) -> None:
        """/hop/3 leads through /hop/2 and /hop/1 to /page."""
        left = int(self.path.rsplit("/", 1)[1])
        self.reply(b"", status=302, Location=f"/hop/{left - 1}" if left > 1 else "/page", Set_Cookie="spy=1")

    def send_to(self) -> None:
        self.reply(b"", status=301, Location=self.path.removeprefix("/to/"))

    def send_gzip(self) -> None:
        half = len(PAGE) // 2  # two members in a row are one body
        self.reply(
            gzip.compress(PAGE[:half]) + gzip.compress(PAGE[half:]), Content_Type="text/html", Content_Encoding="gzip"
        )

    def send_bomb(self) -> None:
        self.reply(_bomb(300_000_000), Content_Type="text/html", Content_Encoding="gzip")

    def send_flaky(self) -> None:
        """/flaky/2 is busy twice, then well; ?after=9 asks to stay away for so many seconds."""
        path, _, after = self.path.partition("?after=")
        if sum(path == seen.partition("?")[0] for seen, _ in self.server.seen) > int(path.rsplit("/", 1)[1]):
            self.send_page()
        else:
            self.reply(b"busy", status=503, **({"Retry_After": after} if after else {}))

    def send_reset(self) -> None:
        """The first time the connection breaks off before an answer."""
        if len(self.server.seen) > 1:
            self.send_page()
        else:
            self.close_connection = True

    def send_versioned(self) -> None:
        if self.headers["If-None-Match"] == '"v1"' or self.headers["If-Modified-Since"] == MODIFIED:
            self.reply(b"", status=304, ETag='"v1"')
        else:
            self.reply(PAGE, Content_Type="text/html", ETag='"v1"', Last_Modified=MODIFIED)

    def send_brotli(self) -> None:
        self.reply(b"\x0b\x02\x80hello\x03", Content_Type="text/html", Content_Encoding="br")

    def send_damaged(self) -> None:
        self.reply(gzip.compress(PAGE)[:-9], Content_Type="text/html", Content_Encoding="gzip")

    def send_huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65_536)

    def send_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"short")
        self.close_connection = True

    def send_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self._drip(b"x", pause=1.0 if self.path.endswith("/slow") else 0.05)

    def send_drip_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip(b"x")

    def send_silent(self) -> None:
        self.server.closing.wait(10)

    def send_untyped(self) -> None:
        self.reply(PAGE)

    def send_notes(self) -> None:
        self.reply(b"# Heading\n\nText.\n", Content_Type="text/plain; charset=UTF-8")

    def send_image(self) -> None:
        self.reply(b"\x89PNG\r\n\x1a\n\0\0", Content_Type="image/png")

    def _drip(self, drop: bytes, *, pause: float = 0.05) -> None:
        while not self.server.closing.wait(pause):
            self.wfile.write(drop)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — http.server's name
        pass


class Web(ThreadingHTTPServer):
    """The server, with the requests it has seen."""

    daemon_threads = False  # closing waits for the pages in flight, so that no socket is left to the next test
    seen: list[tuple[str, dict[str, str]]]  # without robots.txt
    robots: bytes
    robots_status: int
    asked_robots: int
    closing: threading.Event

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client may leave at any time
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture(autouse=True)
def forget_hosts() -> None:
    """What was learnt of a host belongs to its test: the next server may have the same port."""
    forget_pace()
    forget_robots()


@contextlib.contextmanager
def serve_pages() -> Iterator[Web]:
    """The server, while the block runs."""
    server = Web(("127.0.0.1", 0), Pages)
    server.seen, server.closing = [], threading.Event()
    server.robots, server.robots_status, server.asked_robots = b"", 404, 0
    with _running(server):
        try:
            yield server
        finally:
            server.closing.set()


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_pages() as server:
        yield server


class Gate(BaseHTTPRequestHandler):
    """A proxy that takes every host for the one server behind it."""

    protocol_version = "HTTP/1.1"
    server: "Proxy"

    def do_CONNECT(self) -> None:
        self._note()
        with socket.create_connection(self.server.behind) as there:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self._relay, args=(there, self.connection))
            back.start()
            self._relay(self.connection, there)
            back.join()
        self.close_connection = True

    def do_GET(self) -> None:
        self._note()
        connection = http.client.HTTPConnection(*self.server.behind)
        connection.request("GET", "/" + self.path.split("/", 3)[3], headers=dict(self.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _note(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["Proxy-Authorization"]))

    def _relay(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — http.server's name
        pass


class Proxy(ThreadingHTTPServer):
    daemon_threads = False
    behind: tuple[str, int]
    asked: list[tuple[str, str, str | None]]

    @property
    def url(self) -> str:
        return f"http://me:secret@127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def proxy(web: Web) -> Iterator[Proxy]:
    """A proxy in front of the server."""
    server = Proxy(("127.0.0.1", 0), Gate)
    server.behind, server.asked = ("127.0.0.1", web.server_address[1]), []
    with _running(server):
        yield server


@contextlib.contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def tls_web(web: Web, tmp_path: Path) -> tuple[Web, Path]:
    """The same server behind TLS with a certificate of its own for treaty.example, and that certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "treaty.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("treaty.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "treaty.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    return web, path


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port where connections are taken by the system but never answered."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield listener.getsockname()[1]
