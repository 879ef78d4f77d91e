"""A store with invented records, for what only reads, and two small marked articles. No model is loaded but by ``nlp``."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import models
from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole, Status
from pipeline.gold.read import load_gold, read_gold
from pipeline.gold.records import GoldArticle
from pipeline.jobs.link import link_register
from pipeline.records import (
    Act,
    Agreement,
    Article,
    Claim,
    Entity,
    Extraction,
    Figure,
    Mention,
    Party,
    Passage,
    RawArticle,
    Span,
    Speaker,
    Theme,
    make_article_id,
    make_record_id,
)
from pipeline.settings import Settings
from pipeline.sources.pace import forget_pace
from pipeline.sources.robots import forget_robots
from pipeline.store.articles import save_article
from pipeline.store.embedded import stop_server
from pipeline.store.quarantine import NewFailure, save_failure
from pipeline.store.raws import save_raw
from pipeline.store.run_rows import RunEnd
from pipeline.store.runs import finish_run, start_run
from pipeline.store.store import Store, open_store
from pipeline.store.themes import save_themes

GOLD_FILES = Path(__file__).parent / "gold" / "files"
ARDEN = GOLD_FILES / "901-arden-treaty.gold"

SPRING = (
    "Norland and Sudland signed the Arden Treaty on 12 March 2025. It provides for 26 ships.\n\n"
    "The treaty will make the whole coast safer for everybody, Mara Lind said."
)
SUMMER = (
    "The Arden Treaty was suspended on 2 June 2025. Westland has joined the Arden Treaty, which counts 32 ships.\n\n"
    "The three run a joint headquarters in Arden.\n\n"
    "We will never leave the coast to anybody else again, Jon Berg said. Europe must buy ships before it is too late."
)


class FilledStore(NamedTuple):
    """A data directory, and when its second article came in."""

    settings: Settings
    between: datetime
    ids: dict[str, str]


class Site(ThreadingHTTPServer):
    """A real web server on loopback whose pages a test puts and changes; it answers with ETags and keeps a log.

    A page is its body, a status, or "hang". On Linux it has as many hosts as 127.0.0.0/8.
    """

    daemon_threads = True
    request_queue_size = 256  # connections that wait to be taken

    def __init__(self) -> None:
        super().__init__(("", 0), _Page)
        self.pages: dict[str, str | bytes | int] = {}
        self.log: list[tuple[str, int]] = []  # path and status, without robots.txt
        self.closing = threading.Event()

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def put_feed(self, path: str, links: list[str], *, host: str = "127.0.0.1") -> str:
        """An RSS feed of articles at these paths; each is put too, as a page that tells of a treaty of its own."""
        items = "".join(f"<item><title>{link}</title><link>{self.url(link, host=host)}</link></item>" for link in links)
        self.pages[path] = f"<rss version='2.0'><channel>{items}</channel></rss>"
        for link in links:
            name = "".join(part.capitalize() for part in link.strip("/").split("/"))
            text = f"Norway and Iceland signed the {name} Treaty on 12 March 2025. It must hold, said Oslo."
            self.pages.setdefault(link, text)
        return self.url(path, host=host)


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path, 404)
        if page == "hang":
            self.server.closing.wait(60)
        elif isinstance(page, int):
            self.answer(page, b"")
        else:
            body = page if isinstance(page, bytes) else page.encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            is_known = self.headers.get("If-None-Match") == tag
            self.answer(304 if is_known else 200, b"" if is_known else body, ETag=tag)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        if self.path != "/robots.txt":
            self.server.log.append((self.path, status))
        self.send_response(status)
        kind = "text/plain; charset=utf-8" if body[:1] != b"<" else "text/xml"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass  # nothing on the terminal


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of pages; what this process knows of hosts is forgotten, since ports come again."""
    forget_pace()
    forget_robots()
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


class Maker:
    """Makes the records of one article; a span is said by its words."""

    def __init__(self, text: str, **facts: Any) -> None:
        self.article = Article(id=make_article_id(facts["address"]), text=text, **facts)

    def span(self, words: str, kind: type[Any] = Span, **fields: Any) -> Any:
        start = self.article.text.index(words)
        return kind(start=start, end=start + len(words), text=words, **fields)

    def id(self, prefix: str, anchor: str) -> str:
        return make_record_id(prefix, self.article.id, anchor)

    def agreement(self, label: str, *, is_named: bool = True, **fields: Any) -> Agreement:
        given = {"mentions": (self.span(label),), "confidence": 0.9, "rule": "invented", "status": None}
        name = label if is_named else None
        return Agreement(id=self.id("ag", label), name=name, label=label, **(given | fields))

    def party(self, words: str, role: PartyRole = PartyRole.PARTY) -> Party:
        return self.span(words, Party, entity=words, role=role)

    def claim(self, content: str, speaker: str, kind: ClaimType) -> Claim:
        at = None if speaker == "AUTHOR" else self.span(speaker)
        return Claim(
            id=self.id("cl", content),
            type=kind,
            hedged=False,
            negated=False,
            direct=False,
            content=(self.span(content),),
            speaker=Speaker(name=speaker) if at is None else Speaker(name=speaker, **at.model_dump()),
            cue=None if at is None else self.span("said"),
            confidence=0.8,
            rule="invented",
        )

    def entity(self, words: str, kind: EntityType, **fields: Any) -> Entity:
        mention = self.span(words, Mention)
        return Entity(id=self.id("en", words), type=kind, canonical=words, mentions=(mention,), **fields)

    def save(self, store: Store, **records: Any) -> None:
        extraction = Extraction(article_id=self.article.id, fingerprint="f1", **records)
        raw = RawArticle(
            address=self.article.address,
            media_type="text/plain",
            body=self.article.text.encode(),
            fetched_at=datetime.now(UTC),
        )
        text = self.article.text
        passage = Passage(id=self.id("pa", text), article_id=self.article.id, start=0, end=len(text), text=text)
        raw_id = save_raw(store, raw).raw_id
        save_article(store, raw_id=raw_id, article=self.article, extraction=extraction, passages=[passage])
        link_register(store)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledStore]:
    """Two articles on the Arden Treaty, the second of which changes its status, parties and figures."""
    settings = Settings(home=tmp_path_factory.mktemp("filled") / "home")
    with open_store(settings) as store:
        spring = _save_spring(store)
        between = datetime.now(UTC)
        summer = _save_summer(store)
        members = tuple(maker.id("pa", maker.article.text) for maker in (spring, summer))
        theme = Theme(
            id="th-0123456789abcdef",
            label="ships, coast",
            terms=("ships", "coast"),
            size=2,
            members=members,
            exemplars=members[1:],
        )
        save_themes(store, [theme], "invented")
        run = start_run(store, "ingest", settings={"home": "x"}, versions={"entente": "0.1.0"})
        finish_run(store, run, RunEnd(state="completed", counts={"new": 2}))
        binary = NewFailure(address="/in/bad.txt", stage="read", reason="/in/bad.txt is binary", raw=b"\x00\x01")
        failure = save_failure(store, binary)
        ids = {
            "article": spring.article.id,
            "agreement": spring.id("ag", "Arden Treaty"),
            "claim": summer.id("cl", "We will never leave the coast to anybody else again"),
            "entity": spring.id("en", "Norland"),
            "theme": theme.id,
            "run": run,
            "failure": failure,
        }
    yield FilledStore(settings, between, ids)
    stop_server(settings.home)


