"""How the values of the records are said to a person: on the brief, and in the tables of the command line."""

from collections.abc import Iterable
from datetime import date, datetime

from pipeline.enumerations import PartyRole
from pipeline.records import AUTHOR
from pipeline.store.rows import PartyRow

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_day(value: date | datetime | str) -> str:
    """A day, month or year as a person writes it, in English whatever the machine's locale.

    ``2025-07-17`` → ``17 July 2025``, ``2025-07`` → ``July 2025``, ``2025`` → ``2025``; a date → ``17 July 2025``.
    """
    parts = [int(part) for part in (value if isinstance(value, str) else f"{value:%Y-%m-%d}").split("-")]
    if len(parts) == 1:
        return str(parts[0])
    month = f"{_MONTHS[parts[1] - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"


def say_weekday(value: date) -> str:
    """The day of the week in English: ``Monday``."""
    return _DAYS[value.weekday()]


def say_value(value: str | None) -> str:
    """A value of a closed list in words: ``in_force`` → ``in force``; None → an empty string."""
    return (value or "").replace("_", " ")


def say_number(value: float) -> str:
    """A figure without a pointless fraction: ``26.0`` → ``26``, ``1500000`` → ``1,500,000``, ``3.5`` → ``3.5``."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def say_parties(parties: Iterable[PartyRow]) -> str:
    """Parties by role, the role said once after those who have it.

    ``France, United Kingdom (lead); Ukraine (beneficiary)``; plain parties need no role: ``Norland, Sudland``.
    """
    by_role: dict[PartyRole, list[str]] = {}
    for party in parties:
        names = by_role.setdefault(party.role, [])
        if party.entity not in names:
            names.append(party.entity)
    ordered = sorted(by_role.items(), key=lambda item: list(PartyRole).index(item[0]))
    return "; ".join(
        ", ".join(names) + ("" if role is PartyRole.PARTY else f" ({say_value(role)})") for role, names in ordered
    )


def say_speaker(speaker: str | None) -> str:
    """Who speaks, in words: the article's own writer is ``the author``, nobody named is ``unnamed``."""
    return "the author" if speaker == AUTHOR else speaker or "unnamed"
