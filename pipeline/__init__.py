"""Entente: a register of who agreed what with whom, and who claims what, kept from policy articles.

The public Python interface; each name is imported when it is first used, so that ``import pipeline`` stays light. Types are
said in ``__init__.pyi``.
"""

import importlib
from typing import Any

_HOMES = {
    "Settings": "pipeline.settings",
    "RawArticle": "pipeline.records",
    "Article": "pipeline.records",
    "Extraction": "pipeline.records",
    "Entity": "pipeline.records",
    "Agreement": "pipeline.records",
    "Claim": "pipeline.records",
    "Theme": "pipeline.records",
    "Decision": "pipeline.decisions",
    "EntenteError": "pipeline.errors",
    "Store": "pipeline.store.store",
    "open_store": "pipeline.interface",
    "read": "pipeline.interface",
    "extract": "pipeline.interface",
    "ingest": "pipeline.interface",
    "register": "pipeline.interface",
    "claims": "pipeline.interface",
    "entities": "pipeline.interface",
    "articles": "pipeline.interface",
    "search": "pipeline.interface",
    "load": "pipeline.interface",
    "frame": "pipeline.interface",
    "read_article": "pipeline.reading.article",
    "extract_article": "pipeline.road",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 -- the list is made of literals, two lines up


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- each name has a type of its own
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
