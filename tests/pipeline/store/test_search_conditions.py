import pytest

from pipeline.store.search_conditions import Bounds, find_kinds, limit_articles, limit_claims, limit_rows
from pipeline.store.search_rows import SearchKind, SearchQuery

ARTICLE, AGREEMENT, CLAIM = SearchKind


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, [ARTICLE, AGREEMENT, CLAIM]),
        ({"publisher": "The Example", "published_from": "2025"}, [ARTICLE, AGREEMENT, CLAIM]),
        ({"party": "Norland"}, [AGREEMENT]),
        ({"speaker": "Mara Lind"}, [CLAIM]),
        ({"review": "accept"}, [AGREEMENT, CLAIM]),
        ({"type": "prediction", "status": "signed"}, []),
        ({"kinds": ("claim",), "review": "accept"}, [CLAIM]),
    ],
)
def test_a_condition_leaves_out_what_it_says_nothing_of(given, kinds):
    assert find_kinds(SearchQuery(**given)) == kinds


@pytest.mark.parametrize(
    ("since", "until", "facets"),
    [
        ("2025-11-30", "2026-01-02", "'=m:2025-11' | '=m:2025-12' | '=m:2026-01' | '=m:2025' | '=m:2026'"),
        ("2020", "2023", "'=y:2020' | '=y:2021' | '=y:2022' | '=y:2023'"),
        ("2098-05", None, "'=m:2098-05'"),
        ("2025-02", "2025-01", "'=m:2025'"),
        ("2025", "2024", "'=y:none'"),
        (None, None, ""),
    ],
)
def test_a_time_is_asked_for_by_its_months_or_years(since, until, facets):
    asked = limit_articles(SearchQuery(published_from=since, published_to=until)).facets
    assert asked.strip("()").startswith(facets) if facets else asked == ""


def test_only_years_that_have_articles_are_asked_for():
    asked = SearchQuery(published_from="2024-03"), SearchQuery(published_from="1990", published_to="2030")
    facets = [limit_articles(each, Bounds(0, 2016, 2025)).facets for each in asked]
    assert [facet.count("=m:") for facet in facets] == [24, 0]
    assert facets[1].count("=y:") == 10


def test_names_are_compared_as_they_were_kept():
    claims = limit_claims(SearchQuery(speaker="The Élysée's", publisher="Le  Monde"))
    assert claims.facets == "(('=p:le monde')) & ('=s:elysee')"
    assert limit_claims(SearchQuery(speaker="O\\'")).facets == "('=s:o')"


def test_of_a_theme_only_articles_can_say():
    assert limit_rows(SearchQuery(theme="th-1")) is None
    rows = limit_rows(SearchQuery(party="Norland", authority="official", published_to="2025"), Bounds(after=7))
    assert (rows.kind, rows.after, len(rows.others)) == ("row", 7, 2)  # its days, and that nobody rejected it
    assert rows.facets == "(('=w:norland')) & ('=a:official')"
