import tomllib

import pytest

import models
from pipeline.errors import ModelError

LOADERS = (models.load_manifest, models.verified_path, models.load_lexicon, models.load_gazetteer, models.data_digest)
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
    for folder in ("lexicon", "gazetteer"):
        (tmp_path / folder).mkdir()
    for name in ("states", "organisations", "places"):
        (tmp_path / "gazetteer" / f"{name}.jsonl").write_text("")
    _forget()
    yield tmp_path
    _forget()


def _forget():
    for load in LOADERS:
        load.cache_clear()


def test_the_installed_models_are_the_pinned_ones():
    checks = models.check_models()
    assert [check.name for check in checks] == ["en_core_web_sm", "all-MiniLM-L6-v2"]
    assert [(check.state, check.detail) for check in checks if check.state != "verified"] == []


@pytest.mark.parametrize("row", models.load_manifest().values(), ids=lambda row: row.name)
def test_every_pin_says_what_and_under_which_licence(row):
    assert row.files
    assert all(len(digest) == 64 and int(digest, 16) for digest in row.files.values())
    assert row.licence in {"MIT", "Apache-2.0"}
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


def test_a_model_that_is_not_pinned(root):
    with pytest.raises(ModelError, match=r"'other' is not pinned in models/manifest\.toml; pinned are toy"):
        models.verified_path("other")


def test_a_models_digest_is_that_of_its_files(root):
    before = models.load_manifest()["toy"].digest
    changed = (root / "manifest.toml").read_text().replace('"weights"', '"weights2"')
    (root / "manifest.toml").write_text(changed)
    _forget()
    assert models.load_manifest()["toy"].digest != before


@pytest.mark.parametrize("path", ["manifest.toml", "lexicon/new.toml", "gazetteer/states.jsonl"])
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
