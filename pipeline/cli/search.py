"""``entente search``: articles, agreements and claims, by words and by meaning."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from pipeline.brief.phrases import say_speaker, say_value
from pipeline.cli.door import load_settings, open_store, warn
from pipeline.cli.options import Json
from pipeline.cli.print import is_terminal, mark_words, print_json, print_line, print_note, show_id
from pipeline.enumerations import AgreementKind, Authority, ClaimType, Review, Status
from pipeline.errors import InputError, ModelError
from pipeline.settings import Settings
from pipeline.store.search_rows import QueryVector, SearchHit, SearchKind, SearchPage, SearchQuery, Snippet

Words = Annotated[
    list[str] | None, typer.Argument(metavar="WORDS…", help='Words, "phrases", begin*, -without, one OR other.')
]
Kinds = Annotated[
    list[SearchKind] | None, typer.Option("--in", case_sensitive=False, help="Only these; may be repeated.")
]
Party = Annotated[str | None, typer.Option(metavar="NAME", help="Agreements with this party.")]
Kind = Annotated[AgreementKind | None, typer.Option(case_sensitive=False, help="Agreements of this kind.")]
Standing = Annotated[Status | None, typer.Option(case_sensitive=False, help="Agreements standing so.")]
Type = Annotated[ClaimType | None, typer.Option("--type", case_sensitive=False, help="Claims of this type.")]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Claims of this speaker.")]
Reviewed = Annotated[Review | None, typer.Option(case_sensitive=False, help="Agreements and claims so reviewed.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="From this publisher.")]
Who = Annotated[Authority | None, typer.Option(case_sensitive=False, help="From sources of this authority.")]
Theme = Annotated[str | None, typer.Option(metavar="ID", help="Of this theme.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Published on this day or later.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Published on this day or before.")]
Page = Annotated[int, typer.Option(min=1, metavar="N", help="Which page of hits.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=200, metavar="N", help="Hits on a page.")]
ByWords = Annotated[bool, typer.Option("--by-words", help="By words alone, not by meaning.")]
Save = Annotated[str | None, typer.Option(metavar="NAME", help="Keep this search by a name.")]
Saved = Annotated[str | None, typer.Option(metavar="NAME", help="Ask the search of that name.")]
New = Annotated[bool, typer.Option("--new", help="With --saved: what came in since this was last asked.")]
Atom = Annotated[Path | None, typer.Option(metavar="FILE", help="With --saved: write an Atom feed of what fits it.")]
ListSaved = Annotated[bool, typer.Option("--list", help="List the saved searches.")]
Delete = Annotated[str | None, typer.Option(metavar="NAME", help="Forget the saved search of that name.")]

_MOST_IN_FEED = 100  # for each kind; readers ask again long before so much is new
# The fields of a query that an option of the same name fills.
_SAME = ("party", "kind", "status", "type", "speaker", "review", "publisher", "authority", "theme", "limit")


def search(
    words: Words = None,
    kinds: Kinds = None,
    party: Party = None,
    kind: Kind = None,
    status: Standing = None,
    type: Type = None,  # noqa: A002 -- the option's name, as of `entente claims`
    speaker: Speaker = None,
    review: Reviewed = None,
    publisher: Publisher = None,
    authority: Who = None,
    theme: Theme = None,
    since: Since = None,
    until: Until = None,
    page: Page = 1,
    limit: Limit = 20,
    by_words: ByWords = False,
    save: Save = None,
    saved: Saved = None,
    new: New = False,
    atom: Atom = None,
    list_saved: ListSaved = False,
    delete: Delete = None,
    json: Json = False,
) -> None:
    """Search articles, agreements and claims, by words and by meaning.

    Without words it lists what the conditions hold for, the newest first. A condition that says nothing of a kind
    (a speaker of articles) leaves that kind out. Put what has a minus or double quotes into quotes: 'treaty -France'.
    """
    given = dict(locals())  # as they were typed: there are too many to be named twice
    if (new or atom) and not saved:
        raise InputError("--new and --atom go with --saved NAME.")
    if list_saved or delete:
        _look_after(delete, as_json=json)
    elif new or atom:
        _follow(saved or "", atom, new=new, as_json=json)
    else:
        _ask(given)


def _ask(given: dict[str, Any]) -> None:
    from pipeline.store.saved_searches import load_saved_search, save_search
    from pipeline.store.search import search as search_store
    from pipeline.store.vectors import has_vectors

    settings = load_settings()
    wanted = _make_query(given)
    with open_store(settings) as store:
        if given["saved"]:
            kept = load_saved_search(store, given["saved"]).query
            wanted = kept.model_copy(update={"offset": wanted.offset, "limit": wanted.limit})
        if given["save"]:
            kept_by = save_search(store, given["save"], wanted, who=_find_user())
            print_note(f"kept as {kept_by.name!r}: entente search --saved {kept_by.name!r}")
        vector = None if given["by_words"] else _embed(settings, wanted.text, partial(has_vectors, store))
        found = search_store(store, wanted, vector)
    print_json(found) if given["json"] else _print_page(found)


def _make_query(given: dict[str, Any]) -> SearchQuery:
    from pydantic import ValidationError

    try:
        return SearchQuery(
            text=" ".join(given["words"] or ()),
            kinds=tuple(dict.fromkeys(given["kinds"] or SearchKind)),
            published_from=given["since"],
            published_to=given["until"],
            offset=(given["page"] - 1) * given["limit"],
            **{name: given[name] for name in _SAME},
        )
    except ValidationError as error:
        raise InputError("--since and --until take a day such as 2025-09-17, a month or a year.") from error


def _embed(settings: Settings, text: str, is_stored: Callable[[str], bool]) -> QueryVector | None:
    """The vector of the words, if there are vectors of this model to compare it with; says so if there is no model."""
    from pipeline.embedding.encoder import find_route
    from pipeline.embedding.query import embed_query

    try:
        if not text.strip() or not is_stored(find_route(settings)):
            return None
        route, values = embed_query(settings, text)
    except ModelError as error:
        warn(f"searched by words alone: {error}")
        return None
    return QueryVector(route, values)


def _follow(name: str, atom: Path | None, *, new: bool, as_json: bool) -> None:
    from pipeline.exports.atom import render_feed
    from pipeline.store.saved_searches import load_saved_search, look_for_new
    from pipeline.store.search import search_newest

    with open_store() as store:
        saved = load_saved_search(store, name)
        if atom is not None:
            hits, _ = search_newest(store, saved.query.model_copy(update={"limit": _MOST_IN_FEED}))
            atom.write_text(render_feed(saved, hits), encoding="utf-8")
            print_note(f"{len(hits)} entries written to {atom}")
        fresh = look_for_new(store, name) if new else ()
    if as_json and new:
        print_json(fresh)
    elif new:
        _print_hits(fresh)
        print_note(f"{len(fresh)} new" if fresh else "Nothing is new.")


def _look_after(name: str | None, *, as_json: bool) -> None:
    from pipeline.store.saved_searches import delete_saved_search, load_saved_searches

    with open_store() as store:
        if name:
            delete_saved_search(store, name)
            print_note(f"forgot {name!r}")
        else:
            kept = load_saved_searches(store)
            for each in () if as_json else kept:
                print_line(f"{each.name}: {_say_query(each.query)}")
            if as_json:
                print_json(kept)
            elif not kept:
                print_note("No search is saved: entente search WORDS --save NAME keeps one.")


def _say_query(query: SearchQuery) -> str:
    """``nuclear* --type prediction``, much as it was typed."""
    given = query.model_dump(mode="json", exclude_defaults=True, exclude={"text", "limit", "kinds"})
    return " ".join([query.text, *(f"{name}={value}" for name, value in given.items())]).strip()


def _find_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "somebody"


def _print_page(found: SearchPage) -> None:
    for note in found.notes:
        print_note(note)
    _print_hits(found.hits)
    if not found.hits:
        print_note("Nothing was found." if not found.total else "There are no more hits.")
        return
    first = found.query.offset + 1
    more = " or more; of what is found so often, what came in last" if found.is_cut else ""
    by = "by words and by meaning" if found.by_meaning else "by words alone"
    print_note(f"{first} to {first + len(found.hits) - 1} of {found.total}{more}, {by}")


def _print_hits(hits: tuple[SearchHit, ...]) -> None:
    for hit in hits:
        said = [say_value(hit.agreement_kind), say_value(hit.status)] if hit.kind is SearchKind.AGREEMENT else []
        said = [say_speaker(hit.speaker), say_value(hit.type)] if hit.kind is SearchKind.CLAIM else said
        where = [hit.publisher or "", hit.published or ""]
        line = Text("  ").join([show_id(hit.id), Text(hit.label, style="bold")])
        print_line(line)
        print_line(", ".join(filter(None, [hit.kind, *said, *where])), indent=3)
        if hit.snippet:
            print_line(_mark(hit.snippet), indent=3)


def _mark(snippet: Snippet) -> Text:
    """A snippet on one line with its marks shown."""
    shown, at = Text(), 0
    for mark in snippet.marks:
        shown.append(snippet.text[at : mark.start])
        shown.append_text(mark_words("", snippet.text[mark.start : mark.end], ""))
        at = mark.end
    shown.append(snippet.text[at:])
    shown.plain = shown.plain if is_terminal() else " ".join(shown.plain.split())
    return shown
