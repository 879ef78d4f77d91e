import pytest

from models import load_lexicon

LISTS = [(table, name) for table, lists in load_lexicon("titles").items() for name in lists]


@pytest.mark.parametrize(("table", "name"), LISTS)
def test_a_list_holds_clean_words_once(table, name):
    words = load_lexicon("titles")[table][name]
    assert words == [word.strip() for word in words]
    assert len({word.casefold() for word in words}) == len(words)
    assert not any(word.endswith(".") for word in words)  # a full stop may follow any of them: code allows it


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Foreign Minister", "office"),
        ("Presidential Envoy", "office"),
        ("High Representative", "office"),
        ("Lt Gen", "rank"),
        ("Sir", "honorific"),
        ("former", "modifier"),
    ],
)
def test_a_known_title_is_listed(words, name):
    assert words in load_lexicon("titles")["titles"][name]
