"""What claims are about, and the figures in them."""

import pytest

from pipeline.extraction.agreements import find_agreements
from pipeline.extraction.claims import build_claims, find_claims
from pipeline.extraction.observations import build_agreements
from pipeline.language.model import annotate
from pipeline.records import Article


def find(nlp, text):
    """The claims of a text with its agreements, by the real pipeline."""
    doc = find_agreements(annotate(nlp, text))
    find_claims(doc)
    rows = build_agreements(doc, Article(id="ar-1", address="a", text=text, published="2025-09-17"))
    return build_claims(doc, text, "ar-1", agreements=rows)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        # in the claim's own words
        ("Sweden's minister said that the Arden Treaty would help Norway.", ["Arden Treaty"]),
        ("Sweden said that the Arden Treaty and the Bergen Convention would help.", ["Arden Treaty", "Bergen Convention"]),
        # in its sentence, before it
        ("After signing the Arden Treaty with Norway, Sweden said that ports would be safer.", ["Arden Treaty"]),
        # taken up, or the only one of the paragraph
        ("Norway signed the Arden Treaty and left the Bergen Convention. Sweden said that it would hold.", ["Bergen Convention"]),
        ("Norway signed the Arden Treaty. Sweden said that ports would be safer.", ["Arden Treaty"]),
        # entities where there is no agreement
        ("Sweden said that Norway would be safer.", ["Norway"]),
        # counter-examples: another paragraph; two to choose from
        ("Norway signed the Arden Treaty.\n\nSweden said that ports would be safer.", []),
        ("Norway signed the Arden Treaty and left the Bergen Convention. Sweden said that ports would be safer.", []),
    ],
)  # fmt: skip
def test_what_a_claim_is_about(nlp, text, about):
    [claim] = find(nlp, text)
    assert list(claim.about) == about


def test_no_more_than_five_names(nlp):
    names = "Norway, Sweden, Chile, Ghana, Kenya, Nepal and Peru"
    [claim] = find(nlp, f"The ministry said that {names} would be safer.")
    assert len(claim.about) == 5


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sweden said that 26 countries would send €150 billion.", [("members", 26, None), ("amount", 150e9, "EUR")]),
        ("Sweden said that the states would spend 5 percent of GDP.", [("percent_of_gdp", 5, "percent")]),
        ("The 26 countries said that ports would be safer.", []),  # who speaks is no content
        ("Sweden said that ports would be safer in 2030.", []),
    ],
)
def test_figures_of_a_claim(nlp, text, figures):
    [claim] = find(nlp, text)
    assert [(figure.name, figure.value, figure.unit) for figure in claim.figures] == figures
    assert all(text[figure.start : figure.end] == figure.text for figure in claim.figures)
