import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RefusedError
from pipeline.sources.urls import check_url, find_key, is_url, normalise_url, printable


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/A?id=1&utm_source=x#top", "https://example.org/A?id=1"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/?fbclid=1&gclid=2&UTM_Medium=3", "https://example.org/"),
        ("https://example.org/?b=2&a=1&b=3", "https://example.org/?b=2&a=1&b=3"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://Müller.example/ä b", "https://xn--mller-kva.example/%C3%A4%20b"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://example.org/%7euser/%c3%a4%2fb", "https://example.org/~user/%C3%A4%2Fb"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a?x=%7E&%75tm_source=1", "https://example.org/a?x=~"),
        ("https://example.org/a?at_medium=RSS&at_campaign=rss&page=2", "https://example.org/a?page=2"),
        ("https://example.org/a?_ga=1&mkt_tok=2&pk_campaign=3&WT.mc_id=4&ref=5", "https://example.org/a?ref=5"),
        ("https://example.org/news/index.html?gad=1", "https://example.org/news/index.html?gad=1"),
        ("https://example.org/a?b=http://c.example/%3Fd", "https://example.org/a?b=http://c.example/%3Fd"),
    ],
)
def test_spellings_of_one_address_become_one(address, canonical):
    assert normalise_url(address) == canonical
    assert normalise_url(canonical) == canonical


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://example.org/news/index.html", "https://example.org/news/"),
        ("https://example.org/INDEX.PHP?id=3&PHPSESSID=4", "https://example.org/?id=3"),
        ("https://example.org/news/Default.aspx#top", "https://example.org/news/"),
        ("https://example.org/a;jsessionid=0F?id=3", "https://example.org/a?id=3"),
        ("https://example.org/reindex.html", "https://example.org/reindex.html"),
        ("https://example.org/index.html/2", "https://example.org/index.html/2"),
        ("https://example.org/news/", "https://example.org/news/"),
        ("https://example.org/news", "https://example.org/news"),
    ],
)
def test_what_an_address_is_known_by(address, key):
    assert find_key(address) == key
    assert find_key(key) == key


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://example.org/", "only http and https addresses are fetched; save the page and give the file"),
        ("file:///etc/passwd", "only http and https"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://exa mple.org/", "names no host"),
        ("http://%31%32/", "names no host"),
        ("http://x:0/", "names no host"),
        ("http://x:99999/", "names no host"),
        ("http://x:80a/", "is no web address"),
        ("http://[::1/", "is no web address"),
        ("http://user:secret@example.org/", "carries a user name or password"),
        ("http://a\\@b/", "backslash"),
        ("http://a\tb/", "control character"),
        ("http://x/\udcff", "is no web address"),
    ],
)
def test_what_is_no_address_is_refused(address, message):
    with pytest.raises(RefusedError) as caught:
        normalise_url(address)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)
    str(caught.value).encode()


@pytest.mark.parametrize(
    ("address", "allow_private", "is_allowed"),
    [
        ("http://example.org:80/", False, True),
        ("http://example.org:443/", False, True),
        ("http://example.org:8080/", False, False),
        ("http://example.org:8080/", True, True),
    ],
)
def test_ports(address, allow_private, is_allowed):
    if is_allowed:
        check_url(address, allow_private=allow_private)
    else:
        with pytest.raises(RefusedError, match="port 8080 is not fetched from, only 80 and 443"):
            check_url(address, allow_private=allow_private)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://a/b", True), ("file:///a", True), ("a.txt", False), ("-", False), ("a/b://c", False), ("C:\\a", False)],
)
def test_is_url(address, expected):
    assert is_url(address) is expected


@given(st.text(max_size=300))
def test_messages_are_one_line_that_can_be_printed(text):
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) <= 200


@given(st.text(max_size=50))
def test_any_string_is_an_address_or_refused(text):
    try:
        canonical = normalise_url("http://" + text)
    except RefusedError:
        return
    assert normalise_url(canonical) == canonical
    assert find_key(find_key(canonical)) == find_key(canonical)
