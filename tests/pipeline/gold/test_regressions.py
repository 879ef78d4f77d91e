import pytest

from pipeline.errors import InputError
from pipeline.gold.regressions import Case, Rejected, load_cases, write_cases
from pipeline.records import Span

CASE = Case(
    article="ar-1",
    text="Norland «signed»\nit.",
    published="2025-07",
    rejected=(
        Rejected(
            id="ag-1", kind="agreement", label="it", spans=(Span(start=17, end=19, text="it"),), rule="r", decision=3
        ),
    ),
)


def test_cases_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "cases.jsonl"
    assert write_cases(path, [CASE, CASE]) == 2
    assert load_cases(path) == [CASE, CASE]


@pytest.mark.parametrize(
    "content", ['{"article": "ar-1"}', "no json", CASE.model_dump_json().replace("agreement", "row")]
)
def test_a_line_that_is_none_is_named(tmp_path, content):
    path = tmp_path / "cases.jsonl"
    path.write_text("\n" + content, "utf-8")
    with pytest.raises(InputError, match=r"cases\.jsonl:2: is no regression case"):
        load_cases(path)


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_cases(tmp_path / "none")
    with pytest.raises(InputError, match="cannot be written"):
        write_cases(tmp_path, [])
