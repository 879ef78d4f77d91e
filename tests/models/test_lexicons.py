import tomllib

import pytest

from models import ROOT, load_lexicon

FILES = sorted((ROOT / "lexicon").glob("*.toml"))
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT.parent / "pipeline").rglob("*.py"))


def words_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from words_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_in(item)


def lists_in(value):
    if isinstance(value, list):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from lists_in(item)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_lexicon_is_clean(file):
    lexicon = tomllib.loads(file.read_text("utf-8"))
    assert lexicon == load_lexicon(file.stem)
    assert [word for word in words_in(lexicon) if word != word.strip()] == []
    doubles = [[w for w in words if words.count(w) > 1] for words in lists_in(lexicon) if isinstance(words[0], str)]
    assert [words for words in doubles if words] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_lexicon_says_what_it_is_for_and_is_read(file):
    assert file.read_text("utf-8").startswith("#")
    assert f'load_lexicon("{file.stem}")' in CODE


def test_a_lexicon_that_is_not_there_is_an_error():
    with pytest.raises(FileNotFoundError):
        load_lexicon("no_such_words")
