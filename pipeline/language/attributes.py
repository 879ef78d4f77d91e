"""The model's attribute ruler (parts of speech and forms by tag and word): what it says of a token is kept for the next like it.

spaCy's own tries 179 patterns at every token, and takes a seventh of the time of the whole model. All but eight look at one token
alone, and at nothing of it but its tag, its lower-case form, its relation, and whether it is a blank: what they say of one
such token holds for all of them. A test compares both rulers over texts.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.pipeline.attributeruler import MatcherPatternType
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs
from spacy.vocab import Vocab

#: What patterns may ask of a token so that its key says it all.
_ASKED = {"TAG", "LOWER", "DEP", "IS_SPACE"}
#: Kept keys; a long-lived process meets new words every day, most of them once.
_MOST = 50_000

_Key = tuple[int, int, int, bool]


class _Known(NamedTuple):
    """What holds for all tokens of one key."""

    attributes: dict[int, Any]  #: what the patterns of one token set
    may_begin: bool  #: whether a pattern of several tokens may begin with it


class QuickAttributeRuler(AttributeRuler):
    """Sets what :class:`spacy.pipeline.AttributeRuler` sets; patterns are added as to that one."""

    def __init__(self, vocab: Vocab, name: str = "attribute_ruler") -> None:
        super().__init__(vocab, name)
        self._known: dict[_Key, _Known] = {}
        self._firsts: Matcher | None = None  #: the first tokens of patterns of several, once any Doc has asked for them
        self._longest = 1  #: tokens of the longest pattern

    def clear(self) -> None:
        """Forget all patterns, and what they said."""
        super().clear()
        self._forget()

    def add(self, patterns: Iterable[MatcherPatternType], attrs: dict[str, Any], index: int = 0) -> None:
        """Add a pattern, as to spaCy's own; what was said without it is forgotten."""
        super().add(patterns, attrs, index)
        self._forget()

    def _forget(self) -> None:
        self._known.clear()
        self._firsts = None

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of one Doc, in place."""
        firsts = self._find_firsts()
        if firsts is None:
            return super().__call__(doc)
        # Everything is read before anything is set, as patterns look at what the model said.
        said = [self._ask(token, firsts) for token in doc]
        wide = [each for token, known in zip(doc, said, strict=True) if known.may_begin for each in self._widen(token)]
        touched = {start + self.indices[number] for number, _, start, _ in wide}
        rules = sorted([*wide, *(each for i in sorted(touched) for each in self._match(doc, i, i + 1))])
        for token, known in zip(doc, said, strict=True):
            if known.attributes and token.i not in touched:
                set_token_attrs(token, known.attributes)
        cast("Any", self).set_annotations(doc, rules)  # without types in spaCy
        return doc

    def _match(self, doc: Doc, start: int, end: int) -> list[tuple[int, int, int, int]]:
        """What patterns hold within these tokens: number of the rule, its hash, first token, and the one behind the last."""
        found = self.matcher(doc[start:end], allow_missing=True)
        return sorted((int(self.vocab.strings[rule]), rule, start + s, start + e) for rule, s, e in found)

    def _widen(self, token: Token) -> list[tuple[int, int, int, int]]:
        found = self._match(token.doc, token.i, min(token.i + self._longest, len(token.doc)))
        return [each for each in found if each[2] == token.i and each[3] - each[2] > 1]

    def _find_firsts(self) -> Matcher | None:
        """A matcher of how patterns of several tokens begin; None where a pattern asks for what the key does not say."""
        if self._firsts is None:
            rules: Any = self.patterns
            patterns: list[list[dict[str, Any]]] = [pattern for rule in rules for pattern in rule["patterns"]]
            if not all(set(token) <= _ASKED for pattern in patterns for token in pattern):
                return None
            self._firsts = Matcher(self.vocab)
            self._longest = max(map(len, patterns), default=1)
            if wide := [pattern[:1] for pattern in patterns if len(pattern) > 1]:
                self._firsts.add("first", wide)
        return self._firsts

    def _ask(self, token: Token, firsts: Matcher) -> _Known:
        key = (token.tag, token.lower, token.dep, token.is_space)
        if (known := self._known.get(key)) is not None:
            return known
        attributes: dict[int, Any] = {}
        for number, *_ in self._match(token.doc, token.i, token.i + 1):
            attributes |= self.attrs[number]  # of two rules the later one holds
        alone = token.doc[token.i : token.i + 1]
        known = _Known(attributes, bool(len(firsts) and firsts(alone, allow_missing=True)))
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = known
        return known


@Language.factory("entente_attribute_ruler")
def make_quick_ruler(nlp: Language, name: str) -> QuickAttributeRuler:
    """An empty one."""
    return QuickAttributeRuler(nlp.vocab, name)


def quicken_attributes(nlp: Language) -> None:
    """Put it in the place of the model's own, where that has one, with the same patterns."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    patterns = cast("AttributeRuler", nlp.get_pipe("attribute_ruler")).patterns
    nlp.replace_pipe("attribute_ruler", "entente_attribute_ruler")
    cast("AttributeRuler", nlp.get_pipe("attribute_ruler")).add_patterns(patterns)
