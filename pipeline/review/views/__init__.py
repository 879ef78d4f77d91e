"""Pages for people, a module per noun. Each has a ``router``; it stands in this list, its routes in ``access.py``."""

from fastapi import APIRouter

from pipeline.review.views import frame

#: In the order in which they are asked whether an address is theirs.
ROUTERS: list[APIRouter] = [
    frame.router,
]
