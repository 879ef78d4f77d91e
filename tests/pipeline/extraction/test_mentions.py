"""Where a text speaks of an agreement, and what is known of it at sight."""

import pytest

from pipeline.extraction.actors import find_actors
from pipeline.extraction.mentions import find_mentions, named_kind
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The Arden Treaty holds.", [("named", "Arden Treaty", "treaty")]),
        ("They want a permanent headquarters in Oslo.", [("noun", "permanent headquarters in Oslo", "institution_body")]),
        ("Norway and Chile agreed to share data.",
         [("clause", "Norway and Chile agreed to share data", "other_commitment")]),
        ("They signed a pact called the Arden Treaty.", [("named", "Arden Treaty", "treaty")]),
        ("Norway and Chile signed a fisheries accord on Tuesday.", [("noun", "fisheries accord", "treaty")]),
        # counter-examples
        ("Norway agreed to share data.", []),
        ("Any deal is good.", []),
        ("It is a treaty.", []),
        ("He likes treaty law.", []),
        ("NATO met.", []),
    ],
)  # fmt: skip
def test_mentions(nlp, text, mentions):
    doc = annotate(nlp, text)
    found = find_mentions(doc, find_actors(doc))
    assert [(m.rule, doc[m.start : m.end].text, m.kind.value) for m in found] == mentions


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Arden Treaty holds.", ("treaty", False)),
        ("The Polar Planning Group met.", ("institution_body", True)),
        ("AUKUS, a security partnership, grows.", ("coalition", False)),
        ("AUKUS grows.", ("coalition", True)),
        ("NATO grows.", None),
        ("Norway grows.", None),
    ],
)
def test_kinds_of_named_entities(nlp, text, kind):
    doc = annotate(nlp, text)
    span = doc.spans["entities"][0]
    canonical = doc.spans["entities"].attrs["entities"][span.id_]["canonical"]
    assert named_kind(span, canonical) == kind


def test_the_owner_in_front_belongs_to_the_name(nlp):
    doc = annotate(nlp, "The NATO Forward Fleet Forces grow.")
    assert [m.name for m in find_mentions(doc, find_actors(doc))] == ["NATO Forward Fleet Forces"]


def test_a_heading_is_no_part_of_the_phrase(nlp):
    doc = annotate(nlp, "1. The fisheries treaty\n\nNorway and Chile met.")
    assert all("\n" not in doc[m.start : m.end].text for m in find_mentions(doc, find_actors(doc)))
