from datetime import UTC, datetime

from pipeline.cli.theme_pages import show_theme
from pipeline.store.rows import ThemeRow
from pipeline.store.theme_rows import CountRow, EventRow, ThemePage

AT = datetime(2025, 7, 18, tzinfo=UTC)


def make_row(theme_id):
    return ThemeRow(
        id=theme_id,
        label=f"Mines {theme_id}",
        terms=("sea",),
        size=3,
        articles=2,
        exemplars=(),
        first_seen=AT,
        last_seen=AT,
    )


def test_a_page_tells_who_speaks_and_what_became_of_it():
    event = EventRow(fate="merged", theme_id="th-2", other_id="th-1", members=3, reason="3 of its 4 are in it", at=AT)
    page = ThemePage(
        theme=make_row("th-1"),
        first_published="2025-07-01",
        last_published="2025-07-18",
        articles=2,
        publishers=(CountRow(name="The Post", count=2),),
        speakers=(),
        related=(make_row("th-3"),),
        events=(event,),
    )
    text = "\n".join(part.text.plain for part in show_theme(page))
    assert "The Post (2)" in text
    assert "speakers" not in text
    assert "2025-07-18  th-2 merged th-1: 3 of its 4 are in it" in text
    assert "Mines th-3" in text
