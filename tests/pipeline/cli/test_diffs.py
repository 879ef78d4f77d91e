from datetime import UTC, datetime

from pipeline.cli.diffs import show_diff
from pipeline.exports.revisions import make_diffs
from pipeline.store.revisions import RevisionRow

AT = datetime(2025, 7, 18, 6, tzinfo=UTC)


def revise(revision, text, title):
    return RevisionRow(
        article_id="ar-1",
        revision=revision,
        title=title,
        authors=(),
        published=None,
        publisher=None,
        language="en",
        text=text,
        saved_at=AT,
    )


def test_facts_come_first_then_paragraphs_with_their_words_marked():
    before = revise(1, "It counts 26 ships, says Oslo.\n\nIt is over.", None)
    (diff,) = make_diffs([before, revise(2, "It counts 27 ships, says Oslo.\n\nNobody knows why.", "Ships")])
    assert [part.text.plain for part in show_diff(diff)] == [
        "Revision 2, read 2025-07-18 06:00 UTC",
        "title: none → Ships",
        "~ It counts [-26-] {+27+} ships, says Oslo.",
        "+ Nobody knows why.",
        "- It is over.",
    ]
