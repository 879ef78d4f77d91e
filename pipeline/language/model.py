"""The spaCy model: loaded only when its weights are the pinned ones, and run over articles of any length.

The loaded pipeline gets one component of ours in front: ``entente_paragraphs`` sets a sentence start after every line
break and dateline, so no sentence and no name crosses a paragraph, and keeps sentences to a length that can be walked.
"""

import re
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

import models
from pipeline.errors import ModelError
from pipeline.language.attributes import quicken_attributes
from pipeline.language.cleaning import clean_text
from pipeline.language.recognizer import quicken_names
from pipeline.settings import Settings

# Parsing holds about 1 kB a character; pieces of this size keep a 5 MB article under half a gigabyte.
MAX_PIECE = 100_000
# Long sentences of treaties and resolutions have 150 tokens. Tables, lists and junk without a full stop would be parsed
# into chains of thousands, over which a walk down the tree is quadratic and breaks Python's limit of 1000 frames.
MAX_SENTENCE = 250  #: tokens
Nlp = Language  #: the name by which rooms that may not import spaCy speak of a pipeline
OURS = "entente_"  #: prefix of our components
_DATELINE_DASH = {"—", "–", "--", "-"}


@Language.component("entente_paragraphs")
def start_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each line break and after a dateline ("KYIV — ", "BRUSSELS, 4 April –").

    In a paragraph of more than 250 tokens, also after the last full stop of each 250, or in mid-sentence where there is none.
    """
    at_start = True
    for token in doc:
        if at_start and token.i:
            token.is_sent_start = True
        at_start = "\n" in token.text or (at_start and token.is_space)
    for token in doc[: max(len(doc) - 1, 0)]:
        if token.text in _DATELINE_DASH and _is_dateline(doc, token.i):
            doc[token.i + 1].is_sent_start = True
    _cut_endless(doc)
    return doc


def _cut_endless(doc: Doc) -> None:
    start = stop = 0  # of the sentence so far, and the last place in it where another may start
    for token in doc:
        if token.is_sent_start:
            start = stop = token.i
        elif token.i and token.text[:1].isupper() and doc[token.i - 1].text in {".", "!", "?"}:
            stop = token.i
        if token.i - start >= MAX_SENTENCE:
            start = stop = stop if stop > start else token.i
            doc[start].is_sent_start = True


def load_base(settings: Settings) -> Language:
    """The spaCy model of the settings, verified, with our paragraph component in front.

    Raises:
        ModelError: it is not installed, not the pinned one, or (``trust_unpinned_models`` off) not pinned at all.
    """
    name = settings.spacy_model
    if name in models.load_manifest():
        path: str | Path = models.verified_path(name)
    elif settings.trust_unpinned_models:
        path = name
    else:
        pinned = ", ".join(models.load_manifest())
        message = (
            f"spaCy model {name!r} is not pinned (pinned: {pinned}); set ENTENTE_TRUST_UNPINNED_MODELS=1 to load it"
        )
        raise ModelError(message)
    try:
        nlp = spacy.load(path)
    except OSError as error:
        raise ModelError(f"spaCy model {name!r} cannot be loaded: {error}") from error
    quicken_attributes(nlp)
    quicken_names(nlp)
    nlp.add_pipe("entente_paragraphs", first=True)
    return nlp


def annotate(nlp: Language, text: str) -> Doc:
    """Clean a text and run the pipeline over it, in pieces where it is long; offsets of the Doc are offsets of the text.

    On one thread: our products are so small that threads of linear algebra wait for each other more than they work. With two of
    them fifteen articles took 8.8 CPU seconds instead of 6.0, and no less time.
    """
    with _find_pools().limit(limits=1, user_api="blas"):
        return _annotate(nlp, clean_text(text))


@lru_cache(maxsize=1)
def _find_pools() -> ThreadpoolController:
    return (
        ThreadpoolController()
    )  # looks through all loaded libraries, so once: numpy's is there since spaCy was imported


def _annotate(nlp: Language, cleaned: str) -> Doc:
    if len(cleaned) <= MAX_PIECE:
        return nlp(cleaned)
    ours = [name for name in nlp.pipe_names if name.startswith(OURS) and name != "entente_paragraphs"]
    with nlp.select_pipes(disable=ours):
        pieces = list(nlp.pipe(_cut(cleaned), batch_size=1))
    doc = Doc.from_docs(pieces, ensure_whitespace=False)
    for name in ours:
        doc = nlp.get_pipe(name)(doc)
    return doc


def _cut(text: str) -> list[str]:
    pieces, start = [], 0
    while len(text) - start > MAX_PIECE:
        piece = text[start : start + MAX_PIECE]
        # After the last paragraph that fits, else the last word, else in mid-word: cleaning left no word that long.
        cut = piece.rfind("\n") + 1 or piece.rfind(" ") + 1 or MAX_PIECE
        pieces.append(text[start : start + cut])
        start += cut
    return [*pieces, text[start:]]


def _is_dateline(doc: Doc, dash: int) -> bool:
    """Whether the tokens before a dash are a dateline: upper-case place at a paragraph's start, at most 8 tokens."""
    first = dash
    while first > 0 and dash - first < 8 and "\n" not in doc[first - 1].text:
        first -= 1
    before = doc[first:dash]
    if not before or (first > 0 and "\n" not in doc[first - 1].text):
        return False
    return bool(re.match(r"[A-Z]{2}[A-Z .’'-]+\b", before.text.strip()))
