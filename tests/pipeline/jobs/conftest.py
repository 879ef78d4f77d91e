"""Small articles to fill a store with."""

import os
from pathlib import Path

import pytest

from pipeline.settings import Settings

ARTICLES = {
    "treaty.txt": (
        "Norway and Iceland sign defence treaty\n\n"
        "Norway and Iceland signed the Bergen Treaty on 12 March 2025. "
        "The treaty commits both states to the defence of northern sea lanes.\n\n"
        "Norwegian Prime Minister Jonas Gahr Støre said the treaty would make the region safer.\n"
    ),
    "treaty-later.txt": (
        "The Bergen Treaty was ratified by Iceland on 3 June 2025. "
        "Denmark may join the Bergen Treaty, according to Danish officials.\n"
    ),
    "mission.txt": (
        "Germany and the Netherlands launched Operation Harbour Watch on 2 May 2025. "
        "Boris Pistorius argued that ports must be protected.\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles; two of them tell of the Bergen Treaty."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that uses this test's store."""
    return os.environ | {"ENTENTE_HOME": str(settings.home), "ENTENTE_DATABASE_URL": str(settings.database_url)}
