from datetime import date

from pipeline.review.citation import cite_row
from pipeline.store.register import load_register
from pipeline.store.row_pages import load_row

ADDRESS = "https://register.example/register/rw-1"
DAY = date(2025, 11, 22)


def test_a_row_is_cited_with_its_place_the_day_and_its_sources(store, save):
    save("https://a.example/1", published="2025-07-18", date="2025-07-17")
    save("javascript:alert(1)", text="Norland: the Kestrel Treaty.", published="2025-08", act=None)
    row_id = load_register(store)[0].id
    assert cite_row(load_row(store, row_id), ADDRESS, consulted=DAY) == (
        f"Kestrel Treaty, treaty, signed 17 July 2025. Entente register, {row_id}, {ADDRESS}, consulted 22 November 2025. "
        "Told of in 2 articles: The Example, A treaty, August 2025; "
        "The Example, A treaty, 18 July 2025, https://a.example/1."
    )


def test_a_past_day_is_named_and_more_sources_are_said_to_be(store, save):
    for number in range(5):
        save(f"/{number}.txt", text=f"Kestrel {number}. Norland.", published=f"2025-07-0{number + 1}")
    row_id = load_register(store)[0].id
    cited = cite_row(load_row(store, row_id, as_of="2025-07"), ADDRESS, consulted=DAY)
    assert "consulted 22 November 2025, as known on July 2025. Told of in 5 articles" in cited
    assert cited.endswith(" and others.")
    assert cited.count("The Example") == 3
