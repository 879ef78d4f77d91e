"""A store for the browser: invented articles, one for each thing that a person does, and one that means harm."""

from itertools import product
from typing import NamedTuple

from pipeline.decisions import NewDecision
from pipeline.embedding.encoder import find_route
from pipeline.enumerations import AgreementKind, ClaimType, DecisionAction, EntityType, Role, Status
from pipeline.jobs.actors import link_entities
from pipeline.jobs.cluster import cluster_themes
from pipeline.review.passwords import hash_password
from pipeline.settings import Settings
from pipeline.store.accounts import By, NewAccount, add_account
from pipeline.store.actors import load_entities
from pipeline.store.decisions import decide
from pipeline.store.quarantine import NewFailure, save_failure
from pipeline.store.register import load_register
from pipeline.store.run_rows import RunEnd
from pipeline.store.runs import finish_run, start_run
from pipeline.store.store import Store
from pipeline.store.themes import load_themes
from tests.pipeline import conftest as shared
from tests.pipeline.themed import save_articles

PASSWORD = "seven quiet lanterns"
PEOPLE = {"ana": Role.ADMIN, "ben": Role.REVIEWER, "cleo": Role.READER}
RECORDS = 40  #: of the article that is reviewed by keys alone
LISTED = 60  #: claims of one publisher: more than a page of a queue has
_TREES = [
    "Alder",
    "Birch",
    "Cedar",
    "Elm",
    "Fir",
    "Hazel",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Spruce",
]
_NAMES = [f"{first} {last}" for first, last in product(("Ada", "Ben", "Cora"), ("Holm", "Lund", "Moen", "Ness", "Ryd"))]

# What must stay text. The words of its records are markup too.
HOSTILE = (
    "<script>window.broken = 1</script> and Sudland signed the <img src=x onerror=window.broken=2> Pact on 3 May 2025.\n\n"
    '"><svg onload=window.broken=3> javascript:window.broken=4 &lt;b&gt; {{ 7 * 7 }} </p></main><h1 onclick=window.broken=5>\n\n'
)
_LINE = 5_000_000  # characters of one line


class Seeded(NamedTuple):
    """What tests of the page need to know of the store."""

    store: Store
    ids: dict[str, str]  #: by what they are called in addresses: ``{forty}``


def fill(store: Store, settings: Settings) -> Seeded:
    """Fill an empty store."""
    hashed = hash_password(PASSWORD)
    for name, role in PEOPLE.items():
        add_account(store, NewAccount(name=name, role=role, password=hashed), by=By(who="test"))
    _save_themes(store, settings)  # before all that has no subject of its own
    spring, summer = shared._save_spring(store), shared._save_summer(store)
    saved = {
        "spring": spring,
        "summer": summer,
        "forty": _save_forty(store),
        "listed": _save_listed(store),
        "hostile": _save_hostile(store),
        **{
            name: _save_coast(store, name)
            for name in ("marks", "keys", "values", "plain", "two", "undone", "killed", "steps")
        },
        **{f"same-{at}": _save_same(store, at) for at in range(3)},
        **{f"{name}-{at}": _save_fair(store, name, at) for name in ("heron", "egret") for at in range(2)},
    }
    link_entities(store)
    ids = {name: made.article.id for name, made in saved.items()}
    ids |= _save_rest(store)
    ids |= _find_rows(store)
    ids |= {
        "agreement": spring.id("ag", "Arden Treaty"),
        "claim": spring.id("cl", "The treaty will make the whole coast safer for everybody"),
        "norland": spring.id("en", "Norland"),
    }
    decide(store, NewDecision(who="ana", record_id=ids["norland"], action=DecisionAction.ACCEPT))
    decide(store, NewDecision(who="ana", record_id=ids["claim"], action=DecisionAction.UNSURE))
    return Seeded(store, ids)


def _save_themes(store: Store, settings: Settings) -> None:
    """Two themes, of which one rises and the other falls."""
    route = find_route(settings)
    save_articles(store, route, [(0, at) for at in range(16)], published=lambda at: f"2025-0{at % 8 + 1}-15")
    save_articles(store, route, [(1, at) for at in range(16)], published=lambda at: f"2025-{at % 4 + 9:02}-15")
    cluster_themes(store, settings=settings)


def _save_rest(store: Store) -> dict[str, str]:
    runs = []
    for state in ("completed", "failed"):
        runs.append(start_run(store, "ingest", settings={"home": "x"}, versions={"entente": "0.1.0"}))
        finish_run(store, runs[-1], RunEnd(state=state, counts={"new": 2}))
    binary = NewFailure(address="/in/<b>.bin", stage="read", reason="/in/<b>.bin is binary", raw=b"\x00<script>")
    return {
        "theme": load_themes(store)[0].id,
        "run": runs[0],
        "failed": runs[1],
        "failure": save_failure(store, binary),
    }


