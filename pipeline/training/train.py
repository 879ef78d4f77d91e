"""The whole recipe, from marked articles to the files in models/tagger."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

import models
from pipeline.errors import InputError
from pipeline.extraction.extract import add_rules
from pipeline.gold.records import GoldArticle
from pipeline.language.model import load_base
from pipeline.language.tagger import make_inputs
from pipeline.logs import get_logger
from pipeline.settings import Settings
from pipeline.training.examples import Example, count_paths, make_example
from pipeline.training.export import export_network
from pipeline.training.learn import Recipe, learn
from pipeline.training.renamed import rename_states

ENCODER = "all-MiniLM-L6-v2"
_SAMPLES = 64  #: windows by which the scales of eight bits are chosen; some fifteen articles
log = get_logger(__name__)


def train_tagger(
    gold: Sequence[GoldArticle], *, settings: Settings, recipe: Recipe, scratch: Path, out: Path
) -> list[Path]:
    """Train the tagger on marked articles and write its files.

    Args:
        gold: articles to learn from; keep those of other splits out.
        settings: of the spaCy model whose rules give the hints.
        recipe: everything else that decides the weights.
        scratch: where checkpoints are kept; a run that was broken off goes on from them.
        out: the folder that gets the files.

    Returns:
        The files.

    Raises:
        InputError: there is no article to learn from.
        ModelError: a model is missing or is not the pinned one.
    """
    if not gold:
        raise InputError("there is no marked article to learn from; name a split that has some")
    encoder = models.verified_path(ENCODER)
    told = [gold, *([rename_states(each, seed=recipe.seed + n) for each in gold] for n in range(recipe.versions))]
    versions = [make_examples(each, settings=settings, encoder=encoder) for each in told]
    paths = count_paths(versions[0])
    log.info("examples made", articles=len(gold), versions=len(versions), paths=len(paths))
    network = learn(list(zip(*versions, strict=True)), encoder=encoder, paths=paths, recipe=recipe, folder=scratch)
    export_network(network, paths, out, [*islice(read_windows(versions[0]), _SAMPLES)])
    return sorted(out.iterdir())


def read_windows(examples: Sequence[Example]) -> Iterator[dict[str, Any]]:
    """The inputs of the windows of some articles, those of one article after those of another."""
    for example in examples:
        for window in example.windows:
            yield make_inputs([window], example.hints)[0]


def make_examples(gold: Sequence[GoldArticle], *, settings: Settings, encoder: Path) -> list[Example]:
    """The articles as the network learns from them."""
    nlp = add_rules(load_base(settings))
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return [make_example(nlp, tokenizer, article) for article in gold]
