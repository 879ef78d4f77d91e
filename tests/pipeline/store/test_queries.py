import pytest
from sqlalchemy import literal, select

from pipeline.errors import InputError, NotFoundError
from pipeline.store.queries import digest, has_words, only_id


@pytest.mark.parametrize(
    ("found", "asked", "expected"),
    [
        (["ag-1"], "ag", "ag-1"),
        (["ag-1", "ag-12"], "ag-1", "ag-1"),  # a whole id is never ambiguous
        ([], "ag", NotFoundError),
        (["ag-1", "ag-2"], "ag", InputError),
    ],
)
def test_the_beginning_of_an_id_leads_to_one_record_or_to_a_clear_error(found, asked, expected):
    if isinstance(expected, str):
        assert only_id(found, asked) == expected
    else:
        with pytest.raises(expected, match=asked):
            only_id(found, asked)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kestrel", True),
        ("TREATY kestrel", True),
        ("kestrel osprey", True),  # each word in any column
        ("kestrel eagle", False),
        ("kes%el", False),
        ("k_strel", False),
        ("  ", True),
    ],
)
def test_every_word_must_stand_somewhere_as_it_is(store, words, expected):
    columns = literal("The Kestrel Treaty"), literal("Osprey"), literal(None)
    with store.begin() as connection:
        assert bool(connection.execute(select(has_words(words, *columns))).scalar()) is expected


def test_a_text_has_one_key():
    assert digest("Åland") == digest("Åland") != digest("Aland")
