"""Why a record's fields have their values: for each field the words it came from, and the rule or model that read them.

What has words of its own (parties, acts, figures, dates due, mentions) bears them itself; here are the fields that are decided
from them: an agreement's name, kind, status, date, subject and terms; a claim's type, speaker and what it is about.
"""

from collections.abc import Iterator

from pipeline.extraction.terms import FoundTerm, Terms
from pipeline.records import AUTHOR, Act, Agreement, Claim, Reason, Span
from pipeline.status import find_deciding

TAGGER = "tagger"  #: what made a value that no rule claims
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our", "my", "who"})


def explain_agreement(agreement: Agreement, text: str, terms: Terms, *, kind_by: str) -> tuple[Reason, ...]:
    """The reasons of one agreement, in the order of its fields.

    Args:
        agreement: as it was built.
        text: the article's.
        terms: what was read of its legal form, reference and obligations.
        kind_by: the rule or model that decided its kind.
    """
    return (
        *_explain_name(agreement, kind_by),
        *_explain_acts(agreement, text),
        *_explain_subject(agreement, text),
        *_explain_terms(terms, text),
    )


def _explain_name(agreement: Agreement, kind_by: str) -> Iterator[Reason]:
    first = agreement.mentions[0]
    named = next((each for each in agreement.mentions if each.text == agreement.name), first)
    yield _reason("name" if agreement.name else "label", agreement.rule, named)
    yield _reason("kind", kind_by, named)


def _explain_acts(agreement: Agreement, text: str) -> Iterator[Reason]:
    """The act that gave the status, and the words of the date: an act's, else those of a name ("the Treaty of 1997")."""
    deciding = find_deciding(agreement.acts)
    if deciding is not None:
        words = deciding.trigger or deciding
        yield _reason("status", f"{_say(deciding.act)}, {_say(deciding.basis)}", words)
    if agreement.date is None:
        return
    dated = next((act for act in agreement.acts if act.date == agreement.date and act.date_text), None)
    if dated is None:
        yield _reason("date", "beside its name", agreement.mentions[0])
        return
    yield _reason("date", f"date of {_say(dated.act)}, {dated.date_resolution}", find_date_words(dated, text))


def find_date_words(act: Act, text: str) -> Span:
    """The words of an act's date in its sentence; the whole sentence where they are not written so."""
    start = text.find(act.date_text, act.start, act.end) if act.date_text else -1
    if start < 0 or act.date_text is None:
        return Span(start=act.start, end=act.end, text=act.text)
    return Span(start=start, end=start + len(act.date_text), text=act.date_text)


def _explain_subject(agreement: Agreement, text: str) -> Iterator[Reason]:
    for mention in agreement.mentions if agreement.subject else ():
        start = text.find(agreement.subject or "", mention.end, mention.end + len(agreement.subject or "") + 3)
        if start >= 0:
            end = start + len(agreement.subject or "")
            yield Reason(field="subject", rule="words behind it", start=start, end=end, text=text[start:end])
            return


def _explain_terms(terms: Terms, text: str) -> Iterator[Reason]:
    named = [("legal_form", terms.legal_form), ("reference", terms.reference)]
    found: list[tuple[str, FoundTerm]] = [(name, term) for name, term in named if term is not None]
    for name, term in [*found, *(("obligations", each) for each in terms.obligations)]:
        words = text[term.start : term.end]
        yield Reason(field=name, rule=f"terms: {term.value}", start=term.start, end=term.end, text=words)


def explain_claim(claim: Claim, *, settled: bool = False) -> tuple[Reason, ...]:
    """The reasons of one claim: its type by its cue, else by its own words; its speaker by the words that stand for it.

    Args:
        claim: as it was built.
        settled: the tagger had its say in the type too.
    """
    decided = claim.cue or claim.content[0]
    reasons = [_reason("type", _rule_of_type(claim, settled=settled), decided)]
    speaker = claim.speaker
    if speaker is None:
        return tuple(reasons)
    if speaker.start is None or speaker.end is None or speaker.text is None:
        rule = "the author's own" if speaker.name == AUTHOR else claim.rule
        return (*reasons, _reason("speaker", rule, claim.content[0]))
    words = Span(start=speaker.start, end=speaker.end, text=speaker.text)
    return (*reasons, _reason("speaker", _rule_of_speaker(speaker.name, speaker.text), words))


def _rule_of_type(claim: Claim, *, settled: bool) -> str:
    if claim.rule.startswith(TAGGER):
        return TAGGER
    by_rule = "cue" if claim.cue is not None else "form of its words"
    return f"{by_rule} and {TAGGER}" if settled else by_rule


def _rule_of_speaker(name: str | None, words: str) -> str:
    if name is None:
        return "nobody it could stand for"
    if words.lower() in _PRONOUNS:
        return "pronoun, resolved"
    return "named" if name.casefold() in words.casefold() else "other name or office, resolved"


def _reason(field: str, rule: str, words: Span) -> Reason:
    return Reason(field=field, rule=rule, start=words.start, end=words.end, text=words.text)


def _say(value: str) -> str:
    return value.replace("_", " ")
