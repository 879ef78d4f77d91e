from datetime import UTC, datetime

import pytest

from pipeline.brief.candidates import find_candidates
from pipeline.brief.page import SectionKey
from pipeline.enumerations import AgreementKind, ClaimType, PartyRole, Status
from pipeline.records import Figure, Span
from pipeline.store.rows import (
    Changes,
    ClaimRow,
    DifferingFigure,
    FigureValue,
    NewParty,
    ObservationRow,
    PartyRow,
    RegisterRow,
    StatusChange,
    ThemeCount,
    ThemeRow,
)

NOW = datetime(2025, 7, 21, tzinfo=UTC)
ARTICLE = {"article_id": "ar-1", "address": "/in/a.txt", "url": None, "title": "A", "publisher": "Post"}
READABLE = "we will never give up the coast again"


def make_seen(quote="Norland and Sudland have signed the Arden Treaty.", **fields):
    given = {
        "agreement_id": "ag-1",
        "published": "2025-07-18",
        "name": "Arden Treaty",
        "label": "Arden Treaty",
        "kind": AgreementKind.TREATY,
        "status": Status.SIGNED,
        "date": None,
        "subject": None,
        "figures": (),
        "quote": Span(start=100, end=100 + len(quote), text=quote) if quote else None,
        "confidence": 0.9,
        "reason": "name",
        "score": 1.0,
        "first_seen": NOW,
    }
    return ObservationRow(**ARTICLE, **(given | fields))


def make_row(row_id="rw-1", **fields):
    given = {
        "label": "Arden Treaty",
        "name": "Arden Treaty",
        "aliases": (),
        "kind": AgreementKind.TREATY,
        "status": Status.SIGNED,
        "status_date": None,
        "date": None,
        "subject": None,
        "parties": (),
        "observations": (make_seen(),),
        "confidence": 0.9,
        "first_seen": NOW,
        "last_seen": NOW,
    }
    given |= fields
    return RegisterRow(id=row_id, **({"independent": len(given["observations"])} | given))


def make_party(entity, role=PartyRole.PARTY):
    quote = Span(start=0, end=len(entity), text=entity)
    return PartyRow(entity=entity, role=role, quote=quote, article_id="ar-1", agreement_ids=("ag-1",), first_seen=NOW)


def make_claim(claim_id="cl-1", content=READABLE, **fields):
    given = {
        "type": ClaimType.COMMITMENT_PLEDGE,
        "speaker": "Mara Lind",
        "cue": "said",
        "hedged": False,
        "negated": False,
        "direct": False,
        "about": (),
        "spans": (Span(start=0, end=len(content), text=content),),
        "figures": (),
        "confidence": 0.5,
        "rule": "x",
        "published": None,
        "first_seen": NOW,
    }
    return ClaimRow(id=claim_id, content=content, **ARTICLE, **(given | fields))


def make_theme(recent, before, recent_articles=2, theme_id="th-1"):
    theme = ThemeRow(
        id=theme_id,
        label="ships",
        terms=("ships",),
        size=recent + before,
        articles=3,
        exemplars=(),
        first_seen=NOW,
        last_seen=NOW,
    )
    return ThemeCount(theme=theme, recent=recent, recent_articles=recent_articles, before=before)


def find(**changed):
    given = dict.fromkeys(
        ("new_rows", "status_changes", "new_parties", "differing_figures", "new_claims", "themes"), ()
    )
    return list(find_candidates(Changes(since=NOW, new_articles=1, **(given | changed))))


def best(candidates):
    return max(candidates, key=lambda candidate: candidate.weight).record_id


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"observations": (make_seen(), make_seen())}, {}),
        ({}, {"name": None}),
        ({"parties": (make_party("Norland"),)}, {}),
        ({}, {"status": None}),
        ({}, {"kind": AgreementKind.STRATEGY_DOCUMENT}),
        ({"kind": AgreementKind.COALITION}, {"kind": AgreementKind.OTHER_COMMITMENT}),
        ({}, {"confidence": 0.5}),
    ],
    ids=["more articles", "a name", "parties", "a status", "a treaty", "a coalition", "confidence"],
)
def test_of_two_new_agreements_the_weightier_comes_first(better, worse):
    assert best(find(new_rows=(make_row("rw-worse", **worse), make_row("rw-better", **better)))) == "rw-better"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"hedged": True}, {"content": "it will"}),
        ({}, {"speaker": "AUTHOR"}),
        ({}, {"speaker": None}),
        ({"type": ClaimType.THREAT_WARNING}, {"type": ClaimType.EVALUATION}),
        ({}, {"hedged": True}),
        ({"about": ("Arden Treaty",)}, {}),
        ({"confidence": 0.9}, {}),
    ],
    ids=["readable", "not the author", "a speaker", "a threat", "not hedged", "about something", "confidence"],
)
def test_of_two_claims_the_stronger_comes_first(better, worse):
    assert best(find(new_claims=(make_claim("cl-worse", **worse), make_claim("cl-better", **better)))) == "cl-better"


