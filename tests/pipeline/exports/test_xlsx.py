from io import BytesIO

import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.exports import xlsx
from pipeline.exports.columns import View, find_columns
from pipeline.exports.xlsx import make_text, write_xlsx

COLUMNS = find_columns(View.CLAIMS)


def read(out):
    head, *rows = openpyxl.load_workbook(BytesIO(out.getvalue())).active.iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


def test_text_stays_text_and_numbers_are_numbers(items):
    out = BytesIO()
    assert write_xlsx(out, COLUMNS, items, title="claims") == 2
    first, second = read(out)
    assert (first["content"].value, first["content"].data_type) == ("=it would hold", "s")
    assert (first["published"].value, first["published"].data_type) == ("2025-07", "s")
    assert (first["confidence"].value, first["hedged"].value) == (0.75, True)
    assert f"{first['first_seen'].value:%Y-%m-%d %H}" == "2025-07-18 09"
    assert (second["review"].value, first["cue"].value, first["url"].value) == ("accept", "said", None)


@pytest.mark.parametrize(
    ("text", "cell"), [("be\x07ll", "bell"), ("x" * 32_767, "x" * 32_767), ("x" * 40_000, "x" * 32_759 + " … (cut)")]
)
def test_what_no_cell_can_hold(text, cell):
    assert make_text(text) == cell


def test_more_records_than_a_sheet_has_rows_are_refused(items, monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)  # a million rows would take a minute
    assert write_xlsx(BytesIO(), COLUMNS, items, title="claims") == 2
    with pytest.raises(InputError, match="room for 2 records; use CSV or Parquet"):
        write_xlsx(BytesIO(), COLUMNS, items * 2, title="claims")
