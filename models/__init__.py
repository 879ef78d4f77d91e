"""What the pipeline knows, as data: pinned models, lexicons and the gazetteer, with a small loader.

``manifest.toml`` lists every model with the SHA-256 of each file that influences results; ``lexicon/*.toml`` are word
lists; ``gazetteer/*.jsonl`` are known names with ISO and Wikidata ids. An analyst adds words here, never in code.
"""

import hashlib
import importlib.util
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pipeline.enumerations import EntityType
from pipeline.errors import ModelError
from pipeline.records import Record

ROOT = Path(__file__).parent
_CHUNK = 1 << 20
_borrowed: list[Path] = []  # the last is the tagger in use, where there is one


class PinnedModel(Record):
    """One model of the manifest: a package, the directory in it that is loaded, and the digests of its files."""

    name: str
    package: str  #: as pip knows it
    version: str
    licence: str
    module: str  #: as Python imports it
    root: str  #: directory inside the module that is loaded
    files: dict[str, str]  #: path below root -> SHA-256

    @property
    def digest(self) -> str:
        """One digest for the whole model, from those of its files."""
        return hashlib.sha256(repr(sorted(self.files.items())).encode()).hexdigest()

    @property
    def is_ours(self) -> bool:
        """Whether it lies here, beside the manifest, and came in no package of its own."""
        return self.module == __name__


class ModelCheck(Record):
    """What ``entente doctor`` says of one model."""

    name: str
    package: str
    version: str
    licence: str
    state: str  #: "verified", "missing" or "changed"
    path: str | None
    detail: str


class GazetteerEntry(Record):
    """A known name: what it stands for, how it is written, and its ids."""

    canonical: str
    type: EntityType
    iso: str | None = None
    wikidata: str | None = None
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    state: str | None = Field(default=None)  #: ISO code of the state it belongs to
    context: bool = False  #: too ambiguous to be believed without support from the model


@lru_cache(maxsize=1)
def load_manifest() -> dict[str, PinnedModel]:
    """Every pinned model by name."""
    rows = tomllib.loads((ROOT / "manifest.toml").read_text("utf-8"))["model"]
    return {row["name"]: PinnedModel(**row) for row in rows}


def check_model(name: str) -> ModelCheck:
    """Whether a pinned model is installed and is the one that was pinned (reads and hashes all its files)."""
    model = load_manifest()[name]
    root = _find_root(model)
    facts = {"name": model.name, "package": model.package, "version": model.version, "licence": model.licence}
    if root is None:
        detail = "restore it with git" if model.is_ours else f"pip install {model.package}=={model.version}"
        return ModelCheck(**facts, state="missing", path=None, detail=detail)
    for path, digest in sorted(model.files.items()):
        found = _file_digest(root / path) if (root / path).is_file() else "no such file"
        if found != digest:
            detail = f"{path}: expected sha256 {digest[:12]}…, found {found[:12]}…"
            return ModelCheck(**facts, state="changed", path=str(root), detail=detail)
    return ModelCheck(**facts, state="verified", path=str(root), detail=f"{len(model.files)} files match")


def check_models() -> list[ModelCheck]:
    """:func:`check_model` for every pinned model."""
    return [check_model(name) for name in load_manifest()]


@lru_cache(maxsize=8)
def verified_path(name: str) -> Path:
    """The directory of a pinned model, once every file of it has been verified.

    Raises:
        ModelError: it is not pinned, not installed, or its files are not the pinned ones.
    """
    if name not in load_manifest():
        raise ModelError(
            f"model {name!r} is not pinned in models/manifest.toml; pinned are {', '.join(load_manifest())}"
        )
    check = check_model(name)
    if check.state != "verified" or check.path is None:
        cure = "restore it with git" if load_manifest()[name].is_ours else "reinstall with pip and the constraints file"
        raise ModelError(f"model {name!r} is {check.state}: {check.detail}; {cure}")
    return Path(check.path)


@lru_cache(maxsize=32)
def load_lexicon(name: str) -> dict[str, Any]:
    """The word list ``models/lexicon/<name>.toml``."""
    return tomllib.loads((ROOT / "lexicon" / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def load_gazetteer() -> tuple[GazetteerEntry, ...]:
    """Every known name, states first (the order of the files, then of the lines)."""
    files = [ROOT / "gazetteer" / f"{name}.jsonl" for name in ("states", "organisations", "places")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    return tuple(GazetteerEntry.model_validate_json(line) for line in lines)


@lru_cache(maxsize=1)
def tagger_path() -> Path:
    """The directory of the trained tagger, once its files have been verified.

    Raises:
        ModelError: a file is missing or is not the one of the manifest.
    """
    root = _borrowed[-1] if _borrowed else ROOT / "tagger"
    for path, digest in tomllib.loads((root / "digests.toml").read_text("utf-8")).items():
        if not (root / path).is_file() or _file_digest(root / path) != digest:
            raise ModelError(f"{root / path} is missing or changed; restore it with git, or train anew: entente train")
    return root


@contextmanager
def use_tagger(folder: Path) -> Iterator[None]:
    """Read the trained files of another folder than models/tagger: of a tagger that is only trained to be tried."""
    _borrowed.append(folder)
    forget_tagger()
    try:
        yield
    finally:
        _borrowed.pop()
        forget_tagger()


def forget_tagger() -> None:
    """Read the trained files again when they are asked for next: they have been written anew."""
    for load in (tagger_path, load_heads, load_calibration, load_paths):
        load.cache_clear()


@lru_cache(maxsize=1)
def load_heads() -> dict[str, NDArray[np.float32]]:
    """The trained heads and relations by name ("head.agreement.weight"), verified."""
    with np.load(tagger_path() / "heads.npz") as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


@lru_cache(maxsize=1)
def load_calibration() -> dict[str, dict[str, Any]]:
    """What the evidence of rows and claims is worth ("weights", "bias"), verified."""
    found: dict[str, dict[str, Any]] = json.loads((tagger_path() / "calibration.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def load_paths() -> dict[str, int]:
    """The dependency paths that the relations know, verified."""
    found: dict[str, int] = json.loads((tagger_path() / "paths.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=2)
def load_linking(name: str) -> dict[str, Any]:
    """What linking knows: its ``words`` (written by hand) or its ``weights`` (fitted by ``entente train --linking``)."""
    file = ROOT / "linking" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


@lru_cache(maxsize=1)
def data_digest() -> str:
    """Digest of everything here that influences an extraction: manifest, lexicons and gazetteer."""
    digest = hashlib.sha256()
    for file in sorted(
        [
            ROOT / "manifest.toml",
            *ROOT.glob("lexicon/*.toml"),
            *ROOT.glob("gazetteer/*.jsonl"),
            ROOT / "tagger" / "digests.toml",
        ]
    ):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _find_root(model: PinnedModel) -> Path | None:
    # find_spec of a top-level package runs none of its code: a missing or broken package must not raise here.
    spec = importlib.util.find_spec(model.module)
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(next(iter(spec.submodule_search_locations))) / model.root
    return root if root.is_dir() else None


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
