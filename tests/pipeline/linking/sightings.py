"""Observations for the tests of linking, from as little as a test wants to say."""

from pipeline.enumerations import AgreementKind, PartyRole
from pipeline.linking.observations import Actor, Features, Observation, make_features


def sight(agreement_id: str, named: str, *parties: str, kind: str = "treaty", **facts) -> Observation:
    """An observation of article ``a`` with id ``a/1``; ``named`` is a name, or in small letters a label."""
    is_name = named[:1].isupper()
    return Observation(
        agreement_id=agreement_id,
        article_id=agreement_id.partition("/")[0],
        name=named if is_name else None,
        label=named,
        kind=AgreementKind(kind),
        actors=tuple(Actor(name=n, role=PartyRole(r or "party")) for n, _, r in (p.partition(":") for p in parties)),
        **facts,
    )


def feature(agreement_id: str, named: str, *parties: str, **facts) -> Features:
    """The same as it is compared."""
    return make_features(sight(agreement_id, named, *parties, **facts))
