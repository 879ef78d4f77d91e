"""The closed sets of keys of a gold file."""

import pytest
from pydantic import ValidationError

from pipeline.gold.tables import SECTIONS, AgreementTable, ClaimTable


def test_every_section_has_a_letter_of_its_own():
    assert len({letter for letter, _ in SECTIONS.values()}) == len(SECTIONS)


@pytest.mark.parametrize(
    ("called", "is_enough"),
    [
        ('"name": "A"', True),
        ('"label": "a pact"', True),
        ('"name": "A", "label": "a pact"', True),
        ('"date": "2025"', False),
    ],
)
def test_an_agreement_is_called_something(called, is_enough):
    content = f'{{"kind": "treaty", {called}}}'
    if is_enough:
        assert AgreementTable.model_validate_json(content).kind == "treaty"
    else:
        with pytest.raises(ValidationError, match="needs a name"):
            AgreementTable.model_validate_json(content)


@pytest.mark.parametrize("speaker", ["e1", "s12", "AUTHOR", ""])
def test_a_speaker(speaker):
    assert ClaimTable.model_validate_json(f'{{"type": "prediction", "speaker": "{speaker}"}}').speaker == speaker


@pytest.mark.parametrize("speaker", ["e0", "a1", "author", "France", " "])
def test_no_speaker(speaker):
    with pytest.raises(ValidationError):
        ClaimTable.model_validate_json(f'{{"type": "prediction", "speaker": "{speaker}"}}')
