"""Accessions told by a verb: "Finland became the 31st member of NATO", "Serbia applied to join the EU".

Only blocs and bodies that are no rows of a register themselves (NATO, the EU) are acceded to in a row of its own; "A joined the X
Coalition" is a membership of that coalition. Counter-examples: "Romania is a member of NATO" (nothing happened), "Ukraine
should join NATO" (a wish), "if Ukraine joins NATO" (a condition), "Ireland has never joined NATO".
"""

from spacy.tokens import Doc

from pipeline.enumerations import AgreementKind, Polarity
from pipeline.extraction.actors import Actor, Actors, with_conjuncts
from pipeline.extraction.acts import governed_by, is_condition, polarity_of
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.participants import is_wish
from pipeline.extraction.predicates import JOINING, Predicate, find_predicates
from pipeline.extraction.triggers import actors_only


def find_accessions(doc: Doc, actors: Actors) -> list[AgreementMention]:
    """One mention for each clause in which a state joins a bloc, in order of the text; its root is the bloc's name."""
    blocs = [actor for actor in actors.ordered if not actor.is_state and actor.canonical in actors_only()]
    found = [(_mention(doc, actor), actor) for actor in blocs]
    mentions = [_over_clause(doc, mention, actor, actors) for mention, actor in found]
    return [mention for mention in mentions if mention is not None]


def _mention(doc: Doc, actor: Actor) -> AgreementMention:
    root = doc[actor.start : actor.end].root.i
    kind = AgreementKind.ACCESSION
    return AgreementMention(
        actor.start, actor.end, root, kind, None, None, "accession", definite=False, rich=True, bloc=actor.key
    )


def _over_clause(doc: Doc, mention: AgreementMention, bloc: Actor, actors: Actors) -> AgreementMention | None:
    """The mention widened to the verb, or None where nobody joins."""
    for predicate in find_predicates(doc, mention):
        if predicate.meaning in JOINING and predicate.word.i < bloc.start and _is_told(predicate, actors):
            start = max(predicate.word.i, mention.end - 12)  # "became … the 31st member of NATO": a dozen words at most
            return AgreementMention(
                start, mention.end, mention.root, mention.kind, None, None, mention.rule,
                definite=False, rich=True, bloc=bloc.key,
            )  # fmt: skip
    return None


def _is_told(predicate: Predicate, actors: Actors) -> bool:
    joining = [actor for noun in predicate.subjects for actor in with_conjuncts(noun, actors) if actor.is_state]
    word = predicate.word
    if not joining or is_wish(word) or is_condition(word):
        return False
    return polarity_of(word) is not Polarity.DENIED and governed_by(word) != "denied"
