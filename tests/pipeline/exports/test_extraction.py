import json

import pytest

from pipeline.enumerations import AgreementKind, ClaimType, EntityType, MentionFlag, PartyRole, Status
from pipeline.exports.extraction import to_extraction_json
from pipeline.records import Agreement, Article, Claim, Entity, Extraction, Mention, Party, Span, Speaker

TEXT = "Norland signed the Arden Treaty. It may help, Mara Lind said."


def span(words, kind=Span, **fields):
    start = TEXT.index(words)
    return kind(start=start, end=start + len(words), text=words, **fields)


@pytest.fixture
def article():
    return Article(id="ar-1", address="/in/arden.txt", title="Arden", published="2025-03", text=TEXT)


@pytest.fixture
def extraction():
    norland = Entity(
        id="en-1",
        type=EntityType.STATE,
        canonical="Norland",
        iso="NL",
        mentions=(span("Norland", Mention), span("It", Mention, flags=(MentionFlag.PRONOUN,))),
    )
    treaty = Agreement(
        id="ag-1",
        name="Arden Treaty",
        label="Arden Treaty",
        kind=AgreementKind.TREATY,
        status=Status.SIGNED,
        confidence=0.9,
        parties=(span("Norland", Party, entity="Norland", role=PartyRole.PARTY),),
        mentions=(span("Arden Treaty"),),
        rule="named",
    )
    speaker = span("Mara Lind")
    claim = Claim(
        id="cl-1",
        type=ClaimType.EVALUATION,
        hedged=True,
        negated=False,
        direct=False,
        content=(span("It may help"),),
        speaker=Speaker(name="Mara Lind", start=speaker.start, end=speaker.end, text=speaker.text),
        cue=span("said"),
        confidence=0.8,
        rule="tail",
    )
    return Extraction(article_id="ar-1", fingerprint="f1", entities=(norland,), agreements=(treaty,), claims=(claim,))


def test_file_has_the_documented_keys(article, extraction):
    file = to_extraction_json(article, extraction, models={"spacy": "en_core_web_sm 3.8.0"})
    assert list(file) == ["article", "text", "entities", "agreements", "claims", "pipeline"]
    assert {"id", "title", "published", "language", "publisher", "url", "sha256"} <= set(file["article"])
    assert file["text"] == TEXT
    assert file["pipeline"]["models"] == {"spacy": "en_core_web_sm 3.8.0"}
    assert file["pipeline"]["fingerprint"] == "f1"
    assert json.loads(json.dumps(file)) == file


def test_every_offset_points_at_its_words(article, extraction):
    file = to_extraction_json(article, extraction)

    def check(value):
        if isinstance(value, list):
            for item in value:
                check(item)
        elif isinstance(value, dict):
            if value.get("start") is not None:
                assert file["text"][value["start"] : value["end"]] == value["text"]
            check(list(value.values()))

    check([file["entities"], file["agreements"], file["claims"]])


@pytest.mark.parametrize(
    ("with_pronouns", "mentions"), [(False, ["Norland"]), (True, ["Norland", "It"])], ids=["default", "asked for"]
)
def test_pronouns_are_left_out_unless_asked_for(article, extraction, with_pronouns, mentions):
    file = to_extraction_json(article, extraction, with_pronouns=with_pronouns)
    assert [mention["text"] for mention in file["entities"][0]["mentions"]] == mentions


def test_nothing_found_is_an_empty_list_not_a_missing_key(article):
    file = to_extraction_json(article, Extraction(article_id="ar-1", fingerprint="f1"))
    assert (file["entities"], file["agreements"], file["claims"]) == ([], [], [])
