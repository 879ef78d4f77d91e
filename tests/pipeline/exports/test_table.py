from io import BytesIO

import pytest

from pipeline.exports.table import write_table


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_format_takes_the_same_records(items, file_format):
    out = BytesIO()
    assert write_table(out, "claims", file_format, iter(items)) == 2
    assert out.getvalue()


@pytest.mark.parametrize(("view", "file_format"), [("claims", "pdf"), ("everything", "csv")])
def test_what_there_is_not(view, file_format):
    with pytest.raises(ValueError, match=f"{file_format}|{view}"):
        write_table(BytesIO(), view, file_format, [])
