"""Fetched articles, kept as they came."""


def save_raw(store: "Store", raw: "RawArticle") -> "SavedRaw":
    """Keep a fetched article; the same bytes at the same address are kept once."""
    raise NotImplementedError


def load_raw(store: "Store", raw_id: str) -> "RawArticle":
    """A kept raw article."""
    raise NotImplementedError


def load_pending(store: "Store") -> list[str]:
    """Ids of raw articles that were neither read nor quarantined."""
    raise NotImplementedError
