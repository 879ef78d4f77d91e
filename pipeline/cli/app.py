"""The program ``entente``: its commands, and what becomes of their errors."""

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from pipeline.cli import (
    articles,
    backup,
    brief,
    changes,
    claims,
    corpus,
    db,
    decide,
    decisions,
    diff,
    doctor,
    entities,
    evaluate,
    export,
    extract,
    gold,
    imports,
    ingest,
    precision,
    quarantine,
    reextract,
    register,
    retention,
    review,
    run,
    schema,
    search,
    serve,
    show,
    sources,
    status,
    themes,
    train,
    up,
    users,
)
from pipeline.cli.door import complain, is_debug, set_debug
from pipeline.errors import EntenteError

_HELP = "A register of who agreed what with whom, and who claims what, kept from policy articles."

_EPILOG = (
    "Exit codes: 0 done; 1 an error of ours; 2 bad input or usage; 3 one or more articles failed, the others are done; "
    "4 the database cannot be reached, started or upgraded; 5 a model is missing or is not the pinned one; "
    "130 interrupted, what was saved stays."
)

# Typer has its own copy of click and exports only this subclass of the error that all mistakes in usage share.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name="entente",
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
)
_READ, _LOOK, _RUN = "Read articles", "Look into the register", "Look after it"
_MEASURE, _DECIDE = "Measure it", "Say what is right"
app.command(rich_help_panel=_READ)(ingest.ingest)
app.command(rich_help_panel=_READ)(extract.extract)
app.command(rich_help_panel=_LOOK)(register.register)
app.command(rich_help_panel=_LOOK)(claims.claims)
app.command(rich_help_panel=_LOOK)(entities.entities)
app.add_typer(themes.app, rich_help_panel=_LOOK)
app.command(rich_help_panel=_LOOK)(articles.articles)
app.command(rich_help_panel=_LOOK)(search.search)
app.command(rich_help_panel=_LOOK)(show.show)
app.command(rich_help_panel=_LOOK)(changes.changes)
app.command(rich_help_panel=_LOOK)(brief.brief)
app.command(rich_help_panel=_LOOK)(decisions.decisions)
app.add_typer(export.app, rich_help_panel=_LOOK)
app.add_typer(sources.app, rich_help_panel=_READ)
app.command(rich_help_panel=_DECIDE)(review.review)
app.add_typer(decide.app, rich_help_panel=_DECIDE)
app.command(name="import", rich_help_panel=_DECIDE)(imports.import_file)
app.command(rich_help_panel=_RUN)(up.up)
app.command(rich_help_panel=_RUN)(serve.serve)
app.command(rich_help_panel=_RUN)(status.status)
app.command(rich_help_panel=_RUN)(backup.backup)
app.command(rich_help_panel=_RUN)(backup.restore)
app.command(rich_help_panel=_RUN)(retention.retention)
app.add_typer(quarantine.app, rich_help_panel=_RUN)
app.add_typer(run.app, rich_help_panel=_RUN)
app.command(rich_help_panel=_RUN)(diff.diff)
app.command(rich_help_panel=_RUN)(reextract.reextract)
app.add_typer(db.app, rich_help_panel=_RUN)
app.add_typer(users.app, rich_help_panel=_RUN)
app.command(rich_help_panel=_RUN)(doctor.doctor)
app.command(rich_help_panel=_RUN)(schema.schema)
app.command(rich_help_panel=_MEASURE)(evaluate.evaluate)
app.add_typer(corpus.app, rich_help_panel=_MEASURE)
app.command(rich_help_panel=_MEASURE)(train.train)
app.add_typer(gold.app, rich_help_panel=_MEASURE)
app.command(rich_help_panel=_MEASURE)(precision.precision)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"entente {version('entente')}")
        raise typer.Exit


@app.callback()
def start(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks (or set ENTENTE_DEBUG=1).")] = False,
    show_version: Annotated[  # noqa: ARG001 -- its callback prints and leaves
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before every command."""
    set_debug(wanted=debug)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code (``entente --help`` lists the codes).

    Args:
        args: the words after ``entente``; those of this process by default.
    """
    sys.exit(run_command(sys.argv[1:] if args is None else args))


def run_command(args: Sequence[str]) -> int:
    """Run one command; returns its exit code. A user's mistake is one line on standard error, never a traceback."""
    set_debug(wanted=False)
    try:
        code = app(args=list(args) or ["--help"], prog_name="entente", standalone_mode=False)
    except EntenteError as error:
        return _report(error, error.exit_code, str(error))
    except _UsageError as error:
        return _report(error, 2, _say_usage(error))
    except KeyboardInterrupt:
        code = 130
    if code == 130:
        complain("interrupted; what was saved stays, and the same command goes on from there")
    return code if isinstance(code, int) else 0


def _report(error: Exception, code: int, message: str) -> int:
    if is_debug():
        traceback.print_exception(error)
    complain(message)
    return code


def _say_usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "entente"
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    plain = message.replace("Value error, ", "").rstrip(".?")
    return f"{plain}; see {command} --help"
