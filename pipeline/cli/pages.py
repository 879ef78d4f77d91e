"""How one record reads: its facts, then each quote with where it stands."""

from collections.abc import Iterator

from rich.text import Text

from pipeline.brief.phrases import say_day, say_speaker, say_value
from pipeline.cli.parts import Part, count, head, list_facts, quote, say_figures, say_source, title
from pipeline.cli.print import show_label
from pipeline.cli.row_pages import show_row
from pipeline.records import Agreement, Claim, Entity, Provenance
from pipeline.store.rows import ArticleRow, FoundRecord, RegisterPage, ThemeRow

# Of an entity that is named in every sentence; --json has them all.
_MOST_MENTIONS = 20


def show_record(found: FoundRecord) -> Iterator[Part]:
    """The lines of a record's page, whatever its kind."""
    record = found.record
    match record:
        case RegisterPage():
            yield from show_row(record, found)
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


def _show_agreement(agreement: Agreement, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    yield head(agreement.id, show_label(agreement.label, is_named=agreement.name is not None))
    yield from list_facts(
        ("kind", say_value(agreement.kind)),
        ("status", say_value(agreement.status)),
        ("date", say_day(agreement.date) if agreement.date else ""),
        ("subject", agreement.subject or ""),
        ("also", ", ".join(agreement.aliases)),
        ("obligations", ", ".join(agreement.obligations)),
        ("figures", say_figures(agreement.figures)),
        ("found by", f"{agreement.rule}, confidence {agreement.confidence:.2f}"),
        ("article", _say_article(article)),
    )
    if agreement.parties:
        yield title("Parties")
    for party in agreement.parties:
        yield Part(Text.assemble((party.entity, "bold"), f", {say_value(party.role)}"), 1)
        yield quote(found, article.id, party)
    if agreement.acts:
        yield title("What happened")
    for act in agreement.acts:
        said = [say_value(act.act), say_value(act.polarity), say_day(act.date) if act.date else ""]
        yield Part(Text(", ".join(part for part in said if part), style="bold"), 1)
        yield quote(found, article.id, act)
    yield title("Named")
    yield from (quote(found, article.id, mention) for mention in agreement.mentions[:_MOST_MENTIONS])


def _show_claim(claim: Claim, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    speaker = (claim.speaker.name or claim.speaker.text) if claim.speaker else None
    manner = [name for name in ("hedged", "negated", "direct") if getattr(claim, name)]
    yield head(claim.id, Text(say_speaker(speaker), style="bold"))
    yield from list_facts(
        ("type", ", ".join([say_value(claim.type), *manner])),
        ("cue", claim.cue.text if claim.cue else ""),
        ("about", ", ".join(claim.about)),
        ("figures", say_figures(claim.figures)),
        ("found by", f"{claim.rule}, confidence {claim.confidence:.2f}"),
        ("article", _say_article(article)),
    )
    yield title("Said")
    yield from (quote(found, article.id, span) for span in claim.content)


def _show_entity(entity: Entity, found: FoundRecord) -> Iterator[Part]:
    article = found.articles[0].article
    yield head(entity.id, Text(entity.canonical, style="bold"))
    yield from list_facts(
        ("type", entity.type),
        ("iso", entity.iso or ""),
        ("wikidata", entity.wikidata or ""),
        ("also", ", ".join(entity.aliases)),
        ("article", _say_article(article)),
    )
    yield title(count(len(entity.mentions), "mention"))
    yield from (quote(found, article.id, mention) for mention in entity.mentions[:_MOST_MENTIONS])
    if len(entity.mentions) > _MOST_MENTIONS:
        yield Part(Text(f"and {len(entity.mentions) - _MOST_MENTIONS} more; --json has them all", style="dim"), 3)


def _show_theme(theme: ThemeRow) -> Iterator[Part]:
    yield head(theme.id, Text(theme.label, style="bold"))
    yield from list_facts(
        ("terms", ", ".join(theme.terms)),
        ("size", f"{theme.size} passages and claims in {count(theme.articles, 'article')}"),
    )
    yield title("At its centre")
    for member in theme.exemplars:
        yield Part(Text(f"{say_source(member.title or member.article_id, None, member.published)}", style="bold"), 1)
        yield Part(Text(" ".join(member.text.split())), 3)


def _show_article(article: ArticleRow) -> Iterator[Part]:
    yield head(article.id, Text(article.title or "(untitled)", style="bold"))
    yield from list_facts(
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


def _say_article(article: ArticleRow) -> str:
    return f"{say_source(article.title or article.address, article.publisher, article.published)} ({article.id})"
