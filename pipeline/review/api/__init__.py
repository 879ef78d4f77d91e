"""The same for programs: JSON under ``/api/v1``, a module per noun, behind the same roles."""

from fastapi import APIRouter

from pipeline.review.api import (
    articles,
    audit,
    changes,
    claims,
    decisions,
    document,
    entities,
    quarantine,
    queue,
    reading,
    records,
    register,
    runs,
    search,
    themes,
)

#: Each router bears the prefix ``/api/v1``; its routes' names begin with ``api_`` and stand in ``access.py``.
ROUTERS: list[APIRouter] = [
    register.router,
    entities.router,
    claims.router,
    articles.router,
    reading.router,
    records.router,
    search.router,
    decisions.router,
    queue.router,
    themes.router,
    changes.router,
    runs.router,
    quarantine.router,
    audit.router,
    document.router,
]
