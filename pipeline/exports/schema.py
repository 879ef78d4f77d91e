"""The records as JSON Schema, for whoever reads what Entente writes."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pipeline import records
from pipeline.decisions import Decision
from pipeline.exports.extraction import ExtractionFile

#: The name a person types -> the model; in the order in which the records come into being.
SCHEMAS: dict[str, type[BaseModel]] = {
    "extraction": ExtractionFile,
    "article": records.Article,
    "entity": records.Entity,
    "agreement": records.Agreement,
    "claim": records.Claim,
    "passage": records.Passage,
    "theme": records.Theme,
    "decision": Decision,
}


def make_schema(name: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one record, or of all of them under ``$defs``.

    Args:
        name: a key of :data:`SCHEMAS`, such as ``extraction`` or ``claim``; all of them where None.

    Raises:
        KeyError: where no record bears that name.
    """
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if name is not None:
        return dialect | SCHEMAS[name].model_json_schema(mode="serialization")
    _, schema = models_json_schema([(model, "serialization") for model in SCHEMAS.values()], title="Entente")
    return dialect | schema
