import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.enumerations import Queue
from pipeline.errors import InputError
from pipeline.store.decisions import decide
from pipeline.store.queue import load_names, load_queue
from pipeline.store.queue_rows import QueueFilter

NAMES = ("Kestrel Treaty", "Linden Pact", "Arden Deal")


def put(store, record_id, action="accept"):
    decide(store, NewDecision(who="ana", record_id=record_id, action=action))


def labels(store, **wanted):
    return [each.label for each in load_queue(store, QueueFilter(**wanted))]


@pytest.fixture
def three(store, save, make):
    """Three agreements and a claim (.7) in two articles of two themes."""
    sure = dict(zip(NAMES, (0.99, 0.81, 0.5), strict=True))
    one, _ = save(agreements=lambda article: tuple(make.agreement(article, n, confidence=sure[n]) for n in sure))
    two, _ = save(
        "https://b.example/2", text="Norland and Westia joined the Harbour Deal.", name="Harbour Deal", confidence=0.6
    )
    with store.begin() as connection:
        for number, article in enumerate((one, two)):
            connection.execute(
                text(
                    "INSERT INTO theme (id, route, label, terms, exemplars, is_current, first_seen, saved_at)"
                    " VALUES (:theme, 'r', 'x', '[]', '[]', true, now(), now())"
                ),
                {"theme": f"th-{number}"},
            )
            values = {"article": article.id, "theme": f"th-{number}"}
            connection.execute(text("INSERT INTO theme_article VALUES (:article, :theme, '2025-07-18')"), values)
        connection.execute(
            text("UPDATE review_item SET publisher = 'Watch', source = 'watch' WHERE article_id = :id"), {"id": two.id}
        )
    return store


def test_the_most_doubtful_comes_first(three):
    assert labels(three) == ["Linden Pact", 'it "changes everything"', "Kestrel Treaty", "Harbour Deal", "Arden Deal"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "claim"}, ['it "changes everything"']),
        ({"kind": "agreement", "limit": 2}, ["Linden Pact", "Kestrel Treaty"]),
        ({"publisher": "Watch"}, ["Harbour Deal"]),
        ({"source": "watch"}, ["Harbour Deal"]),
        ({"source": "press"}, []),
        ({"theme": "th-1"}, ["Harbour Deal"]),
        ({"theme": "th-0", "kind": "agreement"}, ["Linden Pact", "Kestrel Treaty", "Arden Deal"]),
        ({"queue": "unsure"}, []),
        ({"queue": "reopened"}, []),
    ],
)
def test_a_queue_has_conditions(three, wanted, expected):
    assert labels(three, **wanted) == expected


@pytest.mark.parametrize("wanted", [{}, {"theme": "th-0"}])
def test_a_page_goes_on_after_the_one_before_whatever_was_decided_meanwhile(three, wanted):
    everything = labels(three, **wanted)
    seen, after = [], None
    while page := load_queue(three, QueueFilter(limit=2, after=after, **wanted)):
        seen += [each.label for each in page]
        after = page[-1].id
        put(three, after)
    assert seen == everything


def test_what_is_decided_leaves_and_what_is_unsure_waits_for_another(three):
    first, second, *_ = load_queue(three)
    put(three, first.id, "reject")
    put(three, second.id, "unsure")
    assert first.label not in labels(three)
    (waiting,) = load_queue(three, QueueFilter(queue=Queue.UNSURE))
    assert (waiting.id, waiting.review) == (second.id, "unsure")
    assert waiting.decision > 0


def test_an_item_shows_what_a_person_corrected(three):
    (first,) = load_queue(three, QueueFilter(limit=1))
    for field, value in (("label", "Linden Accord"), ("status", "agreed"), ("parties", [{"entity": "Westia"}])):
        decide(three, NewDecision(who="ana", record_id=first.id, action="correct", field=field, value=value))
    (again,) = load_queue(three, QueueFilter(limit=1))
    assert (again.id, again.label, again.status, again.who) == (first.id, "Linden Accord", "agreed", ("Westia",))
    assert (first.who, first.publisher, first.published) == (("Norland", "Sudland"), "The Example", "2025-07-18")


def test_articles_that_contradict_each_other_are_a_queue_of_their_own(store, save):
    save(members=20)
    save(
        "https://a.example/2",
        text="Norland and Sudland ratified the Kestrel Treaty. It had 26 members.",
        members=26,
        act="ratified",
    )
    (row,) = load_queue(store, QueueFilter(queue=Queue.DISPUTED))
    assert (row.kind, row.label, row.articles, len(row.sayings)) == ("row", "Kestrel Treaty", 2, 2)
    put(store, row.id)
    assert load_queue(store, QueueFilter(queue=Queue.DISPUTED)) == []
    with pytest.raises(InputError, match="ask for them alone"):
        load_queue(store, QueueFilter(queue=Queue.DISPUTED, theme="th-1"))


def test_a_record_that_is_gone_leads_to_the_beginning(three):
    assert labels(three, after="ag-gone") == labels(three)


def test_publishers_and_sources_are_listed_by_name(three):
    assert load_names(three, "publisher") == ["The Example", "Watch"]
    assert load_names(three, "publisher", limit=1) == ["The Example"]
    assert load_names(three, "source") == ["watch"]


def test_pages_are_read_off_an_index(three):
    """However many items there are: the plan must neither sort nor read through them."""
    with three.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO review_item (record_id, kind, rank, publisher) SELECT 'ag-' || n, 'agreement', n / 20000.0,"
                " 'P' || n % 7 FROM generate_series(1, 20000) AS n"
            )
        )
        connection.execute(text("ANALYZE review_item"))
        for condition, index in (("", "open"), ("publisher = 'P3' AND", "publisher")):
            query = (
                f"EXPLAIN SELECT rank, record_id FROM review_item WHERE kind = 'agreement' AND {condition} review IS NULL"
                " AND (rank, record_id) > (0.5, 'ag-1') ORDER BY rank, record_id LIMIT 51"
            )
            plan = "\n".join(connection.execute(text(query)).scalars())
            assert f"ix_review_item_{index}" in plan
            assert "Sort" not in plan
