"""Linking: what new and changed articles say joins the rows of the register, and articles those they repeat.

Only articles that are new, changed, or that a person judged on are looked at, each in its own short transaction; what they may
be the same as is found by keys, so that the size of the register does not matter. Nor does the size of the rows that it joins:
large ones are added to (pipeline/store/growth.py), others are made anew.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pipeline.jobs.actors import link_entities
from pipeline.jobs.counts import LinkCounts
from pipeline.jobs.duplicates import link_duplicates
from pipeline.jobs.reattach import reattach_decisions
from pipeline.linking.judgements import find_said, list_asked
from pipeline.linking.keys import find_keys
from pipeline.linking.observations import Actor, Features, Observation, make_features, observe
from pipeline.linking.rows import Candidate, Link, Now, Said, link_article, list_row_ids
from pipeline.store import link_state as state
from pipeline.store.locks import lock_register
from pipeline.store.own import OwnAgreement, load_unlinked_own, load_withdrawn, mark_own_linked
from pipeline.store.redirects import redirect_emptied
from pipeline.store.refresh import refresh_rows
from pipeline.store.standing import load_judgements
from pipeline.store.store import Store


class _Case(NamedTuple):
    """What is to be linked at once: all that an article says, or one thing that a person entered."""

    features: Mapping[str, Features]
    gone: Sequence[str] = ()  #: observations that are in the register and not said any more
    is_asked: bool = True  #: look at those again that have not changed


def link_register(store: Store) -> LinkCounts:
    """Put what is new or changed into its row of the register, and find which articles repeat which.

    Each article is one transaction, under the lock of the register: a run that dies has linked what it has linked, and two
    at once take turns.
    """
    reattach_decisions(store)
    duplicates = link_duplicates(store)
    observations, changed, rows = 0, 0, set[str]()
    while (done := _link_next(store)) is not None:
        observations += done[0]
        changed += done[1]
        rows |= done[2]
    link_entities(store)  # after the rows: it counts who is party to which
    return LinkCounts(observations=observations, rows=len(rows), changed=changed, duplicates=duplicates)


def _link_next(store: Store) -> tuple[int, int, set[str]] | None:
    """Link the next article or own observation: how many there were, how many links changed, which rows were touched."""
    with store.begin() as connection:
        lock_register(connection)
        for article in state.load_due_articles(connection, limit=1):
            said = state.load_agreements(connection, article.id)
            seen = [observe(each, article_id=article.id, published=article.published) for each in said]
            gone = state.load_gone(connection, article.id, [each.agreement_id for each in seen])
            done = _link(connection, _Case(_list_features(seen), gone, article.is_asked))
            state.mark_linked(connection, article)
            return done
        for own_id in load_withdrawn(connection, limit=1):
            done = _link(connection, _Case({}, [own_id]))
            mark_own_linked(connection, [own_id])
            return done
        for own in load_unlinked_own(connection, limit=1):
            done = _link(connection, _Case(_list_features([_observe_own(own)])))
            mark_own_linked(connection, [own.id])
            return done
    return None


def _link(connection: state.Transaction, case: _Case) -> tuple[int, int, set[str]]:
    ids = set(case.features)
    standing = state.load_standing_links(connection, ids)
    kept = set() if case.is_asked else {each for each in ids if _is_same(case.features[each], standing.get(each))}
    moving = {each: case.features[each] for each in sorted(ids - kept)}
    touched = {standing[each].row_id for each in ids & standing.keys()}
    plan = link_article(
        list(moving.values()),
        _find_candidates(connection, moving, ids),
        now=Now(
            {each: held.row_id for each, held in standing.items()},
            taken={standing[each].row_id for each in kept},
            unfree=_find_unfree(connection, moving, standing),
        ),
        said=_find_said(connection, moving),
    )
    left = state.remove_links(connection, [*case.gone, *moving])
    state.insert_links(connection, [_make_link(link, moving[link.agreement_id]) for link in plan.links])
    _restore_keys(connection, left)
    moved = {standing[link.agreement_id].row_id: link for link in plan.links if link.agreement_id in standing}
    redirect_emptied(
        connection,
        {row_id: link.row_id for row_id, link in moved.items()},
        by_person={row_id for row_id, link in moved.items() if link.reason == "person"},
    )
    touched |= left | {link.row_id for link in plan.links}
    for merge in plan.merges:
        if state.merge_rows(connection, merge.from_id, merge.to_id, reason=merge.reason):
            touched |= {merge.from_id, merge.to_id}
    others = left | {held.row_id for held in standing.values()}
    others |= {each for merge in plan.merges for each in (merge.from_id, merge.to_id)}
    refresh_rows(connection, sorted(touched), added=_find_added(plan.links, others))
    changed = [link for link in plan.links if _find_row(standing, link.agreement_id) != link.row_id]
    return len(ids), len(changed) + len(case.gone), {link.row_id for link in plan.links}


def _find_added(links: Sequence[Link], others: Collection[str]) -> dict[str, str | None]:
    """Rows that one of these links adds an observation to, where nothing else has become of them."""
    joined = Counter(link.row_id for link in links)
    return {link.row_id: link.agreement_id for link in links if joined[link.row_id] == 1 and link.row_id not in others}


def _find_row(standing: Mapping[str, state.Standing], agreement_id: str) -> str | None:
    held = standing.get(agreement_id)
    return held.row_id if held else None


def _is_same(features: Features, held: state.Standing | None) -> bool:
    """Whether nothing has changed of what an observation is compared by."""
    return held is not None and held.features is not None and Features.model_validate_json(held.features) == features


def _find_said(connection: state.Transaction, moving: Collection[str]) -> dict[str, Said]:
    judged = load_judgements(connection, moving)
    if not judged.same and not judged.apart:
        return {}
    asked = state.load_standing_links(connection, list_asked(judged.same, judged.apart))
    rows = {each: held.row_id for each, held in asked.items()}
    return {each: find_said(each, same=judged.same, apart=judged.apart, rows=rows) for each in moving}


def _find_candidates(
    connection: state.Transaction, moving: Mapping[str, Features], own_ids: Collection[str]
) -> dict[str, list[Candidate]]:
    keys = {each: find_keys(features) for each, features in moving.items()}
    near = [each for each in state.find_near(connection, keys) if each.agreement_id not in own_ids]
    held = state.load_features(connection, {each.agreement_id for each in near})
    known = {agreement_id: Features.model_validate_json(features) for agreement_id, features in held.items()}
    found: dict[str, list[Candidate]] = {each: [] for each in moving}
    for one_id, row_id, agreement_id in near:
        if agreement_id in known:
            found[one_id].append(Candidate(row_id, known[agreement_id]))
    return found


def _find_unfree(
    connection: state.Transaction, moving: Collection[str], standing: Mapping[str, state.Standing]
) -> set[str]:
    ids = {row_id for each in moving for row_id in list_row_ids(each)}
    return state.load_unfree(connection, ids | {held.row_id for held in standing.values()}, moving)


def _make_link(link: Link, features: Features) -> state.NewLink:
    return state.NewLink(
        **link.model_dump(exclude={"reasons"}),
        reasons=tuple(reason.model_dump() for reason in link.reasons),
        features=features.model_dump(mode="json", exclude_defaults=True),
        keys=find_keys(features),
    )


def _restore_keys(connection: state.Transaction, row_ids: Collection[str]) -> None:
    """Have rows found again by what the others in them are called, after one of them left."""
    for row_id in sorted(row_ids):
        members = state.load_members(connection, row_id)
        found = {each: Features.model_validate_json(features) for each, features in members.items()}
        state.insert_keys(connection, [(row_id, key, each) for each in found for key in find_keys(found[each])])


def _list_features(seen: Sequence[Observation]) -> dict[str, Features]:
    return {each.agreement_id: make_features(each) for each in seen}


def _observe_own(own: OwnAgreement) -> Observation:
    """What a person entered, as linking wants it; it stands in no article, so it is its own."""
    return Observation(
        agreement_id=own.id,
        article_id=own.id,
        name=own.name,
        label=own.label,
        aliases=own.aliases,
        kind=own.kind,
        date=own.date,
        subject=own.subject,
        reference=own.reference,
        actors=tuple(Actor(name=party.entity, role=party.role) for party in own.parties),
        figures=tuple((figure.name, figure.value) for figure in own.figures),
        sentences=(own.quote,) if own.quote else (),
    )
