"""Gold files written: what people decided of an article, in the format that people write by hand.

What is written here :func:`pipeline.gold.read.read_gold` reads to the same marks and records.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.gold.marks import Mark
from pipeline.gold.nesting import nest_marks, write_marks
from pipeline.gold.read import DIVIDER
from pipeline.gold.tables import SECTIONS, HeaderTable
from pipeline.records import Record

# Braces mark, and these characters are refused in a gold file; each is replaced by one as long, so that places stay.
_PLAIN = str.maketrans({"{": "(", "}": ")", "\t": " ", "\r": " ", "\ufeff": " ", "\x00": " ", "\x0b": " ", "\x0c": " "})


def write_gold(header: HeaderTable, text: str, marks: Sequence[Mark], tables: Mapping[str, Record]) -> str:
    """The content of a gold file.

    Args:
        header: its head.
        text: the article's, as it is; braces become brackets, and tabs blanks.
        marks: with places in that text; they may cross and run over lines, and are cut where they do.
        tables: the records by id: ``{"e1": EntityTable(…), "a1": AgreementTable(…)}``.
    """
    plain = clean_text(text)
    body = write_marks(plain, nest_marks(plain, marks))
    body = body if body.endswith("\n") else body + "\n"
    head = "".join(f"{name} = {_show(value)}\n" for name, value in _list_values(header))
    return f"{DIVIDER}\n{head}{DIVIDER}\n{body}{DIVIDER}\n{_write_tables(tables)}"


def clean_text(text: str) -> str:
    """The text as a gold file can hold it: of the same length, without braces, tabs and lines that part a file."""
    lines = text.translate(_PLAIN).split("\n")
    return "\n".join("   " if line.rstrip() == DIVIDER else line for line in lines)


def _write_tables(tables: Mapping[str, Record]) -> str:
    parts = []
    for section, (letter, _) in SECTIONS.items():
        lines = [_write_record(key, record) for key, record in tables.items() if key[0] == letter]
        if lines:
            parts.append(f"[{section}]\n" + "".join(lines))
    return "".join(parts)


def _write_record(key: str, record: Record) -> str:
    fields = ", ".join(f"{name} = {_show(value)}" for name, value in _list_values(record))
    return f"{key} = {{{fields}}}\n"


def _list_values(record: Record) -> list[tuple[str, Any]]:
    """The fields that say something: what is left at its default is left out, as by hand."""
    return list(record.model_dump(mode="json", exclude_defaults=True).items())


def _show(value: Any) -> str:  # noqa: ANN401 -- any value of a table
    if isinstance(value, list):
        return f"[{', '.join(map(_show, value))}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):  # TOML's strings are those of JSON but for one character
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
