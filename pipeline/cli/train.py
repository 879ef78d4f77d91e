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
    folds: Annotated[
        int,
        typer.Option(
            min=0, help="Parts of the articles that taggers are trained without, to know what their word is worth."
        ),
    ] = 2,
    linking: Annotated[
        bool, typer.Option("--linking", help="Fit the weights of linking instead; models/linking is written.")
    ] = False,
) -> None:
    """Train the tagger on the train split and calibrate its confidence on the dev split; models/tagger is written.

    An hour on two cores; broken off, it goes on from its last epoch. Needs the extra "train".
    """
    if linking:
        _train_linking()
    else:
        _train_tagger(epochs, real, gold, folds)


def _train_tagger(epochs: int | None, real: Path | None, gold: Path | None, folds: int) -> None:
    import models
    from pipeline.evaluation.calibration import Judged, calibrate, judge_found
    from pipeline.evaluation.standoff import choose_real
    from pipeline.gold.read import find_gold, load_gold
    from pipeline.road import load_extractor
    from pipeline.training.export import write_digests
    from pipeline.training.folds import make_folds
    from pipeline.training.learn import Recipe
    from pipeline.training.train import train_tagger

    settings, out = load_settings(), models.ROOT / "tagger"
    corpus = load_gold(find_gold(GOLD))
    recipe = Recipe() if epochs is None else Recipe(epochs=epochs)
    more = load_gold(find_gold(gold)) if gold is not None else []
    learned = [article for article in (*corpus, *more) if article.header.split == "train"]
    learned += choose_real(REAL, texts=real, split="train").articles if real is not None else ()
    scratch = settings.home / "training"
    folded: Judged = {"row": [], "claim": []}
    for number, fold in enumerate(make_folds(learned, folds), 1):
        own = scratch / f"fold-{number}-of-{folds}"
        train_tagger(fold.learned, settings=settings, recipe=recipe, scratch=own, out=own / "tagger")
        with models.use_tagger(own / "tagger"):
            for layer, records in judge_found(load_extractor(settings), fold.held_out).items():
                folded[layer] += records
    train_tagger(learned, settings=settings, recipe=recipe, scratch=scratch, out=out)
    models.forget_tagger()
    unseen = [article for article in corpus if article.header.split == "dev"]
    calibrate(judge_found(load_extractor(settings), unseen), folded, out)
    for name, digest in write_digests(out).items():
        print_note(f"{out / name}: sha256 {digest[:12]}…")


def _train_linking() -> None:
    import models
    from pipeline.gold.read import find_gold, load_gold
    from pipeline.training.linking import train_linking

    marked = [each for each in load_gold(find_gold(GOLD)) if each.header.split == "train"]
    pairs = train_linking(marked, models.ROOT / "linking" / "weights.toml")
    print_note(f"weights fitted on {pairs} pairs of observations")
