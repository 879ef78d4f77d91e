from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.metadata import Metadata
from pipeline.reading.text import read_text


@given(st.text())
def test_plain_text_is_never_changed_and_nothing_is_guessed(content):
    assert read_text(content) == (content, Metadata())
