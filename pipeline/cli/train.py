"""``entente train``: make the trained weights again from the marked articles."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.corpus import GOLD
from pipeline.cli.door import load_settings
from pipeline.cli.evaluate import REAL
from pipeline.cli.print import print_note


def train(
    epochs: Annotated[
        int | None, typer.Option(min=1, help="How often every article is read; else the recipe's.")
    ] = None,
    real: Annotated[
        Path | None,
        typer.Option(help="Folder with the texts of corpus/real; those marked for learning are learned from too."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Learn from the gold files of this folder too (entente gold export); its train split."
        ),
    ] = None,
    linking: Annotated[
        bool, typer.Option("--linking", help="Fit the weights of linking instead; models/linking is written.")
    ] = False,
) -> None:
    """Train the tagger on the train split and calibrate its confidence on the dev split; models/tagger is written.

    An hour or less on two cores; broken off, it goes on from its last epoch. Needs the extra "train".
    """
    if linking:
        _train_linking()
    else:
        _train_tagger(epochs, real, gold)


def _train_tagger(epochs: int | None, real: Path | None, gold: Path | None) -> None:
    import models
    from pipeline.evaluation.calibration import calibrate
    from pipeline.evaluation.standoff import choose_real
    from pipeline.gold.read import find_gold, load_gold
    from pipeline.road import load_extractor
    from pipeline.training.export import write_digests
    from pipeline.training.learn import Recipe
    from pipeline.training.train import train_tagger

    settings, out = load_settings(), models.ROOT / "tagger"
    corpus = load_gold(find_gold(GOLD))
    recipe = Recipe() if epochs is None else Recipe(epochs=epochs)
    more = load_gold(find_gold(gold)) if gold is not None else []
    learned = [article for article in (*corpus, *more) if article.header.split == "train"]
    learned += choose_real(REAL, texts=real, split="train").articles if real is not None else ()
    train_tagger(learned, settings=settings, recipe=recipe, scratch=settings.home / "training", out=out)
    unseen = [article for article in corpus if article.header.split == "dev"]
    calibrate(load_extractor(settings), unseen, out)
    for name, digest in write_digests(out).items():
        print_note(f"{out / name}: sha256 {digest[:12]}…")


def _train_linking() -> None:
    import models
    from pipeline.gold.read import find_gold, load_gold
    from pipeline.training.linking import train_linking

    marked = [each for each in load_gold(find_gold(GOLD)) if each.header.split == "train"]
    pairs = train_linking(marked, models.ROOT / "linking" / "weights.toml")
    print_note(f"weights fitted on {pairs} pairs of observations")
