"""An article that does not exist, with one record of each kind, as exports get them."""

from datetime import UTC, datetime

import pytest

from pipeline.enumerations import AgreementKind, ClaimType, EntityType, Review
from pipeline.records import Agreement, Claim, Entity, Extraction, Mention, Provenance, Span, Speaker
from pipeline.store.rows import ArticleRow, ClaimRow
from pipeline.store.standing import Standing
from pipeline.store.streams import Annotated, Reviewed

AT = datetime(2025, 7, 18, 9, tzinfo=UTC)
TEXT = "Norland signed the Kestrel Treaty.\nMara Lind said it would hold, if Sudland agrees."


def cut(words: str) -> dict:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.fixture
def claim() -> ClaimRow:
    return ClaimRow(
        id="cl-1",
        type=ClaimType.PREDICTION,
        speaker="Mara Lind",
        content="=it would hold",
        cue="said",
        hedged=True,
        negated=False,
        direct=False,
        about=("Kestrel Treaty", "Norland"),
        spans=(),
        figures=(),
        confidence=0.75,
        rule="test",
        article_id="ar-1",
        address="https://a.example/1",
        url=None,
        title="-1 treaty",
        publisher=None,
        published="2025-07",
        first_seen=AT,
    )


@pytest.fixture
def items(claim: ClaimRow) -> list[Reviewed]:
    """A claim nobody looked at, and the same one accepted."""
    return [Reviewed(claim), Reviewed(claim.model_copy(update={"content": "été\n«wörds»"}), Review.ACCEPT)]


@pytest.fixture
def annotated() -> Annotated:
    """An article whose claim a person rejected and whose entity a person corrected."""
    article = ArticleRow(
        id="ar-1",
        revision=1,
        fingerprint="f1",
        address="/a.txt",
        addresses=("/a.txt",),
        url=None,
        title="A treaty",
        authors=(),
        published="2025-07",
        publisher=None,
        language="en",
        sha256="0",
        words=12,
        provenance=Provenance(),
        agreements=1,
        claims=1,
        entities=1,
        repeats=(),
        first_seen=AT,
        saved_at=AT,
    )
    entity = Entity(id="en-1", type=EntityType.PERSON, canonical="Norland", mentions=(Mention(**cut("Norland")),))
    agreement = Agreement(
        id="ag-1",
        name="Kestrel Treaty",
        label="Kestrel Treaty",
        kind=AgreementKind.TREATY,
        status=None,
        confidence=0.9,
        mentions=(Span(**cut("Kestrel Treaty")),),
        rule="test",
    )
    claim = Claim(
        id="cl-1",
        type=ClaimType.PREDICTION,
        hedged=True,
        negated=False,
        direct=False,
        content=(Span(**cut("it would hold")), Span(**cut("if Sudland agree"))),
        speaker=Speaker(name="Mara Lind"),
        cue=None,
        confidence=0.5,
        rule="test",
    )
    extraction = Extraction(
        article_id="ar-1", fingerprint="f1", entities=(entity,), agreements=(agreement,), claims=(claim,)
    )
    standing = {
        "cl-1": Standing(record_id="cl-1", review=Review.REJECT, decision=2),
        "en-1": Standing(record_id="en-1", review=Review.ACCEPT, fields={"type": "STATE"}, decision=1),
    }
    return Annotated(article, TEXT, extraction, standing)
