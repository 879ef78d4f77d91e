"""Learning: seeded, resumable, on a CPU; all heads and relations at once, an article at a time.

Each article is read once an epoch, in one of its versions (as it is, or told of other states), drawn anew each time.

``learn`` writes a checkpoint after each epoch and goes on from it if it was made with the same recipe on the same examples.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from pipeline.language.tagger import make_inputs
from pipeline.logs import get_logger
from pipeline.training.examples import HEADS, IGNORED, RELATIONS, Example
from pipeline.training.network import Network

log = get_logger(__name__)
#: How much each head counts. Mentions and parties make the rows; what the rules do well as it is counts less.
_WEIGHTS = {"entity": 1.5, "agreement": 2.0, "claim": 3.0, "voice": 1.0, "cue": 0.5, "speaker": 1.5}
_WEIGHTS |= {"hedged": 0.3, "negated": 0.3}
#: Heads whose answer is nearly always "nothing": their losses are divided by the answers, not by the tokens.
_RARE = {"agreement", "act", "cue"}


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the weights beside the examples; one object, passed whole."""

    epochs: int = 12
    encoder_rate: float = 2e-4  #: with 1e-4 six epochs brought less than four with this
    head_rate: float = 2e-3
    articles: int = 2  #: in one step
    warm_up: float = 0.1  #: share of the steps in which the rate rises
    versions: int = 2  #: of each article beside the marked one, told of other states
    seed: int = 20261122


