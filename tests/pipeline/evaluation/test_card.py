"""The counts in the data card."""

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.card import read_counts, update_card
from pipeline.evaluation.counts import Counts, render_counts

LINES = [Counts(what="articles", splits={"train": 1234, "dev": 2, "test": 3})]


def test_counts_are_written_between_their_marks(tmp_path):
    card = tmp_path / "README.md"
    card.write_text(
        "# A\n\n<!-- counts: written by `entente corpus stats --update` -->\nold\n<!-- end of counts -->\n\nB\n",
        "utf-8",
    )
    update_card(card, LINES)
    text = card.read_text("utf-8")
    assert text.startswith("# A\n\n<!-- counts")
    assert text.endswith("<!-- end of counts -->\n\nB\n")
    assert "| articles | 1,234 | 2 | 3 | 1,239 |" in text
    assert read_counts(card) == render_counts(LINES)
    update_card(card, LINES)
    assert card.read_text("utf-8") == text


def test_a_card_without_a_place_for_them(tmp_path):
    card = tmp_path / "README.md"
    card.write_text("# A\n", "utf-8")
    assert read_counts(card) is None
    with pytest.raises(InputError, match="no block of counts"):
        update_card(card, LINES)


def test_no_card(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        update_card(tmp_path / "none.md", LINES)
