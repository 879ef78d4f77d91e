"""Persons who act for a state, where the text says so."""

import pytest

from pipeline.extraction.officials import find_officials
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "officials"),
    [
        ("Norwegian Prime Minister Mara Lind spoke.", {"Mara Lind": "Norwegian"}),
        ("Norway's defence minister, Mara Lind, spoke.", {"Mara Lind": "Norway"}),
        ("Mara Lind, the president of Norway, spoke.", {"Mara Lind": "Norway"}),
        ("Mara Lind, Norway's president, spoke.", {"Mara Lind": "Norway"}),
        ("President Mara Lind of Norway spoke.", {"Mara Lind": "Norway"}),
        # counter-examples: no office, somebody else's office, another clause
        ("The Norwegian historian Mara Lind spoke.", {}),
        ("Mara Lind of Norway spoke.", {}),
        ("Norway praised Mara Lind.", {}),
        ("Mara Lind spoke. Norway's president listened.", {}),
    ],
)
def test_officials(nlp, text, officials):
    doc = annotate(nlp, text)
    spans = list(doc.spans["entities"])
    names = {span.id_: span.text for span in spans}
    assert {names[key]: state.text for key, state in find_officials(doc, spans).items()} == officials
