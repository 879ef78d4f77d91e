"""What changed in the register since a time stamp."""


def load_changes(store: "Store", *, since: "datetime") -> "Changes":
    """What came into the store since then (aware): rows, status changes, parties, differing figures, claims, themes."""
    raise NotImplementedError
