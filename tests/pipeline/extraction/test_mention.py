"""One place where a text speaks of an agreement."""

import dataclasses

import pytest

from pipeline.enumerations import AgreementKind
from pipeline.extraction.mention import AgreementMention


def test_a_mention_is_frozen_and_says_enough_unless_told_otherwise():
    mention = AgreementMention(0, 2, 1, AgreementKind.TREATY, None, None, "noun", definite=True, rich=False)
    assert (mention.loose, mention.weak, mention.indefinite) == (False, False, False)
    with pytest.raises(dataclasses.FrozenInstanceError):
        mention.loose = True
