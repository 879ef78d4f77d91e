"""Pages for people, a module per noun. Each has a ``router``; it stands in this list, its routes in ``access.py``."""

from fastapi import APIRouter

from pipeline.review.views import accounts, article, decide, frame, people, spans, undo

#: In the order in which they are asked whether an address is theirs.
ROUTERS: list[APIRouter] = [
    frame.router,
    people.router,
    accounts.router,
    article.router,
    decide.router,
    spans.router,
    undo.router,
]
