"""Plain text: the file's content as decoded, never changed; what is not given beside it is not known."""

from pipeline.reading.metadata import Metadata


def read_text(content: str) -> tuple[str, Metadata]:
    """The text itself, to the last line end; no title and no date are guessed from it."""
    return content, Metadata()
