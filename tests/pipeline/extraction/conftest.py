"""One spaCy pipeline for all tests here: loading it takes a second."""

import pytest
from spacy.language import Language

import pipeline.extraction.entities  # noqa: F401 -- registers its component
from pipeline.language.model import load_base
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def nlp(tmp_path_factory) -> Language:
    """The verified model with entities, and nothing behind them."""
    nlp = load_base(Settings(home=tmp_path_factory.mktemp("home")))
    nlp.add_pipe("entente_entities")
    return nlp
