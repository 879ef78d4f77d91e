from io import BytesIO

import pytest

from pipeline.exports.text import open_text


def test_the_file_stays_open_and_line_ends_stay_as_they_are():
    out = BytesIO()
    with open_text(out) as lines:
        lines.write("ä\r\n\n")
    assert out.getvalue() == "ä\r\n\n".encode()


def test_the_file_stays_open_after_an_error():
    out = BytesIO()
    with pytest.raises(ValueError, match="broken"), open_text(out):
        raise ValueError("broken")
    out.write(b"x")
