"""The columns of a list as a table: the same in CSV, XLSX and Parquet, and in data frames.

Dates stay text, since many are prefixes (``2025``, ``2025-07``); what we stamped ourselves is a moment. Lists (parties, aliases)
are lists where the format has them, and joined by "; " where it has not. The roles of the parties stand in their order.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from pipeline.store.rows import ArticleRow, ClaimRow, EntityRow, ObservationRow, RegisterRow
from pipeline.store.streams import Reviewed

Kind = Literal["text", "whole", "number", "truth", "texts", "moment"]
Value = str | int | float | bool | datetime | tuple[str, ...] | None
JOINT = "; "  #: between the parts of a list, where a format has no lists


class View(StrEnum):
    """What can be exported as a table."""

    REGISTER = "register"
    OBSERVATIONS = "observations"
    CLAIMS = "claims"
    ENTITIES = "entities"
    ARTICLES = "articles"


class Column(NamedTuple):
    """One column: what it is called, what is in it, and where that is taken from."""

    name: str
    kind: Kind
    get: Callable[[Any], Any]


def read_values(columns: Sequence[Column], item: Reviewed) -> list[Value]:
    """A record's values in the order of the columns."""
    return [column.get(item) for column in columns]


def find_columns(view: View) -> tuple[Column, ...]:
    """The columns of a view, in their order; new ones are only ever added at the end."""
    return _COLUMNS[view]


def _field(name: str, kind: Kind = "text") -> Column:
    return Column(name, kind, lambda item: getattr(item.record, name))


def _of(name: str, kind: Kind, get: Callable[[Any], Any]) -> Column:
    """A column that is made of a record's fields."""
    return Column(name, kind, lambda item: get(item.record))


def _quote(record: ObservationRow) -> str | None:
    return None if record.quote is None else record.quote.text


def _figures(record: ObservationRow | ClaimRow) -> tuple[str, ...]:
    return tuple(f"{each.name} = {each.value:g}{f' {each.unit}' if each.unit else ''}" for each in record.figures)


_REVIEW = Column("review", "text", lambda item: item.review or getattr(item.record, "review", None))
_ARTICLE = tuple(map(_field, ("article_id", "title", "publisher", "published", "address", "url")))

_COLUMNS: Mapping[View, tuple[Column, ...]] = {
    View.REGISTER: (
        *map(_field, ("id", "label", "name", "kind", "status", "status_date", "date", "subject")),
        _of("parties", "texts", lambda row: tuple(each.entity for each in row.parties)),
        _of("roles", "texts", lambda row: tuple(each.role for each in row.parties)),
        _field("aliases", "texts"),
        _field("observed", "whole"),
        _field("independent", "whole"),
        _field("differs", "truth"),
        _field("confidence", "number"),
        _REVIEW,
        *map(_field, ("first_published", "last_published")),
        _field("first_seen", "moment"),
        _field("last_seen", "moment"),
    ),
    View.OBSERVATIONS: (
        Column("row_id", "text", lambda item: item.row_id),
        *map(_field, ("agreement_id", "name", "label", "kind", "status", "date", "subject")),
        _of("figures", "texts", _figures),
        _of("quote", "text", _quote),
        *_ARTICLE,
        *map(_field, ("authority", "origin")),
        _field("confidence", "number"),
        _field("reason"),
        _field("score", "number"),
        _REVIEW,
        _field("first_seen", "moment"),
    ),
    View.CLAIMS: (
        *map(_field, ("id", "speaker", "type", "content", "cue")),
        *(_field(name, "truth") for name in ("hedged", "negated", "direct")),
        _field("about", "texts"),
        _of("figures", "texts", _figures),
        *_ARTICLE,
        _field("confidence", "number"),
        _REVIEW,
        _field("first_seen", "moment"),
    ),
    View.ENTITIES: (
        *map(_field, ("id", "canonical", "type", "iso", "wikidata")),
        _field("aliases", "texts"),
        _field("mentions", "whole"),
        _field("articles", "whole"),
        _REVIEW,
    ),
    View.ARTICLES: (
        *map(_field, ("id", "title", "publisher", "published")),
        _field("authors", "texts"),
        *map(_field, ("language", "address", "url")),
        _field("addresses", "texts"),
        *(_field(name, "whole") for name in ("words", "agreements", "claims", "entities", "revision")),
        _field("repeats", "texts"),
        _field("fingerprint"),
        _field("first_seen", "moment"),
        _field("saved_at", "moment"),
    ),
}

#: The class of each view's records, for whoever has a list of them and no view.
VIEW_OF: Mapping[type, View] = {
    RegisterRow: View.REGISTER,
    ObservationRow: View.OBSERVATIONS,
    ClaimRow: View.CLAIMS,
    EntityRow: View.ENTITIES,
    ArticleRow: View.ARTICLES,
}
