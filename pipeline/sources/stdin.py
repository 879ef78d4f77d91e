"""One article from standard input."""

import hashlib
import sys
from typing import BinaryIO

from pipeline.errors import FetchError
from pipeline.sources.media import guess_media_type

STDIN = "-"  #: how standard input is named on the command line

MAX_FILE_BYTES = (
    100_000_000  #: a scanned book stays below; beyond it the bytes are no article, and would fill the memory
)


def fetch_stdin(stream: BinaryIO | None = None) -> tuple[str, str, bytes]:
    """Read standard input to its end: its address (``stdin:<SHA-256 of the bytes>``), media type and bytes.

    Args:
        stream: read this instead (tests).

    Raises:
        FetchError: more than 100 MB.
    """
    body = (stream or sys.stdin.buffer).read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise FetchError(
            f"standard input: more than {MAX_FILE_BYTES:,} bytes; give one article at a time", address=STDIN
        )
    return f"stdin:{hashlib.sha256(body).hexdigest()}", guess_media_type(body), body
