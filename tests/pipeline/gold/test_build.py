"""From the parts of a gold file to its records."""

import pytest

from pipeline.errors import InputError
from pipeline.gold.build import build_article
from pipeline.gold.marks import read_marks
from pipeline.gold.read import load_gold
from pipeline.gold.sections import read_tables
from pipeline.gold.source import Source


def test_the_speaker_s_span_is_the_mention_nearest_to_the_cue(change):
    (article,) = load_gold([change("{e1 Norland} and", "{e5 Lind}, {e1 Norland} and")])
    assert article.claims[0].speaker_span.text == "Mara Lind"


def test_other_speakers_are_named_by_ids_or_by_names(change):
    (article,) = load_gold(
        [change('speaker = "e5", cue', 'speaker = "e5", speaker_alt = ["e1", "s1", "her office"], cue')]
    )
    assert article.claims[0].speaker_alt == ("Norland", article.claims[1].speaker_name, "her office")


def test_figures_belong_to_claims_too(articles):
    assert [[f.value for f in claim.figures] for claim in articles[1].claims] == [[], [], [32.0]]


def test_without_a_head_there_is_no_article():
    source = Source("901-x", None, read_marks(["A."], first_line=1), read_tables([], first_line=3))
    with pytest.raises(InputError, match="no head"):
        build_article(source)
