"""Vectors of texts, by text digest and route."""


def load_unembedded(store: "Store", route: str) -> list[tuple[str, str]]:
    """(content_sha256, text) of current passages and claims without a vector of that route."""
    raise NotImplementedError


def save_vectors(store: "Store", route: str, vectors: "Mapping[str, NDArray[np.float32]]") -> int:
    """Keep vectors by content_sha256; returns how many were new."""
    raise NotImplementedError


def load_members(store: "Store", route: str) -> "tuple[list[MemberRow], NDArray[np.float32]]":
    """Current passages and claims that have a vector of that route, and the vectors (n, d), row for row."""
    raise NotImplementedError
