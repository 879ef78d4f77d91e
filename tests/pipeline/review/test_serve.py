"""The page as it is really served: by ``entente review`` in a process of its own, over a real network connection."""

import datetime as dt
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pipeline.enumerations import Role
from pipeline.errors import InputError
from pipeline.review.options import ReviewOptions, read_networks
from pipeline.review.passwords import hash_password
from pipeline.review.serve import _find_url, _listen, serve
from pipeline.store.accounts import By, NewAccount, add_account
from pipeline.store.audit import load_acts

pytestmark = pytest.mark.slow

PASSWORD = "five brown herons"
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()", "review", "--port", "0", "--no-open"]
HEAVY = ("spacy", "torch", "sklearn", "networkx", "prefect", "onnxruntime", "sentence_transformers", "trafilatura")


class Server:
    """A running page."""

    def __init__(self, process: subprocess.Popen, lines: list[str]) -> None:
        self.process, self.lines = process, lines
        self.url = re.search(r"is at (\S+)/ ", lines[-1])[1]

    def browse(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, verify=False, trust_env=False, timeout=60)

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@pytest.fixture
def start(settings, store):
    """Call as ``start("--certificate", …)``; gives a server that answers."""
    running = []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    environment |= {"ENTENTE_HOME": str(settings.home), "ENTENTE_DATABASE_URL": settings.database_url}

    def run(*args, **more) -> Server:
        process = subprocess.Popen([*COMMAND, *args], env=environment | more, stderr=subprocess.PIPE, text=True)
        running.append(process)
        lines = []
        while not (lines and "is at" in lines[-1]):
            line = process.stderr.readline()
            assert line, "".join(lines)
            lines.append(line)
        return Server(process, lines)

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def ana(store):
    add_account(store, NewAccount(name="ana", role=Role.ADMIN, password=hash_password(PASSWORD)), by=By(who="test"))


def sign_in(browser: httpx.Client, password: str = PASSWORD) -> httpx.Response:
    return browser.post("/sign-in", data={"name": "ana", "password": password, "next": "/account"})


def test_it_starts_in_under_three_seconds_without_anything_heavy(start, record_property):
    """In seconds of a core, since machines are shared; the wall clock of a quiet one is the same."""
    server = start()
    spent = psutil.Process(server.process.pid).cpu_times()
    with server.browse() as browser:
        assert browser.get("/healthz").text == "ok\n"
    record_property("seconds of a core", spent.user + spent.system)
    assert spent.user + spent.system < 3


def test_nothing_heavy_is_imported(settings, store):
    code = (
        "import json, sys; from starlette.testclient import TestClient\n"
        "from pipeline.review.app import create_app; from pipeline.settings import Settings\n"
        "import pipeline.cli.review, pipeline.review.serve\n"
        f"with TestClient(create_app(Settings(home={str(settings.home)!r}, database_url={settings.database_url!r}))) as c:\n"
        "    c.get('/sign-in', headers={'Host': 'localhost'})\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout.splitlines()[-1]) == []


def test_what_is_under_way_is_answered_before_it_ends(start, ana):
    server = start()
    answers = []
    with server.browse() as browser:
        for _ in range(5):
            assert sign_in(browser, "wrong").status_code == 401
        late = threading.Thread(
            target=lambda: answers.append(sign_in(browser, "wrong").status_code)
        )  # waits half a second
        late.start()
        time.sleep(0.2)
        assert server.end() in {0, -signal.SIGTERM}
        late.join()
    assert answers == [401]


def test_answers_do_not_wait_for_acknowledgements():
    """On Linux and macOS a connection has what its listening socket has."""
    with _listen(ReviewOptions(port=0)) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_interrupted_it_ends_well(start):
    assert start().end(signal.SIGINT) == 0


def test_interrupted_before_it_runs_it_ends_too(settings, store):
    """Whenever Ctrl-C comes: as an exception it may be lost in a callback of Python's own."""
    before = signal.getsignal(signal.SIGINT)
    serve(settings, ReviewOptions(port=0), ready=lambda _: signal.raise_signal(signal.SIGINT))
    assert signal.getsignal(signal.SIGINT) is before


def test_killed_it_loses_nothing(start, ana, store):
    server = start()
    with server.browse() as browser:
        assert sign_in(browser).status_code == 303
        server.end(signal.SIGKILL)
        token = browser.cookies["session"]
    with start().browse() as browser:
        browser.cookies.set("session", token)
        assert browser.get("/account").status_code == 200
    assert [act.what for act in load_acts(store)] == ["sign-in", "account added"]


def test_it_speaks_https_and_its_cookie_is_bound_to_the_host(start, ana, tmp_path):
    certificate, key = make_certificate(tmp_path)
    server = start("--certificate", str(certificate), "--key", str(key), "--host", "0.0.0.0")
    assert server.url.startswith("https://127.0.0.1:")
    with server.browse() as browser:
        cookie = sign_in(browser).headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie


def test_requests_are_logged_as_json_without_what_is_secret(start, ana):
    server = start(ENTENTE_LOG_LEVEL="INFO", ENTENTE_LOG_JSON="1")
    with server.browse() as browser:
        sign_in(browser)
        browser.get("/account?token=hidden")
        token = browser.cookies["session"]
    server.process.terminate()
    logged = server.process.communicate(timeout=60)[1]
    lines = [json.loads(line) for line in logged.splitlines() if '"request"' in line]
    assert [(line["path"], line["status"], line["who"]) for line in lines] == [
        ("/sign-in", 303, None),
        ("/account", 200, "ana"),
    ]
    assert not any(secret in logged for secret in (PASSWORD, token, "hidden"))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"host": "0.0.0.0"}, "without accounts the page is for this machine alone"),
        ({"host": "0.0.0.0", "newcomers": Role.READER}, "in the clear"),
        ({"certificate": __file__, "key": __file__}, "cannot be used"),
        ({"host": "192.0.2.1", "newcomers": Role.READER, "proxies": read_networks(["10.0.0.1"])}, "--port 0 takes any"),
    ],
)
def test_what_would_not_be_safe_or_cannot_be_is_refused(settings, store, options, reason):
    with pytest.raises(InputError, match=reason):
        serve(settings, ReviewOptions(port=0, **options), ready=pytest.fail)


def test_with_accounts_a_password_never_crosses_the_network_in_the_clear(settings, ana):
    with pytest.raises(InputError, match="--certificate and --key, or the --trusted-proxy"):
        serve(settings, ReviewOptions(host="0.0.0.0", port=0), ready=pytest.fail)


def test_a_port_that_is_taken_is_said():
    with _listen(ReviewOptions(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"port {port}: Address already in use"):
            _listen(ReviewOptions(port=port))


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, "http://127.0.0.1:"),
        ({"host": "::1"}, "http://[::1]:"),
        ({"host": "0.0.0.0", "certificate": "x"}, "https://127.0.0.1:"),
        ({"host": "0.0.0.0", "names": ("register.example",)}, "http://register.example:"),
    ],
)
def test_the_address_to_open(options, shown):
    made = ReviewOptions(port=0, **options)
    with _listen(made) as listening:
        assert _find_url(made, listening).startswith(shown)


def make_certificate(folder):
    """A certificate for this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    day = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(day).not_valid_after(day + dt.timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(encoded)
    return folder / "certificate.pem", folder / "key.pem"
