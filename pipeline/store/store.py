"""Opening and closing the store."""


def open_store(settings: "Settings") -> "Store":
    """The store of these settings, as a context manager; starts the embedded server and migrates where needed."""
    raise NotImplementedError
