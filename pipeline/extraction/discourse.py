"""What is known of a whole text before its claims are read: entities, quotations, referents, and whose statements it gives."""

from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.clauses import Voice
from pipeline.extraction.coreference import Actor, find_references
from pipeline.extraction.interviews import find_answers, find_guest
from pipeline.extraction.quotes import find_quotes
from pipeline.extraction.speakers import Discourse
from pipeline.extraction.statements import find_collective, find_statements
from pipeline.records import AUTHOR


def read_discourse(doc: Doc) -> Discourse:
    """Index a text, in one pass for each thing that is asked of it."""
    actors = _index_actors(doc)
    quotes = find_quotes(doc)
    quoted = [-1] * len(doc)
    for place, quote in enumerate(quotes):
        quoted[quote.start : quote.end] = [place] * (quote.end - quote.start)
    sentences = list(doc.sents)
    sentence_of = [place for place, sent in enumerate(sentences) for _ in sent]
    references = find_references(doc, actors, quoted)
    discourse = Discourse(doc, actors, quotes, quoted, references, sentences, sentence_of, [], None)
    statements = sorted([*find_statements(discourse), *_find_turns(doc)], key=lambda statement: statement[0])
    discourse = replace(discourse, statements=statements)
    return replace(discourse, signatories=find_collective(discourse))


def _find_turns(doc: Doc) -> list[tuple[int, Voice]]:
    """In an interview, where the guest begins to speak and where the author asks again."""
    answers = find_answers(doc)
    guest = find_guest(doc, answers) if answers else None
    if guest is None:
        return []
    voice = Voice(guest.text, guest.start, guest.end)
    return [(start, voice if is_answer else Voice(AUTHOR)) for start, is_answer in answers]


def _index_actors(doc: Doc) -> dict[int, Actor]:
    group = doc.spans.get("entities")
    if group is None:
        return {}
    facts = group.attrs.get("entities", {})
    actors: dict[int, Actor] = {}
    for span in group:
        canonical = facts.get(span.id_, {}).get("canonical", span.text)
        actor = Actor(span.start, span.end, span.label_, canonical, span.id_)
        actors.update(dict.fromkeys(range(span.start, span.end), actor))
    return actors
