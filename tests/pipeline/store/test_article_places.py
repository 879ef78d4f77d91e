import pytest

from pipeline.store.article_places import find_place

A, B, NEW = "https://a.example/1", "https://b.example/2", "https://new.example/3"


@pytest.mark.parametrize(
    ("said", "found", "is_known"),
    [
        ({"address": A}, A, True),
        ({"address": A, "text": "Something else."}, A, False),
        ({"address": A, "published": None}, A, True),  # read again without its date: nothing new is said
        ({"address": A, "text": "Norland went home."}, A, False),  # its address counts before whose text it is
        ({"address": NEW}, A, True),
        ({"address": NEW, "text": "Something else."}, None, False),
        ({"address": NEW, "text": "Something else.", "aliases": (B,)}, B, False),
        ({"address": NEW, "text": "Norland went home.", "aliases": (A,)}, B, True),  # whose text it is before an alias
    ],
)
def test_an_article_is_found_by_its_address_its_text_or_an_alias(store, save, make, said, found, is_known):
    ids = {A: save(A)[0].id, B: save(B, text="Norland went home.")[0].id}
    aliases = said.pop("aliases", ())
    article = make.article(**said).model_copy(update={"aliases": aliases})
    with store.begin() as connection:
        place = find_place(connection, article)
    assert (place.article_id, place.is_known) == (ids.get(found, article.id), is_known)
