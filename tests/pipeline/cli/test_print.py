import json

import pytest
from rich.text import Text

from pipeline.cli.print import (
    Column,
    mark_words,
    print_json,
    print_line,
    print_note,
    print_table,
    progress,
    show_id,
    show_label,
)
from pipeline.records import Span

COLUMNS = [Column("id"), Column("label", wraps=True), Column("size", justify="right")]


def test_a_piped_table_is_one_plain_line_a_row(capsys):
    print_table(COLUMNS, [["rw-1", "a [bold]label[/bold]\nof two lines", "7"], ["rw-22", Text("x" * 300), "1,000"]])
    assert capsys.readouterr().out.splitlines() == [
        "id     " + "label".ljust(300) + "   size",
        "rw-1   " + "a [bold]label[/bold] of two lines".ljust(300) + "      7",
        "rw-22  " + "x" * 300 + "  1,000",
    ]


def test_nothing_commands_the_terminal(capsys):
    hostile = "a\x1b]0;owned\x9b31m"
    print_table([Column("a"), Column("b")], [[hostile, Text(hostile, style="bold")]])
    print_line(hostile)
    print_line(Text(hostile))
    print_note(hostile)
    shown = "a\ufffd]0;owned\ufffd31m"
    out, err = capsys.readouterr()
    assert out.splitlines()[1:] == [f"{shown}  {shown}", shown, shown]
    assert err == shown + "\n"


def test_wide_characters_keep_their_columns(capsys):
    print_table([Column("a"), Column("b")], [["日本", "x"], ["de", "y"]])
    assert capsys.readouterr().out == "a     b\n日本  x\nde    y\n"


@pytest.mark.parametrize("value", [[], {"a": "é"}, [Span(start=0, end=1, text="–")]])
def test_json_is_one_document(capsys, value):
    print_json(value)
    out = capsys.readouterr().out
    assert json.loads(out) == json.loads(json.dumps(value, default=lambda record: record.model_dump()))
    assert "\\u" not in out


def test_progress_stays_silent_without_a_terminal(capsys):
    with progress("Reading", total=2) as step:
        step("one")
    assert capsys.readouterr() == ("", "")


def test_words_that_matter_are_marked_without_colour_too():
    assert mark_words("Norland signed ", "the treaty", " today.").plain == "Norland signed «the treaty» today."


def test_ids_are_whole_where_there_is_room():
    assert show_id("rw-0123456789abcdef").plain == "rw-0123456789abcdef"


@pytest.mark.parametrize(("is_named", "style"), [(True, "bold"), (False, "italic")])
def test_labels_of_the_unnamed_are_in_italics(is_named, style):
    assert show_label("Arden Treaty", is_named=is_named).style == style
