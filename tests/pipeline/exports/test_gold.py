from pathlib import Path

import pytest

from pipeline.enumerations import ActType, EntityType, PartyRole, Review, Status
from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.scores import Scored, score_articles
from pipeline.exports.gold import make_gold
from pipeline.gold.read import find_gold, load_gold, read_gold
from pipeline.records import Act, Entity, Mention, Party
from pipeline.store.standing import Standing

CORPUS = Path(__file__).parents[3] / "corpus" / "gold"


def read(made, tmp_path):
    assert made.problems == ()
    path = tmp_path / made.name
    path.write_text(made.content, "utf-8")
    found = read_gold(path)
    assert found.errors == ()
    return found.article


# A few of very different styles: what people mark by hand comes through as it was.
@pytest.mark.parametrize("path", find_gold(CORPUS)[12::60], ids=lambda path: path.stem)
def test_what_is_right_is_gold_again(annotated, tmp_path, path):
    (gold,) = load_gold([path])
    head = gold.header
    facts = {"title": head.title, "published": head.published, "publisher": head.publisher, "url": head.url}
    article = annotated.article.model_copy(update=facts)
    extraction = to_extraction(gold)
    again = read(
        make_gold(annotated._replace(article=article, text=gold.text, extraction=extraction, standing={})), tmp_path
    )
    assert (again.text, again.header.title, again.header.published) == (gold.text, head.title, head.published)
    scores = {each.name: each.value for each in score_articles([Scored(again, extraction)], draws=0)}
    for name in ("entity_typed_f1", "row_found_f1", "row_kind_overall_f1", "row_status_overall_f1", "claim_found_f1"):
        assert scores[name] in {1.0, None}, name
    assert scores["party_overall_f1"] in {1.0, None}


@pytest.fixture
def decided(annotated):
    """The same article with a signed agreement between an entity and another, all of it right."""
    text = annotated.text
    evidence = {"start": 0, "end": 33, "text": text[:33]}
    signed = Act(**evidence, act=ActType.SIGNED)
    norland = {"start": 0, "end": 7, "text": "Norland"}
    (row,) = annotated.extraction.agreements
    row = row.model_copy(
        update={
            "acts": (signed,),
            "status": Status.SIGNED,
            "parties": (Party(**norland, entity="Norland", role=PartyRole.PARTY),),
        }
    )
    mara = Entity(
        id="en-2",
        type=EntityType.PERSON,
        canonical="Mara Lind",
        mentions=(Mention(start=35, end=44, text="Mara Lind"),),
    )
    found = annotated.extraction
    return annotated._replace(
        extraction=found.model_copy(update={"agreements": (row,), "entities": (*found.entities, mara)}),
        standing={"en-1": annotated.standing["en-1"]},
    )


def hold(annotated, record_id, **facts):
    held = Standing(record_id=record_id, decision=9, **facts)
    return annotated._replace(standing={**annotated.standing, record_id: held})


def test_what_people_decided_is_what_is_written(decided, tmp_path):
    found = read(make_gold(decided, split="dev"), tmp_path)
    assert (found.header.split, found.header.published) == ("dev", "2025-07")
    assert [(each.name, each.type) for each in found.entities] == [("Norland", "STATE"), ("Mara Lind", "PERSON")]
    (row,) = found.agreements
    assert (row.name, row.status, [each.actor for each in row.actors]) == ("Kestrel Treaty", "signed", ["Norland"])
    (claim,) = found.claims
    assert [each.text for each in claim.content] == ["it would hold", "if Sudland agree"]
    assert claim.speaker_name == "Mara Lind"


def test_what_is_rejected_is_not_written(decided, tmp_path):
    found = read(make_gold(hold(decided, "cl-1", review=Review.REJECT)), tmp_path)
    assert found.claims == ()
    found = read(make_gold(hold(decided, "ag-1", review=Review.REJECT)), tmp_path)
    assert found.agreements == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "in_force", "date": "2025-08"}, {"status": "in_force", "date": "2025-08"}),
        ({"name": "Kestrel Pact", "aliases": ["KP"]}, {"name": "Kestrel Pact", "aliases": ("KP",)}),
        ({"parties": [{"entity": "Mara Lind", "role": "host"}]}, {"parties": ("e2 host",)}),
        ({"mentions": [{"start": 0, "end": 14, "text": "Kestrel Treaty"}]}, {"name": "Kestrel Treaty"}),
        ({"acts": [{"act": "ratified", "polarity": "done", "date": None, "actors": []}]}, {"status": "signed"}),
    ],
)
def test_corrections_are_what_is_written(decided, tmp_path, fields, expected):
    (row,) = read(make_gold(hold(decided, "ag-1", review=Review.ACCEPT, fields=fields)), tmp_path).agreements
    assert {name: getattr(row, name) for name in expected} == expected
    assert row.mentions[0].text == "Kestrel Treaty"


@pytest.mark.parametrize(
    ("record_id", "fields", "said"),
    [
        ("ag-1", {"status": None}, "has no status"),
        ("ag-1", {"parties": [{"entity": "Westia", "role": "party"}]}, "“Westia”, a party of"),
        ("cl-1", {"speaker": "The president"}, "stands nowhere in the text"),
    ],
)
def test_what_the_format_cannot_say_is_a_reason(decided, record_id, fields, said):
    made = make_gold(hold(decided, record_id, fields=fields))
    assert made.content is None
    assert said in made.problems[0]


def test_an_article_without_a_day_is_none(decided):
    article = decided.article.model_copy(update={"published": None})
    assert "no date of publication" in make_gold(decided._replace(article=article)).problems[0]
