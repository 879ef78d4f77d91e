"""Gold of real articles, whose texts are not ours to give: offsets and a digest here, the text wherever it is at hand.

``corpus/real/NAME.json`` holds the records of one document without any of its words; where a text lies below the
folder of texts is its ``source``: ``file.txt``, or ``set/documents.json#ID`` for a file with one JSON object a line
(``_id`` and ``text``). A text that is not the one that was marked, to the last character, is refused.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluation.extractions import Chosen
from pipeline.gold.records import GoldArticle

_SPANS = {"mentions", "content", "span", "cue_span", "speaker_span"}
_THEIRS = {"date_text", "title"}  # words of the document itself


def to_standoff(gold: GoldArticle, *, texts: Path) -> dict[str, Any]:
    """A marked real article without its words.

    Raises:
        InputError: its head names no source, there is no such text, or it is another one than was marked.
    """
    if gold.header.source is None:
        raise InputError(f'{gold.slug}: its head names no source; add source = "set/documents.json#ID"')
    text = _find_text(texts, gold.header.source)
    if text.rstrip("\n") != gold.text.rstrip("\n"):
        raise InputError(f"{gold.slug}: the marked text is not that of {gold.header.source}; mend the gold")
    record = gold.model_dump(mode="json", exclude_defaults=True, exclude={"text"})
    record = _map(record, _strip_span)
    for claim in record["claims"]:
        if claim["speaker"].startswith("s"):
            claim["speaker_name"] = None
    return {"sha256": hashlib.sha256(text.encode()).hexdigest(), **record}


def from_standoff(record: dict[str, Any], *, texts: Path) -> GoldArticle:
    """A marked real article with its words, from where its text lies.

    Raises:
        InputError: there is no such text, it is another one than was marked, or the record is none.
    """
    source = record["header"]["source"]
    text = _find_text(texts, source)
    if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
        raise InputError(f"{source}: is not the text that was marked (its SHA-256 differs); get the original")
    held = _map(record, lambda span: _fill_span(span, text))
    held["header"]["title"] = held["slug"]
    for claim in held["claims"]:
        if claim["speaker"].startswith("s"):
            claim["speaker_name"] = claim["speaker_span"]["text"]
    del held["sha256"]
    return GoldArticle.model_validate_json(json.dumps({**held, "text": text}))


def choose_real(folder: Path, *, texts: Path, split: str = "test") -> Chosen:
    """The real articles of a folder with their texts, and the digest of their files.

    Args:
        folder: of the records.
        texts: where the texts lie.
        split: "test" for those that are scored, "train" for those that are learned from.

    Raises:
        InputError: there is none, or one of them cannot be read or filled with its text.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}: has no marked real article")
    digest = hashlib.sha256()
    articles = []
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
        try:
            articles.append(from_standoff(json.loads(path.read_bytes()), texts=texts))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path}: is no standoff gold ({' '.join(str(error).split())[:200]})") from error
    return Chosen(tuple(each for each in articles if each.header.split == split), digest.hexdigest())


def render_standoff(record: dict[str, Any]) -> str:
    """The file: a record on each line, so that it can be read and compared."""
    lines = []
    for key, value in record.items():
        if isinstance(value, list):
            rows = ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in value)
            lines.append(f'"{key}": [\n  {rows}\n ]' if rows else f'"{key}": []')
        else:
            lines.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _map(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 -- any JSON value
    """A copy of a JSON value with every span changed, and without words of the document."""
    if isinstance(value, list):
        return [_map(each, change) for each in value]
    if not isinstance(value, dict):
        return value
    copy = {}
    for key, each in value.items():
        if key in _SPANS and each is not None:
            copy[key] = [change(span) for span in each] if key in {"mentions", "content"} else change(each)
        elif key not in _THEIRS:
            copy[key] = _map(each, change)
    return copy


def _strip_span(span: dict[str, Any]) -> list[Any]:
    return [span["start"], span["end"], *([span["flags"]] if span.get("flags") else [])]


def _fill_span(span: list[Any], text: str) -> dict[str, Any]:
    start, end, *flags = span
    filled = {"start": start, "end": end, "text": text[start:end]}
    return {**filled, "flags": flags[0]} if flags else filled


def _find_text(texts: Path, source: str) -> str:
    name, _, wanted = source.partition("#")
    try:
        content = (texts / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{texts / name}: cannot be read ({error}); check --real") from error
    if not wanted:
        return content
    for line in filter(None, content.split("\n")):
        row = json.loads(line)
        if row.get("_id") == wanted:
            return str(row["text"])
    raise InputError(f"{texts / name}: has no document {wanted}; check --real")
