"""How a row of the register is cited: what it is, where it stands, when it was looked at, and who tells of it."""

from collections.abc import Iterable
from datetime import date

from pipeline.brief.phrases import say_day, say_value
from pipeline.review.links import find_web_address
from pipeline.store.register_rows import ObservationRow, RegisterPage

_SOURCES = 3


def cite_row(row: RegisterPage, address: str, *, consulted: date) -> str:
    """A row as a footnote has it, in one paragraph of plain text.

    Example: ``Kestrel Treaty, treaty, signed 17 July 2025. Entente register, rw-0123456789abcdef, https://register.example/
    register/rw-0123456789abcdef, consulted 22 November 2026. Told of in 2 articles: The Example, A treaty, 18 July 2025, …``

    Args:
        row: with its latest observations, of which three are named, official texts first.
        address: of the row's page, whole.
        consulted: the day on which it is looked at.
    """
    standing = " ".join(part for part in (say_value(row.status), _say_day(row.status_date)) if part)
    head = ", ".join(part for part in (row.label, say_value(row.kind), standing) if part)
    known = f", as known on {say_day(row.as_of)}" if row.as_of else ""
    where = f"Entente register, {row.id}, {address}, consulted {say_day(consulted)}{known}."
    return f"{head}. {where} {_cite_sources(row)}"


def _cite_sources(row: RegisterPage) -> str:
    told = f"Told of in {row.independent:,} article{'' if row.independent == 1 else 's'}"
    youngest = row.observations[::-1]
    chosen = sorted(youngest, key=lambda each: each.authority != "official")[:_SOURCES]
    sources = "; ".join(filter(None, map(_cite_source, chosen)))
    more = " and others" if row.observed > len(chosen) else ""
    return f"{told}: {sources}{more}." if sources else f"{told}."


def _cite_source(seen: ObservationRow) -> str:
    parts: Iterable[str | None] = (
        seen.publisher,
        seen.title,
        _say_day(seen.published),
        find_web_address(seen.url, seen.address),
    )
    return ", ".join(part for part in parts if part)


def _say_day(day: str | None) -> str:
    return say_day(day) if day else ""
