import json
import re


def test_brief_is_markdown_into_a_pipe_and_json_on_request(reader, filled):
    said = reader("brief", "--since", f"{filled.between:%Y-%m-%d}")
    assert said.out.startswith("# Morning brief, ")
    assert "Arden Treaty" in said.out
    assert json.loads(reader("brief", "--json").out)["articles"] == 2


def test_brief_on_a_terminal_is_numbered_and_fits(on_terminal):
    said = re.sub(r"\x1b\]8;[^\\]*\x1b\\", "", on_terminal(80, "brief"))  # links
    assert max(len(line) for line in said.splitlines()) <= 80
    assert re.findall(r"^ ?(\d+)  \S", said, re.MULTILINE) == [str(number) for number in range(1, 8)]
    assert "from signed to suspended" in said


def test_brief_is_written_to_a_file(reader, tmp_path):
    said = reader("brief", "--out", tmp_path / "brief.html")
    assert (said.code, said.out) == (0, "")
    assert re.search(r"brief\.html: \d+ lines", said.err)
    assert (tmp_path / "brief.html").read_text("utf-8").startswith("<!doctype html>")
