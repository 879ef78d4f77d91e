import pytest
import spacy

from pipeline.extraction.quotes import find_quotes

ENGLISH = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “we will go” today.", ["we will go"]),
        ('He said "we will go" and "we stay".', ["we will go", "we stay"]),
        ("«On verra», he said.", ["On verra"]),
        ("‘We will go,’ he said.", ["We will go,"]),
        ("the allies’ plan and the ‘allies’ plan’, he said", ["allies’ plan"]),
        ("“One. Two.” He left.", ["One. Two."]),
        ('It is 5" long, no quotation.', []),
        ('“”“” "" “ ” ...', []),
        ("“Never closed, he said.\nNext paragraph.", ["Never closed, he said."]),
        ("“First.\n“Second,” he said.", ["First.", "Second,"]),
        ("An end” without a beginning.", []),
    ],
)
def test_quotations_are_found(text, quotes):
    doc = ENGLISH(text)
    assert [doc[quote.start : quote.end].text for quote in find_quotes(doc)] == quotes


def test_a_quotation_reopened_in_the_next_paragraph_is_continued():
    quotes = find_quotes(ENGLISH("“First.\n\n“Second,” he said. “Third.”"))
    assert [quote.is_continued for quote in quotes] == [False, True, False]


def test_a_text_of_marks_alone_is_read_once():
    words = ["“"] * 200_000
    assert find_quotes(spacy.tokens.Doc(ENGLISH.vocab, words=words)) == []
