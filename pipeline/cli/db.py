"""``entente db``: the database behind the register."""

import typer

from pipeline.cli.door import load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line
from pipeline.errors import InputError
from pipeline.settings import Settings

app = typer.Typer(name="db", help="The database behind the register.")


@app.callback(invoke_without_command=True)
def start_group(context: typer.Context) -> None:
    """The database: by default an embedded PostgreSQL, in the data directory ENTENTE_HOME."""
    if context.invoked_subcommand is None:
        print_line(context.get_help())


@app.command()
def start(json: Json = False) -> None:
    """Start the embedded server; every command does so by itself where it needs it."""
    from pipeline.store.embedded import start_server

    url = start_server(_embedded(load_settings()).home)
    print_json({"running": True, "url": url}) if json else print_line(f"running: {url}")


@app.command()
def stop(json: Json = False) -> None:
    """Stop the embedded server."""
    from pipeline.store.embedded import stop_server

    was_running = stop_server(_embedded(load_settings()).home)
    if json:
        print_json({"running": False, "was_running": was_running})
    else:
        print_line("stopped" if was_running else "no server was running")


@app.command()
def migrate(json: Json = False) -> None:
    """Bring the tables up to date; every command does so by itself on first use."""
    with open_store():
        pass
    print_json({"up_to_date": True}) if json else print_line("the tables are up to date")


@app.command()
def url(json: Json = False) -> None:
    """Print the database's address, for other programs: psql "$(entente db url)"."""
    settings = load_settings()
    if settings.database_url:
        address = settings.database_url
    else:
        from pipeline.store.embedded import start_server

        address = start_server(settings.home)
    print_json({"url": address}) if json else print(address)


def _embedded(settings: Settings) -> Settings:
    if settings.database_url:
        raise InputError(
            "ENTENTE_DATABASE_URL names a server that is not ours to start or stop; unset it to use the embedded one"
        )
    return settings
