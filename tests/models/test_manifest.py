import shutil
import tomllib

import numpy as np
import pytest

import models
from pipeline.errors import ModelError

LOADERS = (
    *(models.load_manifest, models.verified_path, models.load_lexicon, models.load_gazetteer, models.data_digest),
    *(models.tagger_path, models.load_heads, models.load_calibration, models.load_paths),
)
MANIFEST = """
[[model]]
name = "toy"
package = "toy-model"
version = "1.0"
licence = "MIT"
module = "toy_model"
root = "toy-1.0"

[model.files]
"weights" = "{digest}"
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A data directory of its own with one toy model, installed beside it."""
    monkeypatch.setattr(models, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "site")
    package = tmp_path / "site" / "toy_model"
    (package / "toy-1.0").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('no code of a model is run')")
    (package / "toy-1.0" / "weights").write_bytes(b"weights")
    digest = models._file_digest(package / "toy-1.0" / "weights")
    (tmp_path / "manifest.toml").write_text(MANIFEST.format(digest=digest))
    for folder in ("lexicon", "gazetteer", "tagger"):
        (tmp_path / folder).mkdir()
    _sign(tmp_path / "tagger")
    for name in ("states", "organisations", "places"):
        (tmp_path / "gazetteer" / f"{name}.jsonl").write_text("")
    _forget()
    yield tmp_path
    _forget()


def _sign(folder):
    """Write a toy tagger's files and their digests."""
    np.savez(folder / "heads.npz", **{"head.cue.bias": np.array([0.5, 2.0], dtype=np.float16)})
    (folder / "calibration.json").write_text('{"row": {"weights": [1.5], "bias": -1.0}}')
    (folder / "paths.json").write_text('{"/nsubj": 3}')
    digests = {name: models._file_digest(folder / name) for name in ("heads.npz", "calibration.json", "paths.json")}
    (folder / "digests.toml").write_text("".join(f'"{name}" = "{digest}"\n' for name, digest in digests.items()))


def _forget():
    for load in LOADERS:
        load.cache_clear()


def test_the_installed_models_are_the_pinned_ones():
    checks = models.check_models()
    assert [check.name for check in checks] == ["en_core_web_sm", "all-MiniLM-L6-v2", "all-MiniLM-L6-v2-int8"]
    assert [(check.state, check.detail) for check in checks if check.state != "verified"] == []


@pytest.mark.parametrize("row", models.load_manifest().values(), ids=lambda row: row.name)
def test_every_pin_says_what_and_under_which_licence(row):
    assert row.files
    assert all(len(digest) == 64 and int(digest, 16) for digest in row.files.values())
    assert row.licence in {"MIT", "Apache-2.0"}
    if row.is_ours:
        return
    requirement = f"{row.package}=={row.version}"
    with (models.ROOT.parent / "pyproject.toml").open("rb") as file:
        assert requirement in tomllib.load(file)["project"]["dependencies"]


def test_every_loaded_file_of_a_model_is_pinned():
    """All but readmes, licences and reports: a file that is not pinned could be changed without being noticed."""
    for name, row in models.load_manifest().items():
        found = {
            str(p.relative_to(models.verified_path(name))) for p in models.verified_path(name).rglob("*") if p.is_file()
        }
        unpinned = {path for path in found - row.files.keys() if "__pycache__" not in path}
        assert not {path for path in unpinned if path.endswith((".py", ".pkl", ".pt", ".bin", ".safetensors"))}, (
            unpinned
        )


def test_a_verified_model_has_a_path(root):
    assert models.verified_path("toy") == root / "site" / "toy_model" / "toy-1.0"
    assert models.check_model("toy").detail == "1 files match"


