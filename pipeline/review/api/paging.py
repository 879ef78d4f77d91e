"""Lists by the page: what was found, and how to go on. A page begins after a record, so what comes in meanwhile moves nothing."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import ConfigDict, Field

from pipeline.store.row import Row

#: Of the largest rows (a row of the register with its observations: 8 kB) 200 are a page of 1.6 MB.
MOST = 200
DEFAULT = 50

Limit = Annotated[int, Field(ge=1, le=MOST, description="how many at most")]
After = Annotated[str | None, Field(max_length=100, description="what `next` of the page before said")]

_T = TypeVar("_T")


class Page(Row, Generic[_T]):
    """Some of a list."""

    #: Each page of something is a class of its own in pydantic, to which the docstring is not handed down.
    model_config = ConfigDict(json_schema_extra={"description": "Some of a list."})

    items: tuple[_T, ...]
    next: str | None = Field(description="give it as `after` to go on; null where this is the end")


def make_page(found: Sequence[_T], limit: int, find_id: Callable[[_T], str]) -> Page[_T]:
    """A page of what was found, which is one more than the page has where there is more.

    Example::

        make_page(load_runs(store, limit=limit + 1), limit, lambda run: run.id)
    """
    items = tuple(found[:limit])
    return Page(items=items, next=find_id(items[-1]) if len(found) > limit else None)
