import pytest

from pipeline.corrections import AgreementValues
from pipeline.errors import InputError
from pipeline.reading.columns import BESIDE, map_columns, read_lines
from pipeline.reading.spreadsheet import Line, Sheet


@pytest.mark.parametrize(
    ("headers", "given", "fields"),
    [
        (["Name", "Kind", "Status"], {}, ["name", "kind", "status"]),
        (["TREATY", "Type of agreement", "Signatories", "Date signed"], {}, ["name", "kind", "parties", "date"]),
        (["Agreement name", "Our partners"], {"our partners": "parties"}, ["name", "parties"]),
        (["Title", "Also known as", "Link", "Remarks", "No."], {}, ["name", "aliases", "url", "note", "key"]),
        (["Name", "Parties", "Members"], {"Members": ""}, ["name", "parties"]),
    ],
)
def test_columns_are_known_by_their_headers(headers, given, fields):
    assert list(map_columns(headers, given).fields.values()) == fields


def test_columns_that_nobody_knows_are_left_and_named():
    assert map_columns(["Name", "Mood", ""]).left == ("Mood",)


def test_every_field_has_a_column_of_its_own_name():
    for field in (*AgreementValues.model_fields, *BESIDE):
        assert set(map_columns(["Name" if field != "name" else "Label", field]).fields.values()) >= {field}


@pytest.mark.parametrize(
    ("headers", "given", "said"),
    [
        (["Name", "Parties", "Members"], {}, "Parties and Members both look like parties"),
        (["Mood", "Kind"], {}, "No column looks like the agreement's name"),
        (["Name"], {"Mood": "status"}, "There is no column Mood"),
        (["Name", "Mood"], {"Mood": "moods"}, "moods is no field"),
    ],
)
def test_columns_that_cannot_be_told_are_asked_for(headers, given, said):
    with pytest.raises(InputError, match=said):
        map_columns(headers, given)


def test_a_line_has_its_values_and_its_problems():
    headers = ("Name", "Kind", "Status", "Date", "Link", "Comment")
    lines = (
        Line(number=2, cells=("Kestrel Treaty", "treaty", "signed", "17 July 2025", "https://a.example", "-")),
        Line(number=3, cells=("Linden Pact", "thing", "dreamt", "", "", "see above")),
    )
    good, bad = read_lines(Sheet(headers=headers, lines=lines), map_columns(headers))
    assert good.values == {"name": "Kestrel Treaty", "kind": "treaty", "status": "signed", "date": "2025-07-17"}
    assert (good.beside, good.problems) == ({"url": "https://a.example"}, ())
    assert bad.number == 3
    assert [each.partition(":")[0] for each in bad.problems] == ["kind", "status"]
