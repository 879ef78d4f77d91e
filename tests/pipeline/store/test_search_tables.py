from sqlalchemy import text


def test_no_word_can_be_taken_for_a_facet(store):
    with store.begin() as connection:
        words = connection.execute(text("SELECT search_words('=k:claim p:example [=9:x] ''=t:y''')")).scalar_one()
    assert "=" not in words


def test_names_are_folded_alike_in_facets(store):
    with store.begin() as connection:
        keys = connection.execute(
            text("SELECT search_key('Le  Mondé-Diplo'), search_key(' . '), search_key(NULL)")
        ).one()
    assert tuple(keys) == ("le monde diplo", None, None)
