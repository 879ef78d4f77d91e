"""Bytes to text, without guessing where a guess could be wrong."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from pipeline.errors import ReadError

_BOMS = (  # UTF-32 before UTF-16, whose mark is the start of its own
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Encodings a page may declare: those that browsers know. Python has others ("hex", "utf-7") that are traps.
_DECLARABLE = re.compile(
    r"^(utf-?(8|16|32)(-?[lb]e)?|(us-)?ascii|iso-?8859-?\d+|latin-?\d|windows-?\d+|cp\d+|koi8-[ru]|mac(intosh|roman)"
    r"|gb2312|gbk|gb18030|big5|shift-jis|sjis|euc-(jp|kr))$"
)
_LATIN1 = re.compile(r"^((us-)?ascii|iso-?8859-?1|latin-?1)$")  # browsers read all of these as windows-1252

# Encodings without a declaration are looked for among these; each more is one more to be mistaken for.
_LEGACY = ["cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_MOST_CHAOS = 0.1  # charset-normalizer's measure of mess: real text of these encodings stays below
_LEAST_COHERENCE = 0.3  # its measure of likeness to a language, on texts of a few hundred characters and more
_LEAST_FOREIGN = 0.2  # share of characters beyond ASCII below which it has too little to judge by

# windows-1252 beyond letters: what word processors write.
_TYPOGRAPHIC = set("\u00a0‘’“”‚„–—…•€£§©®°·«»‹›™½¼¾²³±×¡¿´¨¸†‡¶")
_WORD = re.compile(r"[^\W\d_]+")
_LONE_WORDS = set("àÀáÁéÉèÈóÓòÒôÔåÅøØæÆ")  # words of one letter beyond ASCII, in the languages of Western Europe

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# One in a hundred: a stray escape stands in honest text; of random ASCII bytes one in five is a control character.
_MOST_CONTROL = 0.01


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """Bytes to be decoded.

    Attributes:
        body: the bytes.
        address: where they are from, for messages.
        declared: the encoding that their HTTP header or their HTML names, if any.
        is_page: a web page: parts of it come from other hands, and a stray byte in one of them is no reason to refuse it.
    """

    body: bytes
    address: str
    declared: str | None = None
    is_page: bool = False


def decode_text(encoded: Encoded) -> str:
    """The text of some bytes, exactly: no character is added, dropped or replaced (a byte order mark is not text).

    In this order: byte order mark, strict UTF-8, the declared encoding, windows-1252 where all words come out sane,
    another legacy encoding where charset-normalizer is confident. In a page that is otherwise UTF-8 the stray bytes are read
    as windows-1252, as nearly all of them are.

    Raises:
        ReadError: the bytes are empty, binary, or in no encoding that can be told with confidence; with the offset of
            the first byte that is not UTF-8.
    """
    if not encoded.body:
        raise _failure(encoded, "is empty; there is nothing to read")
    text = _decode(encoded)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > 1 + _MOST_CONTROL * len(text):
        raise _failure(encoded, "is binary, not text (control characters in it); save it as text or HTML")
    return text


def _decode(encoded: Encoded) -> str:
    body = encoded.body
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _decode_strictly(encoded, codec)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    text = _decode_declared(encoded) or _decode_legacy(body) or _decode_mixed(encoded)
    if text is None:
        raise _failure(encoded, _explain(body, offset))
    return text


def _decode_strictly(encoded: Encoded, codec: str) -> str:
    try:
        return encoded.body.decode(codec)
    except UnicodeDecodeError as error:
        name = codec.removesuffix("-sig").upper()
        raise _failure(encoded, f"is damaged {name} (byte {error.start:,}); save it again as UTF-8") from error


def _decode_declared(encoded: Encoded) -> str | None:
    name = (encoded.declared or "").strip().lower().replace("_", "-")
    if not _DECLARABLE.match(name):
        return None
    try:
        return encoded.body.decode("cp1252" if _LATIN1.match(name) else name)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_legacy(body: bytes) -> str | None:
    if b"\0" in body or _is_damaged_utf8(body):
        return None
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError:
        return _detect(body)
    return text if _is_sane_western(text) else _detect(body)


def _decode_mixed(encoded: Encoded) -> str | None:
    if not encoded.is_page or b"\0" in encoded.body or not _is_damaged_utf8(encoded.body):
        return None
    escaped = encoded.body.decode("utf-8", "surrogateescape")
    return re.sub(
        r"[\udc80-\udcff]", lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), escaped
    )


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether most of what is beyond ASCII is good UTF-8: then it is UTF-8 with an accident, in no other encoding."""
    lenient = body.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for c in lenient if c > "\x7f") - bad
    return good >= bad


def _is_sane_western(text: str) -> bool:
    """Whether text read as windows-1252 looks like it: accents inside words with ASCII letters, no odd symbols."""
    foreign = {c for c in text if c > "\x7f"}
    if any(not c.isalpha() and c not in _TYPOGRAPHIC for c in foreign):
        return False
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return all(word in _LONE_WORDS or _is_sane_word(word) for word in words)


def _is_sane_word(word: str) -> bool:
    # A word in a wrong encoding has no ASCII letter, or a capital amid small letters ("coopÃration").
    has_ascii = any(c.isascii() for c in word)
    return has_ascii and not re.search(r"[a-zß-ÿ][À-Þ]", word)


def _detect(body: bytes) -> str | None:
    best = charset_normalizer.from_bytes(body, cp_isolation=_LEGACY).best()
    if best is None or best.chaos > _MOST_CHAOS or best.coherence < _LEAST_COHERENCE:
        return None
    try:
        text = body.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return text if sum(1 for c in text if c > "\x7f") >= _LEAST_FOREIGN * len(text) else None


def _explain(body: bytes, offset: int) -> str:
    if b"\0" in body:
        return f"is binary, not text (first NUL at byte {body.index(0):,}); save it as text or HTML"
    value = body[offset]
    return f"is not valid UTF-8 (byte 0x{value:02x} at offset {offset:,}) and no other encoding fits; save it as UTF-8"


def _failure(encoded: Encoded, text: str) -> ReadError:
    return ReadError(f"{encoded.address}: {text}", address=encoded.address, raw=encoded.body)
