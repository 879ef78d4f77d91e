from datetime import UTC, datetime

import pytest

from pipeline.enumerations import Status
from pipeline.store.observations import Seen, best_quote, find_status, make_row
from pipeline.store.rows import ObservationRow

AT = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture
def see(make):
    """An observation: when its article was published, and what it says happened when."""

    def see_one(published, *acts, reason="name", **facts):
        made = [make.agreement(make.article(), act=act, date=date) for act, date in acts or ((None, None),)]
        facts = {"acts": tuple(act for each in made for act in each.acts)} | facts
        agreement = made[0].model_copy(update=facts)
        shared = agreement.model_dump(include={"name", "label", "kind", "status", "date", "subject", "confidence"})
        observation = ObservationRow(
            agreement_id=agreement.id,
            article_id="ar-1",
            address="/1.txt",
            url=None,
            title=None,
            publisher=None,
            published=published,
            figures=(),
            quote=None,
            reason=reason,
            score=1.0,
            first_seen=AT,
            **shared,
        )
        return Seen(observation, agreement, {})

    return see_one


@pytest.mark.parametrize(
    ("articles", "status", "day"),
    [
        ([("2025-07-01", ("agreed", None)), ("2025-07-20", ("signed", None))], "signed", "2025-07-20"),
        # An older article does not turn the clock back, whatever order they came in.
        ([("2025-07-20", ("signed", None)), ("2025-07-01", ("agreed", None))], "signed", "2025-07-20"),
        # Acts count by their own date: a later article may tell an older story.
        ([("2025-07-20", ("signed", "2025-07-17")), ("2025-08-01", ("agreed", "2025-05"))], "signed", "2025-07-17"),
        ([("2025-07-20", ("signed", None)), ("2025-09-01", ("suspended", None))], "suspended", "2025-09-01"),
        # An undated article changes nothing, but is better than nothing.
        ([("2025-07-20", ("signed", None)), (None, ("terminated", None))], "signed", "2025-07-20"),
        ([(None, ("signed", None))], "signed", None),
        ([("2025-07-20",), (None, ("signed", "2025-07-17"))], "signed", "2025-07-17"),
        # "Extended" leaves it as it was.
        ([("2025-07-20", ("signed", None)), ("2025-09-01", ("extended", None))], "signed", "2025-07-20"),
        ([("2025-07-20",)], None, None),
    ],
)
def test_the_latest_act_done_says_how_a_row_stands(see, articles, status, day):
    assert find_status([see(published, *acts) for published, *acts in articles]) == (status and Status(status), day)


def test_the_name_is_the_one_most_articles_use_and_the_others_are_aliases(see):
    names = ["Kestrel Treaty", "the Kestrel Treaty", "Kestrel Treaty", "KT", "KT", "KT"]
    seen = [see("2025-07-01", name=name, label=name, reason="alias" if name == "KT" else "name") for name in names]
    row = make_row("rw-1", AT, seen)
    assert (row.name, row.label, row.aliases) == ("Kestrel Treaty", "Kestrel Treaty", ("KT",))


def test_a_row_without_a_name_has_the_label_of_its_surest_observation(see):
    seen = [see("2025-07-01", name=None, label=label, confidence=sure) for label, sure in (("a", 0.5), ("b", 0.9))]
    assert make_row("rw-1", AT, seen).label == "b"


def test_the_quote_is_of_what_happened_last_else_the_first_mention(see):
    assert best_quote(see("2025-07-01", ("signed", None)).agreement).text.startswith("Norland and Sudland signed")
    assert best_quote(see("2025-07-01").agreement).text.startswith("Norland")
    assert best_quote(see("2025-07-01", mentions=()).agreement) is None


@pytest.mark.parametrize(
    ("authorities", "status"),
    [
        (("official", "opinion"), "signed"),  # an op-ed never outranks an official text
        (("official", "press"), "terminated"),  # the press may be newer than the officials
        (("press", "opinion"), "terminated"),
        ((None, "opinion"), "terminated"),
        (("official", None), "terminated"),
    ],
)
def test_an_opinion_does_not_outrank_an_official_text(see, authorities, status):
    days = [("2025-07-01", ("signed", None)), ("2025-08-01", ("terminated", None))]
    seen = [see(*day)._replace(authority=who) for day, who in zip(days, authorities, strict=True)]

    assert find_status(seen)[0] == status


def test_an_opinion_is_asked_where_the_officials_say_nothing(see):
    silent = see("2025-07-01")._replace(authority="official")
    opinion = see("2025-08-01", ("signed", None))._replace(authority="opinion")

    assert find_status([silent, opinion]) == ("signed", "2025-08-01")
