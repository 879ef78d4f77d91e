"""``entente serve``: the flows, when they are due."""

import os
from typing import Annotated

import typer

from pipeline.cli.door import load_settings
from pipeline.cli.print import print_note
from pipeline.settings import Settings


def serve(
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print a prefect.yaml of the same plans for a work pool, and end.")
    ] = False,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Only make what flows count on in the Prefect server; for work pools.")
    ] = False,
) -> None:
    """Run the flows when they are due, by the schedules of the catalogue; needs a Prefect server (PREFECT_API_URL).

    What came due while nothing ran is one run for each source, not many.
    """
    settings = load_settings()
    fix_paths(settings)
    from flows.deployments import make_plans
    from flows.manifest import write_manifest
    from flows.serving import find_server, serve_plans
    from flows.serving import prepare as make_ready

    plans = make_plans(settings)
    if manifest:
        print(write_manifest(plans), end="")
    elif prepare:
        with find_server() as client:
            make_ready(client)
        print_note("The limits and the watch over runs that die are there.")
    else:
        print_note(f"Serving {', '.join(plan.name for plan in plans)}")
        serve_plans(plans, settings)


def fix_paths(settings: Settings) -> None:
    """Have the processes that are started from here find the same places, wherever they run."""
    os.environ["ENTENTE_HOME"] = str(settings.home.absolute())
    os.environ["ENTENTE_SOURCES"] = str(settings.sources.absolute())
