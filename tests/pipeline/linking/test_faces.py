import pytest

from pipeline.linking.faces import KnownKey, make_face


def keys(*known):
    return [KnownKey(key=key, text=text, uses=uses) for key, text, uses in known]


@pytest.mark.parametrize(
    ("kind", "known", "canonical", "aliases"),
    [
        (
            "PERSON",
            [("name PERSON lind", "Lind", 9), ("name PERSON mara lind", "Mara Lind", 1)],
            "Mara Lind",
            ("Lind",),
        ),
        ("ORG", [("name ORG kda", "KDA", 9), ("name THING kestrel", "Kestrel Agency", 1)], "Kestrel Agency", ("KDA",)),
        ("ORG", [("name ORG a", "Aye", 1), ("name ORG b", "Bee", 2), ("also ORG c", "Cee", 9)], "Bee", ("Aye", "Cee")),
        (
            "DOCUMENT",
            [("listed DOCUMENT x", "Kestrel Plan", 1), ("name THING y", "Y Plan", 5)],
            "Kestrel Plan",
            ("Y Plan",),
        ),
        (
            "ALLIANCE_BLOC",
            [("name ALLIANCE_BLOC nato", "NATO", 9), ("seen ALLIANCE_BLOC alliance", "Alliance", 1)],
            "NATO",
            ("Alliance",),
        ),
        ("ORG", [("seen ORG ministry of defence", "Ministry of Defence", 1)], "Ministry of Defence", ()),
    ],
)
def test_how_an_actor_is_called(kind, known, canonical, aliases):
    face = make_face(kind, keys(*known))
    assert (face.canonical, face.aliases) == (canonical, aliases)


def test_ids_are_shown_and_names_are_searched_as_they_are_compared():
    face = make_face("STATE", keys(("iso XN", "XN", 2), ("wikidata Q1", "Q1", 2), ("name STATE norland", "Nörland", 2)))
    assert (face.iso, face.wikidata, face.words) == ("XN", "Q1", "norland")
