"""Parquet with typed columns, lists as lists: for pandas, DuckDB, Spark and their like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exports.columns import Column, Kind, Value, read_values
from pipeline.store.streams import Reviewed

# Rows of a row group: the least that Parquet's own guides call efficient, and a few megabytes of claims.
_GROUP = 10_000
_TYPES: Mapping[Kind, Any] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "truth": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "moment": pa.timestamp("us", tz="UTC"),
}


def write_parquet(out: BinaryIO, columns: Sequence[Column], items: Iterable[Reviewed]) -> int:
    """Write a list, compressed, a row group at a time; returns how many records there were.

    An empty list has its columns and no rows.
    """
    schema = make_schema(columns)
    number, rest = 0, iter(items)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(rest, _GROUP)):
            writer.write_table(make_table(columns, group))
            number += len(group)
    return number


def make_schema(columns: Sequence[Column]) -> Any:  # noqa: ANN401 -- pyarrow publishes no types
    """The Arrow types of these columns."""
    return pa.schema([pa.field(column.name, _TYPES[column.kind]) for column in columns])


def make_table(columns: Sequence[Column], items: Sequence[Reviewed]) -> Any:  # noqa: ANN401 -- as above
    """Records as an Arrow table in memory."""
    rows = [read_values(columns, item) for item in items]
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    arrays = [
        pa.array(list(_plain(cells)), type=_TYPES[column.kind]) for column, cells in zip(columns, values, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=make_schema(columns))


def _plain(cells: Iterable[Value]) -> Iterator[object]:
    """Enumerations as the text that they are."""
    for cell in cells:
        if isinstance(cell, tuple):
            yield [str(each) for each in cell]
        else:
            yield str(cell) if isinstance(cell, str) else cell
