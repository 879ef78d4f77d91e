import json
from io import BytesIO

from pipeline.exports.jsonl import make_line, write_jsonl


def test_each_record_is_whole_on_its_line(items):
    out = BytesIO()
    assert write_jsonl(out, items) == 2
    first, second = map(json.loads, out.getvalue().decode().splitlines())
    assert (first["content"], first["about"], first["review"]) == (
        "=it would hold",
        ["Kestrel Treaty", "Norland"],
        None,
    )
    assert (second["content"], second["review"]) == ("été\n«wörds»", "accept")


def test_an_observation_has_its_row_first(items):
    assert next(iter(make_line(items[0]._replace(row_id="rw-1")).items())) == ("row_id", "rw-1")
