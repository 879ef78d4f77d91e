"""How one record reads: its facts, then each quote with where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from pipeline.brief.phrases import say_day, say_number, say_speaker, say_value
from pipeline.brief.quotes import cut_quote
from pipeline.cli.print import mark_words, show_label
from pipeline.records import Agreement, Claim, Entity, Figure, Provenance, Span
from pipeline.store.rows import ArticleRow, FoundRecord, RegisterRow, ThemeRow

# Of an entity that is named in every sentence; --json has them all.
_MOST_MENTIONS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A line or paragraph of a page, and how far it stands to the right."""

    text: Text
    indent: int = 0


def show_record(found: FoundRecord) -> Iterator[Part]:
    """The lines of a record's page, whatever its kind."""
    record = found.record
    match record:
        case RegisterRow():
            yield from _show_row(record, found)
        case Agreement():
            yield from _show_agreement(record, found)
        case Claim():
            yield from _show_claim(record, found)
        case Entity():
            yield from _show_entity(record, found)
        case ThemeRow():
            yield from _show_theme(record)
        case ArticleRow():
            yield from _show_article(record)


def _show_row(row: RegisterRow, found: FoundRecord) -> Iterator[Part]:
    yield _head(row.id, show_label(row.label, is_named=row.name is not None))
    yield from _facts(
        ("kind", say_value(row.kind)),
        ("status", _say_status(row.status, row.status_date)),
        ("date", say_day(row.date) if row.date else ""),
        ("subject", row.subject or ""),
        ("also", ", ".join(row.aliases)),
        ("confidence", f"{row.confidence:.2f}"),
    )
    if row.parties:
        yield _title("Parties")
    for party in row.parties:
        yield Part(Text.assemble((party.entity, "bold"), f", {say_value(party.role)}"), 1)
        yield _quote(found, party.article_id, party.quote)
    repeated = len({seen.article_id for seen in row.observations}) - row.independent
    once = f", {repeated} of them repeating another" if repeated else ""
    yield _title(f"Said in {_count(len(row.observations), 'article')}{once}")
    for seen in row.observations:
        yield Part(Text(f"{_say_source(seen.title or seen.address, seen.publisher, seen.published)}", style="bold"), 1)
        standing = [seen.agreement_id, say_value(seen.status), _say_figures(seen.figures), f"linked by {seen.reason}"]
        yield Part(Text(" · ".join(part for part in standing if part), style="dim"), 3)
        if seen.quote is not None:
            yield _quote(found, seen.article_id, seen.quote)


