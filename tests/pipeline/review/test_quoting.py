from pipeline.records import Span
from pipeline.review.quoting import load_quotes


def test_words_come_with_their_sentence_and_what_is_not_there_is_none(store, save):
    article, _ = save()
    words = Span(start=0, end=7, text="Norland")
    gone = Span(start=0, end=1, text="x")
    quote = load_quotes(store, [(article.id, words), ("ow-1", gone), (article.id, None), (None, gone)])
    found = quote(article.id, words)
    assert (found.before, found.words) == ("", "Norland")
    assert found.after.startswith(" and Sudland signed")
    assert quote("ow-1", gone) is None
    assert quote(article.id, None) is None
    assert quote(article.id, gone) is None
