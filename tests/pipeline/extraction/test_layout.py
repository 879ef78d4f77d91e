"""Where two words of a Doc stand to each other."""

import pytest

from pipeline.extraction.layout import (
    ELSEWHERE,
    SAME_PARAGRAPH,
    SAME_SENTENCE,
    SENTENCE_AFTER,
    SENTENCE_BEFORE,
    list_paths,
    place_of,
    read_layout,
)

TEXT = "Norway signed the treaty. Chile left. Kenya stayed.\nJapan waits."


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ("Norway", "treaty", SAME_SENTENCE),
        ("Norway", "Chile", SENTENCE_AFTER),
        ("Chile", "Norway", SENTENCE_BEFORE),
        ("Norway", "Kenya", SAME_PARAGRAPH),
        ("Norway", "Japan", ELSEWHERE),
        ("Kenya", "Japan", SENTENCE_AFTER),  # the next sentence, in a paragraph of its own
    ],
)
def test_places(nlp, first, second, place):
    doc = nlp(TEXT)
    words = [token.text for token in doc]
    assert place_of(read_layout(doc), words.index(first), words.index(second)) == place


@pytest.mark.parametrize(
    ("text", "first", "second", "path"),
    [
        ("France signed the treaty.", "treaty", "France", ("dobj/signnsubj", "dobj/nsubj", "<nsubj")),
        ("France signed the treaty.", "treaty", "treaty", ("/", "/", "<")),
        ("France signed the treaty.", "signed", "France", ("/nsubj", "/nsubj", "<nsubj")),
        # as the first of the list
        ("France and Germany signed the treaty.", "treaty", "Germany", ("dobj/signnsubj", "dobj/nsubj", "<nsubj")),
        (
            "Norway liked the treaty between France and Chile.",
            "treaty",
            "France",
            ("/prep:between>pobj", "/prep:between>pobj", "<prep:between>pobj"),
        ),
        (
            "The treaty was signed by France.",
            "treaty",
            "France",
            ("nsubjpass/signprep:by>pobj", "nsubjpass/prep:by>pobj", "<prep:by>pobj"),
        ),
    ],
)
def test_paths(nlp, text, first, second, path):
    doc = nlp(text)
    words = [token.text for token in doc]
    assert list_paths(read_layout(doc), words.index(first), words.index(second)) == path


def test_there_is_no_path_from_one_sentence_to_another(nlp):
    doc = nlp(TEXT)
    assert list_paths(read_layout(doc), 0, 6) is None


def test_heads_and_dependencies_are_those_of_the_parse(nlp):
    doc = nlp(TEXT)
    layout = read_layout(doc)
    assert layout.heads == [token.head.i for token in doc]
    assert layout.dependencies == [token.dep_ for token in doc]


def test_an_empty_doc_has_none(nlp):
    layout = read_layout(nlp(""))
    assert (layout.heads, layout.sentences) == ([], ())
