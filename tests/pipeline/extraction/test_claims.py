from spacy.tokens import Doc

from pipeline.extraction.claims import CONFIDENCE, build_claims, find_claims
from pipeline.extraction.cues import load_verbs
from pipeline.language.model import annotate
from pipeline.records import AUTHOR
from tests.pipeline.extraction.claim_tables import find

TEXT = (
    "Norway’s prime minister, Jonas Gahr Støre, said that the treaty would not hold if Sweden left.\n"
    "“We are ready,” she said. Europe must act."
)


def test_a_claim_has_all_its_fields(nlp):
    claim = find(nlp, TEXT)[0]
    assert claim.speaker.name == "Jonas Gahr Støre"
    assert claim.cue.text == "said"
    assert (claim.hedged, claim.negated, claim.direct) == (True, True, False)
    assert "Sweden" in claim.about
    assert claim.rule == "verb_clause"
    assert claim.id.startswith("cl-")


def test_words_are_cut_from_the_articles_own_text(nlp):
    for claim in find(nlp, TEXT):
        parts = [*claim.content, *([claim.cue] if claim.cue else [])]
        assert all(TEXT[part.start : part.end] == part.text for part in parts)


def test_direct_speech_is_direct(nlp):
    assert [claim.direct for claim in find(nlp, TEXT)] == [False, True, False]


def test_the_author_has_no_words_of_its_own(nlp):
    last = find(nlp, TEXT)[-1]
    assert (last.speaker.name, last.speaker.start, last.cue) == (AUTHOR, None, None)


def test_equal_claims_of_one_article_have_ids_of_their_own(nlp):
    claims = find(nlp, "Europe must act.\nEurope must act.")
    assert len({claim.id for claim in claims}) == 2


def test_claims_survive_bytes(nlp):
    doc = annotate(nlp, TEXT)
    find_claims(doc)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert build_claims(again, TEXT, "ar-0") == build_claims(doc, TEXT, "ar-0")
    assert {span.label_ for span in again.spans["speakers"]} == {"SPEAKER"}


def test_every_rule_that_fires_has_a_confidence(nlp):
    assert all(claim.rule in CONFIDENCE for claim in find(nlp, TEXT))


def test_a_doc_without_claims_gives_none(nlp):
    doc = annotate(nlp, "The ship sailed.")
    assert build_claims(doc, doc.text, "ar-0") == ()
    find_claims(doc)
    assert build_claims(doc, doc.text, "ar-0") == ()


def test_a_text_of_quotation_marks_is_no_trouble(nlp):
    assert find(nlp, '“a” "b" ' * 300 + "“ ” " * 1000) == ()


def test_a_statement_is_its_speakers(nlp):
    text = (
        "Foreign Secretary Philip Hammond said:\n\nThe attacks were a tragedy. We must act together. We will send help."
    )
    claims = find(nlp, text)
    assert {claim.speaker.name for claim in claims} == {"Philip Hammond"}
    assert [claim.type.value for claim in claims] == ["evaluation", "recommendation", "commitment_pledge"]


def test_we_are_the_signatories(nlp):
    claim = find(nlp, "We, the ministers of Norway and Denmark, met in Oslo. We will share all our data.")[0]
    assert (claim.speaker.name, claim.type.value) == ("We, the ministers of Norway and Denmark", "commitment_pledge")


def test_a_quotation_goes_on_in_the_next_paragraph(nlp):
    text = "A spokesman said: “The talks were useful.\n\n“We will meet again in May.”"
    claims = find(nlp, text)
    assert [claim.speaker.name for claim in claims] == ["spokesman"]
    assert [part.text for part in claims[0].content] == ["The talks were useful", "We will meet again in May"]


def test_every_frame_of_the_lexicon_has_a_confidence():
    frames = {frame for cues in load_verbs().values() for cue in cues for frame in cue.frames} - {"quote"}
    assert {f"verb_{frame}" for frame in frames} <= CONFIDENCE.keys()
