"""What is known of a text before its claims are read."""

from pipeline.extraction.discourse import read_discourse
from pipeline.language.model import annotate
from pipeline.records import AUTHOR


def test_a_text_is_indexed_by_token(nlp):
    discourse = read_discourse(annotate(nlp, "Norway agreed.\n\n“We met,” said Ann Lee."))
    assert {actor.canonical for actor in discourse.actors.values()} == {"Norway", "Ann Lee"}
    assert [token.text for token in discourse.doc if discourse.quoted[token.i] == 0] == ["We", "met", ","]
    assert discourse.sentence_of[0] == 0
    assert discourse.sentence_of[-1] == len(discourse.sentences) - 1
    assert (discourse.statements, discourse.signatories) == ([], None)


def test_an_interview_is_a_row_of_statements(nlp):
    questions = "Does it bind them?\n\nIt does.\n\nWho won?\n\nNobody has.\n\nAnd the money?\n\nIt came.\n"
    discourse = read_discourse(annotate(nlp, f"We spoke to a retired envoy.\n\n{questions}"))
    assert [voice.name for _, voice in discourse.statements] == [AUTHOR, "a retired envoy"] * 3


def test_a_text_without_words(nlp):
    assert read_discourse(annotate(nlp, "\n")).signatories is None