@pytest.mark.parametrize(
    ("damage", "state", "detail"),
    [
        (lambda path: path.write_bytes(b"Weights"), "changed", "weights: expected sha256 .*…, found .*…"),
        (lambda path: path.write_bytes(b""), "changed", "weights: expected sha256"),
        (lambda path: path.unlink(), "changed", "found no such file"),
        (lambda path: path.rename(path.parent.with_name("x")) and path.parent.rmdir(), "missing", "toy-model==1.0"),
    ],
    ids=["other", "empty", "gone", "folder gone"],
)
def test_a_model_that_differs_is_refused(root, damage, state, detail):
    damage(root / "site" / "toy_model" / "toy-1.0" / "weights")
    assert models.check_model("toy").state == state
    with pytest.raises(ModelError, match=f"(?s)'toy' is {state}.*{detail}.*reinstall"):
        models.verified_path("toy")


def test_a_model_that_is_not_installed(root):
    text = (root / "manifest.toml").read_text()
    (root / "manifest.toml").write_text(text.replace('"toy_model"', '"no_such_module"'))
    assert models.check_model("toy").state == "missing"


def test_a_model_of_ours_that_differs_comes_back_with_git(root, monkeypatch):
    monkeypatch.setattr(models.PinnedModel, "is_ours", True)
    (root / "site" / "toy_model" / "toy-1.0" / "weights").write_bytes(b"Weights")
    with pytest.raises(ModelError, match=r"'toy' is changed.*; restore it with git$"):
        models.verified_path("toy")
    shutil.rmtree(root / "site" / "toy_model" / "toy-1.0")
    assert models.check_model("toy").detail == "restore it with git"


def test_a_model_that_is_not_pinned(root):
    with pytest.raises(ModelError, match=r"'other' is not pinned in models/manifest\.toml; pinned are toy"):
        models.verified_path("other")


def test_a_models_digest_is_that_of_its_files(root):
    before = models.load_manifest()["toy"].digest
    changed = (root / "manifest.toml").read_text().replace('"weights"', '"weights2"')
    (root / "manifest.toml").write_text(changed)
    _forget()
    assert models.load_manifest()["toy"].digest != before


@pytest.mark.parametrize("path", ["manifest.toml", "lexicon/new.toml", "gazetteer/states.jsonl", "tagger/digests.toml"])
def test_the_data_digest_changes_with_any_data(root, path):
    before = models.data_digest()
    assert models.data_digest() == before
    with (root / path).open("a") as file:
        file.write("# more\n")
    models.data_digest.cache_clear()
    assert models.data_digest() != before


def test_the_data_digest_needs_no_other_files(root):
    before = models.data_digest()
    (root / "README").write_text("nothing")
    models.data_digest.cache_clear()
    assert models.data_digest() == before


def test_the_trained_tagger_is_the_one_that_was_signed():
    """All four files, and small enough to be kept with the code."""
    digests = tomllib.loads((models.tagger_path() / "digests.toml").read_text("utf-8"))
    assert set(digests) == {"encoder.onnx", "heads.npz", "paths.json", "calibration.json"}
    assert sum((models.tagger_path() / name).stat().st_size for name in digests) < 40_000_000
    assert models.load_heads().keys() >= {"head.agreement.weight", "hint.claim.weight", "party.out.bias"}
    assert models.load_calibration().keys() == {"row", "claim"}


def test_the_taggers_parts_are_loaded(root):
    assert models.tagger_path() == root / "tagger"
    heads = models.load_heads()
    assert (heads["head.cue.bias"].tolist(), heads["head.cue.bias"].dtype) == ([0.5, 2.0], np.float32)
    assert models.load_calibration() == {"row": {"weights": [1.5], "bias": -1.0}}
    assert models.load_paths() == {"/nsubj": 3}


@pytest.mark.parametrize("load", [models.load_heads, models.load_calibration, models.load_paths])
@pytest.mark.parametrize("damage", ["other", "gone"])
def test_a_tagger_that_differs_is_refused(root, load, damage):
    path = root / "tagger" / "paths.json"
    if damage == "gone":
        path.unlink()
    else:
        path.write_text("{}")
    with pytest.raises(ModelError, match=r"paths\.json is missing or changed; restore it with git, or train anew"):
        load()
