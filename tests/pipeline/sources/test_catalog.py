from pathlib import Path

import pytest

from pipeline.enumerations import Authority
from pipeline.errors import InputError, NotFoundError
from pipeline.sources.catalog import (
    SourceKind,
    find_source,
    find_source_addresses,
    find_sources,
    load_catalog,
    source_given,
)

EXAMPLE = Path(__file__).parents[3] / "corpus" / "sources.toml"


def _load(tmp_path, content):
    path = tmp_path / "sources.toml"
    path.write_text(content)
    return load_catalog(path)


def test_the_example_catalogue_is_sound_and_asks_nobody_unasked():
    sources = load_catalog(EXAMPLE)

    assert [source.name for source in sources if source.enabled] == ["samples"]
    assert all(source.licence for source in sources)
    samples = find_source(sources, "samples")
    assert samples.path == EXAMPLE.parent / "articles"


def test_a_folder_source_gives_its_articles(tmp_path):
    (tmp_path / "in" / "draft").mkdir(parents=True)
    for name in ("in/a.txt", "in/b.txt", "in/draft/c.txt"):
        (tmp_path / name).write_text("France signed.")
    (source,) = _load(
        tmp_path,
        '[[source]]\nname="mine"\nkind="folder"\npath="in"\nauthority="press"\nlanguage="en"\npublisher="The Daily"\n'
        'exclude=["*/draft/*"]\ninclude=["*.txt"]',
    )

    found = find_source_addresses(source)

    assert found.addresses == (str(tmp_path / "in/a.txt"), str(tmp_path / "in/b.txt"))
    assert source.authority is Authority.PRESS
    assert source_given(source) == {"publisher": "The Daily", "language": "en"}


def test_pages_are_their_addresses(tmp_path):
    (source,) = _load(
        tmp_path, '[[source]]\nname="p"\nkind="pages"\nurls=["https://Example.org/a", "ftp://x/"]\nauthority="official"'
    )
    found = find_source_addresses(source)
    assert found.addresses == ("https://example.org/a",)
    assert len(found.failures) == 1


def test_what_a_feed_lists_has_to_be_asked(tmp_path):
    (source,) = _load(tmp_path, '[[source]]\nname="f"\nkind="feed"\nurl="https://example.org/f"\nauthority="official"')
    assert source.kind is SourceKind.FEED
    with pytest.raises(InputError, match="what a feed lists is not known before it was asked"):
        find_source_addresses(source)


FOLDER = 'name="a"\nkind="folder"\npath="x"\nauthority="press"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[source]", "is no TOML"),
        ("[[sources]]", "holds sources, but only [[source]] tables are known"),
        ("source = 1", "only [[source]] tables are known"),
        (f"[[source]]\n{FOLDER}[[source]]\n{FOLDER}", "the name a stands more than once"),
        (f"[[source]]\n{FOLDER}colour='red'", "a: unknown key colour; known are name, kind"),
        ('[[source]]\nkind="folder"\npath="x"\nauthority="press"', "source 1: name is missing"),
        (f"[[source]]\n{FOLDER}pace=0", "a: pace: "),
        (f'[[source]]\n{FOLDER}url="https://example.org"', "a: a folder has path and no other place"),
        ('[[source]]\nname="a"\nkind="feed"\nauthority="press"', "a: a feed has url and no other place"),
        ('[[source]]\nname="a"\nkind="feed"\nurl="x"\nauthority="rumour"', "a: authority: "),
        ('[[source]]\nname="A b"\nkind="folder"\npath="x"\nauthority="press"', "A b: name: "),
    ],
)
def test_a_mistake_is_named_with_its_source(tmp_path, content, message):
    with pytest.raises(InputError) as caught:
        _load(tmp_path, content)
    assert message in str(caught.value)
    assert str(tmp_path / "sources.toml") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_catalogue_and_no_such_name(tmp_path):
    with pytest.raises(InputError, match="there is no such catalogue; name another with ENTENTE_SOURCES"):
        load_catalog(tmp_path / "none.toml")
    with pytest.raises(NotFoundError, match="mine: no source has this name; there are: none"):
        find_source((), "mine")


def test_a_star_stands_for_all_that_are_enabled(tmp_path):
    table = '[[source]]\nname="{}"\nkind="folder"\npath="x"\nauthority="press"\nenabled={}\n'
    sources = _load(tmp_path, table.format("a", "true") + table.format("b", "false"))

    assert [source.name for source in find_sources(sources, "*")] == ["a"]
    assert [source.name for source in find_sources(sources, "b")] == ["b"]  # asked for by name, it is read


OWN = '[[source]]\nname="own"\nkind="feed"\nurl="https://a.example/f"\nauthority="press"\n'


@pytest.mark.parametrize(
    ("line", "cron", "every"),
    [('every="6h"', None, 21_600.0), ('schedule="0 7 * * 1"', "0 7 * * 1", None), ("", "0 5 * * *", None)],
)
def test_a_source_has_times(tmp_path, line, cron, every):
    (source,) = _load(tmp_path, OWN + line)
    assert (source.times.cron, source.times.every, source.has_own_times) == (cron, every, bool(line))


@pytest.mark.parametrize("line", ['every="6"', 'schedule="at noon"', 'every="6h"\nschedule="0 7 * * 1"'])
def test_times_that_cannot_be_read_are_refused(tmp_path, line):
    with pytest.raises(InputError, match="own"):
        _load(tmp_path, OWN + line)


def test_the_rest_are_those_without_times_of_their_own(tmp_path):
    rest = OWN.replace("own", "rest")
    sources = _load(tmp_path, f'{OWN}every="6h"\n{rest}{OWN.replace("own", "off")}enabled=false')
    assert [source.name for source in find_sources(sources, "*")] == ["own", "rest"]
    assert [source.name for source in find_sources(sources, "*rest")] == ["rest"]
