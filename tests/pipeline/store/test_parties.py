from datetime import UTC, datetime

import pytest

from pipeline.enumerations import AgreementKind, PartyRole
from pipeline.store.observations import Actor, Seen
from pipeline.store.originals import Originals, find_originals
from pipeline.store.parties import join_parties

AT = datetime(2025, 8, 1, tzinfo=UTC)


def see(number, *named, published="2025-07-01", authority=None):
    parties = [Actor(name.casefold(), PartyRole(role), name, AT) for name, role in named]
    return Seen(
        f"ag-{number}",
        f"ar-{number}",
        AT,
        "a pact",
        AgreementKind.TREATY,
        published=published,
        authority=authority,
        parties=parties,
    )


@pytest.mark.parametrize(
    ("articles", "naming", "authority", "is_minor"),
    [
        (40, 1, None, True),  # named beside a famous treaty, once
        (40, 4, None, False),
        (40, 1, "official", False),
        (9, 1, None, False),  # too few articles to tell
    ],
)
def test_an_actor_that_few_of_many_articles_name_stands_apart(articles, naming, authority, is_minor):
    seen = [see(number, ("Norland", "party")) for number in range(articles - naming)]
    seen += [
        see(number, ("Norland", "party"), ("Westia", "party"), authority=authority)
        for number in range(articles - naming, articles)
    ]
    norland, westia = join_parties(seen, Originals())
    assert (norland.articles, norland.is_minor) == (articles, False)
    assert (westia.articles, westia.is_minor) == (naming, is_minor)
    assert len(norland.agreement_ids) == 5


def test_a_party_is_weighed_by_independent_articles():
    originals = find_originals([("ar-1", "ar-0", "copy"), ("ar-2", "ar-0", "copy")])
    (party,) = join_parties([see(number, ("Norland", "party")) for number in range(3)], originals)
    assert (party.articles, party.first.agreement_id) == (1, "ag-0")


@pytest.mark.parametrize(
    ("roles", "past"),
    [
        ([("party", "2025-07-01"), ("withdrawn", "2025-08-01")], {"party"}),
        ([("withdrawn", "2025-07-01"), ("member", "2025-08-01")], {"withdrawn"}),
        ([("candidate", "2025-07-01"), ("member", "2025-08-01")], {"candidate"}),
        ([("member", "2025-07-01"), ("lead", "2025-08-01")], set()),
        ([("member", "2025-07-01"), ("host", "2025-08-01")], set()),
        ([("withdrawn", None), ("member", "2025-08-01")], {"withdrawn"}),
    ],
)
def test_roles_that_exclude_each_other_are_settled_by_time_and_both_are_kept(roles, past):
    seen = [see(number, ("Norland", role), published=day) for number, (role, day) in enumerate(roles)]
    joined = join_parties(seen, Originals())
    assert {each.role.value for each in joined} == {role for role, _ in roles}
    assert {each.role.value for each in joined if each.is_past} == past
