from pipeline.store.articles import save_article
from pipeline.store.links import load_names, load_unlinked, save_links
from pipeline.store.raws import save_raw
from pipeline.store.records import load_register
from pipeline.store.rows import LinkRow


def link(agreement_id, row_id="rw-1", reason="name", score=1.0):
    return LinkRow(agreement_id=agreement_id, row_id=row_id, reason=reason, score=score)


def save_unlinked(store, make, address="/1.txt", **facts):
    article = make.article(address)
    agreement = make.agreement(article, **facts)
    raw_id = save_raw(store, make.raw(address)).raw_id
    extraction = make.extraction(article, agreements=(agreement,))
    save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=())
    return agreement.id


def test_an_agreement_is_unlinked_until_it_has_a_link(store, make):
    agreement_id = save_unlinked(store, make, aliases=("KT",))
    (name,) = load_unlinked(store)
    assert (name.agreement_id, name.name, name.aliases, name.title) == (
        agreement_id,
        "Kestrel Treaty",
        ("KT",),
        "A treaty",
    )
    assert load_register(store) == []
    assert save_links(store, [link(agreement_id)]) == 1
    assert load_unlinked(store) == []
    assert load_names(store) == [name]


def test_the_same_links_again_change_nothing_and_another_replaces(store, make):
    agreement_id = save_unlinked(store, make)
    save_links(store, [link(agreement_id)])
    (before,) = load_register(store)
    assert save_links(store, [link(agreement_id)]) == 0
    assert load_register(store) == [before]
    assert save_links(store, [link(agreement_id, "rw-2", "alias", 0.9)]) == 1
    (after,) = load_register(store)
    assert (after.id, after.observations[0].reason, after.observations[0].score) == ("rw-2", "alias", 0.9)
    # What was moved away and back is the same row as ever.
    save_links(store, [link(agreement_id)])
    assert load_register(store)[0].first_seen == before.first_seen


def test_no_links_are_no_work(store):
    assert save_links(store, []) == 0
