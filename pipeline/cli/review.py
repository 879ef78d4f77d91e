"""``entente review``: the page where people read and decide, in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import load_settings
from pipeline.cli.print import is_terminal, print_note
from pipeline.enumerations import Role
from pipeline.errors import InputError

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0: any that is free.")]
Open = Annotated[
    bool | None, typer.Option("--open/--no-open", help="Open the browser (by default on a terminal, on loopback).")
]
Names = Annotated[
    list[str] | None, typer.Option(metavar="HOST", help="A host name that the page answers to; again for more.")
]
Certificate = Annotated[Path | None, typer.Option(metavar="FILE", help="Serve https with this certificate (PEM).")]
Key = Annotated[Path | None, typer.Option(metavar="FILE", help="The certificate's key (PEM).")]
Proxies = Annotated[
    list[str] | None,
    typer.Option(metavar="NET", help="An address or network whose forwarding headers are believed; again for more."),
]
Header = Annotated[str | None, typer.Option(metavar="HEADER", help="In which a trusted proxy says who is signed in.")]
Newcomers = Annotated[
    Role | None, typer.Option(case_sensitive=False, help="Role of whom the proxy names and who has no account.")
]


def review(
    host: Host = "127.0.0.1",
    port: Port = 8765,
    open_: Open = None,
    name: Names = None,
    certificate: Certificate = None,
    key: Key = None,
    trusted_proxy: Proxies = None,
    user_header: Header = None,
    newcomers: Newcomers = None,
) -> None:
    """Open the review page: the text beside the register, one key per decision."""
    from pipeline.review.options import ReviewOptions, read_networks
    from pipeline.review.serve import serve

    if (user_header or newcomers) and not trusted_proxy:
        raise InputError("--user-header and --newcomers need a --trusted-proxy: nobody else is believed")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise InputError(f"{file}: there is no such file")
    options = ReviewOptions(
        host=host,
        port=port,
        names=tuple(name or ()),
        proxies=read_networks(trusted_proxy or []),
        user_header=user_header,
        newcomers=newcomers,
        certificate=str(certificate) if certificate else None,
        key=str(key) if key else None,
    )
    is_wanted = options.is_local and is_terminal() if open_ is None else open_
    serve(load_settings(), options, ready=lambda url: _announce(url, is_opened=is_wanted))


def _announce(url: str, *, is_opened: bool) -> None:
    print_note(f"The review page is at {url} (Ctrl-C ends it)")
    if is_opened:
        typer.launch(url)
