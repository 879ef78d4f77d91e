"""What a page says of itself in JSON-LD (schema.org), read warily: anybody may write anything there."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.reading.metadata import Metadata, clean_date, clean_language, clean_line, clean_names, clean_url

# schema.org's types for something that is read, with their many children ("OpinionNewsArticle", "ScholarlyArticle").
_ARTICLE_TYPE = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|PressRelease|Statement)$")
_PAGE_TYPE = re.compile(r"^(WebPage|ItemPage|CreativeWork)$")
_DEEPEST = 8  # levels of lists and graphs: real pages have at most 4
_MOST_NODES = 2_000  # nodes looked at in one page: real pages have at most a few hundred


def read_jsonld(scripts: Sequence[str]) -> Metadata:
    """The metadata of the first article described in a page's JSON-LD scripts, else of the page itself.

    Handles lists, ``@graph``, references by ``@id`` within the page, authors and publishers as text, object or list.
    What cannot be parsed is passed over: metadata is a help, never a reason to refuse an article.

    Args:
        scripts: the contents of the ``<script type="application/ld+json">`` elements.
    """
    nodes = [node for script in scripts for node in _find_nodes(_parse(script), _DEEPEST)][:_MOST_NODES]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _has_type(node, _ARTICLE_TYPE)]
    pages = [node for node in nodes if _has_type(node, _PAGE_TYPE)]
    for node in articles + pages:
        if node.get("headline") or node.get("name") or node.get("datePublished"):
            return _to_metadata(node, by_id)
    return Metadata()


def _parse(script: str) -> object:
    plain = re.sub(r"^\s*(<!--|//<!\[CDATA\[|<!\[CDATA\[)|(-->|//\]\]>|\]\]>)\s*;?\s*$", "", script).strip().rstrip(";")
    try:
        # Not strict: line breaks within strings are common on real pages.
        parsed: object = json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return None
    return parsed


def _find_nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find_nodes(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _find_nodes(value.get(key), depth - 1)


def _has_type(node: dict[str, Any], pattern: "re.Pattern[str]") -> bool:
    types = node.get("@type")
    return any(
        isinstance(kind, str) and pattern.search(kind) for kind in (types if isinstance(types, list) else [types])
    )


def _to_metadata(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Metadata:
    publishers = _names(node.get("publisher"), by_id)
    return Metadata(
        title=clean_line(node.get("headline")) or clean_line(node.get("name")),
        authors=clean_names(_names(node.get("author") or node.get("creator"), by_id)),
        published=clean_date(node.get("datePublished")),
        publisher=clean_line(publishers[0]) if publishers else None,
        url=clean_url(node.get("url")) or clean_url(node.get("mainEntityOfPage")),
        language=clean_language(node.get("inLanguage")),
    )


def _names(value: object, by_id: dict[str, dict[str, Any]]) -> list[object]:
    names: list[object] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            reference = item.get("@id")
            known = by_id.get(reference, item) if isinstance(reference, str) else item
            name = item.get("name") or known.get("name")
            names.extend(name if isinstance(name, list) else [name])
        else:
            names.append(item)
    return [name for name in names if isinstance(name, str) and name.strip()]
