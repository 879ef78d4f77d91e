import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import models
import pipeline.language.model as module
from pipeline.errors import ModelError
from pipeline.language.cleaning import clean_text
from pipeline.language.model import MAX_SENTENCE, annotate, load_base, start_paragraphs
from pipeline.settings import Settings

PROSE = (
    "France and Germany signed the Kensington Treaty in Paris on Monday. It provides for joint patrols, Emmanuel "
    "Macron said. Poland will join next year, according to officials in Warsaw.\n\n"
)


def starts(nlp, text):
    doc = start_paragraphs(nlp.make_doc(text))
    return [token.text for token in doc if token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France signed\nGermany did not", ["France", "Germany"]),
        ("France signed\n\n  Germany did not", ["France", "Germany"]),
        ("One line. Two sentences.", ["One"]),  # the parser's work
        ("KYIV — France signed", ["KYIV", "France"]),
        ("BRUSSELS, 4 April – France signed", ["BRUSSELS", "France"]),
        ("PRAGUE, April 8 (Wire) – The", ["PRAGUE", "The"]),
        ("NEW YORK -- France signed", ["NEW", "France"]),
        ("Text\nKYIV — France signed", ["Text", "KYIV", "France"]),
        ("France — and Germany — signed", ["France"]),
        ("The EU — a bloc", ["The"]),
        ("A — France", ["A"]),
        ("We know that KYIV — France", ["We"]),
        ("KYIV —", ["KYIV"]),
    ],
)
def test_paragraphs_and_datelines_start_sentences(nlp, text, expected):
    assert [word for word in starts(nlp, text) if word.strip()] == expected


def test_a_doc_without_words_is_left_alone(nlp):
    for text in ("", "\n", " \n \n"):
        assert start_paragraphs(nlp.make_doc(text)).text == text


@pytest.mark.parametrize(
    "text", ["treaty " * 2000, "Yes. " * 1000, ("word " * 90 + "end. Next ") * 20, "Poland " * 2000]
)
def test_no_sentence_is_endless(nlp, text):
    assert max(len(sent) for sent in nlp(text).sents) <= MAX_SENTENCE


def test_a_long_paragraph_is_cut_after_a_full_stop(nlp):
    doc = start_paragraphs(nlp.make_doc(("word " * 99 + "end. ") * 6))
    assert [token.i for token in doc if token.is_sent_start] == [0, 250, 500]
    doc = start_paragraphs(nlp.make_doc(("Word " + "word " * 98 + "end. ") * 6))
    assert [token.i for token in doc if token.is_sent_start] == [0, 202, 404]


def test_a_short_paragraph_is_the_parsers(nlp):
    doc = start_paragraphs(nlp.make_doc("Yes. " * 100))
    assert [token.i for token in doc if token.is_sent_start] == [0]


def annotated(nlp, text):
    with nlp.select_pipes(
        enable=["entente_paragraphs", "tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    ):
        return annotate(nlp, text)


@pytest.mark.parametrize("size", [150, 1000, 100_000])
def test_a_long_text_is_one_doc_with_the_articles_offsets(nlp, monkeypatch, size):
    monkeypatch.setattr(module, "MAX_PIECE", size)
    text = PROSE.replace("Treaty", "Treaty’s act") * 6
    doc = annotated(nlp, text)
    assert doc.text == clean_text(text)
    assert all(text[token.idx : token.idx + len(token)].replace("’", "'") == token.text for token in doc)
    assert doc.has_annotation("DEP")
    assert all(token.head in token.sent for token in doc)


def test_pieces_end_with_paragraphs_so_nothing_changes(nlp, monkeypatch):
    text = PROSE * 6
    whole = annotate(nlp, text)
    monkeypatch.setattr(module, "MAX_PIECE", 2 * len(PROSE) + 20)
    pieces = annotate(nlp, text)
    for group in ("entities", "agreements", "claims"):
        assert [(s.start_char, s.end_char, s.label_, s.id_) for s in pieces.spans[group]] == [
            (s.start_char, s.end_char, s.label_, s.id_) for s in whole.spans[group]
        ]
        assert pieces.spans[group].attrs == whole.spans[group].attrs


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from('ab .\n\r’🙂\u00a0"(A'), max_size=400), st.integers(7, 60))
def test_any_text_in_pieces_of_any_size_is_the_cleaned_text(nlp, monkeypatch, text, size):
    monkeypatch.setattr(module, "MAX_PIECE", size)
    assert annotated(nlp, text).text == clean_text(text)


def test_an_unpinned_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"'en_core_web_lg' is not pinned.*en_core_web_sm.*TRUST_UNPINNED"):
        load_base(Settings(home=tmp_path, spacy_model="en_core_web_lg"))


def test_a_trusted_model_that_is_not_there(tmp_path):
    settings = Settings(home=tmp_path, spacy_model="nowhere/at_all", trust_unpinned_models=True)
    with pytest.raises(ModelError, match="'nowhere/at_all' cannot be loaded"):
        load_base(settings)


def test_a_trusted_model_is_loaded_from_its_path(tmp_path):
    path = models.verified_path("en_core_web_sm")
    nlp = load_base(Settings(home=tmp_path, spacy_model=str(path), trust_unpinned_models=True))
    assert nlp.pipe_names[0] == "entente_paragraphs"


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_weights_that_are_not_the_pinned_ones_are_never_loaded(tmp_path, monkeypatch, damage):
    model = models.load_manifest()["en_core_web_sm"]
    package = tmp_path / model.module
    shutil.copytree(models.verified_path(model.name), package / model.root)
    (package / "__init__.py").write_text("raise RuntimeError('no code of a model is run')")
    weights = package / model.root / "ner" / "model"
    if damage == "changed":
        weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    else:
        weights.unlink()
    models.verified_path.cache_clear()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match=r"'en_core_web_sm' is changed: ner/model: expected sha256 .*; reinstall"):
        load_base(Settings(home=Path("unused")))
    models.verified_path.cache_clear()
