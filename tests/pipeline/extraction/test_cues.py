import pytest

from pipeline.enumerations import ClaimType
from pipeline.extraction.cues import find_verb_cues, load_types, load_verbs, load_words
from pipeline.extraction.frames import FRAMES
from pipeline.language.model import annotate


def test_every_frame_of_the_lexicon_is_one_that_code_reads():
    named = {frame for cues in load_verbs().values() for cue in cues for frame in cue.frames}
    assert named <= FRAMES.keys() | {"preposition", "quote"}


def test_every_speaker_class_of_the_lexicon_is_known():
    assert {cue.speaker for cues in load_verbs().values() for cue in cues} == {"any", "able", "study"}


@pytest.mark.parametrize(
    ("text", "verb", "cue"),
    [
        ("She called on Berlin to act.", "called", "called on"),
        ("He pointed out that it was late.", "pointed", "pointed out"),
        ("They said so.", "said", "said"),
    ],
)
def test_the_longest_cue_comes_first(nlp, text, verb, cue):
    doc = annotate(nlp, text)
    words, _ = find_verb_cues(next(token for token in doc if token.text == verb))[0]
    assert " ".join(doc[i].text for i in words) == cue


def test_nouns_have_types_and_lists_are_sets():
    assert load_types("nouns")["warning"] is ClaimType.THREAT_WARNING
    assert load_types("nouns")["statement"] is None
    assert "must" in load_words("modality", "duty")
