"""What a perfect pipeline would find."""

from pipeline.evaluation.perfect import to_extraction
from pipeline.records import AUTHOR


def test_every_record_is_there(arden):
    found = to_extraction(arden)
    assert [len(each) for each in (found.entities, found.agreements, found.claims)] == [6, 2, 3]
    assert len({record.id for each in (found.entities, found.agreements, found.claims) for record in each}) == 11


def test_an_act_has_its_sentence(arden):
    (act,) = [act for act in to_extraction(arden).agreements[0].acts if act.act == "signed"]
    assert act.text == "ARDEN, 13 March – Norland and Sudland signed the Arden Treaty on Wednesday."
    assert act.actors == ("Norland", "Sudland")


def test_speakers(articles):
    speakers = [claim.speaker and claim.speaker.name for article in articles for claim in to_extraction(article).claims]
    assert speakers == ["Mara Lind", "a harbour official", AUTHOR, None, AUTHOR, AUTHOR]
