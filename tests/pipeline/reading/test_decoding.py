import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.reading.decoding import Encoded, decode_text


def _decode(body, declared=None):
    return decode_text(Encoded(body=body, address="a.txt", declared=declared))


LETTER = "The coöperation “Lancaster House” cost €5 billion – said the café’s owner in Tromsø, à la carte."
RUSSIAN = "Россия и Китай подписали договор о сотрудничестве в области обороны и безопасности. " * 6
JAPANESE = "日本とオーストラリアは防衛協力に関する協定に署名した。両国は訓練を拡大する。" * 12


@pytest.mark.parametrize(
    ("body", "declared", "expected"),
    [
        (b"plain\r\nlines\rof\ntext\n", None, "plain\r\nlines\rof\ntext\n"),
        (LETTER.encode(), None, LETTER),
        (LETTER.encode(), "windows-1252", LETTER),  # what is valid UTF-8 with accents is UTF-8, whatever is declared
        (codecs.BOM_UTF8 + LETTER.encode(), None, LETTER),
        (LETTER.encode("utf-16"), None, LETTER),
        (codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"), None, LETTER),
        (LETTER.encode("utf-32"), None, LETTER),
        (LETTER.encode("cp1252"), None, LETTER),
        (LETTER.encode("cp1252"), "iso-8859-1", LETTER),  # what browsers make of it
        ("Wałęsa".encode("iso-8859-2"), "ISO_8859-2", "Wałęsa"),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        (JAPANESE.encode("shift_jis"), "Shift_JIS", JAPANESE),
        (LETTER.encode("cp1252"), "hex", LETTER),  # no encoding of text: ignored
        (LETTER.encode("cp1252"), "utf-7", LETTER),
        ("emoji 🇪🇺 and 𝔊".encode(), None, "emoji 🇪🇺 and 𝔊"),
        (b"a form feed\x0c and one escape \x1b in a text of some length", None, None),
    ],
)
def test_decoded(body, declared, expected):
    assert _decode(body, declared) == (body.decode() if expected is None else expected)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary, not text (first NUL at byte 8)"),
        (b"text with a \0 in it", "is binary"),
        (bytes(range(1, 32)) * 10, "is binary, not text (control characters in it)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "byte 0xe2 at offset 10"),
        (b"France signed \xff\xfe today", "byte 0xff at offset 14"),
        (b"France signed \xc3\x28 today", "byte 0xc3 at offset 14"),
        (LETTER.encode()[:-3] + b"\xe2\x80", "is not valid UTF-8"),  # cut off
        (LETTER.encode() + b"\x80", "is not valid UTF-8"),
        (b"lone \xed\xa0\x80 surrogate", "byte 0xed at offset 5"),
        (codecs.BOM_UTF8 + b"a\xffb", "is damaged UTF-8 (byte 1)"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "is damaged UTF-16"),
    ],
)
def test_refused_with_the_place(body, message):
    with pytest.raises(ReadError) as caught:
        _decode(body)
    assert message in str(caught.value)
    assert str(caught.value).startswith("a.txt: ")
    assert caught.value.raw == body


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_round_trip(text):
    assert _decode(text.encode()) == text.removeprefix("\ufeff")


@given(
    st.binary(max_size=500),
    st.sampled_from([None, "utf-8", "iso-8859-1", "utf-16", "shift_jis", "rot13", "\0", "big5"]),
)
def test_any_bytes_are_text_or_a_read_error(body, declared):
    try:
        text = _decode(body, declared)
    except ReadError:
        return
    text.encode()  # no lone surrogates
    assert "\0" not in text
