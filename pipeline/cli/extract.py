"""``entente extract``: what articles say, as JSON, without a store."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from pipeline.cli.door import complain, load_settings, warn
from pipeline.cli.print import print_json, print_note, progress
from pipeline.errors import ArticleError, InputError
from pipeline.settings import Settings


def extract(
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH|URL|-…", help="Files, folders (with all below), web addresses, or -.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder for one NAME.json per article; made if need be.")
    ] = None,
    with_pronouns: Annotated[bool, typer.Option("--with-pronouns", help="List pronouns among the mentions.")] = False,
) -> None:
    """Print or write what articles say as JSON; save nothing.

    Without --out, one article's JSON goes to standard output. Sidecar files NAME.meta.json are read.
    """
    settings = load_settings()
    addresses, failures = _find(inputs)
    if out is None and len(addresses) > 1:
        raise InputError(f"{len(addresses)} articles do not fit one JSON document; give --out DIR")
    if out is not None:
        _make_folder(out)
    write = _make_writer(out)
    if addresses:
        with progress("Extracting", total=len(addresses)) as step:
            for address, found in _extract_all(addresses, settings, failures, with_pronouns):
                write(address, found)
                step(address)
    for failure in failures:
        complain(str(failure))
    if out is not None:
        print_note(f"{len(addresses) - sum(f.address in addresses for f in failures)} files in {out}")
    if failures:
        raise typer.Exit(ArticleError.exit_code)


def _find(inputs: list[str]) -> tuple[list[str], list[ArticleError]]:
    from pipeline.sources.inputs import find_addresses

    found = find_addresses(inputs)
    return list(found.addresses), list(found.failures)


def _extract_all(
    addresses: list[str], settings: Settings, failures: list[ArticleError], with_pronouns: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each article's file; what fails is added to ``failures``. The model is loaded once something could be read."""
    from pipeline.exports.extraction import to_extraction_json
    from pipeline.jobs.extractor import extract as extract_article
    from pipeline.jobs.extractor import is_extracted, mark_language
    from pipeline.jobs.runs import find_versions
    from pipeline.reading.article import read_article
    from pipeline.sources.inputs import fetch_article

    models = {"spacy": f"{settings.spacy_model} {find_versions(settings).get(settings.spacy_model, '')}".strip()}
    for address in addresses:
        try:
            raw = fetch_article(address, settings=settings)
            article = mark_language(read_article(raw, max_text_bytes=settings.max_text_bytes))
            extraction = extract_article(article, settings)
        except ArticleError as error:
            failures.append(error)
        else:
            if not is_extracted(article):
                warn(f"{address}: is not in English ({article.language}); nothing is extracted from it")
            yield address, to_extraction_json(article, extraction, models=models, with_pronouns=with_pronouns)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: no folder can be made there ({error.strerror}); give --out another place") from error


def _make_writer(out: Path | None) -> Callable[[str, dict[str, Any]], None]:
    """What writes one article's JSON; two inputs of one name get different files."""
    if out is None:
        return lambda _, found: print_json(found)
    taken: set[str] = set()

    def write(address: str, found: dict[str, Any]) -> None:
        name = find_stem(address)
        if name in taken:
            name = f"{name}-{found['article']['id'].removeprefix('ar-')[:8]}"
        taken.add(name)
        path = out / f"{name}.json"
        try:
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror}); give --out another place") from error

    return write


def find_stem(address: str) -> str:
    """What a file is called: ``/in/arden.txt`` → ``arden``, ``https://a.example/b/c?d`` → ``c``, ``-`` → ``stdin``."""
    if address == "-":
        return "stdin"
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        return Path(address).stem
    last = parts.path.rstrip("/").rpartition("/")[2] or parts.netloc
    return re.sub(r"[^\w.-]+", "-", re.sub(r"\.(html?|txt|md)$", "", last)) or "page"
