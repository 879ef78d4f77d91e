from datetime import UTC, datetime

import pytest

from pipeline.enumerations import AgreementKind, Status
from pipeline.store.observations import Deed, Seen, best_quote, find_status, make_outline, order_seen

AT = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture
def see(make):
    """An observation: when its article was published, and what it says happened when."""

    def see_one(published, *acts, **facts):
        made = [make.agreement(make.article(), act=act, date=date) for act, date in acts or ((None, None),)]
        deeds = [Deed(act.act, act.polarity, act.basis, act.date) for each in made for act in each.acts]
        given = {"label": "Kestrel Treaty", "name": "Kestrel Treaty", "kind": AgreementKind.TREATY, "reason": "name"}
        given |= {"published": published, "acts": deeds, "confidence": 0.8} | facts
        return Seen("ag-1", "ar-1", AT, **given)

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
    row = make_outline(seen)
    assert (row.name, row.label, row.aliases) == ("Kestrel Treaty", "Kestrel Treaty", ("KT",))


def test_a_row_without_a_name_has_the_label_of_its_surest_observation(see):
    seen = [see("2025-07-01", name=None, label=label, confidence=sure) for label, sure in (("a", 0.5), ("b", 0.9))]
    row = make_outline(seen)
    assert (row.label, row.name, row.confidence) == ("b", None, 0.9)


def test_the_last_word_on_day_and_subject_is_not_an_opinion_where_officials_speak(see):
    said = [("2025-07-01", "official", "a pact"), ("2025-07-02", "opinion", "a farce"), ("2025-07-03", None, None)]
    seen = [see(day, authority=who, subject=subject) for day, who, subject in said]
    assert make_outline(order_seen(reversed(seen))).subject == "a pact"


def test_the_quote_is_of_what_happened_last_else_the_first_mention(make):
    article = make.article()
    assert best_quote(make.agreement(article)).text.startswith("Norland and Sudland signed")
    silent = make.agreement(article, act=None)
    assert best_quote(silent).text.startswith("Norland")
    assert best_quote(silent.model_copy(update={"mentions": ()})) is None


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
