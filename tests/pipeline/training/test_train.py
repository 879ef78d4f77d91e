"""From marked articles to the files of a tagger."""

import pytest

import models
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.training.export import FILES
from pipeline.training.learn import Recipe
from pipeline.training.train import make_examples, train_tagger

RECIPE = Recipe(epochs=1, articles=2)


@pytest.fixture
def encoder(tiny_encoder, monkeypatch):
    """The small encoder in the place of the pinned one; spaCy's model is the pinned one."""
    verified = models.verified_path
    monkeypatch.setattr(models, "verified_path", lambda name: tiny_encoder if "MiniLM" in name else verified(name))
    return tiny_encoder


def test_the_whole_recipe(encoder, articles, tmp_path):
    settings = Settings(home=tmp_path / "home")
    out = tmp_path / "out"
    made = train_tagger(articles, settings=settings, recipe=RECIPE, scratch=tmp_path / "scratch", out=out)
    assert {path.name for path in made} == {*FILES, "digests.toml"}
    first = {path.name: path.read_bytes() for path in made}
    # Again, from the checkpoint: what is learned is the same.
    train_tagger(articles, settings=settings, recipe=RECIPE, scratch=tmp_path / "scratch", out=out)
    assert (out / "encoder.onnx").read_bytes() == first["encoder.onnx"]
    assert (out / "paths.json").read_bytes() == first["paths.json"]


def test_examples_are_made_with_the_rules_that_are_in_use(encoder, articles, tmp_path):
    (example, _) = make_examples(articles, settings=Settings(home=tmp_path), encoder=encoder)
    assert example.slug == articles[0].slug
    assert "agreements" in example.layout.doc.spans


def test_nothing_to_learn_from(tmp_path):
    with pytest.raises(InputError, match="no marked article to learn from"):
        train_tagger([], settings=Settings(home=tmp_path), recipe=RECIPE, scratch=tmp_path, out=tmp_path)
