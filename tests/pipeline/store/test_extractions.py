import pytest

from pipeline.records import Span, Speaker
from pipeline.store.extractions import claim_content, speaker_name


def test_a_content_in_pieces_is_one_text(make):
    pieces = (Span(start=0, end=2, text="We"), Span(start=9, end=13, text="left"))
    assert claim_content(make.claim(make.article()).model_copy(update={"content": pieces})) == "We … left"


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        (Speaker(name="Mara Lind", start=0, end=3, text="she"), "Mara Lind"),
        (Speaker(name=None, start=0, end=15, text="British sources"), "British sources"),
        (Speaker(name="AUTHOR"), "AUTHOR"),
        (None, None),
    ],
)
def test_a_speaker_is_a_name_or_the_words_that_describe_it(make, speaker, name):
    assert speaker_name(make.claim(make.article()).model_copy(update={"speaker": speaker})) == name
