"""The base of all that the store gives back."""

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """A frozen row, JSON by ``row.model_dump(mode="json")``; no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
