import json

import pytest

from pipeline.cli.actor_pages import show_actor
from pipeline.jobs.link import link_register
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import find_entities
from tests.pipeline.naming import NORLAND, SUDLAND, save_named

TEXT = "Norland and Sudland signed the Arden Treaty {}. Mara Lind said Norland must stay."


@pytest.fixture
def norland(store):
    claim = ("Mara Lind", "Norland must stay", ["Norland"])
    for number in range(3):
        pacts = {"Arden Treaty": ["Norland", "Sudland"]}
        save_named(store, f"/{number}", TEXT.format(number), NORLAND, SUDLAND, "Mara Lind", pacts=pacts, says=[claim])
    link_register(store)
    return find_entities(store, "Norland")[0].id


def read(store, actor_id, **place):
    return "\n".join(part.text.plain for part in show_actor(load_actor(store, actor_id, **place)))


def test_a_page_reads_from_who_it_is_to_where_it_is_named(store, norland):
    said = read(store, norland)
    for words in (
        f"Norland  {norland}",
        "iso         XN",
        "Party to 1 agreement (party 1)",
        "Arden Treaty · party · signed",
        "Sudland, 1 agreement",
        "Said of it: 3 claims (evaluation 3)",
        "Named in 3 articles",
        "linked by iso, 1.00",
    ):
        assert words in said


def test_a_page_says_how_much_more_there_is(store, norland):
    assert f"and 2 more: entente entities {norland} --page 2" in read(store, norland, size=1)
    assert "more: entente" not in read(store, norland, size=1, page=3)


def test_what_somebody_says_stands_on_its_page(store, norland):
    (lind,) = find_entities(store, "Mara Lind")
    assert "Says: 3 claims" in read(store, lind.id)


def test_show_and_entities_give_the_same_page(reader):
    (row,) = json.loads(reader("entities", "--search", "norland", "--json").out)
    pages = [reader(*asked, "--json").out for asked in (("show", row["id"]), ("entities", "NORLAND"))]
    assert pages[0] == pages[1]
    found = json.loads(pages[0])
    assert (found["id"], found["kind"], found["record"]["actor"]["canonical"]) == (row["id"], "actor", "Norland")
    assert "Party to 1 agreement" in reader("show", row["id"][:11]).out
