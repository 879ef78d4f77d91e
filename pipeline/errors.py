"""Every error a user can meet, in one tree; each says what, where and what to do.

EntenteError                 exit code 1
├── InputError               exit code 2: what was given cannot be used (a path, an option, a day)
│   └── NotFoundError        nothing bears that id
├── ArticleError             exit code 3: one article failed; it stands in quarantine with its stage
│   ├── FetchError           stage fetch: the bytes could not be had
│   │   ├── RefusedError     they must not be had
│   │   └── PassingError     the web was asked and may answer another time
│   ├── ReadError            stage read: the bytes are no article we can read
│   └── ExtractError         stage extract: the text could not be analysed
├── StoreError               exit code 4: the database cannot be reached, started or upgraded
│   └── TextError            what was given cannot be kept in it, or looked for: a NUL, half of a character
└── ModelError               exit code 5: a model is missing or is not the one that was pinned
"""

from typing import ClassVar


class EntenteError(Exception):
    """The base of all errors that are meant to be read by a user."""

    exit_code: ClassVar[int] = 1


class InputError(EntenteError):
    """What the user gave cannot be used."""

    exit_code = 2


class NotFoundError(InputError):
    """No record bears the id that was asked for."""


class ArticleError(EntenteError):
    """One article failed at one stage; the others go on.

    Attributes:
        stage: where on the road it failed: ``fetch``, ``read`` or ``extract``.
        address: the article's address (URL or path), as it was given.
        raw: the bytes that were there when it failed, if any (kept in quarantine).
    """

    exit_code = 3
    stage: ClassVar[str] = "article"

    def __init__(self, message: str, *, address: str, raw: bytes | None = None) -> None:
        super().__init__(message)
        self.address = address
        self.raw = raw


class FetchError(ArticleError):
    """The bytes could not be had: missing file, dead URL, time or size exceeded."""

    stage = "fetch"


class RefusedError(FetchError):
    """The bytes must not be fetched: a non-public address, a forbidden scheme or port."""


class PassingError(FetchError):
    """The web was asked in vain and may answer another time: a busy server, a connection that broke, no time left.

    Attributes:
        retry_after: seconds that the server asked us to stay away, if it did.
    """

    def __init__(
        self, message: str, *, address: str, raw: bytes | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, address=address, raw=raw)
        self.retry_after = retry_after


class ReadError(ArticleError):
    """The bytes are no article that can be read: empty, binary, too long, no text found."""

    stage = "read"


class ExtractError(ArticleError):
    """The text could not be analysed."""

    stage = "extract"


class StoreError(EntenteError):
    """The database cannot be reached, started or upgraded."""

    exit_code = 4


class TextError(StoreError):
    """What was given cannot be kept in the database, or looked for: a NUL, half of a surrogate pair, too large a number."""


class ModelError(EntenteError):
    """A model is missing, or its weights are not the ones that were pinned."""

    exit_code = 5
