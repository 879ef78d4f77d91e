"""Checks marked text against the register rows that are found in it.

    <party>Norway</party> signed the <agreement kind=treaty status=signed name="Arden Pact">Arden Pact</agreement>.

Every row is marked once, at any of its mentions. ``acts=`` are its stated acts, those not done with their polarity
("signed extended/planned"), compared where given, as are ``status=`` and ``date=``. A row without ``name=`` has none.
All parties of a row are marked: the entity is the words unless ``entity=`` says otherwise, the role ``party`` unless
``role=`` does; ``to=`` is the ``id=`` of its row, left out where there is one. Text without marks must give no row.
"""

from pathlib import Path

from spacy.language import Language

from pipeline.enumerations import Basis, Polarity
from pipeline.extraction.agreements import find_agreements
from pipeline.extraction.observations import build_agreements
from pipeline.language.model import annotate
from pipeline.records import Agreement, Article
from tests.pipeline.extraction.marked import Mark, read_marked

FOLDER = Path(__file__).parent / "marked"
PUBLISHED = "2025-09-17"  # a Wednesday: against it dates without a year are resolved


def load_rows(name: str) -> list[str]:
    """The marked texts of a table, one a line; lines with "#" are remarks, a backslash and "n" is a line break."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


def find_rows(nlp: Language, text: str, *, published: str | None = PUBLISHED) -> tuple[Agreement, ...]:
    """The register rows of a text, by the real pipeline."""
    doc = find_agreements(annotate(nlp, text))
    return build_agreements(doc, Article(id="ar-1", address="a", text=text, published=published))


def check_rows(nlp: Language, marked: str) -> None:
    text, marks = read_marked(marked)
    rows = list(find_rows(nlp, text))
    wanted = [mark for mark in marks if mark.name == "agreement"]
    assert len(rows) == len(wanted), [(row.label, row.kind.value) for row in rows]
    for mark in wanted:
        row = _row_at(rows, mark)
        rows.remove(row)  # two rows may stand in the same words
        parties = {_party(m) for m in marks if m.name == "party" and m.attrs.get("to", "") == mark.attrs.get("id", "")}
        found = {(party.entity, party.role.value) for party in row.parties}
        facts = {key: value for key, value in mark.attrs.items() if key != "id"} | {"name": mark.attrs.get("name")}
        assert (found, _facts(row, mark)) == (parties, facts)


def _row_at(rows: list[Agreement], mark: Mark) -> Agreement:
    for row in rows:
        if any(mention.start < mark.end and mark.start < mention.end for mention in row.mentions):
            return row
    raise AssertionError(f"no row at {mark.text!r}: {[(row.label, row.kind.value) for row in rows]}")


def _party(mark: Mark) -> tuple[str, str]:
    return mark.attrs.get("entity", mark.text), mark.attrs.get("role", "party")


def _facts(row: Agreement, mark: Mark) -> dict[str, str | None]:
    acts = [act for act in row.acts if act.basis is Basis.STATED]
    found = {
        "kind": row.kind.value,
        "name": row.name,
        "status": row.status.value if row.status else "none",
        "date": row.date or "none",
        "acts": " ".join(_act(act.act.value, act.polarity) for act in acts) or "none",
    }
    return {key: value for key, value in found.items() if key in mark.attrs or key == "name"}


def _act(act: str, polarity: Polarity) -> str:
    return act if polarity is Polarity.DONE else f"{act}/{polarity.value}"