def _show_agreement(agreement: Agreement, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    yield _head(agreement.id, show_label(agreement.label, is_named=agreement.name is not None))
    yield from _facts(
        ("kind", say_value(agreement.kind)),
        ("status", say_value(agreement.status)),
        ("date", say_day(agreement.date) if agreement.date else ""),
        ("subject", agreement.subject or ""),
        ("also", ", ".join(agreement.aliases)),
        ("obligations", ", ".join(agreement.obligations)),
        ("figures", _say_figures(agreement.figures)),
        ("found by", f"{agreement.rule}, confidence {agreement.confidence:.2f}"),
        ("article", _say_article(article)),
    )
    if agreement.parties:
        yield _title("Parties")
    for party in agreement.parties:
        yield Part(Text.assemble((party.entity, "bold"), f", {say_value(party.role)}"), 1)
        yield _quote(found, article.id, party)
    if agreement.acts:
        yield _title("What happened")
    for act in agreement.acts:
        said = [say_value(act.act), say_value(act.polarity), say_day(act.date) if act.date else ""]
        yield Part(Text(", ".join(part for part in said if part), style="bold"), 1)
        yield _quote(found, article.id, act)
    yield _title("Named")
    yield from (_quote(found, article.id, mention) for mention in agreement.mentions[:_MOST_MENTIONS])


def _show_claim(claim: Claim, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    speaker = (claim.speaker.name or claim.speaker.text) if claim.speaker else None
    manner = [name for name in ("hedged", "negated", "direct") if getattr(claim, name)]
    yield _head(claim.id, Text(say_speaker(speaker), style="bold"))
    yield from _facts(
        ("type", ", ".join([say_value(claim.type), *manner])),
        ("cue", claim.cue.text if claim.cue else ""),
        ("about", ", ".join(claim.about)),
        ("figures", _say_figures(claim.figures)),
        ("found by", f"{claim.rule}, confidence {claim.confidence:.2f}"),
        ("article", _say_article(article)),
    )
    yield _title("Said")
    yield from (_quote(found, article.id, span) for span in claim.content)


def _show_entity(entity: Entity, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    yield _head(entity.id, Text(entity.canonical, style="bold"))
    yield from _facts(
        ("type", entity.type),
        ("iso", entity.iso or ""),
        ("wikidata", entity.wikidata or ""),
        ("also", ", ".join(entity.aliases)),
        ("article", _say_article(article)),
    )
    yield _title(_count(len(entity.mentions), "mention"))
    yield from (_quote(found, article.id, mention) for mention in entity.mentions[:_MOST_MENTIONS])
    if len(entity.mentions) > _MOST_MENTIONS:
        yield Part(Text(f"and {len(entity.mentions) - _MOST_MENTIONS} more; --json has them all", style="dim"), 3)


def _show_theme(theme: ThemeRow) -> Iterator[Part]:
    yield _head(theme.id, Text(theme.label, style="bold"))
    yield from _facts(
        ("terms", ", ".join(theme.terms)),
        ("size", f"{theme.size} passages and claims in {_count(theme.articles, 'article')}"),
    )
    yield _title("At its centre")
    for member in theme.exemplars:
        yield Part(Text(f"{_say_source(member.title or member.article_id, None, member.published)}", style="bold"), 1)
        yield Part(Text(" ".join(member.text.split())), 3)


def _show_article(article: ArticleRow) -> Iterator[Part]:
    yield _head(article.id, Text(article.title or "(untitled)", style="bold"))
    yield from _facts(
        ("authors", ", ".join(article.authors)),
        ("publisher", article.publisher or ""),
        ("published", say_day(article.published) if article.published else ""),
        ("address", article.url or article.address),
        ("also at", ", ".join(each for each in article.addresses if each not in {article.url, article.address})),
        ("repeats", ", ".join(article.repeats)),
        ("language", "" if article.language == "en" else f"{article.language}: nothing is extracted from it"),
        ("words", f"{article.words:,}"),
        ("found", f"{article.agreements} agreements, {article.claims} claims, {article.entities} entities"),
        ("revision", f"{article.revision}, by {article.fingerprint}"),
        ("read by", _say_reading(article.provenance)),
        ("facts from", ", ".join(f"{name}: {origin}" for name, origin in article.provenance.origins.items())),
    )


def _say_reading(provenance: Provenance) -> str:
    sure = "" if provenance.confidence is None else f", agreement {provenance.confidence:.2f}"
    return f"{provenance.body or ''}{sure}{': look at its text' if provenance.is_doubtful else ''}"


def _head(record_id: str, title: Text) -> Part:
    return Part(Text.assemble(title, "  ", (record_id, "cyan")))


def _title(words: str) -> Part:
    return Part(Text(f"\n{words}", style="bold blue"))


def _facts(*facts: tuple[str, str]) -> Iterator[Part]:
    for name, value in facts:
        if value:
            yield Part(Text.assemble((f"{name:<12}", "dim"), value))


def _quote(found: FoundRecord, article_id: str, span: Span) -> Part:
    quote = cut_quote(found.text_of(article_id), span.start, span.end)
    return Part(mark_words(quote.before, quote.words, quote.after), 3)


def _say_status(status: str | None, since: str | None) -> str:
    return say_value(status) + (f", since {say_day(since)}" if status and since else "")


def _say_figures(figures: Iterable[Figure]) -> str:
    said = (f"{say_value(each.name)} {say_number(each.value)} {each.unit or ''}".strip() for each in figures)
    return ", ".join(said)


def _say_source(title: str, publisher: str | None, published: str | None) -> str:
    return ", ".join(part for part in (title, publisher, say_day(published) if published else "") if part)


def _say_article(article: ArticleRow) -> str:
    return f"{_say_source(article.title or article.address, article.publisher, article.published)} ({article.id})"


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" + ("" if number == 1 else "s")
