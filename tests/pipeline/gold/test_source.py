"""A gold file between reading and checking."""

from pipeline.gold.marks import read_marks
from pipeline.gold.sections import read_tables
from pipeline.gold.source import Source
from pipeline.gold.tables import EntityTable

TABLES = ["[entities]", 'e1 = {type = "STATE", name = "A"}', 'e2 = {type = "NONE", name = "B"}']
SOURCE = Source("901-x", None, read_marks(["{e1 A} and {e1 A}"], first_line=1), read_tables(TABLES, first_line=3))


def test_marks_by_id_in_the_order_of_the_text():
    assert [mark.start for mark in SOURCE.marks["e1"]] == [0, 6]


def test_records_by_sort():
    assert [entry.key for entry, _ in SOURCE.find_all(EntityTable)] == ["e1"]


def test_what_cannot_be_read_is_there_all_the_same():
    assert [SOURCE.has(key) for key in ("e1", "e2", "e3")] == [True, True, False]


def test_the_words_of_a_mark():
    assert SOURCE.cut(SOURCE.marks["e1"][1]).model_dump() == {"start": 6, "end": 7, "text": "A"}


def test_what_is_unknown_has_a_near_one():
    assert SOURCE.say_unknown("e11", "e") == 'e11 is not in the tables; is "e1" meant?'
