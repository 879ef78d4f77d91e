from pipeline.linking.rows import Candidate, Now, Said, link_article, list_row_ids
from tests.pipeline.linking.sightings import feature

ONE = feature("b/1", "Arden Treaty", "France")
KNOWN = {"b/1": [Candidate("rw-1", feature("a/1", "Arden Treaty", "France"))]}


def test_the_first_of_a_row_founds_it_and_gives_it_its_id():
    (link,) = link_article([ONE], {}).links
    assert (link.row_id, link.reason, link.score) == (list_row_ids("b/1")[0], "first", 1.0)


def test_a_link_says_what_it_stands_on():
    (link,) = link_article([ONE], KNOWN).links
    assert (link.row_id, link.reason) == ("rw-1", "name")
    assert 0.9 < link.score < 1
    assert (link.reasons[0].sort, link.reasons[0].words) == ("name", "Arden Treaty")


def test_of_an_article_one_observation_joins_a_row_the_surest():
    other = feature("b/2", "arden treaty", "Norway")
    links = link_article([other, ONE], {**KNOWN, "b/2": KNOWN["b/1"]}).links
    assert [link.row_id == "rw-1" for link in links] == [True, False]
    (link,) = link_article([ONE], KNOWN, now=Now(taken={"rw-1"})).links
    assert link.row_id != "rw-1"


def test_what_a_person_says_stands_above_all_likeness():
    (link,) = link_article([ONE], KNOWN, said={"b/1": Said(barred=frozenset({"rw-1"}))}).links
    assert (link.row_id, link.reason) == (list_row_ids("b/1")[0], "first")
    (link,) = link_article([ONE], KNOWN, said={"b/1": Said(wanted=("rw-9",))}).links
    assert (link.row_id, link.reason, link.score) == ("rw-9", "person", 1.0)
    (link,) = link_article([ONE], KNOWN, said={"b/1": Said(wanted=("rw-9",), barred=frozenset({"rw-9"}))}).links
    assert link.row_id == "rw-1"


def test_who_stands_alone_in_a_row_keeps_its_id_and_who_leaves_others_does_not():
    (link,) = link_article([ONE], {}, now=Now(standing={"b/1": "rw-old"})).links
    assert link.row_id == "rw-old"
    first = list_row_ids("b/1")[0]
    (link,) = link_article([ONE], {}, now=Now(standing={"b/1": first}, unfree={first})).links
    assert link.row_id == list_row_ids("b/1")[1]
