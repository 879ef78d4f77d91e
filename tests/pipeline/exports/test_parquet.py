from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exports.columns import View, find_columns
from pipeline.exports.parquet import make_table, write_parquet

COLUMNS = find_columns(View.CLAIMS)


def test_types_are_kept(items):
    out = BytesIO()
    assert write_parquet(out, COLUMNS, iter(items)) == 2
    table = pq.read_table(BytesIO(out.getvalue()))
    assert table.schema.field("about").type == pa.list_(pa.string())
    assert table.schema.field("hedged").type == pa.bool_()
    assert table.schema.field("first_seen").type == pa.timestamp("us", tz="UTC")
    first, second = table.to_pylist()
    assert (first["content"], first["about"], first["confidence"]) == (
        "=it would hold",
        ["Kestrel Treaty", "Norland"],
        0.75,
    )
    assert (first["published"], first["type"], second["review"]) == ("2025-07", "prediction", "accept")


def test_an_empty_list_has_its_columns():
    out = BytesIO()
    assert write_parquet(out, COLUMNS, []) == 0
    assert pq.read_table(BytesIO(out.getvalue())).column_names == [column.name for column in COLUMNS]
    assert make_table(COLUMNS, []).num_rows == 0
