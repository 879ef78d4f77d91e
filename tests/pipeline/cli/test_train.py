"""``entente train``: from the corpus to the files in models/tagger."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

import models
from pipeline.extraction import extract
from tests.pipeline.tiny import forget_weights

GOLD = Path(__file__).parents[1] / "gold" / "files"
DATA = models.ROOT


@pytest.fixture
def project(tmp_path, monkeypatch, tiny_encoder, tiny_weights):
    """A project of three marked articles, two topics in train and one in dev, with data of its own and a small encoder."""
    folder = tmp_path / "corpus" / "gold"
    shutil.copytree(GOLD, folder)
    first, second = sorted(folder.iterdir())
    again = first.read_text("utf-8").replace('topic = "arden"', 'topic = "brenn"')
    (folder / "903-brenn-treaty.gold").write_text(again, "utf-8")
    second.write_text(second.read_text("utf-8").replace('split = "train"', 'split = "dev"'), "utf-8")
    data = tmp_path / "models"
    shutil.copytree(tiny_weights, data / "tagger")
    for name in ("manifest.toml", "lexicon", "gazetteer"):
        (data / name).symlink_to(DATA / name)
    verified = models.verified_path
    monkeypatch.setattr(models, "verified_path", lambda name: tiny_encoder if "MiniLM" in name else verified(name))
    monkeypatch.setattr(models, "ROOT", data)
    monkeypatch.setattr(extract, "LEARNED", ("entente_tagger", "entente_settle"))
    monkeypatch.chdir(tmp_path)
    forget_weights()
    yield data / "tagger"
    forget_weights()


@pytest.mark.slow
def test_the_weights_are_made_calibrated_and_signed(entente, project):
    said = entente("train", "--epochs", "1")
    assert (said.code, said.out) == (0, "")
    digests = tomllib.loads((project / "digests.toml").read_text("utf-8"))
    noted = [line for line in said.err.splitlines() if "sha256" in line]
    assert len(noted) == len(digests) == 4
    assert all(digest[:12] in line for digest, line in zip(digests.values(), noted, strict=True))
    folds = sorted((project.parents[1] / "home" / "training").glob("fold-*-of-2/tagger/heads.npz"))
    assert len(folds) == 2
    fitted = json.loads((project / "calibration.json").read_text("utf-8"))
    assert fitted.keys() == {"row", "claim"}
    assert fitted["row"]["records"] > 0  # of claims so small a network believes none
    assert fitted["row"]["folded"] > 0
    forget_weights()
    assert models.tagger_path() == project


def test_a_corpus_without_a_train_split(entente, project):
    for path in (project.parents[1] / "corpus" / "gold").iterdir():
        path.write_text(path.read_text("utf-8").replace('split = "train"', 'split = "dev"'), "utf-8")
    said = entente("train")
    assert said.code == 2
    assert "no marked article to learn from" in said.err


def test_no_epochs(entente):
    assert entente("train", "--epochs", "0").code == 2
