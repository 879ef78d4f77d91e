"""Parties that only the sentence gives: the states and blocs named beside an agreement of which nothing says whose it is.

"After months of talks Oslo and Santiago have a fisheries treaty": Norway and Chile. Counter-examples: who only speaks of it
("Japan said the treaty would hold"), who does something to it that makes nobody a party ("Norway criticised the coalition").
"""

from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from pipeline.enumerations import AgreementKind, EntityType, PartyRole
from pipeline.extraction.actors import Actor, Actors, size_of
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.parties import FoundParty
from pipeline.extraction.predicates import find_predicates
from pipeline.extraction.verbs import MAX_CHILDREN, MAX_STEPS

_OF_TWO = {AgreementKind.TREATY, AgreementKind.JOINT_DECLARATION}
_MAKERS = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value}
_LOOKED_AT = 3  #: mentions; later ones are asides
_RUN = {
    AgreementKind.OPERATION_MISSION,
    AgreementKind.SANCTIONS_REGIME,
    AgreementKind.FUNDING_INSTRUMENT,
    AgreementKind.SECURITY_GUARANTEE,
}


def find_parties_around(
    doc: Doc, mentions: Sequence[AgreementMention], actors: Actors, *, known: Sequence[FoundParty]
) -> list[FoundParty]:
    """The parties that the sentences of an agreement's mentions add to those its own words give.

    Where its words give none: the states and blocs of the first sentence that names enough of them. Where they give a treaty
    one party: the one other state of the sentence ("Australia has an accord with Manila"). One alone beside a treaty is its
    party too, with whom is not said. Where nobody is named: the group of the sentence ("the four").
    """
    if mentions[0].rule in {"clause", "accession"} or mentions[0].kind is AgreementKind.ACCESSION:
        return []
    for mention in mentions[:_LOOKED_AT]:
        found = [p for p in _makers_around(doc, mention, actors) if all(p.actor.key != k.actor.key for k in known)]
        if not known and len(found) > (mention.kind in _OF_TWO):
            return found
        if len(known) == len(found) == 1 and mention.kind in _OF_TWO and found[0].actor.is_state:
            return found
    if not known and mentions[0].kind in _OF_TWO:
        alone = _alone_beside(doc, mentions[0], actors)
        return alone or _group_around(doc, mentions[0], actors)
    return [] if known else _group_around(doc, mentions[0], actors)


def _alone_beside(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    """The one actor beside a treaty: "Norway must report exercises under the Arden Treaty".

    Of 96 that this gave in the train split 70 were parties. Counter-example: who does something to it and makes nobody a party
    is only described so ("a Norwegian historian read it").
    """
    found = _makers_around(doc, mention, actors)
    judged = [noun for predicate in find_predicates(doc, mention) for noun in predicate.subjects]
    described = {actor.key for noun in judged for actor in actors.within(islice(noun.subtree, MAX_CHILDREN))}
    return [party for party in found if party.actor.key not in described]


def _group_around(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    """Whom "the four", "both governments" in the sentence stand for: "The four want a common command"."""
    sentence = doc[mention.root].sent
    if any(actor.type in _MAKERS for actor in actors.within(sentence)):
        return []
    group = next(
        (found for token in sentence if (size := size_of(token)) and (found := actors.group_before(token, size))), []
    )
    return [FoundParty(actor, _role_of(actor, mention.kind), "group") for actor in group]


def _makers_around(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    root = doc[mention.root]
    found: dict[str, FoundParty] = {}
    judged = {noun.i for predicate in find_predicates(doc, mention) for noun in predicate.subjects}
    for actor in actors.within(root.sent):
        head = doc[actor.start : actor.end].root
        # those joined share one fate: the parser hangs a list on its first name alone
        is_judged = head.i in judged and not head.conjuncts
        is_other = actor.key == mention.key or is_judged or _only_speaks(head, root)
        if actor.type in _MAKERS and not is_other:
            found.setdefault(actor.key, FoundParty(actor, _role_of(actor, mention.kind), "sentence"))
    return list(found.values())


def _role_of(actor: Actor, kind: AgreementKind) -> PartyRole:
    return PartyRole.LEAD if kind in _RUN and not actor.is_state else PartyRole.PARTY


def _only_speaks(head: Token, root: Token) -> bool:
    """Whether an actor is the subject of a verb that only reports the agreement: "Japan said that the treaty …"."""
    if head.dep_ != "nsubj":
        return False
    token = root
    for _ in range(MAX_STEPS):
        if token.dep_ == "ccomp" and token.head.i == head.head.i:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False
