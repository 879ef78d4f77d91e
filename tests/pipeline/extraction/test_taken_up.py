"""Agreements taken up by "it" or left unsaid: which places, and which agreement is meant."""

import pytest

from pipeline.extraction.actors import find_actors
from pipeline.extraction.mention import PRONOUN, UNSAID
from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.taken_up import find_taken_up
from pipeline.language.model import annotate
from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The Arden Treaty is ten years old. Chile denounced it in May.", (PRONOUN, "it", "Arden Treaty")),
        ("The Arden Treaty is ten years old. It was signed by Norway.", (PRONOUN, "It", "Arden Treaty")),
        ("The Arden Treaty is ten years old. Chile walked out of it.", (PRONOUN, "it", "Arden Treaty")),
        ("The Arden Treaty replaces the Kensington Treaty. Chile ratified it.", (PRONOUN, "it", "Arden Treaty")),
        ("Ministers spoke of the Arden Treaty and of fish. Chile has ratified it.", (PRONOUN, "it", "Arden Treaty")),
        ("Norway signed the Arden Treaty. Chile and Peru did not join.", (UNSAID, "join", "Arden Treaty")),
        # counter-examples: no verb for agreements, it says what is joined, nothing was spoken of, too long ago
        ("The Arden Treaty is ten years old. Chile printed it in May.", None),
        ("The Arden Treaty is ten years old. Chile joined the talks.", None),
        ("Norway slept. Chile denounced it in May.", None),
        ("The Arden Treaty is ten years old. Norway slept. Chile denounced it.", None),
    ],
)
def test_what_is_taken_up(nlp, text, place):
    doc = annotate(nlp, text)
    found = find_taken_up(doc, find_mentions(doc, find_actors(doc)))
    assert [(each.rule, doc[each.root].text, meant.name) for each, meant in found] == ([place] if place else [])


@pytest.mark.parametrize("marked", load_rows("taken_up"))
def test_who_is_what_to_it(nlp, marked):
    check_rows(nlp, marked)
