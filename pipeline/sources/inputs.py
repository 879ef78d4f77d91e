"""The in-door: what a user names (files, folders, web addresses, standard input) to addresses, then to raw articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import ArticleError, FetchError
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.sources.archive import fetch_member, find_members, is_archive, split_member
from pipeline.sources.folder import check_file, fetch_file, find_files, is_readable_name, is_sidecar
from pipeline.sources.given import check_given
from pipeline.sources.stdin import STDIN, fetch_stdin
from pipeline.sources.urls import find_key, is_url, normalise_url, printable
from pipeline.sources.web import fetch_page


@dataclass(frozen=True, kw_only=True)
class FoundInputs:
    """What the inputs lead to: the good ones, and an error for each of the others.

    Attributes:
        addresses: canonical, without doubles, each for :func:`fetch_article`: absolute paths, URLs, ``-``.
        failures: one error for each input that leads nowhere, with the stage and address that quarantine keeps.
    """

    addresses: tuple[str, ...]
    failures: tuple[ArticleError, ...]


def find_addresses(inputs: Sequence[str]) -> FoundInputs:
    """Find the articles that inputs stand for; a bad input does not take the others down.

    Inputs are files (``a.txt``), folders with all below them, zips of these, web addresses (``https://…``) and ``-`` for
    standard input, in the order given; what a folder or a zip holds is sorted. Nothing is fetched yet.
    """
    addresses: dict[str, None] = {}  # a set that keeps its order
    failures: list[ArticleError] = []
    for given in inputs:
        found, failed = _find(given)
        addresses.update(dict.fromkeys(found))
        failures.extend(failed)
    return FoundInputs(addresses=tuple(addresses), failures=tuple(failures))


def fetch_article(address: str, *, settings: Settings, given: Mapping[str, Any] | None = None) -> RawArticle:
    """Fetch the bytes of one article.

    The raw article's address is canonical: the key of the URL that was asked for (not where a redirect led:
    many pages may be redirected to one, for consent or log-in), an absolute path (of a file in a
    zip: ``/a/b.zip!/c.txt``), or ``stdin:<SHA-256>``. Where
    redirects led through is kept as ``aliases``.

    Args:
        address: from :func:`find_addresses`, or any file, URL or ``-``.
        settings: limits of time and size.
        given: metadata from options (see :func:`pipeline.sources.given.check_given`); it wins over a sidecar's.

    Raises:
        FetchError: the bytes could not be had; RefusedError: they must not be.
        InputError: ``given`` is wrong.
    """
    options = check_given(given or {}, where="options")
    sidecar: dict[str, Any] = {}
    aliases: tuple[str, ...] = ()
    if address == STDIN:
        address, media_type, body = fetch_stdin()
    elif is_url(address):
        page = fetch_page(address, settings=settings)
        address, media_type, body, aliases = find_key(address), page.media_type, page.body, page.aliases
    elif (member := split_member(address)) is not None and member[0].is_file():
        media_type, body, sidecar = fetch_member(*member)
    else:
        path = Path(address).resolve()
        media_type, body, sidecar = fetch_file(path)
        address = str(path)
    return RawArticle(
        address=address,
        media_type=media_type,
        body=body,
        fetched_at=datetime.now(UTC),
        given={**sidecar, **options},
        aliases=aliases,
    )


def _find(given: str) -> tuple[list[str], list[ArticleError]]:
    try:
        if given == STDIN:
            return [STDIN], []
        if is_url(given):
            return [normalise_url(given)], []
        return _find_paths(given)
    except ArticleError as error:
        return [], [error]
    except (OSError, ValueError) as error:  # a name that is too long, a NUL in it, a circle of links
        return [], [_unusable(given, printable(str(error)))]


def _find_paths(given: str) -> tuple[list[str], list[ArticleError]]:
    if not given.strip():
        return [], [_unusable(given or "''", "is empty")]
    path = Path(given).resolve()
    member = split_member(str(path))
    if path.is_dir():
        return _open_archives(*find_files(path))
    if path.is_file() and is_archive(path):
        return find_members(path)
    if path.is_file() and is_sidecar(path):
        return [], []  # "folder/*" names it too; it is read with its article
    if member is not None and member[0].is_file():
        return [str(path)], []
    failure = _find_failure(path, given)
    return ([], [failure]) if failure else ([str(path)], [])


def _find_failure(path: Path, given: str) -> ArticleError | None:
    if not path.exists():
        return _unusable(given, "there is no such file or folder", path)
    return check_file(path) if path.is_file() else _unusable(given, "is neither a file nor a folder", path)


def _open_archives(paths: list[str], failures: list[ArticleError]) -> tuple[list[str], list[ArticleError]]:
    found: list[str] = []
    for path in paths:
        inside, failed = find_members(Path(path)) if is_archive(Path(path)) else ([path], [])
        found += inside
        failures = failures + failed
    return found, failures


def _unusable(given: str, why: str, path: Path | None = None) -> FetchError:
    shown = printable(given)
    # In full where it can be stored: another try may come from another directory.
    address = str(path) if path is not None and is_readable_name(path) else shown
    return FetchError(f"{shown}: {why}; give a file, a folder, a web address or - for standard input", address=address)
