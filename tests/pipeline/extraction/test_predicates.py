"""Which predicates say something of an agreement."""

import pytest

from pipeline.extraction.actors import find_actors
from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.predicates import find_predicates
from pipeline.language.model import annotate

PREDICATES = [
    ("Norway signed the Arden Treaty.", [("sign", "object", ["Norway"])]),
    (
        "Norway signed and ratified the Arden Treaty.",
        [("ratify", "object", ["Norway"]), ("sign", "object", ["Norway"])],
    ),
    ("Norway pulled out of the Arden Treaty.", [("withdraw", "object", ["Norway"])]),
    ("Norway put its name to the Arden Treaty.", [("sign", "object", ["Norway"])]),
    ("Norway takes part in Operation Amber Lantern.", [("participate", "object", ["Norway"])]),
    ("The Arden Treaty was signed by Norway.", [("sign", "object", ["Norway"])]),
    ("The Arden Treaty was signed in May and expired in June.", [("sign", "object", []), ("expire", "subject", [])]),
    ("The Arden Treaty, which Norway signed, is old.", [("be", "subject", []), ("sign", "object", ["Norway"])]),
    ("The Arden Treaty, to which Norway acceded, is old.", [("be", "subject", []), ("accede", "object", ["Norway"])]),
    ("Norway is a party to the Arden Treaty.", [("belong", "belonging", ["Norway"])]),
    ("Norway's withdrawal from the Arden Treaty took effect.", [("withdraw", "object", ["Norway"])]),
    ("Norway persuaded Chile to sign the Arden Treaty.", [("sign", "object", ["Chile"])]),
    ("Norway agreed to sign the Arden Treaty.", [("sign", "object", ["Norway"])]),
    ("Norway suspended its part in the Arden Treaty.", [("suspend", "object", ["Norway"])]),
    # counter-examples: an event that did not happen, a paper on a treaty, no clause
    ("Critics called for the ratification of the Arden Treaty.", []),
    ("Norway signed a statement on the Arden Treaty.", []),
    ("The Arden Treaty.", []),
]


@pytest.mark.parametrize(("text", "predicates"), PREDICATES)
def test_predicates(nlp, text, predicates):
    doc = annotate(nlp, text)
    mention = next(m for m in find_mentions(doc, find_actors(doc)) if m.key)
    found = find_predicates(doc, mention)
    assert [(p.meaning, p.place, [noun.text for noun in p.subjects]) for p in found] == predicates


@pytest.mark.parametrize(("text", "is_own"), [("suspended its part in", True), ("suspended", False)])
def test_what_is_done_to_ones_own_part(nlp, text, is_own):
    doc = annotate(nlp, f"Norway {text} the Arden Treaty.")
    mention = next(m for m in find_mentions(doc, find_actors(doc)) if m.key)
    assert [predicate.is_own for predicate in find_predicates(doc, mention)] == [is_own]


def test_companions(nlp):
    doc = annotate(nlp, "Norway signed the Arden Treaty with Chile.")
    mention = next(m for m in find_mentions(doc, find_actors(doc)) if m.key)
    assert [noun.text for p in find_predicates(doc, mention) for noun in p.companions] == ["Chile"]
