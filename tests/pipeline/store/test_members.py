from pipeline.store.members import load_members_by_id


def test_passages_and_claims_are_found_by_their_ids(store, save, make):
    article, _ = save()
    passage, claim = make.passages(article)[0], make.claim(article)
    with store.begin() as connection:
        found = load_members_by_id(connection, [passage.id, claim.id, "cl-0"])
        assert load_members_by_id(connection, []) == {}
    assert {key: (row.kind, row.text) for key, row in found.items()} == {
        passage.id: ("passage", article.text),
        claim.id: ("claim", 'it "changes everything"'),
    }
    assert all((row.title, row.published) == ("A treaty", "2025-07-18") for row in found.values())
