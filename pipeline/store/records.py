"""Reading current records: the register, claims, entities, and one record by its id."""


def load_register(store: "Store", wanted: "RegisterFilter" = ...) -> "list[RegisterRow]":
    """Rows of the register, most recently published first."""
    raise NotImplementedError


def load_claims(store: "Store", wanted: "ClaimFilter" = ...) -> "list[ClaimRow]":
    """Claims, the youngest publication first, then in the order of the text."""
    raise NotImplementedError


def load_entities(store: "Store", wanted: "EntityFilter" = ...) -> "list[EntityRow]":
    """Entities over all articles, the most mentioned first."""
    raise NotImplementedError


def load_record(store: "Store", record_id: str) -> "FoundRecord":
    """What an id, or an unambiguous beginning of one of at least six characters, stands for."""
    raise NotImplementedError


def load_extraction(store: "Store", article_id: str) -> "Extraction":
    """Everything extracted from an article, as it stands now."""
    raise NotImplementedError
