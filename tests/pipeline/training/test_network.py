"""The network: shapes, what is withheld in training, what its shortcuts start from."""

import pytest
import torch

from pipeline.extraction.relations import FEATURES, FIRST_PATH
from pipeline.language.hints import HINTS
from pipeline.training.examples import HEADS, RELATIONS
from pipeline.training.network import Network, PairScorer


@pytest.fixture
def network(tiny_encoder):
    torch.manual_seed(1)
    return Network(tiny_encoder, 2).eval()


def test_one_vector_a_piece(network):
    pieces = torch.ones(2, 7, dtype=torch.long)
    assert network.encode(pieces, pieces, torch.zeros(2, 7, len(HINTS))).shape == (2, 7, 32)


def test_hints_reach_the_encoder(network):
    pieces, hints = torch.ones(1, 7, dtype=torch.long), torch.zeros(1, 7, len(HINTS))
    without = network.encode(pieces, pieces, hints)
    hints[0, 3, 5] = 1.0
    moved = (network.encode(pieces, pieces, hints) - without).abs().sum(dim=2)[0]
    assert moved[3] > 0
    assert moved[0] > 0  # and what stands around them


def test_hints_are_withheld_now_and_then_in_training_only(network):
    pieces, hints = torch.ones(1, 200, dtype=torch.long), torch.ones(1, 200, len(HINTS))
    assert torch.equal(network.encode(pieces, pieces, hints), network.encode(pieces, pieces, hints))
    network.train()
    assert not torch.equal(network.encode(pieces, pieces, hints), network.encode(pieces, pieces, hints))


@pytest.mark.parametrize(("name", "answers"), HEADS.items())
def test_heads(network, name, answers):
    logits = network.judge(name, torch.zeros(5, 32), torch.ones(5, len(HINTS)))
    assert logits.shape == (5, answers)
    assert torch.equal(logits[0], network.heads[name].bias)  # hints count for nothing before anything is learned


@pytest.mark.parametrize(("name", "answers"), RELATIONS.items())
def test_relations(network, name, answers):
    highest = [FIRST_PATH + 1 if values is None else values - 1 for values, _ in FEATURES.values()]
    features = torch.tensor([highest])
    assert network.relations[name](torch.ones(1, 32), torch.ones(1, 32), features).shape == (1, answers)


def test_order_matters_to_a_pair():
    torch.manual_seed(1)
    scorer = PairScorer(8, 1, 0).eval()
    one, other, features = torch.ones(1, 8), torch.arange(8.0)[None], torch.zeros(1, len(FEATURES), dtype=torch.long)
    assert scorer(one, other, features) != scorer(other, one, features)
