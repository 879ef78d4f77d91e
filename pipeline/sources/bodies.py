"""The body of an answer, unpacked while it arrives and never further than a limit.

httpx unpacks each piece as far as it goes: a gzip bomb of 1 MB takes 1 GB of memory before its size can be looked at.
"""

import zlib
from collections.abc import Iterable

from pipeline.sources.urls import printable

_PIECE = 65_536  # bytes unpacked at a time: what may stand in memory beyond the limit
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib tells the two by their headers

#: content codings that are unpacked, by what they are called in a Content-Encoding header
CODINGS = {"": None, "identity": None, "gzip": _GZIP_OR_ZLIB, "x-gzip": _GZIP_OR_ZLIB, "deflate": _GZIP_OR_ZLIB}


class TooLargeError(ValueError):
    """A body goes beyond the limit."""


class BrokenBodyError(ValueError):
    """A body cannot be unpacked: unknown coding, damaged or cut off."""


def read_body(pieces: Iterable[bytes], *, coding: str, limit: int) -> bytes:
    """The whole body, unpacked.

    Args:
        pieces: the bytes as they arrive.
        coding: the Content-Encoding header: empty, ``gzip``, ``deflate``.
        limit: bytes that the unpacked body may have.

    Raises:
        TooLargeError: as soon as the limit is passed.
        BrokenBodyError: the coding is not one of :data:`CODINGS`, or the body does not keep to it.
    """
    body = read_start(pieces, coding=coding, limit=limit + 1)
    if len(body) > limit:
        raise TooLargeError
    return body


def read_start(pieces: Iterable[bytes], *, coding: str, limit: int) -> bytes:
    """The first bytes of a body, unpacked; what stands behind the limit is not looked at.

    Raises:
        BrokenBodyError: as :func:`read_body`.
    """
    name = coding.strip().lower()
    if name not in CODINGS:
        raise BrokenBodyError(f"is packed as {printable(name)}, which was not asked for")
    body = bytearray()
    for piece in _unpacked(pieces, CODINGS[name]):
        body += piece
        if len(body) >= limit:
            return bytes(body[:limit])
    return bytes(body)


def _unpacked(pieces: Iterable[bytes], window: int | None) -> Iterable[bytes]:
    if window is None:
        yield from pieces
        return
    unpacker: zlib._Decompress | None = None
    for piece in pieces:
        waiting = piece
        while waiting:
            # A body may be several gzip members in a row; each needs a new start.
            if unpacker is None or unpacker.eof:
                unpacker = zlib.decompressobj(wbits=window)
            try:
                yield unpacker.decompress(waiting, _PIECE)
            except zlib.error as error:
                raise BrokenBodyError("is damaged: it does not unpack") from error
            waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if unpacker is not None and not unpacker.eof:
        raise BrokenBodyError("is cut off: its packed form has no end")
