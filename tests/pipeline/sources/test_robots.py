import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.errors import PassingError
from pipeline.sources import robots
from pipeline.sources.robots import MAX_BYTES, find_rules, parse_rules

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /private/\nAllow: /private/open", "/private/open/1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x=1", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Entente\nDisallow: /x", "/a", True),
        ("User-agent: entente/9 (any)\nDisallow: /", "/a", False),
        ("User-agent: GPTBot\nUser-agent: Entente\nDisallow: /", "/a", False),
        ("User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: e\nDisallow: /", "/a", True),  # a program named e, not the beginning of our name
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("<html><body>Disallow: /</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /%C3%A9", "/é", False),
    ],
)
def test_what_may_be_read(text, path, is_allowed):
    assert parse_rules(text.encode()).is_allowed(SITE + path) is is_allowed


def test_without_a_file_all_is_allowed():
    assert parse_rules(None).is_allowed(SITE)
    assert parse_rules(None).pace == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Crawl-delay: 7.5", 7.5),
        ("Request-rate: 1/5m", 300),
        ("Request-rate: 10/1m", 6),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: -1", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: 1e300", 86_400),
        ("Request-rate: 1/99999999999999999999999h", 86_400),
        ("Request-rate: 0/5", 0),
        ("Disallow: /x", 0),
    ],
)
def test_the_pace_it_asks_for(text, seconds):
    assert parse_rules(f"User-agent: *\n{text}\n".encode()).pace == seconds


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("".join(f"User-agent: a{n}\n" for n in range(19_000)) + "Disallow: /x\n" * 1000, id="names"),
        pytest.param("User-agent: *\n" + "Disallow: /a*b*c\n" * 100_000, id="rules"),
        pytest.param("User-agent: *\nDisallow: /" + "*a" * 200_000, id="stars"),
        pytest.param("\0\xff" * MAX_BYTES, id="no text"),
    ],
)
def test_a_file_made_to_keep_us_busy_does_not(body):
    started = time.process_time()
    parse_rules(body.encode("latin-1")).is_allowed(SITE + "/" + "a" * 2000)
    assert time.process_time() - started < 5


def test_a_host_is_asked_once_a_day(monkeypatch):
    asked = []

    def fetch(url):
        asked.append(url)
        return b"User-agent: *\nDisallow: /"

    now = time.monotonic()
    rules = [find_rules(SITE, fetch, timeout=1) for _ in range(3)]
    monkeypatch.setattr(time, "monotonic", lambda: now + 90_000)
    find_rules(SITE, fetch, timeout=1)
    find_rules("http://example.org", fetch, timeout=1)

    assert not any(each.is_allowed(SITE) for each in rules)
    assert asked == [SITE + "/robots.txt"] * 2 + ["http://example.org/robots.txt"]


def test_a_host_that_did_not_answer_is_asked_again():
    def fail(url):
        raise PassingError("busy", address=url)

    with pytest.raises(PassingError):
        find_rules(SITE, fail, timeout=1)
    assert find_rules(SITE, lambda url: None, timeout=1).is_allowed(SITE)


def test_the_memory_for_hosts_has_an_end(monkeypatch):
    monkeypatch.setattr(robots, "_MOST_HOSTS", 5)
    for number in range(20):
        find_rules(f"https://{number}.example", lambda url: None, timeout=1)
    assert len(robots._KNOWN) == 5


def test_threads_wait_for_the_one_that_asks():
    asked = []

    def fetch(url):
        asked.append(url)
        time.sleep(0.2)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: find_rules(SITE, fetch, timeout=5), range(8)))
    assert len(asked) == 1


def test_nobody_waits_longer_than_they_may():
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(find_rules, SITE, lambda url: time.sleep(0.5), timeout=1)
        time.sleep(0.1)
        with pytest.raises(TimeoutError):
            find_rules(SITE, lambda url: None, timeout=0.1)
        assert slow.result().is_allowed(SITE)
