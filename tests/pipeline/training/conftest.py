"""The rules and the word pieces that examples are made with, loaded once."""

import pytest
from tokenizers import Tokenizer

from pipeline.extraction.extract import add_rules
from pipeline.language.model import load_base
from pipeline.settings import Settings
from pipeline.training.examples import make_example


@pytest.fixture(scope="session")
def rules(tmp_path_factory):
    return add_rules(load_base(Settings(home=tmp_path_factory.mktemp("home"))))


@pytest.fixture(scope="session")
def tokenizer(tiny_encoder):
    tokenizer = Tokenizer.from_file(str(tiny_encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@pytest.fixture(scope="session")
def examples(rules, tokenizer, articles):
    """The two small marked articles."""
    return [make_example(rules, tokenizer, article) for article in articles]
