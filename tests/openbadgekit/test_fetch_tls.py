"""https, against a server with a certificate made for the test."""

import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from openbadgekit.errors import NotFetched
from openbadgekit.fetch import SafeFetcher


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"hello": true}'
        if self.path == "/down":
            self.send_response(302)
            self.send_header("Location", "http://localhost/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


def certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    file = certificate(tmp_path_factory.mktemp("tls"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server.server_address[1], file
    server.shutdown()
    server.server_close()


def get(url, trusted=None, *, monkeypatch=None):
    if trusted is not None:
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return SafeFetcher(allow_private=True).fetch(url, accept="*/*", deadline=time.monotonic() + 3)


def test_https_of_a_known_certificate(secure, monkeypatch):
    port, file = secure
    assert get(f"https://localhost:{port}/", file, monkeypatch=monkeypatch).body == b'{"hello": true}'


def test_a_certificate_of_another_name_is_refused(secure, monkeypatch):
    port, file = secure
    with pytest.raises(NotFetched, match="did not answer"):
        get(f"https://127.0.0.1:{port}/", file, monkeypatch=monkeypatch)


def test_a_certificate_that_nobody_knows_is_refused(secure):
    with pytest.raises(NotFetched, match="did not answer"):
        get(f"https://localhost:{secure[0]}/")


def test_https_is_never_left_for_http(secure, monkeypatch):
    port, file = secure
    with pytest.raises(NotFetched, match="not protected"):
        get(f"https://localhost:{port}/down", file, monkeypatch=monkeypatch)
