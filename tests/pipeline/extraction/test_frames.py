import pytest

from pipeline.extraction.frames import FRAMES, read_preposition
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("frame", "text", "verb", "content"),
    [
        ("clause", "Paris said that the pact will hold.", "said", "the pact will hold"),
        ("clause", "Paris asked whether the pact will hold.", "asked", ""),
        ("infinitive", "Paris pledged to send tanks.", "pledged", "send tanks"),
        ("infinitive", "Paris promised not to send tanks.", "promised", "not to send tanks"),
        ("object_infinitive", "Paris urged Berlin to send tanks.", "urged", "Berlin to send tanks"),
        ("object", "Paris pledged two billion euros.", "pledged", "two billion euros"),
        ("gerund", "Paris ruled out sending troops.", "ruled", "sending troops"),
        ("as", "Paris sees Berlin as a partner.", "sees", "Berlin as a partner"),
        ("complement", "Paris called the plan a mistake.", "called", "the plan a mistake"),
        ("accusation", "Paris accused Berlin of delaying the plan.", "accused", "Berlin of delaying the plan"),
        ("judgement", "Paris hailed the accord as historic.", "hailed", "the accord as historic"),
    ],
)
def test_each_construction_gives_its_content(nlp, frame, text, verb, content):
    doc = annotate(nlp, text)
    words = FRAMES[frame](next(token for token in doc if token.text == verb))
    assert " ".join(doc[i].text for i in words if not doc[i].is_punct) == content


def test_a_preposition_gives_what_follows_it(nlp):
    doc = annotate(nlp, "Paris warned against a new arms race.")
    words = read_preposition(doc[1], frozenset({"against"}))
    assert " ".join(doc[i].text for i in words) == "a new arms race"
