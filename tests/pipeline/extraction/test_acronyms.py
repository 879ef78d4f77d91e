"""Acronyms that a text explains (Schwartz and Hearst 2003)."""

import pytest

from pipeline.extraction.acronyms import find_acronyms
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The Nordic Long-Range Sensor Approach (NLRSA) starts.", [("Nordic Long-Range Sensor Approach", "NLRSA")]),
        ("The European Peace Facility (the “EPF”) pays.", [("European Peace Facility", "EPF")]),
        ("The Treaty on Open Skies (OS) and the Arms Trade Treaty (ATT) hold.",
         [("Open Skies", "OS"), ("Arms Trade Treaty", "ATT")]),
        # counter-examples: an aside, a year, letters that do not fit, nothing before it
        ("The treaty (see below) holds.", []),
        ("The treaty (2011) holds.", []),
        ("The Arms Trade Treaty (XYZ) holds.", []),
        ("(NATO) is in brackets.", []),
    ],
)  # fmt: skip
def test_explained_acronyms(nlp, text, pairs):
    doc = annotate(nlp, text)
    found = find_acronyms(doc)
    assert [(doc[a.long_start : a.long_end].text, doc[a.short_start : a.short_end].text) for a in found] == pairs
