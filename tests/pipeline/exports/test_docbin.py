from io import BytesIO

import spacy
from spacy.tokens import DocBin

from pipeline.exports.docbin import write_docbin


def read(out):
    nlp = spacy.blank("en")
    return list(DocBin().from_bytes(out.getvalue()).get_docs(nlp.vocab))


def test_what_is_written_is_read_back(annotated):
    out = BytesIO()
    assert write_docbin(out, [annotated], with_rejected=True) == 1
    (doc,) = read(out)
    assert doc.text == annotated.text
    found = {name: [(span.text, span.label_, span.id_) for span in group] for name, group in doc.spans.items()}
    assert found == {
        "entities": [("Norland", "STATE", "en-1")],
        "agreements": [("Kestrel Treaty", "treaty", "ag-1")],
        "claims": [("it would hold", "prediction", "cl-1"), ("if Sudland agrees", "prediction", "cl-1")],
    }
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Norland", "STATE")]
    assert doc.user_data["article"]["id"] == "ar-1"
    assert doc.user_data["reviews"] == {"en-1": "accept", "cl-1": "reject"}
    second = doc.user_data["records"]["cl-1"]["content"][1]
    assert doc.text[second["start"] : second["end"]] == "if Sudland agree"  # exact, where a span is whole tokens


def test_rejected_records_are_left_out(annotated):
    out = BytesIO()
    write_docbin(out, [annotated])
    assert list(read(out)[0].spans["claims"]) == []
