import csv
from datetime import UTC, datetime
from io import BytesIO

import pytest

from pipeline.exports.columns import View, find_columns
from pipeline.exports.csv import defuse, make_cell, write_csv


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (26, 26),
        (-0.5, -0.5),
        ("2025-07", "2025-07"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-0.5", "'-0.5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("＝1+1", "'＝1+1"),
        ("a = b", "a = b"),
        ("be\x07ll", "bell"),
        (("=x", "y"), "'=x; y"),
        ((), ""),
        (datetime(2025, 7, 18, 9, tzinfo=UTC), "2025-07-18T09:00:00+00:00"),
    ],
)
def test_a_value_as_a_cell(value, cell):
    assert make_cell(value) == cell


def test_what_is_defused_once_is_left_alone():
    assert defuse(defuse("=1")) == "'=1"


def test_a_file_is_read_back(items):
    out = BytesIO()
    columns = find_columns(View.CLAIMS)
    assert write_csv(out, columns, items) == 2
    assert b"\r\n" in out.getvalue()
    rows = list(csv.DictReader(out.getvalue().decode().splitlines(keepends=True)))
    assert list(rows[0]) == [column.name for column in columns]
    first, second = rows
    assert (first["content"], first["title"], first["published"]) == ("'=it would hold", "'-1 treaty", "2025-07")
    assert (first["confidence"], first["hedged"], first["about"]) == ("0.75", "true", "Kestrel Treaty; Norland")
    assert (first["review"], second["review"], second["content"]) == ("", "accept", "été\n«wörds»")


def test_excel_is_told_of_utf_8_where_it_is_asked_for(items):
    for with_bom in (True, False):
        out = BytesIO()
        write_csv(out, find_columns(View.CLAIMS), items, with_bom=with_bom)
        assert out.getvalue().startswith(b"\xef\xbb\xbf") is with_bom
        assert not out.closed
