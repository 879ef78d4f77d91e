"""Why a record reads as it does: each value, the rule or model that made it, and its words in the text."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from pipeline.brief.phrases import say_day, say_number, say_value
from pipeline.brief.quotes import cut_quote
from pipeline.cli.parts import Part
from pipeline.cli.print import mark_words
from pipeline.records import Act, Agreement, Claim, Entity, Party, Reason, Span
from pipeline.store.rows import FoundRecord

_UNKNOWN = "not recorded"  # by the version that read the article


def explain_record(found: FoundRecord) -> Iterator[Part]:
    """The lines that explain an agreement, a claim or an entity; none for what is made of these."""
    record = found.record
    if not isinstance(record, Agreement | Claim | Entity):
        return
    yield Part(Text("\nWhy", style="bold blue"))
    text = found.articles[0].text
    match record:
        case Agreement():
            yield from _explain_agreement(record, text)
        case Claim():
            yield from _explain_claim(record, text)
        case Entity():
            yield from _value("name", record.canonical, record.rule or _UNKNOWN, record.mentions[:1], text)


def _explain_agreement(agreement: Agreement, text: str) -> Iterator[Part]:
    for reason in agreement.why:
        yield from _value(reason.field, _value_of(agreement, reason), reason.rule, [reason], text)
    if not agreement.why:
        yield from _value("agreement", agreement.label, agreement.rule, agreement.mentions[:1], text)
    for party in agreement.parties:
        yield from _value("party", f"{party.entity}, {say_value(party.role)}", _by(party), [party], text)
    for act in agreement.acts:
        said = [
            say_value(act.act),
            say_value(act.polarity),
            say_value(act.basis),
            _say_date(act),
            ", ".join(act.actors),
        ]
        words: Span = act.trigger or act
        yield from _value("act", ", ".join(part for part in said if part), act.rule or _UNKNOWN, [words], text)
    for figure in agreement.figures:
        said_of_it = f"{say_value(figure.name)} {say_number(figure.value)} {figure.unit or ''}".strip()
        yield from _value("figure", said_of_it, "number", [figure], text)
    for due in agreement.due:
        yield from _value("due", say_day(due.date), "date behind “by” or “before”", [due], text)


def _explain_claim(claim: Claim, text: str) -> Iterator[Part]:
    yield from _value("content", "", claim.rule, claim.content, text)
    if claim.cue is not None:
        yield from _value("cue", claim.cue.text, claim.rule, [claim.cue], text)
    for reason in claim.why:
        yield from _value(reason.field, _value_of(claim, reason), reason.rule, [reason], text)
    for figure in claim.figures:
        yield from _value("figure", f"{say_value(figure.name)} {say_number(figure.value)}", "number", [figure], text)


def _value_of(record: Agreement | Claim, reason: Reason) -> str:
    if isinstance(record, Claim) and reason.field == "speaker":
        return (record.speaker.name if record.speaker else None) or "unknown"
    value = getattr(record, reason.field, None)
    if reason.field == "obligations":
        return reason.rule.partition(": ")[2]
    return say_day(value) if reason.field == "date" and value else str(value).replace("_", " ")


def _by(party: Party) -> str:
    sure = "" if party.confidence is None else f", {party.confidence:.2f}"
    return f"{party.rule or _UNKNOWN}{sure}"


def _say_date(act: Act) -> str:
    how = f" (“{act.date_text}”, {act.date_resolution})" if act.date_text else ""
    return f"{say_day(act.date)}{how}" if act.date else ""


def _value(name: str, value: str, rule: str, words: Sequence[Span], text: str) -> Iterator[Part]:
    yield Part(
        Text.assemble((f"{name:<12}", "dim"), (value, "bold"), (f"  by {rule}" if value else f"by {rule}", "cyan")), 1
    )
    for span in words:
        quote = cut_quote(text, span.start, span.end)
        yield Part(mark_words(quote.before, quote.words, quote.after), 3)
