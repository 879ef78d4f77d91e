import threading

from sqlalchemy import select, text

from pipeline.records import Provenance
from pipeline.store.articles import save_alias
from pipeline.store.raws import save_raw
from pipeline.store.schema import search_entry
from pipeline.store.search_entries import index_article, index_rows, load_newest_number


def load_words(store):
    with store.begin() as connection:
        rows = connection.execute(select(search_entry.c.kind, search_entry.c.day, search_entry.c.words))
        return {row.kind: (row.day, row.words) for row in rows}


def test_each_current_record_has_an_entry_of_its_words_and_facets(store, save):
    save()
    entries = load_words(store)
    assert set(entries) == {"article", "passage", "claim", "agreement", "row"}
    assert "'=u:signed'" in entries["row"][1]
    assert {day for day, _ in entries.values()} == {"2025-07-18"}
    for facet in ("'=k:claim'", "'=p:the example'", "'=y:2025'", "'=m:2025-07'", "'=t:evaluation'", "'=s:mara lind'"):
        assert facet in entries["claim"][1]
    assert "'lind':" in entries["claim"][1]
    assert "'kestrel':1A" in entries["agreement"][1]
    assert "kestrel" not in entries["passage"][1]


def test_a_new_revision_replaces_them_and_a_long_text_does_no_harm(store, save):
    save()
    before = load_newest(store)
    many_words = " ".join(f"w{n}" for n in range(60_000))  # more than one list of words holds
    article, _ = save(text=f"Norland left. {many_words}", published=None)
    entries = load_words(store)
    assert "claim" not in entries
    assert entries["article"][0] is None
    assert "'norland':" in entries["article"][1]
    assert load_newest(store) > before
    with store.begin() as connection:
        index_article(connection, article.id)
        index_article(connection, "ar-none")
    assert load_words(store).keys() == entries.keys()


def load_newest(store):
    with store.begin() as connection:
        return load_newest_number(connection)


def test_what_is_said_of_a_known_article_later_is_found(store, save, make):
    article, _ = save(provenance=Provenance())
    raw_id = save_raw(
        store, make.raw(article.address, article.text, published="2025-07-18", publisher="Another")
    ).raw_id
    save_alias(store, raw_id, article.model_copy(update={"publisher": "Another"}))
    assert "'=p:another'" in load_words(store)["claim"][1]


def test_only_rows_that_are_shown_have_an_entry(store, save):
    save()
    with store.begin() as connection:
        row_id = connection.execute(
            text(
                "UPDATE register_row SET is_shown = true, label = 'Kestrel Treaty', parties = '{norland}' RETURNING id"
            )
        ).scalar_one()
        index_rows(connection, [row_id, "rw-none"])
        index_rows(connection, [])
    assert "'=w:norland'" in load_words(store)["row"][1]
    with store.begin() as connection:
        connection.execute(text("UPDATE register_row SET is_shown = false"))
        index_rows(connection, [row_id])
    assert "row" not in load_words(store)


def test_two_that_touch_one_row_at_once_take_turns(store, save):
    save()
    done = []

    def index():
        with store.begin() as connection:
            index_rows(connection, list(connection.execute(text("SELECT id FROM register_row")).scalars()))
        done.append(True)

    with store.begin() as connection:
        index_rows(connection, list(connection.execute(text("SELECT id FROM register_row")).scalars()))
        other = threading.Thread(target=index)
        other.start()
        other.join(0.2)
        assert done == []
    other.join()
    assert done == [True]
    assert "row" in load_words(store)
