"""Scores of agreements."""

import pytest

from pipeline.enumerations import PartyRole, Status
from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.row_scores import count_rows, judge_row, pair_rows


@pytest.fixture
def pair(arden):
    """The marked headquarters, which have no name, and a perfect finding of them."""
    return arden.agreements[1], to_extraction(arden).agreements[1]


def test_a_perfect_row(pair):
    assert all(judge_row(*pair))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"status": Status.PROPOSED}, set()),
        ({"status": Status.SIGNED}, {"status"}),
        ({"kind": "operation_mission"}, set()),
        ({"kind": "treaty"}, {"kind"}),
        ({"name": "Somebody Else's Headquarters"}, set()),
        ({"parties": ()}, {"actors", "roles"}),
    ],
)
def test_a_wrong_field(pair, fields, wrong):
    verdict = judge_row(pair[0], pair[1].model_copy(update=fields))
    assert {field for field, is_right in verdict._asdict().items() if not is_right} == wrong


def test_member_and_party_are_one_role(arden):
    marked, found = arden.agreements[0], to_extraction(arden).agreements[0]
    members = tuple(party.model_copy(update={"role": PartyRole.MEMBER}) for party in found.parties)
    assert judge_row(marked, found.model_copy(update={"parties": members})).is_strictly_right
    leads = tuple(party.model_copy(update={"role": PartyRole.LEAD}) for party in found.parties)
    verdict = judge_row(marked, found.model_copy(update={"parties": leads}))
    assert verdict.is_right
    assert not verdict.is_strictly_right


def test_a_mention_thrown_over_the_article_is_no_pair(pair, arden):
    marked, found = pair
    net = found.mentions[0].model_copy(update={"start": 0, "end": len(arden.text), "text": arden.text})
    assert pair_rows([marked], [found.model_copy(update={"mentions": (net,)})]).pairs == ()


def test_acts_figures_and_due_dates_are_counted(arden):
    counts = count_rows(arden.agreements, to_extraction(arden).agreements)
    assert (counts["act.gold"], counts["act_dated.right"]) == (4, 4)
    assert (counts["figure.right"], counts["figure_named.right"], counts["due.right"]) == (1, 1, 1)
    assert (counts["row.right"], counts["row.strict"], counts["date.exact"]) == (2, 2, 1)


def test_a_date_nobody_marked_is_found_and_not_right(pair):
    counts = count_rows([pair[0]], [pair[1].model_copy(update={"date": "2025"})])
    assert (counts["date.gold"], counts["date.found"], counts["date.exact"]) == (0, 1, 0)
