"""The words around what was found, and where in them the words that were searched for stand. Offsets only, no markup."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Text, column, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.expression import bindparam

from pipeline.store.search_language import Term, Word
from pipeline.store.search_rows import Mark, Snippet

# Two lines and a half of a wide terminal, some 45 words: enough to see who does what to whom.
_WIDTH = 280
# A sentence a little longer is shown whole: what is left out would be shorter than the two ellipses are worth.
_MOST = 400

Stems = Mapping[str, str | None]  #: for each word its stem, None for one that every text has ("the")


def load_stems(connection: Connection, words: Iterable[str]) -> Stems:
    """The stems by which the index compares these words."""
    given = bindparam("words", sorted(set(words)), type_=ARRAY(Text))
    word = func.unnest(given).table_valued(column("word", Text)).render_derived(name="given")
    stem = func.ts_lexize(literal_column("'english_stem'"), word.c.word, type_=ARRAY(Text))
    return {row[0]: row[1][0] if row[1] else None for row in connection.execute(select(word.c.word, stem))}


def find_marks(words: Sequence[Word], terms: Iterable[Term], stems: Stems) -> list[Mark]:
    """Where the terms stand among a text's words, in order; a phrase is one mark, two that overlap are joined."""
    looked_for = [term for term in terms if any(stems.get(word) for word in term.words) or term.is_prefix]
    letters = {term.words[0][0] for term in looked_for}  # a word's stem begins as it does
    found: list[Mark] = []
    begins: dict[str, list[Term]] = {}  # what each word may be the first of: a text has few different ones
    for at, word in enumerate(words):
        if word.folded[:1] not in letters:
            continue
        possible = begins.get(word.folded)
        if possible is None:
            possible = begins[word.folded] = [term for term in looked_for if _is_word(word.folded, term, 0, stems)]
        if not possible:
            continue
        ends = [words[at + len(term.words) - 1].end for term in possible if _stands_at(words, at, term, stems)]
        if not ends:
            continue
        if found and found[-1].end >= word.start:
            found[-1] = Mark(start=found[-1].start, end=max(found[-1].end, *ends))
        else:
            found.append(Mark(start=word.start, end=max(ends)))
    return found


def cut_snippet(text: str, marks: Sequence[Mark], *, offset: int = 0) -> Snippet:
    """The part of a text with the most of the marks: all of a short one.

    Args:
        text: words of an article.
        marks: what to show in it, as offsets into ``text``.
        offset: where ``text`` begins in the article; the snippet's offsets are the article's.
    """
    start, end = (0, len(text)) if len(text) <= _MOST else _choose_window(text, marks)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    inside = (
        Mark(start=each.start - start, end=each.end - start) for each in marks if start <= each.start < each.end <= end
    )
    return Snippet(start=offset + start, end=offset + end, text=text[start:end], marks=tuple(inside))


def _stands_at(words: Sequence[Word], at: int, term: Term, stems: Stems) -> bool:
    """Whether a term stands at the word, its first word apart."""
    if at + len(term.words) > len(words):
        return False
    return all(_is_word(words[at + step].folded, term, step, stems) for step in range(1, len(term.words)))


def _is_word(given: str, term: Term, step: int, stems: Stems) -> bool:
    """Whether a word of a text is that word of a term."""
    wanted = term.words[step]
    if term.is_prefix and step == len(term.words) - 1:
        stem = stems.get(given) or given
        return given.startswith(wanted) or stem.startswith(stems.get(wanted) or wanted)
    return given == wanted or (stems.get(wanted) is not None and stems.get(given) == stems.get(wanted))


def _choose_window(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """The window that begins a little before a mark and holds the most different words; of equals the first."""
    best = (0, 0)
    best_worth = 0
    for at, first in enumerate(marks):
        held = [each for each in marks[at : at + 20] if each.end <= first.start + _WIDTH * 3 // 4]
        worth = len({text[each.start : each.end].lower() for each in held}) * 20 + len(held)
        if worth > best_worth:
            best, best_worth = (first.start, held[-1].end if held else first.end), worth
    room = max(0, _WIDTH - (best[1] - best[0]))
    start = _to_word(text, max(0, best[0] - room // 2))
    return start, _to_word(text, min(len(text), max(best[1], start + _WIDTH)))


def _to_word(text: str, at: int) -> int:
    """The next place at or after ``at`` where a word ends or begins; a "word" of 40 characters is cut."""
    for place in range(at, min(at + 40, len(text))):
        if text[place].isspace():
            return place
    return min(at, len(text))
