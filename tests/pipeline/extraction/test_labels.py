"""What the words around a name say it is."""

import pytest

from pipeline.extraction.labels import find_quoted_names, label_before, label_kind_before, label_of
from pipeline.language.model import annotate


def span_of(doc, words):
    start = doc.text.index(words)
    return doc.char_span(start, start + len(words), alignment_mode="expand")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Amber 2030 plan is costly.", "Amber 2030", "funding_instrument"),
        ("The Falcon co-production is slow.", "Falcon", "capability_programme"),
        ("The Harrowgate accords hold.", "Harrowgate", "treaty"),
        ("The London summit ended.", "London", None),
    ],
)
def test_labels_behind(nlp, text, name, kind):
    assert label_of(span_of(annotate(nlp, text), name)) == kind


@pytest.mark.parametrize(
    ("text", "name", "kind", "type_"),
    [
        ("They signed a treaty called Harrowgate.", "Harrowgate", "treaty", "DOCUMENT"),
        ("They favour programmes such as Falcon.", "Falcon", "capability_programme", "WEAPON_PROGRAMME"),
        ("They run a mission known as Amber.", "Amber", "operation_mission", "MILITARY_UNIT_OP"),
        ("They visited a city called Harrowgate.", "Harrowgate", None, None),
    ],
)
def test_labels_in_front(nlp, text, name, kind, type_):
    doc = annotate(nlp, text)
    assert label_kind_before(span_of(doc, name)) == kind
    assert label_before(doc, span_of(doc, name).start) == type_


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He leads the “coalition of the able”.", ["coalition of the able"]),
        ("He likes the “Weimar plus format”.", ["Weimar plus format"]),
        ("He hunts the “shadow fleet”.", []),
        ("“A coalition is what we need”, he said.", []),
        ("“coalition forces” met.", []),
    ],
)
def test_quoted_names(nlp, text, names):
    doc = annotate(nlp, text)
    assert [doc[name.start : name.end].text for name in find_quoted_names(doc)] == names
