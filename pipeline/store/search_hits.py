"""What a page of hits shows: each record with its article's facts and the words that were found."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, case, func, select

from pipeline.store import schema
from pipeline.store.queries import is_current, is_current_revision
from pipeline.store.search_language import Term, Word, find_words
from pipeline.store.search_rows import SearchHit, SearchKind, Snippet
from pipeline.store.snippets import Stems, cut_snippet, find_marks, load_stems

# So much of an article is searched by its words (migration 0009); the words around them are cut from as much.
_MOST_TEXT = 250_000
# Of a row that was found by its name, so many observations are looked at for the newest one.
_MOST_OBSERVATIONS = 50
_FACTS = ("article_id", "address", "url", "title", "publisher", "published")  # of the article a snippet stands in


class Chosen(NamedTuple):
    """A record that stands on a page, before anything of it is loaded."""

    kind: SearchKind
    id: str
    evidence: str  #: the passage, claim or observation that was found; empty where the record was found by its name
    number: int
    score: float
    word_rank: int | None
    meaning_rank: int | None


class _Shown(NamedTuple):
    """A hit's facts, and the words to show of it, with their place in the article."""

    chosen: Chosen
    facts: dict[str, Any]
    text: str
    offset: int


def load_hits(connection: Connection, chosen: Sequence[Chosen], terms: Sequence[Term]) -> tuple[SearchHit, ...]:
    """The hits in their order; what has left the store meanwhile is left out."""
    shown: dict[str, _Shown] = {}
    for kind, load in ((SearchKind.ARTICLE, _load_articles), (SearchKind.CLAIM, _load_claims)):
        shown |= load(connection, [each for each in chosen if each.kind is kind])
    shown |= _load_rows(connection, [each for each in chosen if each.kind is SearchKind.AGREEMENT])
    words = {record_id: find_words(each.text) for record_id, each in shown.items()}
    stems = _load_stems(connection, words.values(), terms)
    return tuple(
        _make_hit(shown[each.id], find_snippet(shown[each.id], words[each.id], terms, stems))
        for each in chosen
        if each.id in shown
    )


def find_snippet(shown: _Shown, words: Sequence[Word], terms: Sequence[Term], stems: Stems) -> Snippet | None:
    """The part of what a hit shows with the most words that were searched for."""
    marks = find_marks(words, terms, stems) if terms else []
    return cut_snippet(shown.text, marks, offset=shown.offset) if shown.text.strip() else None


def _load_stems(connection: Connection, texts: Iterable[Sequence[Word]], terms: Iterable[Term]) -> Stems:
    """The stems of what is asked for, and of the words that might have one of them."""
    asked = {word for term in terms for word in term.words}
    if not asked:
        return {}
    letters = {word[0] for word in asked}  # a stem is made by changing a word's end: "dying" and "die" begin alike
    held = {word.folded for words in texts for word in words}
    return load_stems(connection, asked | {word for word in held if word[:1] in letters})


def _make_hit(shown: _Shown, snippet: Snippet | None) -> SearchHit:
    chosen = shown.chosen
    return SearchHit(
        kind=chosen.kind,
        id=chosen.id,
        snippet=snippet,
        score=round(chosen.score, 6),
        word_rank=chosen.word_rank,
        meaning_rank=chosen.meaning_rank,
        **shown.facts,
    )


def _select_article_facts() -> Select[Any]:
    article, revision = schema.article, schema.revision
    return select(
        article.c.id.label("article_id"),
        article.c.address,
        revision.c.url,
        revision.c.title,
        revision.c.publisher,
        revision.c.published,
    ).where(is_current_revision())


def _load_articles(connection: Connection, chosen: Sequence[Chosen]) -> dict[str, _Shown]:
    """An article that was found by its words shows them; one that was found by meaning alone, the passage that was."""
    article, passage, revision = schema.article, schema.passage, schema.revision
    by_id = {each.id: each for each in chosen}
    near = [each.evidence for each in chosen if each.word_rank is None]
    query = (
        _select_article_facts()
        .add_columns(
            article.c.first_seen,
            func.coalesce(passage.c.start, 0).label("start"),
            case((passage.c.text.is_not(None), passage.c.text), else_=func.left(revision.c.text, _MOST_TEXT)).label(
                "shown"
            ),
        )
        .outerjoin_from(article, passage, (passage.c.id.in_(near)) & is_current(passage))
        .where(article.c.id.in_(list(by_id)))
    )
    rows: Iterable[RowMapping] = connection.execute(query).mappings() if by_id else []
    return {row["article_id"]: _show(by_id[row["article_id"]], row, row["title"] or row["address"]) for row in rows}


