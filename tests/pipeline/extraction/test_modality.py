import pytest

from pipeline.extraction.modality import find_type, is_hedged, is_negated
from pipeline.language.model import annotate


def _root(doc):
    return next(doc.sents).root


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The pact will lapse in May.", "prediction"),
        ("The pact is likely to lapse.", "prediction"),
        ("The pact is going to lapse.", "prediction"),
        ("The pact might collapse.", "prediction"),
        ("The truce may soon end.", "prediction"),
        ("The scheme may serve as a model.", "evaluation"),
        ("Oslo may have given them a reason.", "evaluation"),
        ("Europe must act.", "recommendation"),
        ("Europe needs to act.", "recommendation"),
        ("Europe has to act.", "recommendation"),
        ("It would be wise to wait.", "recommendation"),
        ("Europe does not have to act.", "evaluation"),
        ("The pact is too weak.", "evaluation"),
        ("The pact remains the best model.", "evaluation"),
        ("The union is stronger than before.", "evaluation"),
        ("The fund gives leaders leverage.", "evaluation"),
        ("The pact was signed in Oslo.", None),
        ("The fleet has more than 40 ships.", None),
        ("The book appeared in May.", None),
    ],
)
def test_the_form_of_a_clause_gives_its_type(nlp, text, kind):
    doc = annotate(nlp, text)
    assert find_type(_root(doc), range(len(doc))) == kind


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The pact may hold.", True),
        ("The pact will perhaps hold.", True),
        ("The pact is, in principle, ready.", True),
        ("The pact will hold if Oslo signs.", True),
        ("The pact was signed in May.", False),
        ("The pact should hold.", False),
    ],
)
def test_hedges(nlp, text, hedged):
    doc = annotate(nlp, text)
    assert is_hedged(doc, range(len(doc))) is hedged


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The pact will not hold.", True),
        ("The pact never held.", True),
        ("No state has left.", True),
        ("Neither side will yield.", True),
        ("The pact will hold.", False),
    ],
)
def test_negations(nlp, text, negated):
    doc = annotate(nlp, text)
    assert is_negated(_root(doc)) is negated
