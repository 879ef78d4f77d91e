import json

import pytest


@pytest.mark.parametrize(
    ("args", "speakers"),
    [
        ([], ["AUTHOR", "Jon Berg", "Mara Lind"]),
        (["--speaker", "mara lind"], ["Mara Lind"]),
        (["--speaker", "AUTHOR"], ["AUTHOR"]),
        (["--type", "commitment_pledge"], ["Jon Berg"]),
        (["--search", "ships"], ["AUTHOR"]),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else None,
)
def test_claims_filters(reader, args, speakers):
    assert sorted(row["speaker"] for row in json.loads(reader("claims", *args, "--json").out)) == speakers


def test_claims_by_speaker_end_with_the_author(reader):
    rows = json.loads(reader("claims", "--by-speaker", "--json").out)
    assert [row["speaker"] for row in rows] == ["Jon Berg", "Mara Lind", "AUTHOR"]
