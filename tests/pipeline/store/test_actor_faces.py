from pipeline.jobs.actors import link_entities
from pipeline.store.actor_faces import load_called, save_faces
from pipeline.store.actors import load_entities
from tests.pipeline.naming import save_named


def test_an_actor_is_called_by_all_that_its_articles_call_it(store):
    for number, aliases in enumerate([("KP",), ("KP", "The Plan")]):
        named = ("Kestrel Plan", "DOCUMENT", {"aliases": aliases})
        save_named(store, f"/{number}", f"The Kestrel Plan {number}.", named)
    link_entities(store)
    (row,) = load_entities(store)
    with store.begin() as connection:
        called = load_called(connection, [row.id, "ac-0"])
    assert called[row.id].type == "DOCUMENT"
    assert ("also DOCUMENT kp", "KP", 2) in called[row.id].keys
    assert row.aliases == ("The Plan", "KP")


def test_a_face_is_shown_as_it_is_given(store):
    save_named(store, "/1", "Mara Lind.", "Mara Lind")
    link_entities(store)
    (row,) = load_entities(store)
    face = {"canonical": "M. Lind", "iso": None, "wikidata": "Q5", "aliases": ("Lind",), "words": "m lind"}
    with store.begin() as connection:
        save_faces(connection, {row.id: face})
    (row,) = load_entities(store)
    assert (row.canonical, row.wikidata, row.aliases) == ("M. Lind", "Q5", ("Lind",))
