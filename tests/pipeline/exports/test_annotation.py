import json
from io import BytesIO

import pytest

from pipeline.exports.annotation import write_annotations


def write(annotated, **options):
    out = BytesIO()
    number = write_annotations(out, [annotated] if annotated else [], **options)
    page = json.loads(out.getvalue())
    assert len(page["items"]) == number
    return page


@pytest.mark.parametrize("with_rejected", [True, False])
def test_the_structure_is_that_of_the_model(annotated, with_rejected):
    page = write(annotated, with_rejected=with_rejected)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == (3 if with_rejected else 2)
    for each in page["items"]:
        assert each["type"] == "Annotation"
        assert each["id"].startswith("urn:entente:")
        assert {body["type"] for body in each["body"]} == {"TextualBody"}
        for target in each["target"]:
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert target["source"] == "urn:entente:ar-1"
            assert annotated.text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert around in annotated.text
            assert len(around) <= len(quote["exact"]) + 64


def test_a_claim_in_pieces_has_several_targets_and_says_that_it_was_rejected(annotated):
    claim = write(annotated, with_rejected=True)["items"][2]
    assert [target["selector"][0]["exact"] for target in claim["target"]] == ["it would hold", "if Sudland agree"]
    assert [(body["purpose"], body["value"]) for body in claim["body"] if body["purpose"] != "describing"] == [
        ("tagging", "prediction"),
        ("assessing", "reject"),
    ]


def test_the_record_is_the_body_with_what_was_corrected(annotated):
    entity = write(annotated)["items"][0]
    (body,) = [body for body in entity["body"] if body["purpose"] == "describing"]
    assert (json.loads(body["value"])["type"], body["format"]) == ("STATE", "application/json")


def test_the_source_is_the_address_on_the_web_where_there_is_one(annotated):
    article = annotated.article.model_copy(update={"url": "https://a.example/1"})
    target = write(annotated._replace(article=article))["items"][0]["target"][0]
    assert target["source"] == "https://a.example/1"


def test_an_empty_page_is_a_page():
    assert write(None)["items"] == []
