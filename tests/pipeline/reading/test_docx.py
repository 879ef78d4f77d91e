import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.reading.docx import read_docx

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def save(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pack(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def test_paragraphs_lists_and_tables_stand_in_the_order_of_the_body():
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "The Linden Treaty", "Anna Author; Bob"
    document.add_heading("What was agreed", 1)
    document.add_paragraph("France and Germany signed it.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["State", "Tanks", "France", "10"], strict=True):
        cell.text = words
    document.add_paragraph("Poland may join.")
    document.add_paragraph("")

    reading = read_docx(save(document))

    assert reading.text == (
        "What was agreed\n\nFrance and Germany signed it.\n\nState | Tanks\nFrance | 10\n\nPoland may join."
    )
    assert reading.metadata.title == "The Linden Treaty"
    assert reading.metadata.authors == ("Anna Author", "Bob")
    assert reading.metadata.origins == {"title": "docx properties", "authors": "docx properties"}


def test_a_table_in_a_cell_is_read_once():
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["State", "Tanks", "France", "of them"], strict=True):
        cell.text = words
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "new", "10"

    assert read_docx(save(document)).text == "State | Tanks\nFrance | of them new | 10"


def test_changes_are_read_as_accepted_and_controls_are_looked_into():
    document = docx.Document()
    document.element.body.insert(0, parse_xml(
        f"<w:sdt {NAMES}><w:sdtContent><w:p><w:r><w:t xml:space='preserve'>It was </w:t></w:r><w:del><w:r><w:delText>not "
        "</w:delText></w:r></w:del><w:ins><w:r><w:t>signed</w:t></w:r></w:ins><w:r><w:tab/><w:t>today.</w:t><w:br/>"
        "<w:t>Twice.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip

    assert read_docx(save(document)).text == "It was signed today.\nTwice."


def test_a_heading_is_the_title_where_no_property_is():
    document = docx.Document()
    document.add_heading("The Linden Treaty", 1)

    metadata = read_docx(save(document)).metadata

    assert (metadata.title, metadata.origins["title"], metadata.authors) == ("The Linden Treaty", "docx heading", ())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"no zip", "is no DOCX: it cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0", "is an old or a protected Word file"),
        (pack(a="b"), "is no DOCX that can be opened"),
        (pack(word__document="0" * 100_000_001), "unpacks to 100,000,001 bytes, more than the 100,000,000"),
    ],
)
def test_what_cannot_be_read_is_refused(body, reason):
    with pytest.raises(ValueError, match=reason):
        read_docx(body)
