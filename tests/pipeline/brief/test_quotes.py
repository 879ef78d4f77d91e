import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.brief.quotes import ELLIPSIS, cut_quote

# The words that matter stand between « and »; width 60.
CASES = {
    "a short paragraph is taken whole": (
        "First.\nNorland signed «the treaty». All agreed.\nLast.",
        "Norland signed «the treaty». All agreed.",
    ),
    "of a long paragraph only the sentence": (
        "It had rained for forty days and forty nights in Arden. Norland signed «the treaty». All others waited.",
        "Norland signed «the treaty».",
    ),
    "a long sentence is cut at words, on both sides": (
        "After months of talks in the old castle Norland signed «the treaty» on behalf of all its smaller neighbours",
        "…Norland signed «the treaty» on behalf of all its smaller…",
    ),
    "words at the end keep what stands before them": (
        "After many months of difficult talks in the old castle above the lake Norland signed «the treaty»",
        "…in the old castle above the lake Norland signed «the treaty»",
    ),
    "words at the start keep what follows": (
        "«The treaty» was signed after many months of difficult talks in the old castle above the lake",
        "«The treaty» was signed after many months of difficult talks…",
    ),
    "words longer than the width are cut themselves": (
        "So «Norland will stand by its neighbours in peace and war and in everything that lies between» he said",
        "…«Norland will stand by its neighbours in peace and war and in»…",
    ),
    "an initial does not lose the words": (
        "In the long run of things it was the U.S. that made it happen, «the treaty» being what it was. Good.",
        "…the U.S. that made it happen, «the treaty» being what it was.",
    ),
    "the mark of a list is left out": ("- Norland signed «the treaty».", "Norland signed «the treaty»."),
    "the number of a paragraph too": ("4.3 «The treaty». It ended.", "«The treaty». It ended."),
    "a year is no such number": ("In 2019 «the treaty» ended.", "In 2019 «the treaty» ended."),
    "Markdown's bold is not shown": ("3. **«The treaty».** It ended.", "«The treaty». It ended."),
    "white space becomes one space": ("Norland  signed\t«the \u00a0 treaty».", "Norland signed «the treaty»."),
}


@pytest.mark.parametrize(("marked", "expected"), CASES.values(), ids=CASES)
def test_cut(marked, expected):
    start, end = marked.index("«"), marked.index("»") - 1
    quote = cut_quote(re.sub("[«»]", "", marked), start, end, width=60)
    assert f"{quote.before}«{quote.words}»{quote.after}" == expected


words = st.lists(st.text("abcdé.’A", min_size=1, max_size=12), min_size=1, max_size=60)


@given(words, st.data())
def test_a_quote_has_only_whole_words_of_the_text_and_is_not_too_long(tokens, data):
    text = " ".join(tokens)
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, min(first + 5, len(tokens) - 1)))
    start = len(" ".join(tokens[:first])) + (1 if first else 0)
    end = len(" ".join(tokens[: last + 1]))
    quote = cut_quote(text, start, end, width=100)
    assert quote.words == text[start:end]
    assert len(quote.text) <= 100 + 2 * len(ELLIPSIS)
    inner = quote.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    assert f" {inner.strip()} " in f" {text} "
