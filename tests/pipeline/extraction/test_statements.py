"""Whose statement a text is, outside quotation marks."""

import pytest

from pipeline.extraction.discourse import read_discourse
from pipeline.extraction.speakers import find_narrator
from pipeline.language.model import annotate
from pipeline.records import AUTHOR

_OURS = "We met in Oslo. We signed a treaty. We will share our data. We want more ships. We thank our hosts."

_STANDS = ("welcome the vote", "urge both sides to talk", "condemn the attack")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We, the ministers of Norway and Denmark, met in Oslo. The sea is ours.", "We, the ministers of Norway and Denmark"),
        (f"Joint statement of the ministers of Norway and Denmark\n\n{_OURS}", "ministers of Norway and Denmark"),
        (f"Statement by Norway\n\n{_OURS}", "Norway"),
        (f"The ministers of Norway and Denmark\n\n{_OURS}", "ministers of Norway and Denmark"),
        ("Norway condemns the attack on Kyiv. We stand by Ukraine.", "Norway"),
        ("As announced today, Norway will send ten ships, and we have paid for five of them.", "Norway"),
        ("The ministry welcomes the vote. We congratulate the winners.", "ministry"),
        (f"Something was decided.\n\n{_OURS}", "We"),
        # counter-examples: who writes "I"; "we" once in a longer text; a body of which others tell; only "our"; whose government?
        (f"{_OURS} I was there.", None),
        ("Norway condemns the attack. " + "The ship sailed north at noon. " * 12 + "We shall see.", None),
        ("Norway condemned the attack. We shall see.", None),
        ("Norway welcomes the vote. Our friends won.", None),
        ("Our government supports the vote. We voted.", None),
        ("“We met in Oslo. We signed a treaty.”", None),
    ],
)  # fmt: skip
def test_who_we_are(nlp, text, name):
    found = read_discourse(annotate(nlp, text)).signatories
    assert (found.name if found is not None else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Members of the Security Council " + ". The Members of the Security Council ".join(_STANDS) + ".",
            "Security Council",
        ),
        ("Norway welcomes the vote. Norway urges both sides to talk. Norway condemns the attack.", "Norway"),
        # counter-examples: two stands are news; so are those of two bodies
        ("Norway welcomes the vote. Norway urges both sides to talk. The ships sailed. It rained.", None),
        ("Norway welcomes the vote. Denmark welcomes it too. Sweden condemns the attack.", None),
    ],
)
def test_a_notice_of_stands(nlp, text, name):
    found = read_discourse(annotate(nlp, text)).signatories
    assert (found.name if found is not None else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Secretary Ann Lee said:\n\nThe fleet is ready.", "Ann Lee"),
        ("Ann Lee said: The fleet is ready. We will sail soon. The crews are well.", "Ann Lee"),
        # counter-examples: a report of one sentence, a quotation, a list, "we" who promise
        ("Ann Lee said: The fleet is ready. It sailed at noon. The crews are well.", AUTHOR),
        ("Ann Lee said: “We will sail soon.” The crews are well.", AUTHOR),
        ("Three ports were named:\n\nThe crews are well.", AUTHOR),
        ("We promise this:\n\nThe crews are well.", AUTHOR),
    ],
)
def test_from_where_a_statement_is_given(nlp, text, name):
    discourse = read_discourse(annotate(nlp, text))
    assert find_narrator(discourse, discourse.doc[len(discourse.doc) - 3]).name == name


def test_an_announced_quotation_is_a_statement_to_its_end(nlp):
    text = "Ann Lee issued the following statement:\n\n“We will sail soon.” The crews are well."
    discourse = read_discourse(annotate(nlp, text))
    verbs = {token.text: token for token in discourse.doc if token.text in {"sail", "are"}}
    assert {word: find_narrator(discourse, verb).name for word, verb in verbs.items()} == {
        "sail": "Ann Lee",
        "are": AUTHOR,
    }
