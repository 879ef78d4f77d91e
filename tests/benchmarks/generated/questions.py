"""What an analyst asks of a store, as a mix: each question a name and a function to call."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from generated.bulk import ROUTE, make_vectors
from generated.words import TOPICS
from generated.world import World

from pipeline.decisions import NewDecision
from pipeline.enumerations import AgreementKind, ClaimType, DecisionAction, PartyRole, Status
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import load_entities
from pipeline.store.changes import load_changes
from pipeline.store.decisions import decide
from pipeline.store.filters import EntityFilter, RegisterFilter
from pipeline.store.register import load_register
from pipeline.store.row_pages import load_row
from pipeline.store.search import search
from pipeline.store.search_rows import QueryVector, SearchKind, SearchQuery
from pipeline.store.store import Store

Question = tuple[str, Callable[[], Any]]
_PAGE = 50


def list_register(store: Store, world: World, dice: random.Random) -> list[Question]:
    """Filters, orders, pages and past days, of frequent and of rare values."""
    states, pact = world.states.items, world.pact(dice.randrange(9, 2_000))
    asked: dict[str, dict[str, Any]] = {
        "all": {},
        "kind": {"kind": dice.choice(list(AgreementKind)[:9])},
        "status": {"status": dice.choice([Status.SIGNED, Status.AGREED, Status.SUSPENDED])},
        "kind and status": {"kind": AgreementKind.COALITION, "status": Status.IN_FORCE},
        "a frequent party": {"party": states[0]},
        "a rare party": {"party": states[-1 - dice.randrange(20)]},
        "two parties": {"party": (states[0], states[dice.randrange(1, 9)])},
        "a party that nobody has": {"party": "Nobody"},
        "a party and its role": {"party": states[dice.randrange(9)], "role": PartyRole.LEAD},
        "a role": {"role": PartyRole.LEAD},
        "a word": {"text": pact.label.split()[0]},
        "a beginning": {"text": "kes"},
        "a frequent word": {"text": "Accord"},
        "a frequent word and a kind": {"text": "defence", "kind": AgreementKind.CAPABILITY_PROGRAMME},
        "a publisher": {"publisher": dice.choice(world.publishers.items[:20])},
        "an authority": {"authority": dice.choice(["official", "analysis", "opinion"])},
        "published in a month": {"published_from": "2021-05", "published_to": "2021-05"},
        "published since": {"published_from": "2025-06-15"},
        "published until": {"published_to": "2016-05"},
        "status of a month": {"status_from": "2020-03", "status_to": "2020-03"},
        "named": {"named": True, "kind": AgreementKind.TREATY},
        "unnamed": {"named": False},
        "differing": {"differs": True},
        "sure": {"min_confidence": 0.97},
        "reviewed": {"review": "accept"},
    }
    asked |= {f"{name}, as of {day}": {**asked[name], "as_of": day} for name, day in _PAST}
    made = [
        (name, partial(load_register, store, RegisterFilter(limit=_PAGE, **facts))) for name, facts in asked.items()
    ]
    return [*made, *_list_pages(store)]


_PAST = (
    ("all", "2019-07-31"),
    ("all", "2016-02-01"),
    ("kind", "2022-01"),
    ("status", "2023-10-05"),
    ("a frequent party", "2020"),
    ("two parties", "2024-12-31"),
    ("a word", "2025-01-01"),
    ("differing", "2021-06-30"),
)


def _list_pages(store: Store) -> list[Question]:
    """Pages further on."""
    newest = load_register(store, RegisterFilter(limit=_PAGE))
    old = load_register(store, RegisterFilter(limit=_PAGE, published_to="2019-03"))
    past = load_register(store, RegisterFilter(limit=_PAGE, as_of="2020-06"))
    starts = (("second page", newest, {}), ("deep page", old, {}), ("second page as of", past, {"as_of": "2020-06"}))
    return [
        (name, partial(load_register, store, RegisterFilter(limit=_PAGE, after=rows[-1].id, **facts)))
        for name, rows, facts in starts
        if rows
    ]


def list_searches(store: Store, world: World, dice: random.Random, *, vectors: bool) -> list[Question]:
    """Words, phrases, beginnings, by meaning, with conditions."""
    rare = world.grammar.nouns.items[dice.randrange(900, 4_000)]
    person, state = world.persons.draw(dice)[0], world.states.draw(dice)[0]
    asked: dict[str, dict[str, Any]] = {
        "the most frequent word": {"text": world.grammar.nouns.items[0]},
        "two frequent words": {"text": "minister council"},
        "three frequent words": {"text": "joint military budget"},
        "a rare word": {"text": rare},
        "a rare and a frequent word": {"text": f"{rare} minister"},
        "a phrase": {"text": f'"{dice.choice(TOPICS)}"'},
        "a phrase of frequent words": {"text": '"the new government"'},
        "a beginning": {"text": dice.choice(["deterr*", "bal*", "gov*", "kes*"])},
        "a name": {"text": world.pact(dice.randrange(2_000)).label},
        "one or another": {"text": "harbour OR airfield"},
        "without": {"text": "minister -government"},
        "a phrase without": {"text": '"air defence" -drone'},
        "nothing like it": {"text": "qqqqq"},
        "of a publisher": {"text": "treaty accord", "publisher": world.publishers.draw(dice)[0]},
        "of a month": {"text": "budget", "published_from": "2020-04", "published_to": "2020-04"},
        "since": {"text": "government", "published_from": "2024-01"},
        "claims of a person": {"speaker": person, "kinds": (SearchKind.CLAIM,)},
        "claims of a type": {"text": "government", "type": ClaimType.PREDICTION},
        "with a party": {"text": "defence", "party": state},
        "with kind and status": {"text": "training", "kind": AgreementKind.TREATY, "status": Status.SIGNED},
        "of an authority": {"text": "summit", "authority": "official"},
        "conditions alone": {"party": state, "kind": AgreementKind.COALITION},
    }
    near = make_vectors(world.seed, 64)
    made: list[Question] = []
    for name, facts in asked.items():
        query = SearchQuery(**facts)
        made.append((name, partial(search, store, query)))
        if vectors and facts.get("text"):
            vector = QueryVector(ROUTE, tuple(map(float, near[dice.randrange(64)])))
            made.append((f"{name}, by meaning too", partial(search, store, query, vector)))
    return made


def list_pages(store: Store, rows: Sequence[str], large: Sequence[str]) -> dict[str, list[Question]]:
    """Pages of rows, entities and what changed."""
    some = load_entities(store, EntityFilter(limit=50))
    return {
        "page of a row": [("row", partial(load_row, store, row)) for row in rows],
        "page of the largest rows": [("row", partial(load_row, store, row)) for row in large],
        "page of the largest rows as of a day": [
            ("row", partial(load_row, store, row, as_of="2025-06")) for row in large
        ],
        "page of an entity (top 50)": [("entity", partial(load_actor, store, each.id)) for each in some],
        "list of entities": [
            ("entities", partial(load_entities, store, EntityFilter(limit=50, offset=at))) for at in (0, 50, 200)
        ],
    }


def list_decisions(store: Store, rows: Sequence[str]) -> list[Question]:
    """Somebody goes through rows."""
    actions = (
        {"action": DecisionAction.ACCEPT},
        {"action": DecisionAction.CORRECT, "field": "subject", "value": "seen by a person"},
        {"action": DecisionAction.NOTE, "value": "to be looked at"},
        {"action": DecisionAction.UNSURE},
    )
    return [
        ("decide", partial(decide, store, NewDecision(who="ana", record_id=row, **actions[at % 4])))
        for at, row in enumerate(rows)
    ]


def list_changes(store: Store, since: dict[str, Any]) -> dict[str, list[Question]]:
    """What came in since."""
    return {f"changes since {name}": [(name, partial(load_changes, store, since=day))] for name, day in since.items()}
