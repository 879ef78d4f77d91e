import json
import re

import pytest

from pipeline.enumerations import AgreementKind


@pytest.mark.parametrize(
    ("args", "labels"),
    [
        ([], ["Arden Treaty", "a joint headquarters in Arden"]),
        (["--kind", "treaty"], ["Arden Treaty"]),
        (["--kind", "TREATY"], ["Arden Treaty"]),
        (["--status", "operating"], ["a joint headquarters in Arden"]),
        (["--party", "westland"], ["Arden Treaty"]),
        (["--party", "Norland", "--role", "member"], []),
        (["--search", "headquarters"], ["a joint headquarters in Arden"]),
        (["--limit", "1"], ["Arden Treaty"]),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else None,
)
def test_register_filters(reader, args, labels):
    rows = json.loads(reader("register", *args, "--json").out)
    assert sorted(row["label"] for row in rows) == sorted(labels)


def test_a_register_row_has_everything_one_looks_for(reader):
    head, row = reader("register", "--kind", "treaty").out.splitlines()
    assert head.split() == ["id", "agreement", "kind", "status", "date", "parties", "articles"]
    for words in ("rw-", "Arden Treaty", "treaty", "suspended", "2025-03-12", "Norland, Sudland; Westland (member)"):
        assert words in row
    assert row.endswith(" 2")


def test_a_filter_that_nothing_meets_says_so(reader):
    said = reader("register", "--kind", AgreementKind.ACCESSION)
    assert (said.code, said.out) == (0, "")
    assert "entente register lists all" in said.err


@pytest.mark.parametrize("width", [80, 120])
def test_the_register_fits_the_terminal_and_ids_do_not_wrap(on_terminal, width):
    lines = on_terminal(width, "register").splitlines()
    assert max(len(line) for line in lines) <= width
    assert sum(bool(re.match(r" rw-[0-9a-f]{8}\b", line)) for line in lines) == 2
    dates = [line.index("2025-03-12") for line in lines if "2025-03-12" in line]
    assert len(dates) == 1
    assert "Westland" in " ".join(lines)
