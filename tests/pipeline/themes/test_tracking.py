"""Newcomers join, wait or found a theme; nothing that is there moves."""

import random
from dataclasses import replace

import numpy as np
import pytest

from pipeline.themes.find import ThemeMember
from pipeline.themes.tracking import VOTERS, Progress, found_all, rename, track
from tests.pipeline.themed import make_members


def some(subject, start, end):
    return [(subject, number) for number in range(start, end)]


@pytest.fixture
def tracks():
    """Two subjects that are themes already."""
    members, vectors = make_members([*some(0, 0, 10), *some(1, 0, 8)])
    return [each.track for each in found_all(members, vectors)]


def test_without_themes_all_is_clustered():
    members, vectors = make_members([*some(0, 0, 10), *some(1, 0, 8)])
    progress = track([], members, vectors)
    assert [each.theme.size for each in progress.founded] == [10, 8]
    assert (progress.joined, progress.waiting) == ((), ())
    assert [each.theme for each in progress.founded] == [each.theme for each in found_all(members, vectors)]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_too_few_to_be_a_theme_wait(number):
    members, vectors = make_members(some(0, 0, number))
    assert track([], members, vectors) == Progress(waiting=tuple(each.id for each in members))


def test_newcomers_join_their_theme(tracks):
    members, vectors = make_members([*some(0, 20, 40), *some(1, 20, 40)])
    progress = track(tracks, members, vectors)
    homes = {each.member_id: each.theme_id for each in progress.joined}
    assert len(homes) >= 30  # one of twenty founders is as far out as the floor, and so are some of those who come
    assert {member[:5]: theme_id for member, theme_id in homes.items()} == {
        "pa-0-": tracks[0].id,
        "pa-1-": tracks[1].id,
    }
    assert all(each.is_voter and each.similarity >= tracks[0].floor for each in progress.joined)
    assert progress.founded == ()


def test_what_is_far_from_all_waits_until_there_is_enough_of_it(tracks):
    few, vectors = make_members(some(2, 0, 4))
    assert track(tracks, few, vectors).waiting == tuple(sorted(each.id for each in few))  # the smallest theme has 8
    many, vectors = make_members(some(2, 0, 9))
    (founded,) = track(tracks, many, vectors, taken=[each.id for each in tracks]).founded
    assert founded.theme.size == 9
    assert founded.theme.id not in {each.id for each in tracks}
    assert "9 texts that waited" in founded.reason


def test_noise_founds_nothing(tracks):
    vectors = np.random.default_rng(3).normal(size=(40, 64)).astype(np.float32)
    members = [ThemeMember(f"pa-n-{row}", f"noise {row}", f"ar-n-{row}") for row in range(40)]
    assert track(tracks, members, vectors).founded == ()


def test_order_changes_nothing(tracks):
    members, vectors = make_members([*some(0, 20, 24), *some(2, 0, 9), *some(3, 0, 3)])
    expected = track(tracks, members, vectors)
    for seed in range(4):
        order = random.Random(seed).sample(range(len(members)), len(members))
        again = track(tracks[::-1], [members[row] for row in order], vectors[order])
        assert (again.joined, again.waiting) == (expected.joined, expected.waiting)
        assert [each.theme for each in again.founded] == [each.theme for each in expected.founded]


def test_an_id_that_was_given_is_not_given_again():
    members, vectors = make_members([*some(0, 0, 10), *some(1, 0, 8)])
    first = found_all(members, vectors)
    second = found_all(members, vectors, taken={each.theme.id for each in first})
    assert not {each.theme.id for each in first} & {each.theme.id for each in second}
    assert [each.theme.members for each in first] == [each.theme.members for each in second]


def test_voters_are_few_and_of_the_middle_and_the_rim():
    members, vectors = make_members([member for subject in range(5) for member in some(subject, 0, 80)])
    founded = next(each for each in found_all(members, vectors) if "pa-0-0" in each.theme.members)
    assert len(founded.voter_ids) == len(founded.track.voters) == VOTERS
    assert {founded.theme.members[0], founded.theme.members[-1]} <= set(founded.voter_ids)
    more, vectors = make_members(some(0, 80, 90))
    assert not any(each.is_voter for each in track([founded.track], more, vectors).joined)


def test_a_copy_joins_but_does_not_vote(tracks):
    members, vectors = make_members(some(0, 20, 21))
    copies = [replace(members[0], id=f"pa-c-{number}", article_id=f"ar-c-{number}") for number in range(3)]
    joined = track(tracks, copies, np.repeat(vectors, 3, axis=0)).joined
    assert [each.is_voter for each in joined] == [True, False, False]


def test_themes_get_the_ids_they_had():
    members, vectors = make_members([*some(0, 0, 10), *some(1, 0, 8)])
    founded = found_all(members, vectors)
    renamed = rename(founded, ["th-old", None])
    assert [each.theme.id for each in renamed] == ["th-old", founded[1].theme.id] == [each.track.id for each in renamed]
    assert renamed[0].broad_id == "th-old"
