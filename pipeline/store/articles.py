"""Articles, their revisions and addresses; an article and all its records in one transaction."""


def find_known(store: "Store", article: "Article") -> str | None:
    """The id of the article whose text and published date these are already (any fingerprint), or None."""
    raise NotImplementedError


def find_article_id(store: "Store", article: "Article") -> str:
    """The id this article bears in the store: its address's article, else that of the same text, else its own."""
    raise NotImplementedError


def save_article(
    store: "Store", *, raw_id: str, article: "Article", extraction: "Extraction", passages: "Sequence[Passage]"
) -> "Outcome":
    """Save an article and everything extracted from it, once."""
    raise NotImplementedError


def save_alias(store: "Store", raw_id: str, article: "Article") -> str:
    """Note that a known text was read at this address too; returns the article's id."""
    raise NotImplementedError


def load_article(store: "Store", article_id: str) -> "ArticleText":
    """One article as it stands now, with its text."""
    raise NotImplementedError


def load_articles(store: "Store", wanted: "ArticleFilter" = ...) -> "list[ArticleRow]":
    """Articles, the youngest publication first."""
    raise NotImplementedError
