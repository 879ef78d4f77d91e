"""Only what has no vector yet is embedded."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.embedding.encoder import find_route
from pipeline.jobs.embed import embed_new
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.store.vectors import load_members, load_unembedded

EMBED = """
import sys
from pipeline.jobs.embed import embed_new
from pipeline.settings import Settings
from pipeline.store.store import open_store

settings = Settings()
with open_store(settings) as store:
    print(embed_new(store, settings=settings).embedded, "torch" in sys.modules)
"""


@pytest.mark.slow
def test_only_unseen_content_is_embedded(store: Store, settings: Settings, environment: dict[str, str], folder: Path):
    ingest_all(store, [str(folder / "treaty.txt")], settings=settings, given={})
    first = embed_new(store, settings=settings).embedded
    ingest_all(store, [str(folder)], settings=settings, given={})
    route = find_route(settings)
    unseen = len(load_unembedded(store, route))
    assert first > 0
    assert embed_new(store, settings=settings).embedded == unseen > 0
    members, vectors = load_members(store, route)
    assert (
        0 < len(members) == len(vectors) < first + unseen
    )  # agreements have vectors too, and are no members of themes

    # A new process, so that what this one has imported does not count.
    output = subprocess.run([sys.executable, "-c", EMBED], env=environment, capture_output=True, text=True, check=True)
    assert output.stdout.split() == ["0", "False"]