def learn(
    articles: Sequence[Sequence[Example]], *, encoder: Path, paths: dict[str, int], recipe: Recipe, folder: Path
) -> Network:
    """Train a network on some examples.

    Args:
        articles: the versions of each marked article.
        encoder: directory of the MiniLM to start from.
        paths: known dependency paths, by :func:`pipeline.training.examples.count_paths`.
        recipe: rates, epochs, seed.
        folder: where the checkpoint is kept.
    """
    torch.manual_seed(recipe.seed)
    network = Network(encoder, len(paths))
    network.encoder.embeddings.word_embeddings.weight.requires_grad = False  # too few texts to move 30,000 words
    steps = recipe.epochs * -(-len(articles) // recipe.articles)
    optimizer, schedule = _make_optimizer(network, recipe, steps)
    digest = _digest([version for versions in articles for version in versions], recipe)
    order = random.Random(recipe.seed)  # noqa: S311 -- an order of articles, no secret
    first = _resume(folder / "checkpoint.pt", digest, (network, optimizer, schedule))
    prepared = [[_Prepared(version, paths) for version in versions] for versions in articles]
    for epoch in range(recipe.epochs):
        drawn = [order.choice(prepared[place]) for place in order.sample(range(len(prepared)), len(prepared))]
        if epoch < first:
            continue
        torch.manual_seed(recipe.seed + epoch)
        network.train()
        total = 0.0
        for start in range(0, len(drawn), recipe.articles):
            total += _step(network, drawn[start : start + recipe.articles], optimizer)
            schedule.step()
        log.info("epoch learned", epoch=epoch + 1, of=recipe.epochs, loss=round(total / len(drawn), 3))
        _save(folder / "checkpoint.pt", digest, epoch + 1, (network, optimizer, schedule))
    network.eval()
    return network


class _Prepared:
    """An example as tensors."""

    def __init__(self, example: Example, paths: dict[str, int]) -> None:
        self.name = example.slug
        inputs, tokens = make_inputs(example.windows, example.hints)
        self.inputs = {name: torch.from_numpy(array) for name, array in inputs.items()}
        self.tokens = torch.from_numpy(tokens)
        self.hints = torch.from_numpy(example.hints)
        self.targets = {name: torch.tensor(target) for name, target in example.targets.items()}  # copies: changed below
        for target in self.targets.values():
            target[~torch.from_numpy(example.spoken)] = IGNORED
        self.pairs = {name: torch.tensor([pair[:2] for pair in asked.pairs]) for name, asked in example.asked.items()}
        self.features = {name: torch.from_numpy(example.features(name, paths)) for name in RELATIONS}
        self.groups = {name: torch.tensor(asked.groups) for name, asked in example.asked.items()}
        self.answers = {name: torch.tensor(asked.answers) for name, asked in example.asked.items()}


def read_vectors(network: Network, inputs: dict[str, Tensor], tokens: Tensor, count: int) -> Tensor:
    """One vector a token (tokens x width): the mean of those of its pieces."""
    # Half the bits: a step took 1.3 to 2.1 s instead of 3.2 on a processor that knows them.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pieces = network.encode(inputs["pieces"], inputs["mask"], inputs["hints"])
    inside = tokens >= 0
    vectors = torch.zeros(count, pieces.shape[-1]).index_add(0, tokens[inside], pieces[inside].float())
    counts = torch.zeros(count, 1).index_add(0, tokens[inside], torch.ones(int(inside.sum()), 1))
    return vectors / counts.clamp(min=1.0)


def join_groups(scores: Tensor, groups: Tensor, count: int) -> Tensor:
    """Of each group the soft maximum of its pairs' scores (groups x answers): one telling mention is enough."""
    index = groups[:, None].expand_as(scores)
    highest = torch.full((count, scores.shape[1]), -1e9).scatter_reduce(0, index, scores.detach(), "amax")
    summed = torch.zeros(count, scores.shape[1]).index_add(0, groups, (scores - highest[groups]).exp())
    return highest + summed.clamp(min=1e-9).log()


def _step(network: Network, batch: list[_Prepared], optimizer: torch.optim.Optimizer) -> float:
    total = 0.0
    for prepared in batch:
        loss = _find_loss(network, prepared)
        (loss / len(batch)).backward()
        total += float(loss.detach())
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return total


def _find_loss(network: Network, prepared: _Prepared) -> Tensor:
    count = len(prepared.hints)
    vectors = network.dropout(read_vectors(network, prepared.inputs, prepared.tokens, count))
    losses = [_head_loss(network, name, vectors, prepared) for name in HEADS]
    losses += [_relation_loss(network, name, vectors, prepared) for name in RELATIONS]
    return torch.stack(losses).sum()


def _head_loss(network: Network, name: str, vectors: Tensor, prepared: _Prepared) -> Tensor:
    target = prepared.targets[name]
    judged = target != IGNORED
    if not judged.any():
        return torch.zeros(())
    logits = network.judge(name, vectors, prepared.hints)[judged]
    target = target[judged]
    summed = functional.cross_entropy(logits, target, reduction="sum")
    loss: Tensor = summed / ((target > 0).sum().clamp(min=1) if name in _RARE else len(target))
    return loss * _WEIGHTS.get(name, 1.0)


def _relation_loss(network: Network, name: str, vectors: Tensor, prepared: _Prepared) -> Tensor:
    pairs, answers = prepared.pairs[name], prepared.answers[name]
    if not len(pairs):
        return torch.zeros(())
    scores = network.relations[name](vectors[pairs[:, 0]], vectors[pairs[:, 1]], prepared.features[name])
    if scores.shape[1] > 1:  # against "nothing", whose score is 0
        joined = join_groups(scores[:, 1:] - scores[:, :1], prepared.groups[name], len(answers))
        logits = torch.cat([torch.zeros(len(answers), 1), joined], dim=1)
        summed = functional.cross_entropy(logits, answers, reduction="sum")
    else:
        summed = functional.binary_cross_entropy_with_logits(scores[:, 0], answers.float(), reduction="sum")
    loss: Tensor = summed / (answers > 0).sum().clamp(min=1)
    return loss


def _make_optimizer(network: Network, recipe: Recipe, steps: int) -> tuple[torch.optim.AdamW, Any]:
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    rest = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": recipe.encoder_rate}, {"params": rest, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (recipe.warm_up * steps)) * max(0.02, 1 - step / steps)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def _digest(examples: Sequence[Example], recipe: Recipe) -> str:
    digest = hashlib.sha256(repr(sorted(asdict(recipe).items())).encode())
    for example in sorted(examples, key=lambda each: each.slug):
        digest.update(example.slug.encode() + example.hints.tobytes())
        for target in example.targets.values():
            digest.update(target.tobytes())
        digest.update(repr(sorted((name, asked.answers) for name, asked in example.asked.items())).encode())
    return digest.hexdigest()


def _resume(path: Path, digest: str, parts: tuple[Any, ...]) -> int:
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    if state["digest"] != digest:
        log.warning("checkpoint of another recipe or other examples is left aside", path=str(path))
        return 0
    for part, saved in zip(parts, state["parts"], strict=True):
        part.load_state_dict(saved)
    return int(state["epoch"])


def _save(path: Path, digest: str, epoch: int, parts: tuple[Any, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(".new")
    torch.save({"digest": digest, "epoch": epoch, "parts": [part.state_dict() for part in parts]}, made)
    made.replace(path)
