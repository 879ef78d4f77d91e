import json

import pytest


@pytest.mark.parametrize("name", ["extraction", "agreement", "claim", "entity", "article", "theme", "brief"])
def test_each_schema_is_json(entente, name):
    schema = json.loads(entente("schema", name).out)
    assert schema["type"] == "object"


def test_all_schemas_together(entente):
    assert {"Agreement", "Claim", "Entity"} <= set(json.loads(entente("schema").out)["$defs"])
