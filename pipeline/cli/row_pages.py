"""How the page of a row reads: who is in it, what happened when, where its articles differ, what is due, who says so."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from pipeline.brief.phrases import say_day, say_number, say_value
from pipeline.cli.parts import Part, count, head, list_facts, quote, say_figures, say_source, title
from pipeline.cli.print import show_label
from pipeline.enumerations import Basis, Polarity
from pipeline.store.register_rows import DifferenceRow, DueRow, EventRow, PartyRow, RegisterPage, Saying
from pipeline.store.rows import FoundRecord

# Of a treaty that a thousand articles tell of; --json has the others.
_MOST_OBSERVATIONS = 20


def show_row(row: RegisterPage, found: FoundRecord) -> Iterator[Part]:
    """The lines of a row's page."""
    yield head(row.id, show_label(row.label, is_named=row.name is not None))
    yield from list_facts(
        ("as of", say_day(row.as_of) if row.as_of else ""),
        ("kind", say_value(row.kind)),
        ("status", say_value(row.status) + (f", since {say_day(row.status_date)}" if row.status_date else "")),
        ("date", say_day(row.date) if row.date else ""),
        ("subject", row.subject or ""),
        ("also", ", ".join(row.aliases)),
        ("review", say_value(row.review)),
        ("confidence", f"{row.confidence:.2f}"),
    )
    yield from _show_parties(row, found)
    yield from _show_history(row.history, found)
    yield from _show_differences(row.differences)
    yield from _show_due(row.due, found)
    yield from _show_observations(row, found)


def _show_parties(row: RegisterPage, found: FoundRecord) -> Iterator[Part]:
    groups = (
        ("Parties", [each for each in row.parties if not each.is_minor and not each.is_past]),
        ("No more, as later articles say", [each for each in row.parties if each.is_past]),
        ("Named by few of its articles", [each for each in row.parties if each.is_minor and not each.is_past]),
    )
    for words, parties in groups:
        if parties:
            yield title(words)
        for party in parties:
            yield Part(Text.assemble((party.entity, "bold"), f", {say_value(party.role)}{_say_share(party, row)}"), 1)
            yield quote(found, party.article_id, party.quote)


def _say_share(party: PartyRow, row: RegisterPage) -> str:
    return f", in {party.articles} of {row.independent} articles" if row.independent > 1 else ""


def _show_history(history: Iterable[EventRow], found: FoundRecord) -> Iterator[Part]:
    for number, event in enumerate(history):
        if not number:
            yield title("What happened")
        day = say_day(event.day) if event.day else "undated"
        said = [say_value(event.act), "" if event.polarity is Polarity.DONE else say_value(event.polarity)]
        said += ["taken for granted" if event.basis is Basis.PRESUPPOSED else ""]
        said += [count(event.articles, "article") if event.articles > 1 else ""]
        yield Part(Text.assemble((day, "bold"), "  ", ", ".join(part for part in said if part)), 1)
        first = event.sayings[0]
        yield Part(Text(_say_who(first), style="dim"), 3)
        if first.quote is not None:
            yield quote(found, first.article_id, first.quote)


def _show_differences(differences: Iterable[DifferenceRow]) -> Iterator[Part]:
    for number, difference in enumerate(differences):
        if not number:
            yield title("Where articles differ")
        yield Part(Text(f"{say_value(difference.name)} {difference.unit or ''}".strip(), style="bold"), 1)
        for value in difference.values:
            more = f" and {value.articles - 1:,} more" if value.articles > 1 else ""
            yield Part(Text(f"{_say_any(value.value)}: {_say_who(value.sayings[0])}{more}"), 3)


def _show_due(due: Iterable[DueRow], found: FoundRecord) -> Iterator[Part]:
    for number, each in enumerate(due):
        if not number:
            yield title("Due")
        state = "has passed" if each.is_passed else "to come"
        yield Part(Text.assemble((say_day(each.date), "bold"), f", {state}"), 1)
        yield Part(Text(_say_who(each.saying), style="dim"), 3)
        if each.saying.quote is not None:
            yield quote(found, each.saying.article_id, each.saying.quote)


def _show_observations(row: RegisterPage, found: FoundRecord) -> Iterator[Part]:
    repeated = row.observed - row.independent
    once = f", {row.independent:,} of them independent" if repeated > 0 else ""
    yield title(f"Said in {count(row.observed, 'article')}{once}")
    shown = row.observations[-_MOST_OBSERVATIONS:]
    if len(shown) < row.observed:
        yield Part(Text(f"The last {len(shown)} of them; --json has more.", style="dim"), 1)
    for seen in shown:
        source = say_source(seen.title or seen.address, seen.publisher, seen.published)
        yield Part(Text(source, style="bold"), 1)
        standing = [seen.agreement_id, seen.authority or "", say_value(seen.status), say_figures(seen.figures)]
        standing.append(_say_reason(seen.reason))
        yield Part(Text(" · ".join(part for part in standing if part), style="dim"), 3)
        if seen.quote is not None:
            yield quote(found, seen.article_id, seen.quote)


def _say_who(saying: Saying) -> str:
    source = say_source(saying.title or saying.address, saying.publisher, saying.published)
    return f"{source} ({saying.authority})" if saying.authority else source


def _say_any(value: str | float) -> str:
    if isinstance(value, float):
        return say_number(value)
    return say_day(value) if value[:4].isdigit() else say_value(value)


def _say_reason(reason: str | None) -> str:
    """Why an observation stands in its row."""
    return {None: "", "first": "the first of it", "person": "put here by a person"}.get(reason, f"linked by {reason}")
