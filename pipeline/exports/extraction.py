"""One article's extraction as JSON: what ``entente extract`` writes and every export keeps to.

Offsets are Unicode code points into ``text``, end exclusive. ``article`` says where the text comes from, ``pipeline``
what read it. Keys are only ever added; a reader that ignores what it does not know keeps working.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pydantic import Field

from pipeline.enumerations import MentionFlag
from pipeline.records import Agreement, Article, Claim, Entity, Extraction, IsoDate, Provenance, Record


class ArticleFacts(Record):
    """An article without its text: what a citation needs."""

    id: str
    title: str | None
    published: IsoDate | None
    language: str
    publisher: str | None
    url: str | None
    sha256: str
    address: str
    authors: tuple[str, ...]
    provenance: Provenance


class PipelineFacts(Record):
    """What made the records: two files with the same fingerprint are comparable."""

    version: str
    fingerprint: str
    models: dict[str, str] = Field(default_factory=dict)


class ExtractionFile(Record):
    """The whole file; its JSON Schema is what ``entente schema extraction`` prints."""

    article: ArticleFacts
    text: str
    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    claims: tuple[Claim, ...]
    pipeline: PipelineFacts


def to_extraction_json(
    article: Article,
    extraction: Extraction,
    *,
    models: Mapping[str, str] | None = None,
    with_pronouns: bool = False,
) -> dict[str, Any]:
    """One article and its records as plain JSON values, ready for :func:`json.dumps`.

    Args:
        article: the article; its text is written unchanged.
        extraction: its records.
        models: names of the models that were used, with version or digest (``{"spacy": "en_core_web_sm 3.8.0"}``).
        with_pronouns: also list mentions such as "it" and "she"; left out by default, since most readers of the file
            count names. An entity that is only ever a pronoun here keeps its row, without mentions.
    """
    facts = article.model_dump(exclude={"text", "aliases", "provenance"}) | {"sha256": article.sha256}
    file = ExtractionFile(
        article=ArticleFacts(**facts, provenance=article.provenance),
        text=article.text,
        entities=extraction.entities if with_pronouns else tuple(_drop_pronouns(e) for e in extraction.entities),
        agreements=extraction.agreements,
        claims=extraction.claims,
        pipeline=PipelineFacts(
            version=version("entente"), fingerprint=extraction.fingerprint, models=dict(models or {})
        ),
    )
    return file.model_dump(mode="json")


def _drop_pronouns(entity: Entity) -> Entity:
    named = tuple(mention for mention in entity.mentions if MentionFlag.PRONOUN not in mention.flags)
    return entity if len(named) == len(entity.mentions) else entity.model_copy(update={"mentions": named})
