"""How the difference of two revisions reads; imported by ``entente show --diff`` alone, since it loads the store."""

from collections.abc import Iterator

from rich.text import Text

from pipeline.cli.parts import Part
from pipeline.exports.revisions import Diff, Piece


def show_diff(diff: Diff) -> Iterator[Part]:
    """What a revision changed: facts, then paragraphs, with the words that went in [-…-] and those that came in {+…+}."""
    yield Part(Text(f"Revision {diff.revision}, read {diff.saved_at:%Y-%m-%d %H:%M} UTC", style="bold blue"))
    for fact in diff.facts:
        yield Part(Text(f"{fact.name}: {fact.before or 'none'} → {fact.after or 'none'}"), 1)
    for change in diff.changes:
        if change.kind == "edited":
            yield Part(Text.assemble("~ ", *map(_mark_piece, change.pieces)), 1)
        elif change.kind == "added":
            yield Part(Text(f"+ {change.after}", style="green"), 1)
        else:
            yield Part(Text(f"- {change.before}", style="red"), 1)


def _mark_piece(piece: Piece) -> Text:
    words, blank = piece.text.rstrip(), " " if piece.text[-1:].isspace() else ""
    match piece.kind:
        case "removed":
            return Text.assemble((f"[-{words}-]", "red"), blank)
        case "added":
            return Text.assemble((f"{{+{words}+}}", "green"), blank)
        case _:
            return Text(piece.text)
