"""Which language a text is written in: what is not English is kept and marked, but no English model is let loose on it."""

from functools import lru_cache

from py3langid.langid import LanguageIdentifier

ENGLISH = "en"  #: the language that everything after reading understands

# In characters, most of them letters. Of 1,678 English paragraphs of 120 or more none is taken for another language; of 1,121
# shorter ones, headings and datelines most of them, 199 are ("ŠIAULIAI AGAIN": Lithuanian).
_SHORTEST = 120
# Of the nine reports in the test none has more than .001 of English in it. The name of another language may be less certain:
# Standard and Wu Chinese share the votes of a Chinese text.
_MOST_ENGLISH = 0.05
# What an article is written in shows in its first pages; a book would cost a second.
_LONGEST = 20_000


def detect_language(text: str) -> str | None:
    """The language of a text as an ISO 639 code (``en``, ``fr``, ``uk``), or None where it is too short or mixed to be sure.

    Loading the detector costs a second and 130 MB, once; an article then 2 ms.
    """
    start = text.strip()[:_LONGEST]
    if len(start) < _SHORTEST or sum(map(str.isalpha, start)) < len(start) / 2:
        return None
    votes: list[tuple[str, float]] = _load().rank(start)
    language = votes[0][0]
    return language if language == ENGLISH or dict(votes)[ENGLISH] <= _MOST_ENGLISH else None


@lru_cache(maxsize=1)
def _load() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
