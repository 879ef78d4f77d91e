import re

import pytest


@pytest.mark.parametrize("prefix", ["rw", "ag", "cl", "en", "ac", "ar", "th"])
def test_every_kind_of_record_has_a_page_that_names_it_and_quotes_its_article(reader, filled, prefix):
    command = {"cl": "claims", "ac": "entities", "ar": "articles", "th": "themes"}.get(prefix, "register")
    listed = " ".join(filled.ids.values()) if prefix == "en" else reader(command, "--json").out
    found = re.search(rf"{prefix}-[0-9a-f]{{16}}", listed)
    assert found

    said = reader("show", found[0])

    assert (said.code, said.err) == (0, "")
    assert found[0] in said.out
    assert prefix in {"ac", "ar", "th"} or "«" in said.out
