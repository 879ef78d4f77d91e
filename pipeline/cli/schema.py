"""``entente schema``: the records as JSON Schema."""

from typing import Annotated

import typer

from pipeline.cli.print import print_json
from pipeline.errors import InputError


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="extraction (what extract writes), brief, agreement, claim, …"),
    ] = None,
) -> None:
    """Print the JSON Schema of one record, or of all."""
    from pipeline.brief.page import Brief
    from pipeline.exports.schema import SCHEMAS, make_schema

    if name is None:
        print_json(make_schema())
    elif name == "brief":
        print_json(Brief.model_json_schema(mode="serialization"))
    elif name in SCHEMAS:
        print_json(make_schema(name))
    else:
        raise InputError(f"there is no record {name!r}; there are {', '.join(SCHEMAS)} and brief")
