import json
import re

import pytest

from pipeline.store.embedded import stop_server


@pytest.fixture
def home(tmp_path):
    """Stops the embedded server that a command starts in the data directory of ``entente``."""
    yield
    stop_server(tmp_path / "home")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("row", ["Westland, member", "«Westland» has joined", "Said in 2 articles", "The Norland Post, 13 March 2025"]),
        ("agreement", ["What happened", "signed, done, 12 March 2025", "«Norland» and Sudland"]),
        ("claim", ["Jon Berg", "«We will never leave the coast to anybody else again», Jon Berg said."]),
        ("entity", ["STATE", "Norlandish", "«Norland» and Sudland signed"]),
        ("article", ["Two capitals, one treaty", "https://post.example/arden", "1 agreements"]),
        ("theme", ["ships, coast", "2 passages and claims in 2 articles", "The Arden Treaty was suspended"]),
    ],
)
def test_show_has_quotes_in_context(reader, filled, key, words):
    record_id = filled.ids.get(key) or json.loads(reader("register", "--kind", "treaty", "--json").out)[0]["id"]
    said = reader("show", record_id[:11])
    assert said.code == 0
    assert record_id in said.out
    assert all(each in said.out for each in words)
    found = json.loads(reader("show", record_id, "--json").out)
    assert (found["id"], found["kind"]) == (record_id, key)
    assert found["articles"][0]["text"]


@pytest.mark.parametrize("record_id", ["rw-ffffffffffffffff", "rw", "nonsense"])
def test_show_of_what_is_not_there_is_a_mistake(reader, record_id):
    said = reader("show", record_id)
    assert said.code == 2
    assert re.fullmatch(r"error: [^\n]+\n", said.err)


def test_the_diff_of_an_article_shows_what_each_revision_changed(entente, home, tmp_path):
    path = tmp_path / "arden.txt"
    path.write_text("Norway and Iceland signed the Bergen Treaty. It counts 26 ships.\n", "utf-8")
    entente("ingest", path, "--published", "2025-03-12")
    (row,) = json.loads(entente("articles", "--json").out)
    assert entente("show", row["id"], "--diff").err.startswith("There is one revision")
    path.write_text("Norway and Iceland signed the Bergen Treaty. It counts 27 ships.\n\nOslo is glad.\n", "utf-8")
    entente("ingest", path, "--published", "2025-03-13")
    said = entente("show", row["id"], "--diff").out
    assert "published: 2025-03-12 → 2025-03-13" in said
    assert "signed the Bergen Treaty. It counts [-26-] {+27+} ships." in said
    assert "+ Oslo is glad." in said
    (diff,) = json.loads(entente("show", row["id"], "--diff", "--json").out)
    assert [change["kind"] for change in diff["changes"]] == ["edited", "added"]


def test_only_articles_have_revisions(reader):
    assert reader("show", "rw-1234567", "--diff").code == 2
