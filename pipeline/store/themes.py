"""Themes and their members."""


def save_themes(store: "Store", themes: "Sequence[Theme]", route: str) -> int:
    """Replace the current themes; a theme that keeps its id keeps its first_seen. Returns how many are new."""
    raise NotImplementedError


def load_themes(store: "Store") -> "list[ThemeRow]":
    """Current themes, the largest first."""
    raise NotImplementedError
