"""Names by their heads, where they begin and where they end."""

import pytest

from pipeline.extraction.names import find_names, head_of, is_bare_head, plain_names, trim_end
from pipeline.language.model import annotate

NAMES = [
    ("Norway praised the Kensington Treaty.", ["Kensington Treaty"]),
    ("It joined the Treaty on the Prohibition of Nuclear Weapons.", ["Treaty on the Prohibition of Nuclear Weapons"]),
    ("The Comprehensive and Progressive Agreement for Trans-Pacific Partnership was signed.",
     ["Comprehensive and Progressive Agreement for Trans-Pacific Partnership"]),
    ("The Long-Range Ballistic Forces (LBF) Treaty banned missiles.", ["Long-Range Ballistic Forces (LBF) Treaty"]),
    ("It is part of the Readiness 2030 plan.", ["Readiness 2030"]),
    ("France ended Operation Barkhane in November 2022.", ["Operation Barkhane"]),
    ("Norway and Operation Amber Lantern were praised.", ["Operation Amber Lantern"]),
    ("The Liptako-Gourma Charter of 16 September 2023 holds.", ["Liptako-Gourma Charter"]),
    ("In January the Polar Procurement Agency placed an order.", ["Polar Procurement Agency"]),
    ("Members of NATO and the Warsaw Pact met.", ["Warsaw Pact"]),
    # counter-examples: no capitals, no head, a verb behind it, a head alone
    ("Norway wants a new treaty.", []),
    ("Norway and Chile met in Oslo.", []),
    ("Norway and Chile plan to meet.", []),
    ("The Treaty is good.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_in_a_text(nlp, text, names):
    doc = annotate(nlp, text)
    assert [doc[name.start : name.end].text for name in find_names(doc)] == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kensington Treaty", "treaty"),
        ("Treaty on Open Skies", "treaty"),
        ("Operation Eastern Sentry", "operation_mission"),
        ("Black Sea Task Force", "operation_mission"),
        ("Nuclear Planning Group", "institution_body"),
        ("Coalition of the Willing", "coalition"),
        ("National Security Strategy", "strategy_document"),
        ("French Army", None),
        ("Norway", "no head"),
        ("", "no head"),
    ],
)
def test_what_a_head_says(name, kind):
    head = head_of(name)
    assert ("no head" if head is None else head.kind) == kind


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Long-Range Ballistic Forces (LBF) Treaty", ("Long-Range Ballistic Forces Treaty", "LBF Treaty")),
        ("Kensington Treaty", ("Kensington Treaty",)),
        ("Sensor Approach (NLRSA)", ("Sensor Approach (NLRSA)",)),
    ],
)
def test_acronyms_inside_names(name, plain):
    assert plain_names(name) == plain


@pytest.mark.parametrize(
    ("name", "is_bare"),
    [("Council", True), ("White Paper", True), ("Joint Statement", True), ("Nordic Council", False), ("Quad", False)],
)
def test_bare_heads(name, is_bare):
    assert is_bare_head(name) is is_bare


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("Operation Barkhane in November 2022", "Operation Barkhane"),
        ("Ottawa Convention of 1997", "Ottawa Convention"),
        ("Trinity Agreement with", "Trinity Agreement"),
        ("Vienna Document 2011", "Vienna Document 2011"),
        ("Readiness 2030", "Readiness 2030"),
    ],
)
def test_dates_behind_names(nlp, text, trimmed):
    doc = annotate(nlp, text)
    assert doc[: trim_end(doc, 0, len(doc))].text == trimmed