def _save_spring(store: Store) -> Maker:
    make = Maker(
        SPRING,
        address="https://post.example/arden",
        url="https://post.example/arden",
        title="Two capitals, one treaty",
        published="2025-03-13",
        publisher="The Norland Post",
    )
    treaty = make.agreement(
        "Arden Treaty",
        kind=AgreementKind.TREATY,
        status=Status.SIGNED,
        date="2025-03-12",
        parties=(make.party("Norland"), make.party("Sudland")),
        acts=(make.span(SPRING.split(". ", maxsplit=1)[0] + ".", Act, act=ActType.SIGNED, date="2025-03-12"),),
        figures=(make.span("26 ships", Figure, name="ships", value=26.0),),
    )
    make.save(
        store,
        agreements=(treaty,),
        entities=(
            make.entity("Norland", EntityType.STATE, iso="NL", wikidata="Q1", aliases=("Norlandish",)),
            make.entity("Mara Lind", EntityType.PERSON),
        ),
        claims=(
            make.claim("The treaty will make the whole coast safer for everybody", "Mara Lind", ClaimType.PREDICTION),
        ),
    )
    return make


def _save_summer(store: Store) -> Maker:
    folder = Path("/in")
    make = Maker(SUMMER, address=str(folder / "summer.txt"), published="2025-06-04", publisher="Coast Watch")
    treaty = make.agreement(
        "Arden Treaty",
        kind=AgreementKind.TREATY,
        status=Status.SUSPENDED,
        parties=(make.party("Westland", PartyRole.MEMBER),),
        acts=(
            make.span("The Arden Treaty was suspended on 2 June 2025.", Act, act=ActType.SUSPENDED, date="2025-06-02"),
        ),
        figures=(make.span("32 ships", Figure, name="ships", value=32.0),),
    )
    headquarters = make.agreement(
        "a joint headquarters in Arden",
        is_named=False,
        kind=AgreementKind.INSTITUTION_BODY,
        status=Status.OPERATING,
        acts=(make.span("The three run a joint headquarters in Arden.", Act, act=ActType.OPERATING),),
    )
    make.save(
        store,
        agreements=(treaty, headquarters),
        entities=(make.entity("Westland", EntityType.STATE),),
        claims=(
            make.claim("We will never leave the coast to anybody else again", "Jon Berg", ClaimType.COMMITMENT_PLEDGE),
            make.claim("Europe must buy ships before it is too late", "AUTHOR", ClaimType.RECOMMENDATION),
        ),
    )
    return make


@pytest.fixture(scope="session")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole spaCy pipeline, verified; imported here since most tests in this folder go without spaCy."""
    from pipeline.road import load_extractor

    return load_extractor(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def articles() -> list[GoldArticle]:
    return load_gold(sorted(GOLD_FILES.glob("*.gold")))


@pytest.fixture
def arden(articles) -> GoldArticle:
    return articles[0]


@pytest.fixture
def change(tmp_path):
    """Call as ``change("signed", "sigend")``; the path of the first article's file with the words replaced, once."""

    def write(*changes: str) -> Path:
        text = ARDEN.read_text("utf-8")
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / ARDEN.name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def find_errors(change):
    """Call as ``find_errors("signed", "sigend")``; what is said of the file with this change."""

    def find(*changes: str):
        reading = read_gold(change(*changes))
        assert reading.article is None
        return reading.errors

    return find


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of a few kilobytes to start from; imported here since most tests in this folder go without torch."""
    from tests.pipeline.tiny import make_encoder

    return make_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def tiny_weights(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tagger with weights by chance, as it is shipped."""
    from tests.pipeline.tiny import make_weights

    return make_weights(tiny_encoder, tmp_path_factory.mktemp("tagger"))


@pytest.fixture
def tiny_tagger(tiny_weights: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same in the place of the trained one."""
    from tests.pipeline.tiny import forget_weights

    forget_weights()
    monkeypatch.setattr(models, "tagger_path", lambda: tiny_weights)
    yield tiny_weights
    forget_weights()
