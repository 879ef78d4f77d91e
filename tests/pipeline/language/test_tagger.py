"""The trained encoder as a component: its vectors, and everything spaCy asks of a component."""

import numpy as np
import pytest
from spacy.tokens import Doc, DocBin

import models
from pipeline.errors import ModelError
from pipeline.extraction.extract import add_rules
from pipeline.language.hints import HINTS, read_hints
from pipeline.language.model import annotate, load_base
from pipeline.language.tagger import Tagger, make_inputs
from pipeline.language.wordpieces import Window
from pipeline.settings import Settings

TEXT = (
    "On Thursday, France and Germany signed a letter of intent on the European Long-Range Strike Approach (ELSA).\n"
    "“It will hold,” said Ann Lee. NATO will have 26 ships by 2027."
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return add_rules(load_base(Settings(home=tmp_path_factory.mktemp("home"))))


@pytest.fixture
def nlp(rules, tiny_tagger):
    """The rules with the tagger and what settles behind them."""
    for name in ("entente_tagger", "entente_settle"):
        rules.add_pipe(name)
    yield rules
    for name in ("entente_tagger", "entente_settle"):
        rules.remove_pipe(name)


def groups(doc):
    return {
        name: ([(s.start, s.end, s.label_, s.id_) for s in group], group.attrs) for name, group in doc.spans.items()
    }


def test_a_vector_and_the_hints_for_each_token(nlp):
    with nlp.select_pipes(disable=["entente_settle"]):
        doc = annotate(nlp, TEXT)
    assert doc.tensor.shape == (len(doc), 32 + len(HINTS))
    assert doc.tensor.dtype == np.float32
    assert np.array_equal(doc.tensor[:, 32:], read_hints(doc))
    blank = next(token.i for token in doc if token.is_space)
    assert not doc.tensor[blank, :32].any()
    assert all(doc.tensor[token.i, :32].any() for token in doc if not token.is_space)


def test_vectors_are_those_of_the_network_that_was_trained(rules, tiny_weights, tiny_encoder, monkeypatch):
    """The same weights in torch and here, within what eight bits keep."""
    import torch

    from pipeline.training.network import Network
    from tests.pipeline.tiny import PATHS

    torch.manual_seed(7)
    network = Network(tiny_encoder, len(PATHS)).eval()
    doc = annotate(rules, "Norway signed the treaty.")
    seen = Tagger(tiny_weights, tiny_encoder)(doc).tensor[:, :32]
    pieces = [101, *models_tokens(tiny_encoder, [token.text for token in doc]), 102]
    hints = torch.zeros(1, len(pieces), len(HINTS))
    hints[0, 1:-1] = torch.from_numpy(read_hints(doc))
    with torch.no_grad():
        expected = network.encode(torch.tensor([pieces]), torch.ones(1, len(pieces), dtype=torch.long), hints)
    assert seen == pytest.approx(expected[0, 1:-1].numpy(), abs=0.15)
    assert np.corrcoef(seen.ravel(), expected[0, 1:-1].numpy().ravel())[0, 1] > 0.99


def models_tokens(encoder, words):
    """One piece a word."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    pieces = [tokenizer.token_to_id(word.lower()) for word in words]
    assert None not in pieces
    return pieces


def test_what_stands_beside_a_window_does_not_change_it(tiny_weights, tiny_encoder, rules):
    """Each window is read alone, and scaled to eight bits alone."""
    tagger = Tagger(tiny_weights, tiny_encoder)
    short, long = "Norway signed the treaty.\n", "A long paragraph about ships and coasts. " * 30
    alone = tagger(annotate(rules, short)).tensor
    beside = tagger(annotate(rules, short + long)).tensor
    assert np.abs(beside[:3, :32] - alone[:3, :32]).max() < 2.0  # another window: nothing to compare but that it stands
    first = Doc(rules.vocab, words=["treaty"] * 290, sent_starts=[True] + [False] * 289)
    both = Doc(
        rules.vocab, words=["treaty"] * 290 + ["\n"] + ["treaty"] * 100, sent_starts=[i in {0, 291} for i in range(391)]
    )
    assert np.array_equal(tagger(both).tensor[:290], tagger(first).tensor)


def test_inputs_are_padded():
    hints = np.eye(2, len(HINTS), dtype=np.float32)
    inputs, tokens = make_inputs([Window((101, 7, 8, 102), (-1, 0, 1, -1)), Window((101, 9, 102), (-1, 1, -1))], hints)
    assert inputs["pieces"].tolist() == [[101, 7, 8, 102], [101, 9, 102, 0]]
    assert inputs["mask"].tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert tokens.tolist() == [[-1, 0, 1, -1], [-1, 1, -1, -1]]
    assert inputs["hints"].argmax(axis=2)[0, 1:3].tolist() == [0, 1]
    assert inputs["hints"].sum(axis=2).tolist() == [[0, 1, 1, 0], [0, 1, 0, 0]]


def test_a_text_comes_back_from_bytes_as_it_was(nlp):
    doc = annotate(nlp, TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert groups(again) == groups(doc)
    assert np.array_equal(again.tensor, doc.tensor)


def test_a_text_comes_back_from_a_docbin_as_it_was(nlp):
    doc = annotate(nlp, TEXT)
    (again,) = DocBin(docs=[doc]).from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)
    assert groups(again) == groups(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "x" * 10_000,
        "🚀👩‍👩‍👧‍👦" * 50,
        "“”" * 200,
        "((((" * 100,
        "\u202eاتفاق\u202c Treaty",
        "\x01\x02 signed",
        "é\u0301\u0301" * 99,
        "the",
        "NATO NATO NATO " * 150,
    ],
    ids=lambda text: ascii(text)[:12],
)
def test_hostile_texts(nlp, text):
    doc = annotate(nlp, text)
    assert len(doc.tensor) == len(doc)
    assert np.isfinite(doc.tensor).all()
    assert {"agreements", "claims"} <= set(doc.spans)


def test_a_tagger_whose_files_are_missing_says_so(rules, monkeypatch, tmp_path):
    (tmp_path / "tagger").mkdir()
    (tmp_path / "tagger" / "digests.toml").write_text('"encoder.onnx" = "00"\n')
    models.tagger_path.cache_clear()
    monkeypatch.setattr(models, "ROOT", tmp_path)
    with pytest.raises(ModelError, match=r"encoder\.onnx is missing or changed; restore it with git, or train anew"):
        rules.add_pipe("entente_tagger")
    assert "entente_tagger" not in rules.pipe_names
