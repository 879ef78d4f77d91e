"""Legal form, official number and obligations: where a text says them, and where it does not."""

import pytest

from pipeline.extraction.terms import find_terms
from pipeline.language.model import annotate
from tests.pipeline.extraction.agreement_tables import find_rows
from tests.pipeline.extraction.marked import read_marked


def terms_of(nlp, marked):
    """The terms of the one agreement whose mentions are marked <a>…</a>."""
    text, marks = read_marked(marked)
    doc = annotate(nlp, text)
    spans = [doc.char_span(mark.start, mark.end, alignment_mode="expand") for mark in marks]
    return find_terms(doc, [[span.start, span.end] for span in spans]), text


@pytest.mark.parametrize(
    ("marked", "form"),
    [
        ("Norway and Chile signed <a>a memorandum of understanding on fisheries</a>.", "memorandum"),
        ("Norway and Chile signed <a>three memoranda</a>.", "memorandum"),
        ("Norway and Chile signed <a>an MoU</a> on fisheries.", "memorandum"),
        ("The two signed <a>a letter of intent</a> in Berlin.", "letter of intent"),
        ("The two concluded <a>an exchange of notes</a> in 1929.", "exchange of letters"),
        ("It is <a>an executive agreement</a> and needs no vote.", "executive agreement"),
        ("They adopted <a>a legally binding treaty</a>.", "legally binding"),
        ("<a>The treaty</a> is legally binding.", "legally binding"),
        ("<a>The treaty</a> is not legally binding.", "not legally binding"),
        ("They adopted <a>a non-binding declaration</a>.", "not legally binding"),
        ("<a>The charter</a> has no binding force.", "not legally binding"),
        ("<a>The document</a> is politically binding.", "politically binding"),
        ("They adopted <a>a political declaration</a> on refugees.", "political"),
        ("<a>The partnership</a> is political.", "political"),
        # counter-examples
        ("<a>The treaty</a> covers fisheries.", None),
        ("<a>The talks on a memorandum</a> go on.", None),
        ("They reached <a>a political agreement</a> on the law.", None),
        ("<a>The treaty</a> has a political price.", None),
        ("<a>The treaty</a> stands beside a legally binding code.", None),
    ],
)
def test_legal_forms(nlp, marked, form):
    found = terms_of(nlp, marked)[0].legal_form
    assert (found.value if found else None) == form


@pytest.mark.parametrize(
    ("marked", "reference"),
    [
        ("<a>Resolution 2292</a> was adopted in June.", "Resolution 2292"),
        (
            "The Council adopted <a>Security Council Resolution 2231 (2015)</a>.",
            "Security Council Resolution 2231 (2015)",
        ),
        ("The Union set up <a>the mission</a> (Joint Action 2008/124/CFSP) in Kosovo.", "Joint Action 2008/124/CFSP"),
        ("<a>Regulation (EU) 2025/1106</a> founds the loans.", "Regulation (EU) 2025/1106"),
        ("<a>The convention</a>, ETS No. 005, binds them.", "ETS No. 005"),
        ("<a>The order</a> (Executive Order 13662) bans exports.", "Executive Order 13662"),
        # counter-examples: a clause, a year, the number of something else
        ("<a>Article 5 of the treaty</a> was invoked.", None),
        ("<a>The 2010 treaty</a> holds.", None),
        ("<a>The mission</a> was welcomed by the Council in Resolution 2292.", None),
    ],
)
def test_references(nlp, marked, reference):
    found = terms_of(nlp, marked)[0].reference
    assert (found.value if found else None) == reference


@pytest.mark.parametrize(
    ("marked", "obligations"),
    [
        ("They gave <a>a promise of mutual help</a>.", ["defence"]),
        ("They signed <a>a defence cooperation agreement</a> in May.", ["defence"]),
        ("<a>The treaty</a> commits both to consult in a crisis.", ["consultation"]),
        (
            "They signed <a>an agreement</a> on the training of pilots and the sharing of information.",
            ["training", "intelligence"],
        ),
        ("<a>The treaty</a> limits nuclear warheads.", ["nuclear"]),
        ("<a>The fund</a> for Ukraine grew.", ["aid"]),
        ("They plan <a>the joint procurement of shells</a>.", ["industrial"]),
        ("<a>The free trade agreement</a> holds.", ["trade"]),
        ("<a>The pact to cut methane emissions</a> holds.", ["emissions"]),
        ("<a>A ban on anti-personnel mines</a> was signed.", ["arms control"]),
        ("<a>A treaty</a> on biodiversity was signed.", ["environment"]),
        ("<a>A charter</a> under which each would come to the aid of the other was signed.", ["defence", "aid"]),
        # counter-examples: another subject's clause, another sentence, help of another kind
        ("<a>The treaty</a> surprised the training officers.", []),
        ("<a>The treaty</a> holds. Norway trains pilots.", []),
        ("<a>A pact to help with the harvest</a> holds.", []),
        ("<a>The treaty</a> was signed by the nuclear powers.", []),
    ],
)
def test_obligations(nlp, marked, obligations):
    assert [term.value for term in terms_of(nlp, marked)[0].obligations] == obligations


def test_a_term_stands_in_its_words(nlp):
    terms, text = terms_of(nlp, "Both signed <a>a memorandum</a> on training (Treaty Series No. 12). It is no treaty.")
    found = [terms.legal_form, *terms.obligations]
    assert [text[term.start : term.end] for term in found] == ["memorandum", "training"]


def test_each_obligation_is_named_once_and_from_any_mention(nlp):
    marked = "<a>The nuclear pact</a> holds. <a>The pact</a> commits both to consult."
    assert [term.value for term in terms_of(nlp, marked)[0].obligations] == ["nuclear", "consultation"]


def test_a_row_has_its_terms(nlp):
    [row] = find_rows(nlp, "Norway and Chile signed a memorandum of understanding on the training of pilots.")
    assert (row.legal_form, row.reference, row.obligations) == ("memorandum", None, ("training",))


@pytest.mark.parametrize("text", ["a", "binding", "Resolution", "non - binding", "🙂", "(" * 500])
def test_any_words_can_be_asked(nlp, text):
    doc = annotate(nlp, text)
    assert find_terms(doc, [[0, len(doc)]]).reference is None
    assert find_terms(doc, []).obligations == ()
