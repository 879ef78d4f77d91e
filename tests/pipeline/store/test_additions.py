import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.errors import InputError, NotFoundError
from pipeline.jobs.link import link_register
from pipeline.records import Span
from pipeline.store.actors import load_entities
from pipeline.store.additions import NewAddition, add_record
from pipeline.store.decisions import decide
from pipeline.store.reading import load_reading
from pipeline.store.records import load_claims, load_register
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.undo import undo

TEXT = "Norland met Sudland in the hall. The Moor Accord was signed by both. It must hold, said Mara Lind."


@pytest.fixture
def article(save, make):
    return save(text=TEXT, agreements=lambda article: (make.agreement(article, "Kestrel Treaty"),))[0]


def place(words, within=TEXT):
    start = within.index(words)
    return Span(start=start, end=start + len(words), text=words)


NEW = {
    "agreement": ("Moor Accord", {"name": "Moor Accord", "label": "Moor Accord", "kind": "treaty", "status": "signed"}),
    "entity": ("Sudland", {"type": "STATE", "canonical": "Sudland"}),
    "claim": ("It must hold", {"type": "recommendation", "hedged": False, "negated": False, "direct": False}),
}


@pytest.fixture
def add(store, article):
    def add_one(sort, **facts):
        words, values = NEW[sort]
        new = {"who": "ana", "article_id": article.id, "sort": sort, "values": values, "places": (place(words),)}
        return add_record(store, NewAddition(**(new | facts)))

    return add_one


def labels(store):
    return {each.label for each in load_register(store)}


def find(store, article, record_id):
    return next((each.record for each in load_reading(store, article.id).records if each.record.id == record_id), None)


@pytest.mark.parametrize("sort", NEW)
def test_what_is_added_stands_in_its_article_and_goes_and_comes_with_an_undo(store, article, add, sort):
    made = add(sort)
    record = find(store, article, made.record_id)
    assert (record.rule, made.action, made.quote, made.article_id) == ("person", "create", NEW[sort][0], article.id)
    number = undo(store, made.number, who="ben").made[0].number
    assert find(store, article, made.record_id) is None
    number = undo(store, number, who="ben").made[0].number
    assert find(store, article, made.record_id) == record
    undo(store, number, who="ben")
    assert find(store, article, made.record_id) is None


def test_an_agreement_joins_the_register_and_leaves_it(store, article, add):
    made = add("agreement", values=NEW["agreement"][1] | {"parties": [{"entity": "Norland", "role": "lead"}]})
    link_register(store)
    [row] = [each for each in load_register(store) if each.label == "Moor Accord"]
    assert (row.status, row.parties[0].entity, row.parties[0].role, row.confidence) == (
        "signed",
        "Norland",
        "lead",
        1.0,
    )
    undone = undo(store, made.number, who="ana").made[0]
    assert "Moor Accord" not in labels(store)  # at once
    link_register(store)
    assert "Moor Accord" not in labels(store)
    undo(store, undone.number, who="ana")
    link_register(store)
    assert "Moor Accord" in labels(store)


def test_a_claim_is_listed_and_found(store, add):
    add("claim", values=NEW["claim"][1] | {"speaker": "Mara Lind"})
    [claim] = load_claims(store)
    assert (claim.content, claim.speaker, claim.confidence) == ("It must hold", "Mara Lind", 1.0)
    assert any(each.id == claim.id for each in search(store, SearchQuery(text="hold")).hits)


def test_an_entity_is_linked_over_all_articles(store, add):
    add("entity")
    link_register(store)
    assert "Sudland" in {each.canonical for each in load_entities(store)}


def test_it_comes_along_when_its_article_is_saved_anew(store, article, save, make, add):
    made, gone = add("agreement"), add("claim")
    decide(store, NewDecision(who="ana", record_id=made.record_id, action="accept"))
    undo(store, gone.number, who="ana")
    changed = "Yesterday. " + TEXT
    save(text=changed, agreements=lambda article: (make.agreement(article, "Kestrel Treaty"),))
    record = find(store, article, made.record_id)
    assert changed[record.mentions[0].start : record.mentions[0].end] == "Moor Accord"
    assert find(store, article, gone.record_id) is None
    save(text="Nothing of it.", agreements=lambda article: (make.agreement(article, "Kestrel Treaty"),))
    assert find(store, article, made.record_id) is None  # its words are gone


def test_what_extraction_finds_by_itself_then_is_no_second_one(store, article, save, make, add):
    made = add("agreement")
    found = tuple(make.agreement(article, name) for name in ("Kestrel Treaty", "Moor Accord"))
    assert found[1].id == made.record_id
    save(text=TEXT, fingerprint="f2", agreements=lambda article: found)
    assert find(store, article, made.record_id).rule == "test"
    undo(store, made.number, who="ana")
    assert find(store, article, made.record_id).rule == "test"  # it is not the person's any more


def test_a_second_with_the_same_words_is_another(store, add):
    assert add("entity").record_id != add("entity").record_id


@pytest.mark.parametrize(
    ("facts", "error", "said"),
    [
        ({"places": ()}, InputError, "Mark the words"),
        ({"places": (Span(start=0, end=4, text="Moor"),)}, InputError, "does not stand at 0-4"),
        ({"values": {"label": "x"}}, InputError, "kind: "),
        ({"article_id": "ar-000000"}, NotFoundError, "No article"),
    ],
)
def test_what_cannot_be_added_is_refused_and_leaves_nothing(store, add, facts, error, said):
    with pytest.raises(error, match=said):
        add("agreement", **facts)
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM decision")).scalar() == 0
