import re

import pytest


@pytest.mark.parametrize("prefix", ["rw", "ag", "cl", "en", "ar", "th"])
def test_every_kind_of_record_has_a_page_that_names_it_and_quotes_its_article(reader, filled, prefix):
    command = {"rw": "register", "ag": None, "cl": "claims", "en": "entities", "ar": "articles", "th": "themes"}[prefix]
    listed = reader(command, "--json").out if command else reader("register", "--json").out
    found = re.search(rf"{prefix}-[0-9a-f]{{16}}", listed)
    assert found

    said = reader("show", found[0])

    assert (said.code, said.err) == (0, "")
    assert found[0] in said.out
    assert prefix in {"ar", "th"} or "«" in said.out
