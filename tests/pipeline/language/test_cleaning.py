import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.cleaning import clean_text, is_hard_wrapped

WRAPPED = [
    "France and Germany signed the treaty on Monday, the two ministers said in",
    "Paris, where they had met the president of the republic and the head of",
    "the armed forces. They will meet again in June, when the parliament has",
    "had its say.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv’s army", "Kyiv's army"),
        ("we’ll, they’ve, don’t", "we'll, they've, don't"),
        ("‘the allies’ said", "‘the allies’ said"),  # it closes a quotation
        ("x’sy", "x’sy"),
        ("Posted\nFrance", "      \nFrance"),
        ("Share this :\nFrance", "            \nFrance"),
        ("READ MORE\r\nFrance", "          \nFrance"),
        ("They print money", "They print money"),
        ("Posted by the army", "Posted by the army"),
        ("1. France\n(2) Spain\n3) Italy", "   France\n    Spain\n   Italy"),
        ("1.5 percent", "1.5 percent"),
        ("2025. France", "2025. France"),  # a year
        ("- France\n• Spain\n– Italy", "  France\n  Spain\n  Italy"),
        ("-France", "-France"),
        ("KYIV — France", "KYIV — France"),
        ("# Title\n### Sub", "  Title\n    Sub"),
        ("#NATO", "#NATO"),
        ("**bold** and *lean* and __fat__", "  bold   and  lean  and   fat  "),
        ("2 * 3", "2 * 3"),
        ("[NATO](https://nato.int) said", " NATO                    said"),
        ("[1] said, (2) said", "[1] said, (2) said"),
        ("[x](a b)", "[x](a b)"),
        ("---\ntitle: A\ntags:\n  - b\n---\nFrance", "   \n        \n     \n     \n   \nFrance"),
        ("---\nFrance signed\n---\nSpain", "---\nFrance signed\n---\nSpain"),  # rules, with text between them
        ("France\n---\na: b\n---\nSpain", "France\n---\na: b\n---\nSpain"),
        ("France\u00a0signed\u200b", "France signed "),
        ("\u202eFrance\x00\x1f", " France  "),
        ("a\tb", "a\tb"),
        ("a\r\nb\rc\u2028d\u0085e", "a \nb\nc\nd\ne"),
        ("a " + "x" * 300 + " b", "a " + " " * 300 + " b"),
        ("a " + "x" * 299 + " b", "a " + "x" * 299 + " b"),
        ("", ""),
    ],
)
def test_each_form_and_its_counter_example(text, expected):
    assert clean_text(text) == expected


@pytest.mark.parametrize(
    ("end", "joint"), [("\n", " "), ("\r\n", "  "), (" \n", "  ")], ids=["unix", "windows", "flowed mail"]
)
def test_hard_wrapped_lines_are_joined_up_to_the_paragraph(end, joint):
    text = end.join([*WRAPPED, "", "Spain"])
    assert is_hard_wrapped(text)
    first, *_, last = clean_text(text).split("\n")
    assert first.rstrip(" ") == joint.join(WRAPPED)
    assert last == "Spain"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n".join(WRAPPED[2:]),  # too few lines to tell
        "\n".join(f"{line}." for line in WRAPPED),  # a sentence a line
        "\n\n".join(WRAPPED),
        "\n".join(["Short line", "another one", "and a third", "and a fourth"]),
        "\n".join("word " * 40 for _ in range(6)),  # paragraphs
    ],
)
def test_other_lines_stay(text):
    assert not is_hard_wrapped(text)
    assert clean_text(text) == text


PIECES = st.sampled_from(
    [
        *(
            "a",
            "’s",
            "\n",
            "\r",
            "\r\n",
            " ",
            "\t",
            "---\n",
            "a: b\n",
            "[x](y)",
            "*",
            "**",
            "# ",
            "1. ",
            "- ",
            "Posted",
        ),
        *("\u2028", "\u00a0", "x" * 160, WRAPPED[0] + "\n", "“", "\x00", "🙂"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_the_length_never_changes(text):
    cleaned = clean_text(text)
    assert len(cleaned) == len(text)
    assert not {"\r", "\x00", "\u00a0"} & set(cleaned)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_letter_is_kept_or_blanked_never_another(text):
    cleaned = clean_text(text)
    assert all(new in (old, " ", "\n") for old, new in zip(text, cleaned, strict=True) if old.isalnum())


@pytest.mark.parametrize(
    "unit", ["[", "[ ", "[x](", "[x](y ", "*", "---\n", "---\na: b\n", " ", "\n", "’", "1. ", "\t", "\r"]
)
def test_hostile_text_takes_no_time(unit):
    text = unit * (200_000 // len(unit))
    assert len(clean_text(text)) == len(text)
