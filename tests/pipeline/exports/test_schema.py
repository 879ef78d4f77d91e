import pytest

from pipeline.exports.schema import SCHEMAS, make_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_record_has_a_schema_with_fields(name):
    schema = make_schema(name)
    assert schema["type"] == "object"
    assert schema["properties"]
    assert schema["additionalProperties"] is False


def test_all_records_stand_in_one_document():
    defs = make_schema()["$defs"]
    assert {"ExtractionFile", "Article", "Entity", "Agreement", "Claim", "Theme", "Decision"} <= set(defs)


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError):
        make_schema("treatise")
