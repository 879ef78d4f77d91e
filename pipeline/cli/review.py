"""``entente review``: the page where people read and decide, in a browser."""

from typing import Annotated

import typer

from pipeline.cli.door import load_settings


def review(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port.")] = 8765,
) -> None:
    """Open the review page: the text beside the register, one key per decision."""
    from pipeline.review.options import ReviewOptions
    from pipeline.review.serve import serve

    serve(load_settings(), ReviewOptions(host=host, port=port))
