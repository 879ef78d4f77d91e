"""Whether what a person calls a place in an article is one: its words stand there."""

from typing import Any

from sqlalchemy import Connection, select

from pipeline.errors import InputError, NotFoundError
from pipeline.store import schema
from pipeline.store.queries import is_current_revision
from pipeline.store.store import Store


def load_text(connection: Connection, article_id: str) -> str | None:
    """The text of an article as it stands now; None where there is none."""
    query = select(schema.revision.c.text).where(is_current_revision(), schema.article.c.id == article_id)
    return connection.execute(query).scalar()


def check_places(connection: Connection, article_id: str, places: Any) -> None:  # noqa: ANN401 -- JSON: one, several or none
    """Make sure that the words of these places (as JSON) stand there in the article.

    Raises:
        InputError: they do not, or not any more: the text may have changed since somebody looked at it.
    """
    given = [places] if isinstance(places, dict) else places or []
    text = load_text(connection, article_id) or ""
    for each in given:
        if text[each["start"] : each["end"]] != each["text"]:
            raise InputError(
                f"“{each['text'][:60]}” does not stand at {each['start']}-{each['end']} of {article_id}: "
                "the article was saved anew, or the place is another. Look at it again."
            )


def load_article_text(store: Store, article_id: str) -> str:
    """The text of an article (a whole id) as it stands now.

    Raises:
        NotFoundError: there is no such article.
    """
    with store.begin() as connection:
        text = load_text(connection, article_id)
    if text is None:
        raise NotFoundError(f"No article bears the id {article_id}.")
    return text
