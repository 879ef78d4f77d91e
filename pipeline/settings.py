"""What can be set from outside: one frozen, typed object, made at the door and passed down.

Every field is an environment variable with the prefix ``ENTENTE_`` (``ENTENTE_HOME``, ``ENTENTE_DATABASE_URL``, ...).
An empty variable counts as unset; "~" in a path is the user's home, also where no shell has expanded it.
Nothing reads the environment at import, and nothing below the door reads it at all.
"""

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    NonNegativeFloat,
    PositiveFloat,
    PositiveInt,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

UserPath = Annotated[Path, AfterValidator(Path.expanduser)]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


def _split(words: object) -> object:
    return tuple(word.lower() for word in words.replace(",", " ").split()) if isinstance(words, str) else words


def _complete(proxy: str) -> str:
    """``proxy:3128`` as other programs take it; what is no proxy is said where one is needed, not to every command."""
    return proxy if "://" in proxy else f"http://{proxy}"


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]  # "a, b" -> ("a", "b")
ProxyUrl = Annotated[str, AfterValidator(_complete)]


def _also_plain(name: str) -> AliasChoices:
    """A setting that every program on a machine shares, by its usual name; ours with the prefix goes first."""
    return AliasChoices(f"ENTENTE_{name.upper()}", name.upper(), name)


def _raise_case(level: object) -> object:
    return level.upper() if isinstance(level, str) else level


class Settings(BaseSettings):
    """All settings of one run."""

    model_config = SettingsConfigDict(
        env_prefix="ENTENTE_", env_ignore_empty=True, frozen=True, extra="forbid", validate_by_name=True
    )

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
        default="all-MiniLM-L6-v2-int8",
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
        default=False, description="Allow loopback and private addresses and any port, for every host (tests)."
    )
    fetch_allow_hosts: Words = Field(
        default=(), description="Internal hosts to trust: wiki.corp.example, .corp.example, wiki.corp.example:8080."
    )
    fetch_contact: Annotated[str, Field(pattern=r"^[!-'*-~]{3,200}$")] | None = Field(
        default=None, description="A mail address or web page for the owners of servers, sent with each request."
    )
    fetch_pace: NonNegativeFloat = Field(
        default=1.0, description="Seconds between two requests to one host, where neither source nor host ask for more."
    )
    fetch_attempts: PositiveInt = Field(
        default=3, description="Times one URL is asked for where the failure may pass, within the time it may take."
    )
    fetch_ca_bundle: UserPath | None = Field(
        default=None, description="Certificates of authorities to trust beside the public ones (a PEM file)."
    )
    https_proxy: ProxyUrl | None = Field(
        default=None,
        description="Proxy for https addresses; the usual HTTPS_PROXY is read too.",
        validation_alias=_also_plain("https_proxy"),
    )
    http_proxy: ProxyUrl | None = Field(
        default=None,
        description="Proxy for http addresses; the usual http_proxy is read too.",
        validation_alias=_also_plain("http_proxy"),
    )
    no_proxy: Words = Field(
        default=(),
        description="Hosts that are asked without a proxy: names, .domains, networks; the usual NO_PROXY is read too.",
        validation_alias=_also_plain("no_proxy"),
    )
    max_text_bytes: PositiveInt = Field(
        default=5_000_000, description="UTF-8 bytes of text above which an article is refused."
    )
    review_url: str = Field(
        default="http://127.0.0.1:8765", description="Where the review page is reached, for links to it."
    )
    keep_text_days: PositiveInt | None = Field(
        default=None, description="Days after which bytes and full texts are dropped, quotes kept; unset keeps all."
    )
    backup_dir: UserPath | None = Field(
        default=None, description="Where the daily upkeep writes a backup each day, and leaves the latest seven."
    )
    prefect_database_url: str | None = Field(
        default=None, description="A PostgreSQL (with pg_trgm) for the Prefect server of entente up; else its SQLite."
    )
    dask: str | None = Field(
        default=None,
        description="Address of a Dask scheduler that large re-extractions are spread over, or local: this machine's cores.",
    )
    prefect_keep_days: PositiveInt = Field(
        default=30, description="Days after which finished flow runs are deleted, and runs that extracted nothing."
    )
    log_level: Annotated[Level, BeforeValidator(_raise_case)] = Field(
        default="WARNING", description="Lowest level logged to standard error."
    )
    log_json: bool = Field(default=False, description="Log as JSON lines.")
