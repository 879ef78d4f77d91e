from sqlalchemy import select

from pipeline.jobs.actors import link_entities
from pipeline.store import schema
from tests.pipeline.naming import NORLAND, save_named

LIND = ("Mara Lind", "PERSON", {"aliases": ("Lind",)})
TEXT = "Norland signed the Arden Treaty. It holds, Lind said."


def load(store):
    party, claim = schema.actor_party, schema.actor_claim
    with store.begin() as connection:
        parties = connection.execute(select(party.c.entity_id, party.c.role)).tuples().all()
        claims = connection.execute(select(claim.c.entity_id, claim.c.side).order_by(claim.c.side)).tuples().all()
    return parties, claims


def test_names_in_agreements_and_claims_lead_to_the_articles_own_entities(store):
    said = [("Mara Lind", "It holds", ["Norland", "Arden Treaty"])]
    pacts = {"Arden Treaty": ["Norland", "Atlantis"]}
    norland, lind = save_named(store, "/1", TEXT.replace("Lind", "Mara Lind"), NORLAND, LIND, pacts=pacts, says=said)
    link_entities(store)
    assert load(store) == ([(norland, "party")], [(norland, "about"), (lind, "by")])


def test_a_revision_has_its_own(store):
    save_named(store, "/1", TEXT, NORLAND, pacts={"Arden Treaty": ["Norland"]})
    link_entities(store)
    save_named(store, "/1", TEXT + " Or not.", NORLAND)
    link_entities(store)
    assert load(store) == ([], [])
