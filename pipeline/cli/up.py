"""``entente up``: all that a small team needs on one machine."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.door import load_settings, warn
from pipeline.cli.print import print_line, print_note
from pipeline.cli.serve import fix_paths
from pipeline.errors import StoreError
from pipeline.settings import Settings

_ROOT = Path(__file__).parents[2]
_DAY = 86_400
# What the unit's processes are to know of this shell: the rest of the environment is the system's affair.
_KEPT = ("ENTENTE_", "PREFECT_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "PATH")


def up(
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Of the review page.")] = 8765,
    prefect_port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Of the Prefect server.")] = 4200,
    review: Annotated[bool, typer.Option("--review/--no-review", help="With the review page.")] = True,
    systemd: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", help="Write a systemd unit that does this at each boot (- prints it), and end."),
    ] = None,
) -> None:
    """Start the store, a Prefect server, the schedules and the review page; stop them together with Ctrl-C.

    What dies is started again. With PREFECT_API_URL set, that server is used and none is started.
    """
    settings = load_settings()
    fix_paths(settings)
    if systemd is not None:
        options = ["--port", str(port), "--prefect-port", str(prefect_port), *([] if review else ["--no-review"])]
        _write_unit(systemd, settings, options)
        return
    programs = _find_programs(settings, port=port if review else None, prefect_port=prefect_port)
    from pipeline.jobs.supervise import Supervisor

    keeper = _StoreKeeper(settings)
    try:
        with Supervisor(programs, on_look=keeper.look) as supervisor:
            print_note(f"Starting {', '.join(program.name for program in programs)}; Ctrl-C stops them")
            supervisor.run()
    finally:
        keeper.close()


class _StoreKeeper:
    """The embedded database while all runs: started where it is not, also where it was killed, and stopped in the end."""

    def __init__(self, settings: Settings) -> None:
        from pipeline.store.embedded import server_status
        from pipeline.store.store import open_store

        self._home = None if settings.database_url else settings.home
        self._was_running = self._home is not None and server_status(self._home).is_running
        with open_store(settings):  # the tables are made here, once, and not by three programs at a time
            pass

    def look(self) -> None:
        """Start it where it has died; every command would, but then the first one waits for its recovery."""
        from pipeline.store.embedded import server_status, start_server

        if self._home is not None and not server_status(self._home).is_running:
            try:
                start_server(self._home)
            except StoreError as error:  # a full disk, for one: it may pass
                warn(str(error))

    def close(self) -> None:
        """Stop it, unless it was there before."""
        from pipeline.store.embedded import stop_server

        if self._home is not None and not self._was_running:
            stop_server(self._home)


def _find_programs(settings: Settings, *, port: int | None, prefect_port: int) -> list[Any]:
    from pipeline.jobs.supervise import Program

    given = os.environ.get("PREFECT_API_URL")
    url = given or f"http://127.0.0.1:{prefect_port}/api"
    environment = _make_environment(settings, url) | os.environ | {"PREFECT_API_URL": url}
    mine = [sys.executable, "-m", "pipeline.cli"]
    make = partial(Program, environment=environment)
    server = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(prefect_port)]
    is_ready, is_well = _watch(url)
    programs = [] if given else [make(name="Prefect server", argv=server, is_ready=is_ready, is_well=is_well)]
    programs.append(make(name="schedules", argv=[*mine, "serve"]))
    if port is not None:
        programs.append(make(name="review page", argv=[*mine, "review", "--port", str(port)]))
        print_line(f"review page    http://127.0.0.1:{port}")
    print_line(f"Prefect server {url.removesuffix('/api')}")
    return programs


def _make_environment(settings: Settings, url: str) -> dict[str, str]:
    """Of the Prefect server and those that talk to it; what the user has set wins."""
    days = settings.prefect_keep_days
    found = {
        "PREFECT_HOME": str(settings.home.absolute() / "prefect"),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # Overdue runs are dealt with in flows/overdue.py. Hundreds of them, marked as late all at once, locked its SQLite.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
        # In memory, as it is by default, a server that is killed never gives a slot back.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # Its database would grow for ever: flow runs with their logs, and events (one a heartbeat).
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(days * _DAY),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{min(days, 7)}D",
    }
    if settings.prefect_database_url:
        from pipeline.store.servers import check_extension

        check_extension(settings.prefect_database_url, "pg_trgm", setting="ENTENTE_PREFECT_DATABASE_URL")
        rest = settings.prefect_database_url.partition("://")[2]
        found["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = f"postgresql+asyncpg://{rest}"
    return found


def _watch(url: str) -> tuple[Callable[[], bool], Callable[[], bool]]:
    """Whether the Prefect server is ready, and whether it is well."""
    from pipeline.cli.prefect_server import can_write, is_answering

    return partial(is_answering, url), partial(can_write, url)


def _write_unit(target: Path, settings: Settings, options: list[str]) -> None:
    from pipeline.jobs.unit import make_unit, write_environment

    environment = settings.home.absolute() / "entente.env"
    unit = make_unit(
        [sys.executable, "-m", "pipeline.cli", "up", *options],
        environment=environment,
        directory=_ROOT,
        docs=_ROOT / "docs" / "RUNBOOK.md",
    )
    if str(target) == "-":
        print(unit, end="")
        return
    write_environment(environment, {name: value for name, value in os.environ.items() if name.startswith(_KEPT)})
    target.write_text(unit, "utf-8")
    print_line(f"{target} and {environment} are written")
    print_note(f"As root: systemctl enable --now {target.absolute()}")
