import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from pipeline.errors import InputError
from pipeline.reading import spreadsheet
from pipeline.reading.spreadsheet import read_spreadsheet


@pytest.fixture
def write(tmp_path):
    def write_one(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_one


@pytest.fixture
def write_book(tmp_path):
    def write_one(*rows, name="ours.xlsx", sheet="Sheet"):
        book = Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write_one


@pytest.mark.parametrize(
    "content",
    [
        'Name,Parties\r\nKestrel Treaty,"Norland, Sudland"\r\n',
        "Name;Parties\nKestrel Treaty;Norland, Sudland\n",
        "\ufeffName\tParties\nKestrel Treaty\tNorland, Sudland\n",
        '\n  ,\nName,Parties,,\nKestrel Treaty,"Norland, Sudland",,\n',
    ],
    ids=["comma", "semicolon", "tabulator and mark", "blank lines and columns"],
)
def test_a_csv_is_read_whoever_wrote_it(write, content):
    sheet = read_spreadsheet(write("ours.csv", content))
    assert sheet.headers == ("Name", "Parties")
    assert [each.cells for each in sheet.lines] == [("Kestrel Treaty", "Norland, Sudland")]


def test_a_line_has_the_number_that_an_editor_shows(write):
    content = 'Name,Parties\n\n"a pact","Norland\nSudland"\nother pact,Moor\nshort\n'
    lines = read_spreadsheet(write("ours.csv", content)).lines
    assert [each.number for each in lines] == [3, 5, 6]
    assert lines[2].cells == ("short", "")


def test_an_old_encoding_is_read(write):
    assert read_spreadsheet(write("ours.csv", "Name\nTraité de Vallée\n".encode("cp1252"))).lines[0].cells == (
        "Traité de Vallée",
    )


def test_a_workbook_is_read_as_it_looks(write_book):
    row = ("Kestrel Treaty", 26, 1.5, datetime.fromisoformat("2025-07-17T10:00"), date(2025, 7, 18), True, None)
    path = write_book(("Name", "No.", "Sum", "From", "To", "Hedged", "Empty"), (), row)
    [line] = read_spreadsheet(path).lines
    assert line.number == 3
    assert line.cells == ("Kestrel Treaty", "26", "1.5", "2025-07-17", "2025-07-18", "yes", "")


def test_a_sheet_is_found_by_its_name(write_book):
    path = write_book(("Name",), ("a pact",), sheet="Ours")
    assert read_spreadsheet(path, sheet="Ours").headers == ("Name",)
    with pytest.raises(InputError, match="no sheet Theirs; its sheets are Ours"):
        read_spreadsheet(path, sheet="Theirs")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ours.csv", "Name\n", "no table"),
        ("ours.csv", 'Name\n"a pact\n', "line 2: .*quotation mark"),
        ("ours.csv", "Name\n" + "," * 300 + "x\n", "more than 200 columns"),
        ("ours.csv", "Name\n" + "x" * 20_001 + "\n", "line 2: a cell with more"),
        ("ours.xls", b"\xd0\xcf", r"save it as \.csv or \.xlsx"),
        ("ours.xlsx", b"Name\n", r"no \.xlsx that can be read"),
        ("none.csv", None, "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(write, tmp_path, name, content, said):
    path = tmp_path / name if content is None else write(name, content)
    with pytest.raises(InputError, match=said):
        read_spreadsheet(path)


def make_zip(**parts):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return body.getvalue()


def test_what_grows_is_not_read(write, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_UNPACKED", 1000)
    with pytest.raises(InputError, match="unpacks to more"):
        read_spreadsheet(write("bomb.xlsx", make_zip(sheet="0" * 2000)))
    with pytest.raises(InputError, match="document type"):
        read_spreadsheet(
            write("entities.xlsx", make_zip(sheet='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'))
        )
    with pytest.raises(InputError, match=r"is no \.xlsx"):
        read_spreadsheet(write("other.xlsx", make_zip(sheet="<x/>")))


def test_a_file_that_is_too_large_is_refused(write, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="larger than"):
        read_spreadsheet(write("ours.csv", "Name\na pact without end\n"))
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 1000)
    monkeypatch.setattr(spreadsheet, "MOST_LINES", 2)
    with pytest.raises(InputError, match="more than 2 lines"):
        read_spreadsheet(write("ours.csv", "Name\na\nb\nc\n"))
