"""Saying that rows or entities are one, or that some of what stands in one belongs elsewhere; seen before it is done."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import InputError
from pipeline.jobs import decide as jobs
from pipeline.review.forms import Sent, text_of
from pipeline.review.page import back, get_store, render
from pipeline.review.visitor import visitor
from pipeline.review.wording import cut, link_words
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import load_entities
from pipeline.store.filters import EntityFilter, RegisterFilter
from pipeline.store.judgements import NewJudgement
from pipeline.store.preview import load_members, preview_merge, preview_split
from pipeline.store.preview_actors import preview_actor_merge, preview_actor_split
from pipeline.store.register import load_register
from pipeline.store.subjects import resolve_subject

router = APIRouter(include_in_schema=False)

_MOST_FOUND = 10  # of what a search for the other one lists
_MOST_AT_ONCE = 50  # ids that a form may name
Ids = Annotated[list[str], Query(max_length=_MOST_AT_ONCE)]


@router.get("/merge/rows/{row_id}")
def show_merge(request: Request, row_id: str, other: Ids = [], find: str = "") -> Response:  # noqa: B006 -- FastAPI copies it
    """Which rows are the same as this one: found by words, and what they would be together."""
    return _show_merge(request, "rows", [row_id, *other], find)


@router.get("/merge/entities/{entity_id}")
def show_merge_entity(request: Request, entity_id: str, other: Ids = [], find: str = "") -> Response:  # noqa: B006 -- as above
    """Which entities are the same as this one."""
    return _show_merge(request, "entities", [entity_id, *other], find)


@router.post("/merge")
def merge_records(request: Request, form: Sent) -> Response:
    """Say that they are one, and have the register follow."""
    ids = _read_ids(form)
    made = jobs.merge_records(get_store(request), NewJudgement(who=visitor(request).name, record_ids=tuple(ids)))
    said = f"Merged {len(made.after['merged'])} into one; Undo takes it back."
    return back(request, _find_page(ids[0]), said=said)


@router.get("/split/{record_id}")
def show_split(request: Request, record_id: str, part: Ids = []) -> Response:  # noqa: B006 -- as above
    """What stands in a row or an entity, to choose what does not belong there; and what would be left."""
    store, preview, problem = get_store(request), None, None
    record_id = resolve_subject(store, record_id)
    is_row = record_id.startswith("rw-")
    members = load_members(store, record_id) if is_row else load_actor(store, record_id, size=50).record.named
    try:
        if part:
            preview = (
                preview_split(store, part, row_id=record_id)
                if is_row
                else preview_actor_split(store, part, actor_id=record_id)
            )
    except InputError as error:
        problem = str(error)
    values: dict[str, Any] = {
        "members": members,
        "chosen": part,
        "preview": preview,
        "problem": problem,
        "record_id": record_id,
    }
    return render(request, "split.html", is_row=is_row, page=_find_page(record_id), **values, **_WORDS)


@router.post("/split")
def split_records(request: Request, form: Sent) -> Response:
    """Take them out for good, and have the register follow."""
    store, ids, row_id = get_store(request), _read_ids(form), text_of(form, "from")
    # Entities leave the actor they stand in by themselves; a row is named, since an observation may have moved meanwhile.
    place = row_id if row_id.startswith("rw-") else None
    jobs.split_records(store, NewJudgement(who=visitor(request).name, record_ids=tuple(ids), row_id=place))
    return back(request, _find_page(row_id), said=f"Took {len(ids)} out; Undo takes it back.")


def _show_merge(request: Request, sort: str, given: list[str], find: str) -> Response:
    store, preview, problem = get_store(request), None, None
    ids = list(dict.fromkeys([resolve_subject(store, given[0]), *given[1:]]))
    try:
        if len(ids) > 1:
            preview = preview_merge(store, ids) if sort == "rows" else preview_actor_merge(store, ids)
    except InputError as error:
        problem = str(error)
    found: list[Any] = []
    if find.strip():
        words, most = find.strip()[:200], _MOST_FOUND + len(ids)
        found = (
            list(load_register(store, RegisterFilter(text=words, limit=most)))
            if sort == "rows"
            else list(load_entities(store, EntityFilter(text=words, limit=most)))
        )
    others = [each for each in found if each.id not in ids][:_MOST_FOUND]
    values: dict[str, Any] = {"ids": ids, "find": find, "found": others, "preview": preview, "problem": problem}
    return render(request, "merge.html", sort=sort, page=_find_page(ids[0]), **values, **_WORDS)


def _find_page(record_id: str) -> str:
    return f"/{'register' if record_id.startswith('rw-') else 'entities'}/{record_id}"


def _read_ids(form: Any) -> list[str]:  # noqa: ANN401 -- what a browser sent
    ids = list(dict.fromkeys(str(each) for each in form.getlist("id")))
    if not 0 < len(ids) <= _MOST_AT_ONCE:
        raise InputError(f"Choose between one and {_MOST_AT_ONCE} of them.")
    return ids


_WORDS: dict[str, Any] = {"cut": cut, "link_words": link_words}
