"""The model's entity recognizer, asked about all tokens at once: it finds what spaCy's own finds, in a fraction of the time.

spaCy's takes one token after another, and most of its time goes there: 37 of 57 microseconds a token. But what it decides hangs
on the token and, within a name, on where the name began, on nothing before. So each token is asked what it would be outside of
names, and each that would begin one how that goes on, all of them in a few products. A test compares both over texts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model

FACTORY = "entente_entity_recognizer"
#: What a state is described by: the token, and within a name the name's first token and the one before.
_TOKEN, _FIRST, _BEFORE = range(3)
_PLACES = 3

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class _Moves(NamedTuple):
    """The model's answers, by number."""

    nothing: int  #: that a token is in no name
    alone: Integers  #: that it is one
    begins: Integers  #: that it begins one
    labels: list[str]
    going_on: dict[int, tuple[int, int]]  #: of each that begins one, the answers that it goes on and that it ends


class _System(Protocol):
    """The part of spaCy's transition system that says which answer is which."""

    n_moves: int

    def get_class_name(self, number: int) -> str: ...


class QuickEntityRecognizer(EntityRecognizer):  # type: ignore[misc]  # a class of Cython's, without types
    """Sets the entities that :class:`spacy.pipeline.EntityRecognizer` sets, by the same weights; it is trained as that one."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of one Doc, in place; one that has some already is left to spaCy's own."""
        if not len(doc) or doc.to_array("ENT_IOB").any():
            return cast("Doc", super().__call__(doc))
        moves, parts = _read_moves(self.moves), self._precompute(doc)
        ends = np.append(doc.to_array("SENT_START")[1:] == 1, True)  # a name ends with its sentence
        answers = self._decide_outside(moves, parts, doc.to_array("IS_SPACE") > 0, ends)
        doc.set_ents(_read(doc, moves, answers, self._go_on(moves, parts, answers, ends)))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:  # noqa: ARG002 -- spaCy gives it
        """The same for each of many; a batch would save nothing."""
        for doc in stream:
            yield self(doc)

    def _precompute(self, doc: Doc) -> Floats:
        """What each token contributes to a state, by its place there: tokens + 1 x places x hidden x pieces, "none" first."""
        tok2vec, lower, _ = self.model.layers
        found: Floats = lower.predict(tok2vec.predict([doc]))
        return found

    def _score(self, sums: Floats) -> Floats:
        _, lower, upper = self.model.layers
        hidden = (sums + lower.get_param("b")).max(axis=-1)
        found: Floats = hidden @ upper.get_param("W").T + upper.get_param("b")
        return found

    def _decide_outside(self, moves: _Moves, parts: Floats, is_space: Flags, ends: Flags) -> list[int]:
        """The best answer for each token, as if no name were open."""
        scores = self._score(parts[1:, _TOKEN] + parts[0, _FIRST] + parts[0, _BEFORE])
        allowed = np.zeros(scores.shape, dtype=bool)
        allowed[:, moves.alone] = ~is_space[:, None]
        allowed[:, moves.begins] = ~(is_space | ends)[:, None]
        allowed[:, moves.nothing] = True
        answers: list[int] = np.where(allowed, scores, -np.inf).argmax(axis=1).tolist()
        return answers

    def _go_on(self, moves: _Moves, parts: Floats, answers: Sequence[int], ends: Flags) -> dict[int, int]:
        """For each token that would begin a name the last one of it."""
        begun = [(i, *moves.going_on[answer]) for i, answer in enumerate(answers) if answer in moves.going_on]
        first, inside, last = np.array(begun, dtype=np.int64).reshape(-1, 3).T
        lasts: dict[int, int] = {}
        at = first
        while len(at):
            at = at + 1
            scores = self._score(parts[1 + at, _TOKEN] + parts[1 + first, _FIRST] + parts[at, _BEFORE])
            rows = np.arange(len(at))
            is_last = ends[at] | (scores[rows, last] > scores[rows, inside])
            lasts.update(zip(first[is_last].tolist(), at[is_last].tolist(), strict=True))
            first, inside, last, at = (each[~is_last] for each in (first, inside, last, at))
        return lasts


def _read(doc: Doc, moves: _Moves, answers: Sequence[int], lasts: dict[int, int]) -> list[Span]:
    found, i = [], 0
    while i < len(doc):
        end = lasts.get(i, i) + 1
        if answers[i] != moves.nothing:
            found.append(Span(doc, i, end, label=moves.labels[answers[i]]))
        i = end
    return found


def _read_moves(system: _System) -> _Moves:
    names = [system.get_class_name(number) for number in range(system.n_moves)]
    numbers = {name: number for number, name in enumerate(names)}
    labels = [name[2:] for name in names]
    begins = [number for number, name in enumerate(names) if name.startswith("B-")]
    alone = [number for number, name in enumerate(names) if name.startswith("U-") and labels[number]]
    going_on = {number: (numbers[f"I-{labels[number]}"], numbers[f"L-{labels[number]}"]) for number in begins}
    return _Moves(numbers["O"], np.array(alone), np.array(begins), labels, going_on)


@Language.factory(
    FACTORY,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"scorer": {"@scorers": "spacy.ner_scorer.v1"}},
)
def make_quick_recognizer(
    nlp: Language, name: str, model: Model[list[Doc], object], scorer: Callable[..., dict[str, Any]]
) -> QuickEntityRecognizer:
    """One without weights."""
    return QuickEntityRecognizer(nlp.vocab, model, name, beam_width=1, scorer=scorer)


def quicken_names(nlp: Language) -> None:
    """Put it in the place of the model's own, with the same weights, where that decides as is presupposed here."""
    if "ner" not in nlp.pipe_names or not _is_known(nlp.get_pipe("ner")):
        return
    own: Any = nlp.get_pipe("ner")
    config = {"model": nlp.get_pipe_config("ner")["model"]}
    quick = cast("QuickEntityRecognizer", nlp.replace_pipe("ner", FACTORY, config=config))
    quick.from_bytes(own.to_bytes(exclude=["vocab"]), exclude=["vocab"])


def _is_known(pipe: Any) -> bool:  # noqa: ANN401 -- a class of Cython's, without types
    """Whether it decides greedily, by a hidden layer with pieces, over states of three places, from vectors of its own."""
    if type(pipe) is not EntityRecognizer or pipe.cfg["beam_width"] != 1 or not pipe.model.attrs["has_upper"]:
        return False
    tok2vec, lower, _ = pipe.model.layers
    listens = any(node.name.endswith("listener") for node in tok2vec.walk())
    return bool(not listens and lower.get_dim("nF") == _PLACES and lower.get_dim("nP") > 1)
