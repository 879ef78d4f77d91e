r"""What spaCy sees: the article's text with page furniture blanked out, character for character of the same length.

Every replacement keeps the length, so an offset into the cleaned text is an offset into the article's text. Forms handled:

* a curly apostrophe before a contracted or possessive ending ("Kyiv’s" -> "Kyiv's"; any other ’ stays, it may close a quotation);
* "Posted" and the like standing alone on a line, list numbers, bullets, Markdown signs, link targets, front matter;
* every line break becomes "\n", also "\r\n" (-> " \n"), a lone "\r" and the separators U+0085, U+2028 and U+2029;
* line breaks inside hard-wrapped paragraphs (become spaces, so that a break left over always ends a paragraph);
* control characters and no-break spaces; runs of 300 characters and more without a space (no language in there).
"""

import re
from itertools import pairwise

_POSSESSIVE = re.compile(r"’(?=(?:s|t|re|ve|ll|d|m)\b)")
_FURNITURE = re.compile(
    r"^[ \t]*(?:posted|share|share this|print|advertisement|read more|click to enlarge|skip to content)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LIST_MARK = re.compile(r"^[ \t]*(?:\(?\d{1,2}[.)]|[-*•–])(?=[ \t])", re.MULTILINE)
_HEADING_MARK = re.compile(r"^#{1,6}(?=[ \t])", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\](\([^)\s]{1,2000}\))")
# Only lines that look like YAML: a text that starts with a rule, and has a second one further down, is no front matter.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?:[\w-]+:|[ \t#-]).*\n|\n)*?---[ \t]*(?=\n|\Z)")
_LINE_BREAK = re.compile(r"\r(?!\n)|[\u0085\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# The longest English words and most URLs stay under 300; the tokenizer's affix rules are quadratic in a word's length.
_ENDLESS = re.compile(r"\S{300,}")
_WRAPPED_LINE = re.compile(r"(?<=[^\s.!?:])[ \t]*\n(?=[a-z(“\"'‘0-9A-Z])")


def clean_text(text: str) -> str:
    """The text for spaCy; ``len(clean_text(text)) == len(text)``."""
    text = _LINE_BREAK.sub("\n", text).replace("\r\n", " \n")
    text = _FRONT_MATTER.sub(_blank, text)
    text = _CONTROL.sub(" ", text)
    text = _ENDLESS.sub(_blank, text)
    text = _LINK.sub(_keep_link_text, text)
    for pattern in (_FURNITURE, _LIST_MARK, _HEADING_MARK, _EMPHASIS):
        text = pattern.sub(_blank, text)
    if is_hard_wrapped(text):
        text = _WRAPPED_LINE.sub(lambda match: " " * len(match[0]), text)
    return _POSSESSIVE.sub("'", text)


def is_hard_wrapped(text: str) -> bool:
    """Whether lines were broken at a fixed width: most lines that run on are 50 to 100 characters and end in mid-sentence.

    Width of e-mail and teletype wraps is 60 to 80; a page's own paragraphs have no such bunching.
    """
    lines = text.splitlines()
    joined = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    broken = [line for line in joined if 50 <= len(line) <= 100 and line.rstrip()[-1] not in ".!?:"]
    return len(joined) >= 3 and len(broken) >= 0.6 * len(joined)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _keep_link_text(match: re.Match[str]) -> str:
    return f" {match[1]} " + " " * len(match[2])
