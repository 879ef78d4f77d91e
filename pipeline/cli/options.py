"""Options that several commands share, said once."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many rows.")]
Search = Annotated[str | None, typer.Option("--search", "-s", metavar="WORDS", help="Only what has these words.")]
RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="An id, or its beginning (six characters or more after the prefix).")
]
