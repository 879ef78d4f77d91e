"""Every difference between what was marked and what was found."""

import pytest

from pipeline.evaluation.mistakes import find_mistakes
from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.scores import Scored
from pipeline.records import Extraction, Speaker


def find(gold, found):
    return [(m.layer, m.sort, m.field, m.words) for m in find_mistakes(Scored(gold, found))]


def test_a_perfect_extraction_has_none(articles):
    assert [find(gold, to_extraction(gold)) for gold in articles] == [[], []]


def test_nothing_found_is_all_missed(arden):
    mistakes = find_mistakes(Scored(arden, Extraction(article_id="ar-x", fingerprint="x")))
    assert {m.sort for m in mistakes} == {"missed"}
    assert len(mistakes) == 2 + 3 + 9


def test_what_nobody_marked_is_spurious(arden):
    empty = arden.model_copy(update={"entities": (), "agreements": (), "claims": ()})
    mistakes = find_mistakes(Scored(empty, to_extraction(arden)))
    assert {m.sort for m in mistakes} == {"spurious"}
    assert len(mistakes) == 2 + 3 + 9


@pytest.mark.parametrize(
    ("kind", "fields", "mistake"),
    [
        ("agreements", {"status": None}, ("agreements", "wrong", "status", "the Arden Treaty")),
        ("agreements", {"parties": ()}, ("agreements", "wrong", "parties", "the Arden Treaty")),
        ("agreements", {"date": None}, ("agreements", "wrong", "date", "the Arden Treaty")),
        ("agreements", {"acts": ()}, ("agreements", "wrong", "acts", "the Arden Treaty")),
        (
            "claims",
            {"hedged": True},
            ("claims", "wrong", "hedged", "it will make Norlandish and Sudlandish ports safer"),
        ),
        (
            "claims",
            {"speaker": Speaker(name="Jon Berg")},
            ("claims", "wrong", "speaker", "it will make Norlandish and Sudlandish ports safer"),
        ),
    ],
)
def test_a_wrong_field_stands_with_its_words(arden, kind, fields, mistake):
    found = to_extraction(arden)
    first, *rest = getattr(found, kind)
    assert find(arden, found.model_copy(update={kind: (first.model_copy(update=fields), *rest)})) == [mistake]


def test_the_sentence_is_whole(arden):
    (mistake, *_) = find_mistakes(Scored(arden, Extraction(article_id="ar-x", fingerprint="x")))
    sentence = mistake.before + mistake.words + mistake.after
    assert sentence == "ARDEN, 13 March – Norland and Sudland signed the Arden Treaty on Wednesday."
