import json
import stat
import struct
import zipfile

import pytest

from pipeline.errors import FetchError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.archive import fetch_member, find_members, split_member
from pipeline.sources.inputs import fetch_article, find_addresses

TEXT = "France and Germany signed the Linden Treaty."


def pack(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def reasons(path):
    found, failures = find_members(path)
    return found, [str(failure) for failure in failures]


def test_each_file_is_an_input_with_an_address_of_its_own(tmp_path):
    given = json.dumps({"published": "2025-09-12"})
    members = {
        "b/two.md": "# Two",
        "a.txt": TEXT,
        "a.meta.json": given,
        ".x.txt": "",
        "__MACOSX/a.txt": "",
        "p.png": "",
    }
    path = pack(tmp_path / "may.zip", members)

    found = find_addresses([str(path)])

    assert found.failures == ()
    assert found.addresses == (f"{path}!/a.txt", f"{path}!/b/two.md")
    raw = fetch_article(found.addresses[0], settings=Settings())
    assert (raw.address, raw.media_type, raw.body) == (f"{path}!/a.txt", "text/plain", TEXT.encode())
    assert raw.given == {"published": "2025-09-12"}


def test_archives_in_a_folder_and_one_member_by_its_address(tmp_path):
    path = pack(tmp_path / "may.zip", {"a.txt": TEXT})
    (tmp_path / "z.txt").write_text(TEXT)

    assert find_addresses([str(tmp_path)]).addresses == (f"{path}!/a.txt", str(tmp_path / "z.txt"))
    assert find_addresses([f"{path}!/a.txt"]).addresses == (f"{path}!/a.txt",)


@pytest.mark.parametrize("name", ["../a.txt", "x/../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt", "\\a.txt"])
def test_a_name_that_leads_out_refuses_the_whole_archive(tmp_path, name):
    found, said = reasons(pack(tmp_path / "slip.zip", {"good.txt": TEXT, name: TEXT}))

    assert found == []
    assert len(said) == 1
    assert "has a file in it whose name leads out of it" in said[0]
    with pytest.raises(RefusedError, match="leads out"):
        fetch_member(tmp_path / "slip.zip", "good.txt")


def locked(path):
    """The same archive with the flag that says it is encrypted, in both of the places where it stands."""
    body = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = body.index(mark) + place
        body[start : start + 2] = struct.pack("<H", 1)
    path.write_bytes(body)
    return path


def test_what_is_in_it_and_cannot_be_read_stops_nothing_else(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "mixed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt", TEXT)
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("odd.txt", TEXT, zipfile.ZIP_LZMA)

    found, said = reasons(path)

    assert found == [f"{path}!/good.txt"]
    assert [text.split("!/")[1] for text in said] == [
        "link.txt: is a link, which is not followed",
        "inner.zip: is an archive in an archive, which is not read; unpack it first",
        "odd.txt: is packed in a way that is not read; pack it again with the usual one (deflate)",
    ]


def test_a_locked_file_is_told(tmp_path):
    _, said = reasons(locked(pack(tmp_path / "locked.zip", {"a.txt": TEXT})))

    assert "a.txt: is locked with a password" in said[0]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: pack(path, {"a.txt": b"0" * 60_000_000}), "times its size: it is made to fill a memory"),
        (lambda path: pack(path, {f"{n}.txt": "" for n in range(10_001)}), "has 10,001 files in it"),
        (lambda path: path.write_bytes(b"PK\x03\x04 no"), "is no zip that can be opened"),
        (lambda path: pack(path, {"a.png": ""}), "has no article in it"),
        (lambda path: pack(path, {"a.txt": b"0" * 50_000_001}, zipfile.ZIP_STORED), "unpacks to 50,000,001 bytes"),
    ],
    ids=["bomb", "many", "damaged", "empty", "large"],
)
def test_what_is_refused_is_told(tmp_path, make, reason):
    path = tmp_path / "a.zip"
    make(path)

    found, said = reasons(path)

    assert found == []
    assert reason in said[0]


@pytest.mark.parametrize(
    ("members", "name", "reason"),
    [
        ({"a.txt": TEXT}, "b.txt", "there is no such file in the archive"),
        ({"a.txt": TEXT, "a.meta.json": "["}, "a.txt", "is no JSON"),
        ({"a.txt": TEXT, "a.meta.json": "[]"}, "a.txt", "must be an object"),
    ],
)
def test_a_member_that_cannot_be_had(tmp_path, members, name, reason):
    with pytest.raises(FetchError, match=reason):
        fetch_member(pack(tmp_path / "a.zip", members), name)


def test_a_member_with_a_wrong_checksum_is_damaged(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Linden", b"Lunden"))

    with pytest.raises(RefusedError, match="is damaged"):
        fetch_member(path, "a.txt")


@pytest.mark.parametrize(
    ("address", "parts"),
    [("/a/b.zip!/c/d.txt", ("/a/b.zip", "c/d.txt")), ("/a/b.zip", None), ("/a/b.txt!/c", None), ("/a/b.zip!/", None)],
)
def test_a_members_address(address, parts):
    found = split_member(address)

    assert (found and (str(found[0]), found[1])) == parts
