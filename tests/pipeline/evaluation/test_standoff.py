"""Gold of real articles: offsets and a digest, without a word of theirs."""

import json
import re

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.standoff import choose_real, from_standoff, render_standoff, to_standoff


@pytest.fixture
def real(arden, tmp_path):
    """The first article as if it were somebody else's, its text in a file of one JSON object a line."""
    (tmp_path / "texts" / "set").mkdir(parents=True)
    rows = [{"_id": "A0", "text": "Another."}, {"_id": "A1", "text": arden.text.rstrip("\n")}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "texts" / "set" / "documents.json").write_text(lines, "utf-8")
    head = arden.header.model_copy(update={"source": "set/documents.json#A1"})
    return arden.model_copy(update={"header": head})


def test_no_word_of_the_text_is_in_it(real, tmp_path):
    content = render_standoff(to_standoff(real, texts=tmp_path / "texts"))
    for words in (
        "on Wednesday",
        "harbour official",
        "it will make",
        "did not reject",
        "Sudlandish",
        real.header.title,
    ):
        assert words not in content
    assert json.loads(content)["entities"][0]["mentions"] == [[18, 25], [104, 114, ["adjectival"]]]


def test_there_and_back(real, tmp_path):
    back = from_standoff(to_standoff(real, texts=tmp_path / "texts"), texts=tmp_path / "texts")
    assert back.text == real.text.rstrip("\n")
    assert back.claims == real.claims
    assert back.entities == real.entities
    assert [row.mentions for row in back.agreements] == [row.mentions for row in real.agreements]
    assert back.agreements[0].acts[0].date_text is None


def test_all_of_a_folder(real, tmp_path):
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "a.json").write_text(render_standoff(to_standoff(real, texts=tmp_path / "texts")), "utf-8")
    chosen = choose_real(folder, texts=tmp_path / "texts", split="train")
    assert choose_real(folder, texts=tmp_path / "texts").articles == ()  # none of it is to be scored
    assert [gold.slug for gold in chosen.articles] == ["901-arden-treaty"]
    assert re.fullmatch("[0-9a-f]{64}", chosen.digest)


def test_a_plain_file_is_a_source_too(real, tmp_path):
    (tmp_path / "texts" / "a.txt").write_text(real.text, "utf-8", newline="")
    plain = real.model_copy(update={"header": real.header.model_copy(update={"source": "a.txt"})})
    assert from_standoff(to_standoff(plain, texts=tmp_path / "texts"), texts=tmp_path / "texts").text == real.text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (None, "names no source"),
        ("set/documents.json#A0", "is not that of set/documents.json#A0"),
        ("set/documents.json#A9", "has no document A9"),
        ("set/none.json#A1", "cannot be read"),
    ],
)
def test_a_source_that_does_not_fit(real, tmp_path, source, said):
    other = real.model_copy(update={"header": real.header.model_copy(update={"source": source})})
    with pytest.raises(InputError, match=re.escape(said)):
        to_standoff(other, texts=tmp_path / "texts")


def test_a_text_that_has_changed_is_refused(real, tmp_path):
    record = to_standoff(real, texts=tmp_path / "texts")
    path = tmp_path / "texts" / "set" / "documents.json"
    path.write_text(path.read_text("utf-8").replace("never open", "never 0pen"), "utf-8")
    with pytest.raises(InputError, match="SHA-256 differs"):
        from_standoff(record, texts=tmp_path / "texts")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"header": {"source": 1}}'])
def test_a_file_that_is_no_gold(tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match="is no standoff gold"):
        choose_real(tmp_path, texts=tmp_path)


def test_a_folder_without_any(tmp_path):
    with pytest.raises(InputError, match="no marked real article"):
        choose_real(tmp_path / "none", texts=tmp_path)
