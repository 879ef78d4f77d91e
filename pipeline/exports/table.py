"""A list as a file, in any of the formats for tables."""

from collections.abc import Iterable
from typing import BinaryIO

from pipeline.exports.columns import View, find_columns
from pipeline.exports.csv import write_csv
from pipeline.exports.jsonl import write_jsonl
from pipeline.exports.parquet import write_parquet
from pipeline.exports.xlsx import write_xlsx
from pipeline.store.streams import Reviewed


def write_table(
    out: BinaryIO, view: str, file_format: str, items: Iterable[Reviewed], *, with_bom: bool = False
) -> int:
    """Write a view's records; returns how many there were.

    Args:
        out: an open binary file.
        view: a :class:`pipeline.exports.columns.View`.
        file_format: csv, jsonl, parquet or xlsx.
        items: the records, read one at a time.
        with_bom: of CSV: begin with the mark by which Excel knows UTF-8.

    Raises:
        ValueError: there is no such view or format.
        InputError: the format has no room for so many.
    """
    columns = find_columns(View(view))
    match file_format:
        case "csv":
            return write_csv(out, columns, items, with_bom=with_bom)
        case "jsonl":
            return write_jsonl(out, items)
        case "parquet":
            return write_parquet(out, columns, items)
        case "xlsx":
            return write_xlsx(out, columns, items, title=view)
        case _:
            raise ValueError(f"there is no format {file_format}")
