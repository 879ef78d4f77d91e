"""Themes: members in, themes out, in any order."""

import random

import numpy as np
import pytest

from pipeline.themes.find import ThemeMember, find_themes

SUBJECTS = ["Black Sea", "shadow fleet", "nuclear deterrence"]


def make_members(per_subject=8, *, dimensions=64, seed=0):
    generator = np.random.default_rng(seed)
    centers = np.linalg.qr(generator.normal(size=(dimensions, dimensions)))[0]
    members, vectors = [], []
    for number, subject in enumerate(SUBJECTS):
        for row in range(per_subject - number):
            text = f"{subject}, as in {chr(65 + number)}{row}"
            members.append(ThemeMember(f"pa-{number}-{row}", text, f"ar-{row % 4}"))
            vectors.append(centers[number] + generator.normal(scale=0.06, size=dimensions))
    return members, np.array(vectors, dtype=np.float32)


def test_each_subject_is_a_theme_with_label_members_and_exemplars():
    members, vectors = make_members()
    themes = find_themes(members, vectors)
    assert [theme.size for theme in themes] == [8, 7, 6]
    assert [theme.terms[0] for theme in themes] == SUBJECTS
    for number, theme in enumerate(themes):
        assert {member.split("-")[1] for member in theme.members} == {str(number)}
        assert len({exemplar[-1] for exemplar in theme.exemplars[:4]}) == 4
        assert {int(exemplar[-1]) % 4 for exemplar in theme.exemplars[:4]} == {0, 1, 2, 3}  # one of each article
        assert set(theme.exemplars) <= set(theme.members)
    assert len({theme.id for theme in themes}) == 3


def test_order_changes_nothing():
    members, vectors = make_members()
    expected = find_themes(members, vectors)
    for seed in range(5):
        order = random.Random(seed).sample(range(len(members)), len(members))
        assert find_themes([members[row] for row in order], vectors[order]) == expected


def test_copies_count_once_but_are_members():
    members, vectors = make_members()
    copies = [ThemeMember(f"pa-x-{row}", members[0].text.upper(), f"ar-{row + 10}") for row in range(20)]
    themes = find_themes([*members, *copies], np.vstack([vectors, np.tile(vectors[0], (20, 1))]))
    assert [theme.size for theme in themes] == [8, 7, 6]
    assert len(themes[0].members) == 28
    assert sum(exemplar.startswith("pa-x") for exemplar in themes[0].exemplars) == 0


def test_copies_alone_are_no_theme():
    copies = [ThemeMember(f"pa-{row}", "The same statement.", f"ar-{row}") for row in range(20)]
    assert find_themes(copies, np.tile(np.float32([1, 0, 0]), (20, 1))) == ()


def test_what_fits_nowhere_is_in_no_theme():
    members, vectors = make_members()
    stray = ThemeMember("pa-stray", "Something else altogether", "ar-1")
    vector = np.linalg.svd(vectors)[2][-1].astype(np.float32)  # at right angles to nearly all of them
    themes = find_themes([*members, stray], np.vstack([vectors, vector]))
    assert all("pa-stray" not in theme.members for theme in themes)


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_few_unlike_members_make_no_theme(number):
    members = [ThemeMember(f"pa-{row}", f"Text {row}", f"ar-{row}") for row in range(number)]
    assert find_themes(members, np.eye(number, 8, dtype=np.float32)) == ()


def test_a_vector_for_each_member():
    with pytest.raises(ValueError, match="1 members, but 2 vectors"):
        find_themes([ThemeMember("pa-0", "Text", "ar-0")], np.eye(2, dtype=np.float32))
