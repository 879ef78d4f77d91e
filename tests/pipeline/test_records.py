from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import pipeline.records as module
from pipeline.enumerations import EntityType
from pipeline.records import (
    Article,
    Entity,
    IsoDate,
    Mention,
    RawArticle,
    Record,
    Span,
    make_article_id,
    make_record_id,
    normalise,
)

RECORDS = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Record)]
ISO = TypeAdapter(IsoDate)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_record_is_frozen_strict_and_closed(kind):
    assert kind.model_config["frozen"]
    assert kind.model_config["strict"]
    assert kind.model_config["extra"] == "forbid"


def test_a_record_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Span(start=0, end=1, text="x").text = "y"


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "0", "end": 1, "text": "x"},
        {"start": 0, "end": 1.0, "text": "x"},
        {"start": 0, "end": 1, "text": b"x"},
        {"start": 0, "end": 1, "text": "x", "more": 1},
        {"start": 0, "end": 1},
    ],
    ids=["str for int", "float for int", "bytes for str", "unknown", "missing"],
)
def test_nothing_is_converted_guessed_or_dropped(fields):
    with pytest.raises(ValidationError):
        Span(**fields)


@pytest.mark.parametrize(
    ("start", "end", "text", "fits"),
    [
        (0, 3, "abc", True),
        (5, 6, "🙂", True),  # code points, not bytes or UTF-16 units
        (0, 2, "abc", False),
        (0, 4, "abc", False),
        (3, 3, "", False),
        (3, 2, "", False),
        (-1, 2, "abc", False),
    ],
)
def test_a_span_fits_its_words(start, end, text, fits):
    if fits:
        assert Span(start=start, end=end, text=text).end == end
    else:
        with pytest.raises(ValidationError, match=r"does not fit|greater than or equal"):
            Span(start=start, end=end, text=text)


@given(st.text(min_size=1), st.integers(0, 10**9))
def test_any_words_make_a_span(text, start):
    assert Span(start=start, end=start + len(text), text=text).text == text


@pytest.mark.parametrize("value", ["2025", "2025-09", "2025-09-12", "2024-02-29", "0001", "9999-12-31"])
def test_dates_are_iso_or_a_prefix(value):
    assert ISO.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("", "25", "2025-9", "2025-13", "2025-00", "2025-09-31", "2025-02-29", "0000", "2025-09-12T10:00", "2025/09"),
        *("2025\n", "２０２５", " 2025", "-2025", 2025),
    ],
)
def test_other_dates_are_refused(value):
    with pytest.raises(ValidationError):
        ISO.validate_python(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Élysée Treaty", "elysee treaty"),
        ("the Treaty's annex", "treaty annex"),
        ("Kyiv’s", "kyiv"),
        ("U.S.-U.K.  deal", "u s u k deal"),
        ("Lancaster House 2.0", "lancaster house 2 0"),
        ("STRASSE Straße", "strasse strasse"),
        ("Theatre of war", "theatre of war"),
        ("snake_case", "snake case"),
        ("Київ", "киів"),
        ("—", ""),
        ("", ""),
    ],
)
def test_names_are_compared_in_one_form(text, expected):
    assert normalise(text) == expected


@given(st.text())
def test_normal_forms_do_not_depend_on_case_or_composition(text):
    assert normalise(text) == normalise(text).strip()
    assert "  " not in normalise(text)
    assert normalise(f"{text}!") == normalise(text)


def test_ids_are_these_for_ever():
    """A changed id would orphan every decision and every saved row."""
    assert make_article_id("https://post.example/arden") == "ar-b68ef8eb009274ad"
    assert make_record_id("ag", "ar-b68ef8eb009274ad", "Arden Treaty") == "ag-84664f7f3fab1ac5"


def test_a_record_id_depends_on_what_it_should():
    same = make_record_id("ag", "ar-1", "Arden Treaty")
    assert make_record_id("ag", "ar-1", "the Arden Treaty’s") == same
    others = [("cl", "ar-1", "Arden Treaty"), ("ag", "ar-2", "Arden Treaty"), ("ag", "ar-1", "Arden Pact")]
    ids = {same, make_record_id("ag", "ar-1", "Arden Treaty", 1), *(make_record_id(*other) for other in others)}
    assert len(ids) == 5
    assert all(len(id_) == 19 for id_ in ids)


def test_the_same_text_is_the_same_article_anywhere():
    one, two = (Article(id=make_article_id(at), address=at, text="x") for at in ("/a", "/b"))
    assert one.id != two.id
    assert one.sha256 == two.sha256


def test_a_raw_articles_digest_is_of_bytes_and_what_was_given():
    facts = {"address": "/a", "media_type": "text/plain", "fetched_at": datetime.now(UTC)}
    plain = RawArticle(body=b"x", **facts)
    assert plain.digest == RawArticle(body=b"x", **facts | {"address": "/b"}).digest
    ordered, other = ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert RawArticle(body=b"x", given=ordered, **facts).digest == RawArticle(body=b"x", given=other, **facts).digest
    digests = {
        plain.digest,
        RawArticle(body=b"y", **facts).digest,
        RawArticle(body=b"x", given=ordered, **facts).digest,
    }
    assert len(digests) == 3


def test_records_survive_json():
    mention = Mention(start=0, end=6, text="Poland")
    entity = Entity(id="en-1", type=EntityType.STATE, canonical="Poland", iso="PL", mentions=(mention,))
    assert Entity.model_validate_json(entity.model_dump_json()) == entity
