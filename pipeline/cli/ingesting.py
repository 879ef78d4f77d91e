"""How ``entente ingest`` runs: here, or as a tracked flow; imported by the command alone, since it loads the jobs."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.cli.door import complain, open_store, warn
from pipeline.cli.prefect_server import is_answering
from pipeline.cli.print import print_json, print_line, print_note, progress
from pipeline.errors import InputError
from pipeline.jobs.counts import IngestCounts
from pipeline.settings import Settings
from pipeline.sources.inputs import find_addresses
from pipeline.sources.urls import printable


def is_tracked(*, asked: bool) -> bool:
    """Whether to run as a flow: it was asked for, or a Prefect server is configured; and that server answers."""
    server = os.environ.get("PREFECT_API_URL")
    if not server:
        return asked  # Prefect starts a server of its own for one run
    if is_answering(server):
        return True
    warn(f"no Prefect server answers at PREFECT_API_URL={server}; the articles are ingested directly, untracked")
    return False


def run_flow(inputs: Sequence[str], given: Mapping[str, str], *, source: str | None) -> IngestCounts:
    """Ingest as a Prefect flow run: link, embed, themes and brief included."""
    for name in sorted({"title", "url"} & set(given)):
        raise InputError(f"--{name} cannot be used in a flow run; put it into a sidecar file NAME.meta.json")
    from flows.ingest import ingest

    # A flow may run elsewhere: what is relative here is not relative there.
    resolved = [each if each == "-" or "://" in each else str(Path(each).resolve()) for each in inputs]
    return ingest(resolved, source=source, published=given.get("published"), publisher=given.get("publisher"))


def run_here(
    inputs: Sequence[str], given: Mapping[str, str], *, source: str | None, settings: Settings, with_themes: bool
) -> IngestCounts:
    """Ingest in this process; seconds for a handful of articles, as long as its pace takes for a source."""
    from pipeline.jobs.ingest import ingest_all

    with open_store(settings) as store:
        total = len(find_addresses(inputs).addresses) if inputs else None
        with progress("Reading articles", total=total) as step:
            counts = ingest_all(store, inputs, settings=settings, given=given, source=source, on_article=step)
        if with_themes:
            from pipeline.jobs.cluster import update_themes

            with progress("Finding themes"):
                update_themes(store, settings=settings)
    return counts


def report(counts: IngestCounts, *, as_json: bool) -> None:
    """Say what became of the inputs: failures on standard error, a line (or JSON) on standard output."""
    for failure in counts.failures:
        shown = printable(failure.address)
        # What could not be fetched is named in its reason as the user named it.
        is_named = failure.stage in {"fetch", "source"} or shown in failure.reason
        complain(failure.reason if is_named else f"{shown}: {failure.reason}")
    if as_json:
        print_json(counts.numbers() | {"failures": [failure.model_dump() for failure in counts.failures]})
        return
    parts = [f"{counts.new} new", f"{counts.revisions} changed", f"{counts.known} known"]
    parts += [f"{counts.quarantined} failed"] if counts.failures else []
    found = f" Found {counts.agreements} agreements, {counts.claims} claims, {counts.entities} entities."
    print_line(f"Articles: {', '.join(parts)}.{found if counts.new or counts.revisions else ''}")
    if counts.foreign:
        print_note(f"Not in English: {counts.foreign}. They are kept, but nothing is extracted from them.")
    if counts.resting:
        print_note(f"Left alone, because they keep failing: {counts.resting} source(s); see entente sources check")
    if counts.failures:
        print_note("What failed stands in quarantine: entente quarantine list")
    if counts.new:
        print_note("Next: entente register, entente brief")
