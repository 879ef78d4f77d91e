"""Markdown: the text stays as it is written; front matter and the first heading say what it is."""

import re

from pipeline.reading.metadata import Metadata, clean_date, clean_language, clean_line, clean_names, clean_url

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY_VALUE = re.compile(r"^(?P<key>[A-Za-z_][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_LIST_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>.+)$")
_HEADING = re.compile(r"^(?:#{1,6}[ \t]+(?P<hash>.+?)[ \t#]*|(?P<line>\S.*)\r?\n=+[ \t]*)\r?$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)  # a # in code is no heading
_FRONT_MATTER_LIMIT = 65_536  # characters looked at for the end of front matter: beyond it the first line was a rule


def read_markdown(content: str) -> tuple[str, Metadata]:
    """Markdown without its front matter, otherwise as written, and what front matter and first heading say.

    Front matter is a block of ``key: value`` lines between two ``---`` at the very start: title, date or published,
    author or authors (``[A, B]`` or a list of ``- A`` lines), publisher, url, language. A block without any of these
    is text that starts with a rule.
    """
    found = _FRONT_MATTER.match(content[:_FRONT_MATTER_LIMIT])
    fields = _read_fields(found["block"]) if found else {}
    if not found or not fields.keys() & _KNOWN:
        return content, Metadata(title=_find_heading(content))
    text = content[found.end() :]
    metadata = _to_metadata(fields)
    return text, metadata if metadata.title else metadata.model_copy(update={"title": _find_heading(text)})


_KNOWN = {"title", "date", "published", "author", "authors", "publisher", "url", "canonical_url", "language", "lang"}


def _read_fields(block: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    key = ""
    for line in block.splitlines():
        pair, item = _KEY_VALUE.match(line), _LIST_ITEM.match(line)
        if pair:
            key = pair["key"].lower()
            fields[key] = _split(pair["value"] or "")
        elif item and key:
            fields[key].append(_unquote(item["value"]))
    return fields


def _split(value: str) -> list[str]:
    value = value.strip()
    listed = re.fullmatch(r"\[(.*)\]", value)
    parts = listed[1].split(",") if listed else [value]
    return [_unquote(part) for part in parts if part.strip()]


def _unquote(value: str) -> str:
    value = value.strip()
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _to_metadata(fields: dict[str, list[str]]) -> Metadata:
    def first(*keys: str) -> str | None:
        return next((fields[key][0] for key in keys if fields.get(key)), None)

    return Metadata(
        title=clean_line(first("title")),
        authors=clean_names([*fields.get("authors", ()), *fields.get("author", ())]),
        published=clean_date(first("published", "date")),
        publisher=clean_line(first("publisher")),
        url=clean_url(first("url", "canonical_url")),
        language=clean_language(first("language", "lang")),
    )


def _find_heading(text: str) -> str | None:
    found = _HEADING.search(_FENCE.sub("", text))
    return (
        clean_line(re.sub(r"[*_`]|\[(?P<words>[^\]]*)\]\([^)]*\)", r"\g<words>", found["hash"] or found["line"]))
        if found
        else None
    )
