import hashlib
import io

import pytest

from pipeline.errors import FetchError
from pipeline.sources import stdin
from pipeline.sources.stdin import fetch_stdin


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(b"France signed.", "text/plain"), (b"<html><p>France", "text/html"), (b"", "text/plain")],
)
def test_stdin_bears_the_digest_of_its_bytes(body, media_type):
    assert fetch_stdin(io.BytesIO(body)) == (f"stdin:{hashlib.sha256(body).hexdigest()}", media_type, body)


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(stdin, "MAX_FILE_BYTES", 10)
    with pytest.raises(FetchError, match="standard input: more than 10 bytes; give one article at a time"):
        fetch_stdin(io.BytesIO(b"x" * 11))
