"""The files of the weights: complete, verified by digest, and the network's own."""

import hashlib
import json
import tomllib

import numpy as np
import pytest

import models
from pipeline.errors import ModelError
from pipeline.extraction.confidence import CLAIM_EVIDENCE, ROW_EVIDENCE
from pipeline.training.examples import HEADS, RELATIONS
from pipeline.training.export import FILES, write_digests
from tests.pipeline.tiny import PATHS


def test_every_file_and_its_digest(tiny_weights):
    assert {path.name for path in tiny_weights.iterdir()} == {*FILES, "digests.toml"}
    digests = tomllib.loads((tiny_weights / "digests.toml").read_text("utf-8"))
    assert digests == {name: hashlib.sha256((tiny_weights / name).read_bytes()).hexdigest() for name in FILES}


def test_the_pipeline_finds_what_it_asks_for(tiny_tagger):
    heads = models.load_heads()
    asked = {f"{part}.{name}.weight" for name in HEADS for part in ("head", "hint")}
    asked |= {f"head.{name}.bias" for name in HEADS} | {f"{name}.mix.bias" for name in RELATIONS}
    assert asked <= heads.keys()
    assert {array.dtype for array in heads.values()} == {np.dtype("float32")}
    assert models.load_paths() == PATHS


def test_before_it_is_calibrated_every_record_is_as_likely_right_as_wrong(tiny_weights):
    found = json.loads((tiny_weights / "calibration.json").read_text("utf-8"))
    assert {layer: len(fitted["weights"]) for layer, fitted in found.items()} == {
        "row": len(ROW_EVIDENCE),
        "claim": len(CLAIM_EVIDENCE),
    }
    assert {weight for fitted in found.values() for weight in (*fitted["weights"], fitted["bias"])} == {0.0}


def test_arrays_are_the_networks(tiny_weights, tiny_encoder):
    import torch

    from pipeline.training.network import Network

    torch.manual_seed(7)
    state = Network(tiny_encoder, len(PATHS)).state_dict()
    with np.load(tiny_weights / "heads.npz") as arrays:
        for theirs, ours in (
            ("heads.claim.weight", "head.claim.weight"),
            ("relations.party.out.bias", "party.out.bias"),
        ):
            assert arrays[ours] == pytest.approx(state[theirs].numpy(), abs=1e-3)
        assert not [name for name in arrays.files if name.startswith(("encoder", "told"))]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_is_refused(tiny_weights, tmp_path, monkeypatch, name):
    folder = tmp_path / "tagger"
    folder.mkdir()
    for each in (*FILES, "digests.toml"):
        (folder / each).write_bytes((tiny_weights / each).read_bytes())
    monkeypatch.setattr(models, "ROOT", tmp_path)
    models.tagger_path.cache_clear()
    assert models.tagger_path() == folder
    models.tagger_path.cache_clear()
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"{name} is missing or changed; restore it with git, or train anew"):
        models.tagger_path()
    write_digests(folder)
    assert models.tagger_path() == folder
    models.tagger_path.cache_clear()
