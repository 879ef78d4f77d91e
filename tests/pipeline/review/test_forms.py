import pytest
from starlette.datastructures import FormData

from pipeline.errors import InputError
from pipeline.review.forms import number_of, text_of

FORM = FormData([("words", " a b "), ("index", "7"), ("bad", "7a"), ("far", "9" * 13), ("minus", "-1")])


def test_a_field_is_a_text_or_a_number():
    assert text_of(FORM, "words") == "a b"
    assert text_of(FORM, "absent") == ""
    assert number_of(FORM, "index") == 7
    assert number_of(FORM, "absent", default=3) == 3


@pytest.mark.parametrize("name", ["bad", "far", "minus", "words"])
def test_what_is_no_number_is_said(name):
    with pytest.raises(InputError, match=f"{name}: .* is no number"):
        number_of(FORM, name)


@pytest.mark.parametrize("action", ["/undo", "/decide"])
def test_a_form_with_files_or_too_many_fields_is_refused(client, action):
    assert client.post(action, files={"file": b"x"}).status_code == 400
    assert client.post(action, data={f"field{number}": "x" for number in range(600)}).status_code == 400
