"""What can be set from outside: one frozen, typed object, made at the door and passed down.

Every field is an environment variable with the prefix ``ENTENTE_`` (``ENTENTE_HOME``, ``ENTENTE_DATABASE_URL``, ...).
An empty variable counts as unset; "~" in a path is the user's home, also where no shell has expanded it.
Nothing reads the environment at import, and nothing below the door reads it at all.
"""

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

UserPath = Annotated[Path, AfterValidator(Path.expanduser)]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


def _raise_case(level: object) -> object:
    return level.upper() if isinstance(level, str) else level


class Settings(BaseSettings):
    """All settings of one run."""

    model_config = SettingsConfigDict(env_prefix="ENTENTE_", env_ignore_empty=True, frozen=True, extra="forbid")

    home: UserPath = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("entente")),
        description="Data directory: the embedded database and exported models live here. One directory, one store.",
    )
    database_url: str | None = Field(
        default=None,
        description="A PostgreSQL server (with pgvector) to use instead of the embedded one: postgresql://…",
    )
    sources: UserPath = Field(default=Path("corpus/sources.toml"), description="The catalogue of sources.")
    spacy_model: str = Field(default="en_core_web_sm", description="Name or path of the spaCy model.")
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="Pinned model by name, or name or path of any sentence-transformers model.",
    )
    trust_unpinned_models: bool = Field(
        default=False, description="Load models that models/manifest.toml does not list (they cannot be verified)."
    )
    fetch_timeout: PositiveFloat = Field(
        default=30.0, description="Seconds one URL may take in all, redirects included."
    )
    fetch_max_bytes: PositiveInt = Field(default=10_000_000, description="Bytes a page may have once decompressed.")
    fetch_allow_private: bool = Field(
        default=False, description="Allow loopback and private addresses and any port (tests, intranets)."
    )
    max_text_bytes: PositiveInt = Field(
        default=5_000_000, description="UTF-8 bytes of text above which an article is refused."
    )
    log_level: Annotated[Level, BeforeValidator(_raise_case)] = Field(
        default="WARNING", description="Lowest level logged to standard error."
    )
    log_json: bool = Field(default=False, description="Log as JSON lines.")