def _find_rows(store: Store) -> dict[str, str]:
    labels = {"Arden Treaty": "row", "Heron Pact": "heron", "Egret Pact": "egret"}
    rows = {labels[each.label]: each.id for each in load_register(store) if each.label in labels}
    return rows | {"entity": next(each.id for each in load_entities(store) if each.canonical == "Norland")}


def _make(name: str, text: str, publisher: str, published: str = "2025-03-20", **facts: str) -> shared.Maker:
    address = f"https://post.example/{name}"
    facts = {"url": address, "title": f"Of {name}"} | facts
    return shared.Maker(text, address=address, publisher=publisher, published=published, **facts)


def _save_forty(store: Store) -> shared.Maker:
    """Thirteen sentences with an agreement, a claim and a person each, and a state."""
    parts = [
        f"Norland and Sudland signed the {tree} Pact on {day} March 2025. "
        f"The {tree.lower()} pact will hold for decades, {name} said."
        for day, (tree, name) in enumerate(zip(_TREES, _NAMES, strict=False), 1)
    ]
    made = _make("forty", "\n\n".join(parts), "The Forty")
    people = [name for _, name in zip(_TREES, _NAMES, strict=False)]
    made.save(
        store,
        agreements=tuple(
            made.agreement(f"{tree} Pact", kind=AgreementKind.TREATY, status=Status.SIGNED, confidence=0.6 + at / 40)
            for at, tree in enumerate(_TREES)
        ),
        claims=tuple(
            made.claim(f"The {tree.lower()} pact will hold for decades", name, ClaimType.PREDICTION).model_copy(
                update={"cue": None}
            )
            for tree, name in zip(_TREES, people, strict=True)
        ),
        entities=(
            made.entity("Norland", EntityType.STATE),
            *(made.entity(name, EntityType.PERSON) for name in people),
        ),
    )
    return made


def _save_listed(store: Store) -> shared.Maker:
    """Claims that fill more than a page of a queue."""
    said = [f"Harbour {at} will be dredged before winter" for at in range(LISTED)]
    made = _make("listed", ". ".join(said) + ".", "Harbour Gazette")
    made.save(store, claims=tuple(made.claim(each, "AUTHOR", ClaimType.PREDICTION) for each in said))
    return made


def _save_hostile(store: Store) -> shared.Maker:
    text = HOSTILE + "<b>x</b> " * (_LINE // 9)
    made = _make("hostile", text, "<i onmouseover=window.broken=6>", title="</title><script>window.broken=7</script>")
    made.article = made.article.model_copy(update={"url": "javascript:window.broken=8"})
    pact = made.agreement(
        "<img src=x onerror=window.broken=2> Pact",
        kind=AgreementKind.TREATY,
        status=Status.SIGNED,
        parties=(made.party("<script>window.broken = 1</script>"),),
    )
    made.save(
        store,
        agreements=(pact,),
        entities=(made.entity("<script>window.broken = 1</script>", EntityType.STATE),),
        claims=(made.claim("javascript:window.broken=4", "AUTHOR", ClaimType.PREDICTION),),
    )
    return made


def _save_coast(store: Store, name: str) -> shared.Maker:
    """One of several alike: each test changes one of its own."""
    title = name.capitalize()
    text = (
        f"Westland and Eastmark signed the {title} Accord on 4 April 2025 in Port {title}. "
        f"Ships of the {title} fleet lay off the coast for weeks.\n\n"
        f"The {name} accord will bring calm to every port, Vera {title} said. "
        f"Nobody will ever leave the table, Olaf {title} said."
    )
    made = _make(name, text, f"{title} Daily")
    made.save(
        store,
        agreements=(made.agreement(f"{title} Accord", kind=AgreementKind.TREATY, status=Status.SIGNED),),
        claims=(
            made.claim(f"The {name} accord will bring calm to every port", f"Vera {title}", ClaimType.PREDICTION),
            made.claim("Nobody will ever leave the table", f"Olaf {title}", ClaimType.PREDICTION),
        ),
        entities=(made.entity("Westland", EntityType.STATE), made.entity(f"Port {title}", EntityType.ORG)),
    )
    return made


def _save_same(store: Store, at: int) -> shared.Maker:
    made = _make(f"same-{at}", f"Edition {at}: delegates met at Copper Bay again.", "Bay News")
    made.save(store, entities=(made.entity("Copper Bay", EntityType.ORG),))
    return made


def _save_fair(store: Store, name: str, at: int) -> shared.Maker:
    title = name.capitalize()
    made = _make(
        f"{name}-{at}", f"Day {at}: Norland and Sudland signed the {title} Pact.", "Fair Weekly", f"2025-05-1{at}"
    )
    made.save(
        store,
        agreements=(
            made.agreement(
                f"{title} Pact",
                kind=AgreementKind.TREATY,
                status=Status.SIGNED,
                parties=(made.party("Norland"), made.party("Sudland")),
            ),
        ),
        entities=(made.entity("Sudland", EntityType.STATE),),
    )
    return made
