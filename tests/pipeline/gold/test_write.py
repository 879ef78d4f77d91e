from pathlib import Path

import pytest

from pipeline.enumerations import EntityType
from pipeline.gold.marks import Mark
from pipeline.gold.read import _read_parts, find_gold, read_gold
from pipeline.gold.tables import EntityTable, HeaderTable
from pipeline.gold.write import clean_text, write_gold

CORPUS = Path(__file__).parents[3] / "corpus" / "gold"
HEAD = HeaderTable(title='A "treaty"', published="2025", publisher="The Post", style="wire", topic="t", split="train")


def parts(path, content):
    source, problems = _read_parts(path, content)
    assert problems == []
    marks = sorted((mark.key, mark.flags, mark.start, mark.end) for mark in source.marked.marks)
    return source.header, source.marked.text, marks, {key: entry.record for key, entry in source.tables.entries.items()}


# Every ninth: the corpus has every mark and table there is many times over.
@pytest.mark.parametrize("path", find_gold(CORPUS)[::9], ids=lambda path: path.stem)
def test_a_file_of_the_corpus_is_written_as_it_was_read(path, tmp_path):
    header, text, marks, tables = parts(path, path.read_text("utf-8"))
    written = tmp_path / path.name
    written.write_text(write_gold(header, text, [Mark(*each, 0) for each in marks], tables), "utf-8")
    assert parts(written, written.read_text("utf-8")) == (header, text, marks, tables)
    assert read_gold(written).article == read_gold(path).article


def test_what_a_gold_file_cannot_hold_is_replaced_place_for_place(tmp_path):
    text = '\ufeffa {b}\tc\r\n+++\nNorland \\ "x"\x7f'
    at = text.index("Norland")
    table = EntityTable(type=EntityType.STATE, name='Norland "\\"')
    path = tmp_path / "001-norland.gold"
    path.write_text(write_gold(HEAD, text, [Mark("e1", (), at, at + 7, 0)], {"e1": table}), "utf-8")
    article = read_gold(path).article
    assert article.text == clean_text(text) + "\n"
    assert len(clean_text(text)) == len(text)
    assert (article.entities[0].name, article.entities[0].mentions[0].start) == ('Norland "\\"', at)
    assert article.header == HEAD
