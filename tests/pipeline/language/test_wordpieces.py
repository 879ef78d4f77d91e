"""Windows of word pieces: everything once, nothing too long, paragraphs whole where they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tokenizers import Tokenizer

import models
from pipeline.language.wordpieces import MAX_PIECES, WINDOW, cut_windows, find_paragraphs, is_word


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = Tokenizer.from_file(str(models.verified_path("all-MiniLM-L6-v2") / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def make_doc(*sentences):
    """A sentence is a list of words; a line break, as a word, ends a paragraph."""
    words = [word for sentence in sentences for word in sentence]
    starts = [place == 0 for sentence in sentences for place in range(len(sentence))]
    return Doc(Vocab(), words=words, sent_starts=starts)


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ([], []),
        (["a", "b"], [0, 0]),
        (["a", "\n", "b"], [0, 0, 1]),
        (["a", "\n\n", "b", "\n", "c"], [0, 0, 1, 1, 2]),
        (["\n", "a"], [0, 1]),
    ],
)
def test_paragraphs(words, paragraphs):
    assert find_paragraphs(Doc(Vocab(), words=words)) == paragraphs


def test_a_window_has_the_special_pieces_around_it_and_says_whose_each_piece_is(tokenizer):
    (window,) = cut_windows(make_doc(["Kensington", "holds", "\n"]), tokenizer)
    assert tokenizer.decode(window.pieces, skip_special_tokens=False) == "[CLS] kensington holds [SEP]"
    assert window.tokens == (-1, 0, 1, -1)  # a blank has no piece


def test_a_long_word_has_its_first_pieces_only(tokenizer):
    (window,) = cut_windows(make_doc(["x" * 100, "y"]), tokenizer)
    assert window.tokens.count(0) <= MAX_PIECES
    assert window.tokens.count(1) == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [("treaty", True), ("É.", True), ("a”", True), ("1,000", False), ("—", False), ("معاهدة", False)],
)
def test_words(word, expected):
    assert is_word(word) is expected


@pytest.mark.parametrize(
    "doc", [make_doc(), make_doc(["\n"]), make_doc(["1,000", "🙂"])], ids=["empty", "blank", "signs"]
)
def test_a_text_without_words(tokenizer, doc):
    windows = cut_windows(doc, tokenizer)
    assert [piece for window in windows for piece in window.tokens if piece >= 0] == []


@pytest.mark.parametrize(
    ("paragraphs", "sizes"),
    [
        ([[100], [100]], [200]),  # two that fit together
        ([[200], [200]], [200, 200]),  # two that do not
        ([[200], [60, 60]], [200, 120]),  # a paragraph is kept whole, though its first sentence would have fitted
        ([[200, 200]], [200, 200]),  # one that fits nowhere is cut between its sentences
        ([[100], [150, 200]], [250, 200]),  # and such a one need not begin a window
        ([[700]], [300, 300, 100]),  # a sentence that fits nowhere is cut where it must be
    ],
)
def test_where_windows_end(tokenizer, paragraphs, sizes):
    sentences = []
    for paragraph in paragraphs:
        sentences += [["word"] * size for size in paragraph]
        sentences[-1].append("\n")
    assert [len(window.pieces) - 2 for window in cut_windows(make_doc(*sentences), tokenizer)] == sizes


@given(
    st.lists(st.lists(st.sampled_from(["a", "Kensington", "x" * 40, "\n", "🚀"]), min_size=1, max_size=80), max_size=12)
)
def test_every_piece_stands_in_one_window_in_order(tokenizer, sentences):
    doc = make_doc(*sentences)
    windows = cut_windows(doc, tokenizer)
    told = [token for window in windows for token in window.tokens if token >= 0]
    assert told == sorted(told)
    assert all(len(window.pieces) == len(window.tokens) <= WINDOW + 2 for window in windows)
    missing = {token.i for token in doc if token.text.strip()} - set(told)
    assert not any(is_word(doc[i].text) for i in missing)  # only signs are left out, where a window has nothing else
