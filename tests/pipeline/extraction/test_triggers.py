"""Nouns that stand for agreements, with what each must have beside it."""

import pytest

from pipeline.extraction.phrases import phrase_of
from pipeline.extraction.triggers import find_trigger, has_needed, kind_of_noun, may_be_trigger
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "noun", "kind"),
    [
        ("They want a permanent headquarters in Bergen.", "headquarters", "institution_body"),
        ("They want a target of 5 percent.", "target", "spending_target"),
        ("They want a fisheries treaty.", "treaty", "treaty"),
        ("They want oil sanctions.", "sanctions", "sanctions_regime"),
        ("They want nuclear deterrence.", "deterrence", "security_guarantee"),
        ("They signed a road map.", "map", "joint_declaration"),
        ("They want a holiday.", "holiday", None),
        ("They treat it.", "treat", None),
    ],
)
def test_triggers(nlp, text, noun, kind):
    token = next(token for token in annotate(nlp, text) if token.text == noun)
    trigger = find_trigger(token, phrase_of(token))
    assert (trigger.kind if trigger else None) == kind
    assert trigger is None or (may_be_trigger(token) and has_needed(trigger, token, phrase_of(token)))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("They hit a target.", "target"),
        ("They saw a group.", "group"),
        ("The talks go on.", "talks"),
        ("A map.", "map"),
    ],
)
def test_a_noun_may_lack_what_it_needs(nlp, text, noun):
    token = next(token for token in annotate(nlp, text) if token.text == noun)
    trigger = find_trigger(token, phrase_of(token))
    assert trigger is not None
    assert not has_needed(trigger, token, phrase_of(token))


def test_a_noun_beside_a_name_needs_nothing_more(nlp):
    doc = annotate(nlp, "It is a group of friends.")
    assert kind_of_noun(doc[3]) == "institution_body"
    assert kind_of_noun(doc[5]) is None
