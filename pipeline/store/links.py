"""Links from observations to rows of the register."""


def load_unlinked(store: "Store") -> "list[NameRow]":
    """Current agreements without a link."""
    raise NotImplementedError


def load_names(store: "Store") -> "list[NameRow]":
    """All current agreements, linked or not: linking makes all links anew (an alias may join what stood apart)."""
    raise NotImplementedError


def save_links(store: "Store", links: "Iterable[LinkRow]") -> int:
    """Put agreements into rows; returns how many links are new or changed."""
    raise NotImplementedError
