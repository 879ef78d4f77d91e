import pytest
from starlette.datastructures import QueryParams

from pipeline.errors import NotFoundError
from pipeline.review.asked import check_id, make_query, read_filter
from pipeline.store.filters import ClaimFilter, EntityFilter, RegisterFilter
from pipeline.store.search_rows import SearchKind, SearchQuery


def ask(query, kind=RegisterFilter, **more):
    return read_filter(kind, QueryParams(query), **more)


@pytest.mark.parametrize(
    ("kind", "query", "wanted"),
    [
        (RegisterFilter, "", RegisterFilter()),
        (RegisterFilter, "status=&kind=+&text=", RegisterFilter()),
        (RegisterFilter, "party=Norland&party=Sudland&utm=x", RegisterFilter(party=("Norland", "Sudland"))),
        (
            RegisterFilter,
            "named=true&min_confidence=0.5&after=rw-1",
            {"named": True, "min_confidence": 0.5, "after": "rw-1"},
        ),
        (RegisterFilter, "text=a%00b%0Ac", RegisterFilter(text="a b c")),
        (EntityFilter, "offset=99999999999999999999", EntityFilter()),
        (ClaimFilter, "type=prediction&type=evaluation", {"type": "evaluation"}),
        (
            SearchQuery,
            "kinds=claim&kinds=article&offset=20",
            {"kinds": [SearchKind.CLAIM, SearchKind.ARTICLE], "offset": 20},
        ),
    ],
)
def test_a_filter_is_read_from_an_address(kind, query, wanted):
    expected = wanted if isinstance(wanted, kind) else kind.model_validate(wanted)
    assert ask(query, kind).wanted == expected


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("as_of=July", "as_of", "write a day like 2025-09-12"),
        ("published_to=2025-13", "published_to", "write a day"),
        ("status=sined", "status", "no such value"),
        ("min_confidence=2", "min_confidence", "no such value"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_asked(query, name, said):
    asked = ask(query + "&party=Norland")
    assert asked.wanted is None
    assert said in asked.problems[name]
    assert asked.get("party") == "Norland"


def test_the_limit_belongs_to_the_page():
    assert ask("limit=100000", limit=51).wanted.limit == 51
    assert ask("limit=100000").wanted.limit is None
    assert ask("limit=7", SearchQuery).wanted == SearchQuery()


def test_each_condition_can_be_taken_back_and_the_page_is_none():
    asked = ask("party=A&party=B%26C&status=signed&after=rw-1&view=time", also=("view",))
    assert [(each.name, each.value) for each in asked.conditions] == [
        ("party", "A"),
        ("party", "B&C"),
        ("status", "signed"),
        ("view", "time"),
    ]
    assert asked.conditions[0].without == "?party=B%26C&status=signed&view=time"
    assert asked.query == "?party=A&party=B%26C&status=signed&view=time"


def test_the_next_page_and_another_view_are_addresses_too():
    asked = ask("status=signed&after=rw-1&view=time", also=("view",))
    assert asked.with_pair("after", "rw-2") == "?status=signed&view=time&after=rw-2"
    assert asked.with_pair("view", "") == "?status=signed"
    assert make_query([]) == ""


@pytest.mark.parametrize("wrong", ["", "rw-1\0", "rw_1", "rw-" + "1" * 61, "rw-%", "../x"])
def test_what_cannot_be_an_id_is_not_looked_for(wrong):
    with pytest.raises(NotFoundError):
        check_id(wrong)
    assert check_id("rw-0123456789abcdef") == "rw-0123456789abcdef"
