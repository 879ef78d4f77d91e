import pytest

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.jobs.decide import merge_records, split_records
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.judgements import NewJudgement
from pipeline.store.preview import load_members, preview_merge, preview_split
from pipeline.store.register import load_register

TEXTS = (
    "Norland and Sudland signed the Kestrel Treaty on 17 July 2025.",
    "Norland and Sudland ratified the Kestrel Treaty on 3 August 2025.",
    "Westia and Norland announced the Linden Pact in Arden.",
)


@pytest.fixture
def rows(store, save, link_anew):
    """The ids of two rows: one of two articles, one of one."""
    save("https://a.example/1", text=TEXTS[0], published="2025-07-18", date="2025-07-17")
    save("https://a.example/2", text=TEXTS[1], published="2025-08-04", act="ratified", date="2025-08-03")
    save("https://a.example/3", text=TEXTS[2], name="Linden Pact", act="announced", parties=("Westia", "Norland"))
    link_anew()
    return {each.label: each.id for each in load_register(store)}


def plain(rows):
    """What a row says; what was linked when, and how, is not known beforehand."""
    left_out = {"first_seen", "observations", "id"}
    return {each.label: each.model_dump(mode="json", exclude=left_out) for each in rows}


@pytest.mark.parametrize("is_decided", [False, True])
def test_a_merge_comes_to_what_its_preview_shows(store, rows, is_decided):
    if is_decided:  # on the row that goes: it goes along
        decide(
            store,
            NewDecision(who="ana", record_id=rows["Linden Pact"], action="correct", field="subject", value="trade"),
        )
    preview = preview_merge(store, list(rows.values()))
    before = load_decisions(store)
    assert plain(preview.before) == plain(load_register(store))
    assert preview.moved == 1
    merge_records(store, NewJudgement(who="ana", record_ids=tuple(rows.values())))
    assert plain(preview.after) == plain(load_register(store))
    assert len(load_decisions(store)) == len(before) + 1
    with pytest.raises(InputError, match=r"one row already|at least two"):
        preview_merge(store, list(rows.values()))


def test_a_split_comes_to_what_its_preview_shows(store, rows):
    leaving = load_members(store, rows["Kestrel Treaty"])[0]
    assert leaving.published == "2025-08-04"
    preview = preview_split(store, [leaving.agreement_id], row_id=rows["Kestrel Treaty"])
    assert [each.observed for each in preview.after] == [1, 1]
    split_records(store, NewJudgement(who="ana", record_ids=(leaving.agreement_id,)))
    there = sorted(
        (each.status.value, each.observed) for each in load_register(store) if each.label == "Kestrel Treaty"
    )
    assert sorted((each.status.value, each.observed) for each in preview.after) == there


def test_nothing_is_saved_by_looking(store, rows):
    preview_merge(store, list(rows.values()))
    assert load_decisions(store) == []
    assert {each.label: each.id for each in load_register(store)} == rows


def test_what_cannot_be_is_said(store, rows, monkeypatch):
    (one,) = load_members(store, rows["Linden Pact"])
    with pytest.raises(InputError, match="nothing to split"):
        preview_split(store, [one.agreement_id], row_id=rows["Linden Pact"])
    with pytest.raises(InputError, match="at least two"):
        preview_merge(store, [rows["Linden Pact"]])
    monkeypatch.setattr("pipeline.store.preview.MOST", 1)
    with pytest.raises(InputError, match="more than 1 are not put together"):
        preview_merge(store, list(rows.values()))
    assert len(load_members(store, rows["Kestrel Treaty"])) == 2
