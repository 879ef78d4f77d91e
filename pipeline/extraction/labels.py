"""What the words around a name say it is: a label behind it, a label in front of it, a label inside quotation marks.

"the Readiness 2030 plan", "programmes such as the Amber Shield", "a treaty called Harrowgate", “coalition of the willing”.
"""

from spacy.tokens import Doc, Span

from pipeline.enumerations import AgreementKind, EntityType
from pipeline.extraction.names import LABEL_TYPES, FoundName, Head, label_word, labels

_OPENING = {"“", '"', "``", "«", "„"}
_CLOSING = {"”", '"', "''", "»", "“"}
_LINKERS = (["like"], ["such", "as"], ["called"], ["named"], ["known", "as"], ["dubbed"], ["titled"], ["codenamed"])


def label_of(span: Span) -> AgreementKind | None:
    """What a lower-case label just behind a name says it is: "Readiness 2030 plan" -> funding_instrument."""
    doc = span.doc
    return labels().get(label_word(doc, span.end)) if span.end < len(doc) else None


def label_kind_before(span: Span) -> AgreementKind | None:
    """What kind a label in front says a name is: "programmes like the …", "a treaty called …", "projects such as …"."""
    words = [token.lower_ for token in span.doc[max(span.start - 8, 0) : span.start]]
    for linker in _LINKERS:
        for index in range(len(words) - len(linker)):
            if words[index + 1 : index + 1 + len(linker)] == linker:
                kind = labels().get(words[index]) or labels().get(words[index].removesuffix("s"))
                if kind:
                    return kind
    return None


def label_before(doc: Doc, start: int) -> EntityType | None:
    """The entity type of a name that :func:`label_kind_before` knows the kind of."""
    kind = label_kind_before(doc[start : start + 1])
    return LABEL_TYPES.get(kind, EntityType.DOCUMENT) if kind else None


def find_quoted_names(doc: Doc) -> list[FoundName]:
    """Words in quotation marks that a label noun begins or ends: “coalition of the willing”, “Weimar plus format”.

    Counter-example: “shadow fleet” has no label noun, “a coalition is what we need” is a sentence (it has a verb).
    """
    found = []
    opened: int | None = None
    for token in doc:
        if token.text in _OPENING and opened is None:
            opened = token.i + 1
        elif opened is not None and (token.text in _CLOSING or token.i - opened > 8):
            if token.text in _CLOSING and token.i - opened >= 2:
                found.extend(_quoted(doc, opened, token.i))
            opened = None
    return found


def _quoted(doc: Doc, start: int, end: int) -> list[FoundName]:
    while end > start and doc[end - 1].is_punct:
        end -= 1
    if end - start < 2 or any(token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG" for token in doc[start:end]):
        return []
    kind = labels().get(doc[start].lower_) or labels().get(doc[end - 1].lower_)
    # One that begins with its noun needs a complement to be a name: “coalition of the willing”, not “coalition forces”.
    if kind is None or (doc[start].lower_ in labels() and doc[start + 1].pos_ != "ADP"):
        return []
    return [FoundName(start, end, Head(LABEL_TYPES.get(kind, EntityType.DOCUMENT), kind))]
