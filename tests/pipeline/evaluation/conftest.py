"""Two small marked articles, and a maker of files from one of them with something changed."""

from pathlib import Path

import pytest

from pipeline.evaluation.gold import load_gold, read_gold
from pipeline.evaluation.records import GoldArticle

FOLDER = Path(__file__).parent / "gold"
ARDEN = FOLDER / "901-arden-treaty.gold"


@pytest.fixture(scope="session")
def articles() -> list[GoldArticle]:
    return load_gold(sorted(FOLDER.glob("*.gold")))


@pytest.fixture
def arden(articles) -> GoldArticle:
    return articles[0]


@pytest.fixture
def change(tmp_path):
    """Call as ``change("signed", "sigend")``; the path of the first article's file with the words replaced, once."""

    def write(*changes: str) -> Path:
        text = ARDEN.read_text("utf-8")
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / ARDEN.name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def find_errors(change):
    """Call as ``find_errors("signed", "sigend")``; what is said of the file with this change."""

    def find(*changes: str):
        reading = read_gold(change(*changes))
        assert reading.article is None
        return reading.errors

    return find
