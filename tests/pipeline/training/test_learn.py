"""Learning: it learns, the same twice, and goes on where it was broken off."""

from dataclasses import replace

import pytest
import torch

import pipeline.training.learn
from pipeline.training.examples import count_paths
from pipeline.training.learn import Recipe, join_groups, learn, read_vectors

RECIPE = Recipe(epochs=2, articles=1)


@pytest.fixture
def teach(examples, tiny_encoder, tmp_path):
    def run(recipe=RECIPE, folder="a", some=examples):
        paths = count_paths(examples)
        network = learn(
            [(each,) for each in some], encoder=tiny_encoder, paths=paths, recipe=recipe, folder=tmp_path / folder
        )
        return {name: value.clone() for name, value in network.state_dict().items()}

    return run


def same(one, other):
    return all(torch.equal(one[name], other[name]) for name in one)


def test_the_same_recipe_makes_the_same_weights(teach):
    first = teach(folder="a")
    assert same(first, teach(folder="b"))
    assert not same(first, teach(replace(RECIPE, seed=1), folder="c"))


def test_a_run_that_was_broken_off_ends_as_one_in_one_go(teach, monkeypatch):
    whole = teach(folder="whole")
    save = pipeline.training.learn._save

    def save_and_break(*args):
        save(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(pipeline.training.learn, "_save", save_and_break)
        with pytest.raises(KeyboardInterrupt):
            teach(folder="part")
    assert same(teach(folder="part"), whole)


def test_what_is_done_is_not_done_again(teach, monkeypatch):
    done = teach()
    monkeypatch.setattr(pipeline.training.learn, "_step", None)
    assert same(teach(), done)


def test_a_checkpoint_of_other_examples_is_left_aside(teach, examples):
    teach(replace(RECIPE, epochs=1))
    fresh = teach(replace(RECIPE, epochs=1), folder="b", some=examples[:1])
    assert same(teach(replace(RECIPE, epochs=1), some=examples[:1]), fresh)


def test_each_article_is_read_in_one_of_its_versions(examples, tiny_encoder, tmp_path, monkeypatch):
    read = []
    step = pipeline.training.learn._step

    def note(network, batch, optimizer):
        read.extend(each.name for each in batch)
        return step(network, batch, optimizer)

    monkeypatch.setattr(pipeline.training.learn, "_step", note)
    versions = [replace(examples[0], slug=f"v{number}") for number in range(3)]
    paths = count_paths(examples)
    recipe = replace(RECIPE, epochs=8)
    learn([versions], encoder=tiny_encoder, paths=paths, recipe=recipe, folder=tmp_path)
    assert len(read) == 8
    assert len(set(read)) > 1


def test_it_learns_what_it_is_shown(examples, tiny_encoder, tmp_path):
    """A network this small, on two articles: the loss falls to a half."""
    from pipeline.training.learn import _find_loss, _Prepared
    from pipeline.training.network import Network

    paths = count_paths(examples)
    prepared = _Prepared(examples[0], paths)
    torch.manual_seed(RECIPE.seed)
    before = Network(tiny_encoder, len(paths)).eval()
    recipe = replace(RECIPE, epochs=12)
    after = learn([(each,) for each in examples], encoder=tiny_encoder, paths=paths, recipe=recipe, folder=tmp_path)
    with torch.no_grad():
        assert _find_loss(after, prepared) < 0.5 * _find_loss(before, prepared)


def test_the_words_of_the_encoder_stay_as_they_were(teach, tiny_encoder):
    from pipeline.training.network import Network

    key = "encoder.embeddings.word_embeddings.weight"
    assert torch.equal(teach()[key], Network(tiny_encoder, 0).state_dict()[key])


def test_the_vector_of_a_token_is_the_mean_of_its_pieces():
    class Still:
        def encode(self, pieces, mask, hints):
            return pieces[..., None].float()

    inputs = {"pieces": torch.tensor([[9, 2, 4, 7, 9]]), "mask": None, "hints": None}
    found = read_vectors(Still(), inputs, torch.tensor([[-1, 0, 0, 2, -1]]), 3)
    assert found[:, 0].tolist() == [3.0, 0.0, 7.0]


@pytest.mark.parametrize(
    ("scores", "groups", "joined"),
    [
        ([[1.0], [5.0]], [0, 1], [1.0, 5.0]),
        ([[-20.0], [5.0]], [0, 0], [5.0]),  # one telling mention is enough
        ([[0.0], [0.0]], [0, 0], [0.6931]),
    ],
)
def test_pairs_of_one_group_answer_together(scores, groups, joined):
    found = join_groups(torch.tensor(scores), torch.tensor(groups), len(joined))
    assert found[:, 0].tolist() == pytest.approx(joined, abs=1e-3)
