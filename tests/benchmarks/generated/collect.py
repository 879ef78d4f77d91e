"""What saving and linking each article of a generated world would have left, collected table by table.

What an article's records and links come to in their tables is asked of the store's own functions: they are given a connection
that collects what they insert. Who belongs to whom is known here, so each observation is linked by
the pure function of linking to the observations it belongs with, without looking for candidates. Actors
stand in :mod:`generated.actors`; what the store itself makes of all this, in :mod:`generated.bulk`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from generated.actors import ActorBook
from generated.articles import AUTHORITIES, FINGERPRINT, Made, make_article
from generated.world import World

from pipeline.linking.duplicates import Overlap, Text, count_shared, find_duplicates, find_runs, make_sketch
from pipeline.linking.keys import find_keys
from pipeline.linking.observations import Features, make_features, observe
from pipeline.linking.rows import Candidate, link_article
from pipeline.store import link_state
from pipeline.store.extractions import insert_extraction

_MEMBERS = 3  # of a row, that a new observation is compared with
_TIMES = {"first_seen", "saved_at", "linked_at"}


class _Nothing(list[Any]):
    """What is found where nothing is."""

    def first(self) -> None:
        return None

    def scalars(self) -> "_Nothing":
        return self


class Collector:
    """Stands for a connection: keeps what is inserted, knows nothing that was there before."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.at = datetime.min.replace(tzinfo=UTC)

    def execute(self, statement: Any, rows: Any = None) -> _Nothing:
        if isinstance(rows, list):
            self.add(statement.table.name, rows)
        elif isinstance(rows, dict) and "rows" in rows:  # of one table
            self.add(statement.table.name, rows["rows"])
        elif isinstance(rows, dict):  # keys of rows, as columns
            named = zip(rows["row_ids"], rows["keys"], rows["ids"], strict=True)
            self.add("link_key", [dict(zip(("row_id", "key", "agreement_id"), each, strict=True)) for each in named])
        return _Nothing()

    def add(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        now = dict.fromkeys(_TIMES, self.at)
        self.rows[table] += [row | {name: now[name] for name in _TIMES & row.keys()} for row in rows]


class Filler:
    """Collects article after article, and the rows that they join."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.collected = Collector()
        self.members: dict[int, list[Candidate]] = defaultdict(list)  # of each agreement of the world
        self.keys: set[tuple[str, str]] = set()
        self.actors = ActorBook()
        self.rows: dict[str, int] = {}  # row -> the search number it has
        self.numbers: list[tuple[str, int]] = []  # of articles
        self.number = 0
        self.before: Made | None = None

    def add(self, number: int) -> None:
        task = self.world.tasks[number]
        made = make_article(self.world, task)
        self.number += 1
        self.numbers.append((made.article.id, self.number))
        self.collected.at = made.at
        self._add_article(made)
        key = (made.article.id, 1)
        insert_extraction(self.collected, key, made.extraction, made.passages, is_first=True)  # type: ignore[arg-type]
        self._add_links(made, task.pacts)
        self._add_sketch(made, is_copy=task.original != task.number)
        self.actors.add(made, self.collected)
        self.before = made

    def _add_article(self, made: Made) -> None:
        article, raw, add = made.article, made.raw, self.collected.add
        raw_id = find_raw_id(made)
        known = {"id": raw_id, "digest": raw.digest, "aliases": [], "article_id": article.id}
        add("raw_article", [raw.model_dump() | known])
        base = {"revision": 1, "fingerprint": FINGERPRINT}
        linked: dict[str, Any] = {"linked_revision": 1, "linked_fingerprint": FINGERPRINT, "compared_revision": 1}
        speaks = AUTHORITIES.get((article.publisher or "").split()[-1]) if article.publisher else None
        linked["authorities"] = [speaks] if speaks else []
        times = {"first_seen": made.at, "saved_at": made.at}
        add("article", [{"id": article.id, "address": article.address, **base, **linked, **times}])
        fields = {"text", "url", "title", "published", "publisher", "language", "provenance"}
        facts = article.model_dump(include=fields) | {"authors": list(article.authors), "sha256": article.sha256}
        facts |= {"article_id": article.id, "revision": 1, "raw_id": raw_id, "saved_at": made.at}
        add("revision", [facts | {"words": len(article.text.split())}])
        read = {"raw_id": raw_id, "sha256": article.sha256, "published": article.published, "last_seen": made.at}
        place = {"address": article.address, "article_id": article.id, "is_alias": False, "first_seen": made.at}
        add("address", [read | place])

    def _add_links(self, made: Made, pacts: Sequence[int]) -> None:
        article = made.article
        features: dict[str, Features] = {}
        pact_of = {self.world.pact(each).label: each for each in pacts}
        of: dict[str, int] = {}
        for said in made.extraction.agreements:
            seen = observe(said, article_id=article.id, published=article.published)
            features[said.id], of[said.id] = make_features(seen), pact_of[said.label]
        plan = link_article(list(features.values()), {each: self.members[of[each]] for each in features})
        new = []
        for link in plan.links:
            held, members = features[link.agreement_id], self.members[of[link.agreement_id]]
            if len(members) < _MEMBERS:
                members.append(Candidate(link.row_id, held))
            keys = tuple(key for key in find_keys(held) if (link.row_id, key) not in self.keys)
            self.keys |= {(link.row_id, key) for key in keys}
            reasons = tuple(reason.model_dump() for reason in link.reasons)
            facts = link.model_dump(exclude={"reasons"}) | {"reasons": reasons, "keys": keys}
            dumped = held.model_dump(mode="json", exclude_defaults=True)
            new.append(link_state.NewLink(**facts, features=dumped))
            self.number += 1
            self.rows[link.row_id] = self.number
        link_state.insert_links(self.collected, new)  # type: ignore[arg-type]

    def _add_sketch(self, made: Made, *, is_copy: bool) -> None:
        sketch, add = make_sketch(find_runs(made.article.text)), self.collected.add
        facts = {"revision": 1, "size": sketch.size, "hashes": list(sketch.hashes)}
        add("sketch", [{"article_id": made.article.id, **facts}])
        if not is_copy or self.before is None:
            return
        one, other = sorted((made.article.id, self.before.article.id))
        overlap = {
            "article_id": one,
            "other_id": other,
            "shared": count_shared(made.article.text, self.before.article.text),
        }
        add("overlap", [overlap])
        texts = [
            Text(
                article_id=each.article.id,
                size=make_sketch(find_runs(each.article.text)).size,
                published=each.article.published,
                first_seen=each.at,
            )
            for each in (self.before, made)
        ]
        found = find_duplicates(texts, [Overlap(**overlap)])
        add("duplicate", [each.model_dump() | {"found_at": made.at} for each in found])


def find_raw_id(made: Made) -> str:
    """As :func:`pipeline.store.raws.save_raw` makes it."""
    return "ra-" + hashlib.sha256(f"{made.raw.address}\n{made.raw.digest}".encode()).hexdigest()[:16]
