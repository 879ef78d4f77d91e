"""What a list shows, all of it, as a file: the same conditions in the address, without a page's end.

A file is written to the disk first and sent once it is whole: of a long list one batch is in memory, and what fails half-way
is said as an error, never sent as a file that looks complete.
"""

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import BinaryIO, Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pipeline.errors import InputError
from pipeline.exports.annotation import write_annotations
from pipeline.exports.table import write_table
from pipeline.review.asked import read_filter
from pipeline.review.audit import note_act
from pipeline.review.page import get_store
from pipeline.store.filters import ClaimFilter, EntityFilter, Filter, RegisterFilter
from pipeline.store.marked_streams import stream_marked
from pipeline.store.store import Store
from pipeline.store.streams import Reviewed, stream_claims, stream_entities, stream_observations, stream_register

router = APIRouter(include_in_schema=False)

View = Literal["register", "observations", "claims", "entities"]
Ending = Literal["csv", "jsonl", "parquet", "xlsx"]
# Each holds a thread and a connection while it is written; the others are for those who read.
_AT_ONCE = BoundedSemaphore(2)
_CHUNK = 65_536
_LONGEST_NOTED = 500  # characters of what was asked for, in the audit

_STREAMS: dict[str, tuple[type[Filter], Callable[..., Iterator[Reviewed]]]] = {
    "register": (RegisterFilter, stream_register),
    "observations": (RegisterFilter, stream_observations),
    "claims": (ClaimFilter, stream_claims),
    "entities": (EntityFilter, stream_entities),
}
#: What the records of a list stand on in the texts: of a row, what each article says of it.
_MARKED = {"register": "observations", "observations": "observations", "claims": "claims"}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "annotations.jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}


@router.get("/exports/{view}.annotations.jsonld")
def export_annotations(request: Request, view: Literal["register", "observations", "claims"]) -> Response:
    """The words that the records of a list stand on, as W3C Web Annotations."""
    store, items = get_store(request), _stream(request, _MARKED[view])
    return _send(request, f"{view}.annotations.jsonld", lambda out: write_annotations(out, stream_marked(store, items)))


@router.get("/exports/{view}.{ending}")
def export_table(request: Request, view: View, ending: Ending) -> Response:
    """A whole list as a table, each record as people's decisions leave it."""
    items = _stream(request, view)
    return _send(
        request, f"{view}.{ending}", lambda out: write_table(out, view, ending, items, with_bom=ending == "csv")
    )


def _stream(request: Request, view: str) -> Iterator[Reviewed]:
    """The records that the address asks for.

    Raises:
        InputError: a condition cannot be.
    """
    kind, stream = _STREAMS[view]
    asked = read_filter(kind, request.query_params)
    if asked.wanted is None:
        said = "; ".join(f"{name} “{asked.get(name)[:40]}”: {problem}" for name, problem in asked.problems.items())
        raise InputError(f"{said}.")
    store: Store = get_store(request)
    return stream(store, asked.wanted.model_copy(update={"after": None}))


def _send(request: Request, name: str, write: Callable[[BinaryIO], int]) -> Response:
    if not _AT_ONCE.acquire(blocking=False):
        raise HTTPException(503, "Two files are being written already; try again in a minute.", {"Retry-After": "60"})
    try:
        file, number = _write(write)
    finally:
        _AT_ONCE.release()
    note_act(request, "export", name, records=number, asked=request.url.query[:_LONGEST_NOTED])
    size = file.seek(0, 2)
    headers = {"Content-Disposition": f'attachment; filename="entente-{name}"', "Content-Length": str(size)}
    return StreamingResponse(_read(file), media_type=_TYPES[name.partition(".")[2]], headers=headers)


def _write(write: Callable[[BinaryIO], int]) -> tuple[BinaryIO, int]:
    file = TemporaryFile()  # noqa: SIM115 -- it is closed by who sends it
    try:
        number = write(file)
    except BaseException:
        file.close()
        raise
    return file, number


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
