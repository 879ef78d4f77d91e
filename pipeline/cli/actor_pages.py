"""How the page of an actor reads: who it is, where it is named, what it is party to and with whom, what it says and hears."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from pipeline.brief.phrases import say_day, say_speaker, say_value
from pipeline.brief.quotes import cut_quote
from pipeline.cli.parts import Part
from pipeline.cli.print import mark_words, show_label
from pipeline.records import Span
from pipeline.store.actor_rows import ActorPage, ClaimCount, FoundActor, NamedRow, PartyTo
from pipeline.store.rows import ClaimRow


def show_actor(found: FoundActor) -> Iterator[Part]:
    """The lines of an actor's page; lists are as long as they were asked for, and say how much more there is."""
    page = found.record
    yield Part(Text.assemble((page.actor.canonical, "bold"), "  ", (page.actor.id, "cyan")))
    yield from _show_facts(page)
    yield from _show_agreements(page)
    yield from _show_co_parties(page)
    yield from _show_claims("Says", page.counted_by, page.claims_by, found)
    yield from _show_claims("Said of it", page.counted_about, page.claims_about, found)
    yield _title(f"Named in {_count(page.actor.articles, 'article')}")
    for named in page.named:
        yield from _show_named(named, found)
    yield from _say_more(len(page.named), page.actor.articles, page)


def _show_facts(page: ActorPage) -> Iterator[Part]:
    actor = page.actor
    facts = (
        ("type", actor.type),
        ("iso", actor.iso or ""),
        ("wikidata", actor.wikidata or ""),
        ("also", ", ".join(actor.aliases)),
        ("joined", ", ".join(f"{each.canonical} ({each.id})" for each in page.joined)),
        ("named", f"{_count(actor.mentions, 'time')} in {_count(actor.articles, 'article')}"),
        ("first", _say_day(actor.first_published)),
        ("last", _say_day(actor.last_published)),
    )
    for name, value in facts:
        if value:
            yield Part(Text.assemble((f"{name:<12}", "dim"), value))


def _show_agreements(page: ActorPage) -> Iterator[Part]:
    if not page.agreements:
        return
    roles = ", ".join(f"{say_value(each.role)} {each.agreements}" for each in page.roles)
    yield _title(f"Party to {_count(page.agreements, 'agreement')} ({roles})")
    for each in page.party_to:
        yield Part(_show_party(each), 1)
    yield from _say_more(len(page.party_to), page.agreements, page)


def _show_party(party: PartyTo) -> Text:
    said = [", ".join(map(say_value, party.roles)), say_value(party.status), _say_day(party.status_date)]
    label = show_label(party.label, is_named=party.is_named)
    rest = " · ".join(part for part in (*said, _count(party.articles, "article")) if part)
    return Text.assemble((party.row_id, "cyan"), "  ", label, f" · {rest}")


def _show_co_parties(page: ActorPage) -> Iterator[Part]:
    if not page.co_parties:
        return
    yield _title(f"Together with {_count(page.co_party_count, 'other')}")
    for each in page.co_parties:
        yield Part(
            Text.assemble(
                (each.id, "cyan"), "  ", (each.canonical, "bold"), f", {_count(each.agreements, 'agreement')}"
            ),
            1,
        )
    yield from _say_more(len(page.co_parties), page.co_party_count, page)


def _show_claims(
    title: str, counted: Iterable[ClaimCount], claims: Iterable[ClaimRow], found: FoundActor
) -> Iterator[Part]:
    counts, shown = list(counted), list(claims)
    if not counts:
        return
    total = sum(each.claims for each in counts)
    types = ", ".join(f"{say_value(each.type)} {each.claims}" for each in counts)
    yield _title(f"{title}: {_count(total, 'claim')} ({types})")
    for claim in shown:
        source = ", ".join(part for part in (claim.title, _say_day(claim.published)) if part)
        yield Part(Text.assemble((claim.id, "cyan"), f"  {say_speaker(claim.speaker)} · {source}"), 1)
        yield _quote(found, claim.article_id, claim.spans[0])
    yield from _say_more(len(shown), total, found.record)


def _show_named(named: NamedRow, found: FoundActor) -> Iterator[Part]:
    source = ", ".join(
        part for part in (named.title or named.address, named.publisher, _say_day(named.published)) if part
    )
    yield Part(Text(source, style="bold"), 1)
    why = "first of the name" if named.reason == "first" else f"linked by {named.reason}, {named.score:.2f}"
    called = f"as {named.canonical} · " if named.canonical != found.record.actor.canonical else ""
    yield Part(Text(f"{named.entity_id} · {called}{_count(named.mentions, 'mention')} · {why}", style="dim"), 3)
    yield _quote(found, named.article_id, named.quote)


def _quote(found: FoundActor, article_id: str, span: Span) -> Part:
    text = next(each.text for each in found.articles if each.article.id == article_id)
    quote = cut_quote(text, span.start, span.end)
    return Part(mark_words(quote.before, quote.words, quote.after), 3)


def _say_more(shown: int, total: int, page: ActorPage) -> Iterator[Part]:
    passed = (page.page - 1) * page.size
    if total > passed + shown:
        words = f"and {total - passed - shown:,} more: entente entities {page.actor.id} --page {page.page + 1}"
        yield Part(Text(words, style="dim"), 1)


def _say_day(day: str | None) -> str:
    return say_day(day) if day else ""


def _title(words: str) -> Part:
    return Part(Text(f"\n{words}", style="bold blue"))


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" + ("" if number == 1 else "s")