def test_what_ends_is_news_before_what_is_planned():
    def change(row_id, after):
        return StatusChange(row=make_row(row_id), before=Status.SIGNED, after=after, observation=make_seen())

    assert best(find(status_changes=(change("rw-1", Status.PLANNED), change("rw-2", Status.TERMINATED)))) == "rw-2"


def test_a_new_row_that_changed_its_status_is_told_of_once():
    row = make_row()
    change = StatusChange(row=row, before=Status.SIGNED, after=Status.IN_FORCE, observation=make_seen())
    assert [each.key for each in find(new_rows=(row,), status_changes=(change,))] == [SectionKey.STATUS_CHANGES]


def test_a_new_row_is_described_by_what_is_known_of_it():
    row = make_row(date="2025-07", parties=(make_party("Norland"), make_party("Sudland", PartyRole.LEAD)))
    assert find(new_rows=(row,))[0].detail == "treaty, July 2025 · signed · Norland; Sudland (lead)"
    assert find(new_rows=(make_row(status=None),))[0].detail == "treaty"


@pytest.mark.parametrize(
    ("observations", "marked"),
    [
        ((make_seen(),), "the Arden Treaty"[4:]),
        ((make_seen("Norland signed it."),), "Norland signed it."),
        ((make_seen("x" * 300), make_seen()), "Arden Treaty"),
        ((make_seen(), make_seen(None)), "Arden Treaty"),
        ((make_seen(), make_seen("4.2 Arden Treaty.")), "Arden Treaty"),
        ((make_seen(), make_seen("The Arden Treaty will end this year.", status=None)), "Arden Treaty"),
    ],
    ids=["the name within its sentence", "else the sentence", "not x", "not nothing", "no heading", "its status"],
)
def test_the_words_that_matter(observations, marked):
    (found,) = find(new_rows=(make_row(observations=observations),))
    quote = observations[0].quote if marked in observations[0].quote.text else observations[1].quote
    assert quote.text[found.start - quote.start : found.end - quote.start] == marked


def test_parties_that_came_together_are_one_line():
    row = make_row()
    gained = [make_party("Norland", PartyRole.MEMBER), make_party("Sudland", PartyRole.MEMBER), make_party("Westland")]
    found = find(new_parties=tuple(NewParty(row=row, party=party) for party in gained))
    assert {each.detail for each in found} == {"now also member: Norland, Sudland", "now also party: Westland"}


def test_differing_figures_stand_side_by_side_with_their_sources():
    values = [
        FigureValue(figure=Figure(start=0, end=2, text="26", name="members", value=26.0), observation=make_seen()),
        FigureValue(
            figure=Figure(start=5, end=7, text="32", name="members", value=32.0),
            observation=make_seen(published="2025-12"),
        ),
    ]
    (found,) = find(differing_figures=(DifferingFigure(row=make_row(), name="members", values=tuple(values)),))
    assert found.detail == "members: 26 (Post, 18 July 2025) · 32 (Post, December 2025)"
    assert (found.start, found.end) == (5, 7)


@pytest.mark.parametrize(
    ("themes", "rising"),
    [
        ([make_theme(5, 0)], 1),
        ([make_theme(5, 0, recent_articles=1)], 0),
        ([make_theme(5, 5, theme_id="th-1"), make_theme(1, 9, theme_id="th-2")], 1),
        ([make_theme(5, 5, theme_id="th-1"), make_theme(5, 5, theme_id="th-2")], 0),
        ([], 0),
    ],
    ids=["all is new", "one article is no trend", "above its share", "steady", "none"],
)
def test_a_theme_rises_when_its_share_grows_over_more_than_one_article(themes, rising):
    assert len(find(themes=tuple(themes))) == rising
