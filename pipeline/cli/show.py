"""``entente show``: one record with its quotes."""

from pipeline.cli.door import open_store
from pipeline.cli.options import Json, RecordId
from pipeline.cli.pages import show_record
from pipeline.cli.print import print_json, print_line


def show(record_id: RecordId, json: Json = False) -> None:
    """Show one record with its quotes in context."""
    from pipeline.store.records import load_record

    with open_store() as store:
        found = load_record(store, record_id)
    if json:
        print_json(found)
        return
    for part in show_record(found):
        print_line(part.text, indent=part.indent)