def _load_claims(connection: Connection, chosen: Sequence[Chosen]) -> dict[str, _Shown]:
    claim, revision = schema.claim, schema.revision
    by_id = {each.id: each for each in chosen}
    spans = claim.c.record["content"]
    start, end = spans[0]["start"].as_integer(), spans[-1]["end"].as_integer()
    query = (
        _select_article_facts()
        .add_columns(
            claim.c.id,
            claim.c.type,
            claim.c.speaker,
            claim.c.content,
            claim.c.first_seen,
            start.label("start"),
            func.substr(revision.c.text, start + 1, end - start).label("shown"),
        )
        .where(claim.c.id.in_(list(by_id)), is_current(claim))
    )
    rows: Iterable[RowMapping] = connection.execute(query).mappings() if by_id else []
    return {
        row["id"]: _show(by_id[row["id"]], row, row["content"], type=row["type"], speaker=row["speaker"])
        for row in rows
    }


def _load_rows(connection: Connection, chosen: Sequence[Chosen]) -> dict[str, _Shown]:
    """Rows of the register, each with what one of its articles says: the one that was found, else its newest."""
    if not chosen:
        return {}
    row = schema.register_row
    query = select(row.c.id, row.c.label, row.c.kind, row.c.status, row.c.last_seen, row.c.first_seen).where(
        row.c.id.in_([each.id for each in chosen])
    )
    rows = {each["id"]: each for each in connection.execute(query).mappings()}
    newest = _find_newest(connection, [each.id for each in chosen if not each.evidence])
    observed = {each.id: each.evidence or newest.get(each.id, "") for each in chosen}
    told = _load_observations(connection, set(observed.values()) - {""})
    return {each.id: _show_row(each, rows[each.id], told.get(observed[each.id])) for each in chosen if each.id in rows}


def _find_newest(connection: Connection, row_ids: Sequence[str]) -> dict[str, str]:
    """For each row the observation that was published last, of some of them."""
    row, link, entry = schema.register_row, schema.link, schema.search_entry
    some = select(link.c.agreement_id).where(link.c.row_id == row.c.id).correlate(row).limit(_MOST_OBSERVATIONS)
    held = some.lateral("held")
    newest = (
        select(entry.c.record_id)
        .select_from(held.join(entry, entry.c.record_id == held.c.agreement_id))
        .order_by(entry.c.day.desc().nulls_last(), entry.c.record_id)
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )
    query = select(row.c.id, newest).where(row.c.id.in_(row_ids))
    return {found[0]: found[1] or "" for found in connection.execute(query)} if row_ids else {}


def _load_observations(connection: Connection, ids: Iterable[str]) -> dict[str, RowMapping]:
    agreement = schema.agreement
    span = case(
        (func.jsonb_array_length(agreement.c.record["acts"]) > 0, agreement.c.record["acts"][0]),
        else_=agreement.c.record["mentions"][0],
    )
    query = (
        _select_article_facts()
        .add_columns(agreement.c.id, span["start"].as_integer().label("start"), span["text"].astext.label("shown"))
        .where(agreement.c.id.in_(sorted(ids)), is_current(agreement))
    )
    return {row["id"]: row for row in connection.execute(query).mappings()}


def _show(chosen: Chosen, row: RowMapping, label: str, **more: object) -> _Shown:
    facts = {name: row[name] for name in _FACTS}
    added = {"first_seen": row["first_seen"], "label": label} | more
    return _Shown(chosen, facts | added, row["shown"] or "", row["start"] or 0)


def _show_row(chosen: Chosen, row: RowMapping, told: RowMapping | None) -> _Shown:
    facts: dict[str, Any] = {
        "label": row["label"],
        "agreement_kind": row["kind"],
        "status": row["status"],
        "first_seen": row["last_seen"] or row["first_seen"],
    }
    if told is None:
        return _Shown(chosen, facts | dict.fromkeys(_FACTS), "", 0)
    return _Shown(chosen, facts | {name: told[name] for name in _FACTS}, told["shown"] or "", told["start"] or 0)
