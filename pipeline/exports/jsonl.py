"""JSONL: one whole record a line, with its review."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from pipeline.exports.text import open_text
from pipeline.store.streams import Reviewed


def write_jsonl(out: BinaryIO, items: Iterable[Reviewed]) -> int:
    """Write each record as the list commands' ``--json`` has it, and what a person decided; returns how many there were."""
    return write_lines(out, map(make_line, items))


def make_line(item: Reviewed) -> dict[str, Any]:
    """A record as JSON values, with ``review`` (accept, reject, unsure or null) and an observation's ``row_id``."""
    line = item.record.model_dump(mode="json") | {"review": item.review}
    return {"row_id": item.row_id} | line if item.row_id else line


def write_lines(out: BinaryIO, lines: Iterable[object]) -> int:
    """Write JSON values one a line, UTF-8; returns how many there were."""
    number = 0
    with open_text(out) as text:
        for line in lines:
            text.write(json.dumps(line, ensure_ascii=False) + "\n")
            number += 1
    return number
