import pytest

from pipeline.decisions import NewDecision
from pipeline.enumerations import EntityType
from pipeline.errors import InputError
from pipeline.jobs.decide import create_entry, merge_records, split_records, undo_decision
from pipeline.jobs.link import link_register
from pipeline.records import Article, Entity, Extraction, Mention, RawArticle, make_article_id, make_record_id
from pipeline.store.actors import load_entities
from pipeline.store.articles import save_article
from pipeline.store.decisions import decide
from pipeline.store.entries import NewEntry
from pipeline.store.filters import RegisterFilter
from pipeline.store.judgements import NewJudgement
from pipeline.store.raws import save_raw
from pipeline.store.records import load_record, load_register
from pipeline.store.store import now


def enter(store, name):
    return create_entry(store, NewEntry(who="ana", values={"name": name, "kind": "treaty"}))


def names(store):
    return sorted(str(row.name) for row in load_register(store))


def test_the_register_follows_at_once(store):
    one, other = enter(store, "Linden Pact"), enter(store, "Moor Accord")
    assert names(store) == ["Linden Pact", "Moor Accord"]
    merged = merge_records(store, NewJudgement(who="ana", record_ids=(one.record_id, other.record_id)))
    assert len(names(store)) == 1
    split = split_records(store, NewJudgement(who="ana", record_ids=(other.record_id,)))
    assert len(names(store)) == 2
    undo_decision(store, split.number, who="ana")
    assert len(names(store)) == 1
    undo_decision(store, merged.number, who="ana")
    assert len(names(store)) == 2
    undo_decision(store, one.number, who="ana")
    assert names(store) == ["Moor Accord"]


def read(store, number):
    """Saves an article that names Norland; gives the id of the entity."""
    address, words = f"https://a.example/{number}", f"Norland agreed to terms number {number}."
    article = Article(id=make_article_id(address), address=address, text=words)
    mention = Mention(start=0, end=7, text="Norland")
    entity_id = make_record_id("en", article.id, "Norland")
    entity = Entity(id=entity_id, type=EntityType.STATE, canonical="Norland", mentions=(mention,))
    raw = RawArticle(address=address, media_type="text/plain", body=words.encode(), fetched_at=now())
    extraction = Extraction(article_id=article.id, fingerprint="f1", entities=(entity,))
    save_article(store, raw_id=save_raw(store, raw).raw_id, article=article, extraction=extraction, passages=())
    return entity_id


def test_entities_leave_their_actor_and_come_back(store):
    ids = [read(store, number) for number in (1, 2)]
    link_register(store)
    assert [actor.articles for actor in load_entities(store)] == [2]
    made = split_records(store, NewJudgement(who="ana", record_ids=(ids[1],)))
    assert made.record_id.startswith("ac-")
    with pytest.raises(InputError, match="which entities"):
        split_records(store, NewJudgement(who="ana", record_ids=(made.record_id,)))
    assert [actor.articles for actor in load_entities(store)] == [1, 1]
    read(store, 3)
    link_register(store)
    assert sorted(actor.articles for actor in load_entities(store)) == [1, 2]  # a new article changes nothing of it
    undo_decision(store, made.number, who="ana")
    assert [actor.articles for actor in load_entities(store)] == [3]
    one, other = ids
    made = split_records(store, NewJudgement(who="ana", record_ids=(other,)))
    merge_records(store, NewJudgement(who="ana", record_ids=(other, made.record_id)))  # the newer holds
    assert [actor.articles for actor in load_entities(store)] == [3]
    merge_records(store, NewJudgement(who="ana", record_ids=(one, other)))
    assert [actor.articles for actor in load_entities(store)] == [3]


def find_row_id(store, name):
    return next(row.id for row in load_register(store) if row.name == name)


def test_a_merged_row_leads_on_until_the_merge_is_undone(store):
    enter(store, "Linden Pact"), enter(store, "Moor Accord")
    ids = [find_row_id(store, name) for name in ("Linden Pact", "Moor Accord")]
    for row_id in ids:
        decide(store, NewDecision(who="ana", record_id=row_id, action="note", value="seen"))
    decide(store, NewDecision(who="ana", record_id=ids[1], action="accept"))
    merged = merge_records(store, NewJudgement(who="ana", record_ids=tuple(ids)))
    (row,) = load_register(store)
    assert (row.observed, row.review) == (2, "accept")  # what was decided on the one holds for both
    assert {load_record(store, each).id for each in ids} == {row.id}
    late = decide(
        store, NewDecision(who="ana", record_id=next(each for each in ids if each != row.id), action="unsure")
    )
    assert late.decision.record_id == row.id
    undo_decision(store, late.decision.number, who="ana")
    undo_decision(store, merged.number, who="ana")
    assert {load_record(store, each).id for each in ids} == set(ids)
    assert {row.id: row.review for row in load_register(store)} == {ids[0]: None, ids[1]: "accept"}


def test_a_row_is_found_by_what_is_left_when_its_founder_is_withdrawn(store):
    founder, _ = enter(store, "Linden Pact"), enter(store, "Linden Pact")
    (row,) = load_register(store)
    assert row.observed == 2
    undone = undo_decision(store, founder.number, who="ana").made[0]
    enter(store, "Linden Pact")
    (now_,) = load_register(store)
    assert (now_.id, now_.observed) == (row.id, 2)
    undo_decision(store, undone.number, who="ana")
    (now_,) = load_register(store)
    assert (now_.id, now_.observed) == (row.id, 3)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_observation_takes_another_into_its_row_whichever_is_named_first(store, order):
    """Two observations are said to be one: the one that stands alone goes to the other's row, and back when it is undone."""
    linden = [enter(store, "Linden Pact") for _ in range(3)]
    moor = enter(store, "Moor Accord")
    assert [row.observed for row in load_register(store, RegisterFilter(text="Linden"))] == [3]
    ids = [linden[0].record_id, moor.record_id]
    made = merge_records(store, NewJudgement(who="ana", record_ids=tuple(ids[place] for place in order)))
    assert [row.observed for row in load_register(store)] == [4]
    undo_decision(store, made.number, who="ana")
    assert sorted(row.observed for row in load_register(store)) == [1, 3]
