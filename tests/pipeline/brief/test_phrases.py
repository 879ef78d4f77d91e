from datetime import UTC, date, datetime

import pytest

from pipeline.brief.phrases import say_day, say_number, say_parties, say_speaker, say_value, say_weekday
from pipeline.enumerations import PartyRole
from pipeline.records import Span
from pipeline.store.rows import PartyRow

MONDAY = datetime(2025, 7, 21, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2025", "2025"),
        ("2025-07", "July 2025"),
        ("2025-07-01", "1 July 2025"),
        (date(2024, 12, 31), "31 December 2024"),
        (MONDAY, "21 July 2025"),
    ],
)
def test_days_are_written_out(value, said):
    assert say_day(value) == said


def test_weekday():
    assert say_weekday(MONDAY) == "Monday"


@pytest.mark.parametrize(("value", "said"), [("in_force", "in force"), ("treaty", "treaty"), (None, "")])
def test_values(value, said):
    assert say_value(value) == said


@pytest.mark.parametrize(("value", "said"), [(26.0, "26"), (3.5, "3.5"), (1_500_000.0, "1,500,000"), (0.0, "0")])
def test_numbers(value, said):
    assert say_number(value) == said


@pytest.mark.parametrize(("speaker", "said"), [("AUTHOR", "the author"), (None, "unnamed"), ("Mara Lind", "Mara Lind")])
def test_speakers(speaker, said):
    assert say_speaker(speaker) == said


@pytest.mark.parametrize(
    ("parties", "said"),
    [
        ("", ""),
        ("Norland:party Sudland:party", "Norland, Sudland"),
        ("Ukraine:beneficiary France:lead Norland:lead", "France, Norland (lead); Ukraine (beneficiary)"),
        ("France:party France:party", "France"),
        ("Norland:withdrawn Sudland:party", "Sudland; Norland (withdrawn)"),
    ],
)
def test_parties_stand_by_role(parties, said):
    rows = [
        PartyRow(
            entity=name,
            role=PartyRole(role),
            quote=Span(start=0, end=1, text="x"),
            article_id="ar-1",
            agreement_ids=("ag-1",),
            first_seen=MONDAY,
        )
        for name, role in (party.split(":") for party in parties.split())
    ]
    assert say_parties(rows) == said
