"""The words that belong to a noun: its own phrase, without the clauses and coordinations that the parser hung on it."""

from spacy.tokens import Token

MAX_PHRASE = 30  #: tokens; a longer phrase is a clause that the parser hung on the noun
_CLAUSES = {"relcl", "advcl", "ccomp", "parataxis", "acl"}
_STOP_DEPS = _CLAUSES | {"appos", "cc", "conj", "punct"}


def phrase_of(root: Token) -> list[Token]:
    """The tokens of a noun's own phrase, in order: its subtree without clauses, appositions and coordinated phrases.

    "a permanent headquarters in Paris, which …" -> a permanent headquarters in Paris. Without recursion and never more than a
    few dozen tokens, whatever the parse is like.
    """
    tokens, open_tokens = [root], [child for child in root.children if _belongs(child, root)]
    while open_tokens and len(tokens) < 4 * MAX_PHRASE:  # a phrase is cut to MAX_PHRASE once it is in order
        token = open_tokens.pop(0)
        tokens.append(token)
        if len(open_tokens) < 4 * MAX_PHRASE:
            open_tokens.extend(child for child in token.children if child.dep_ not in _CLAUSES)
    return _around(root, sorted(tokens, key=lambda token: token.i))


def _belongs(child: Token, root: Token) -> bool:
    before = child.dep_ in {"conj", "cc", "punct"} and child.i < root.i
    return before or child.dep_ not in _STOP_DEPS


def _around(root: Token, tokens: list[Token]) -> list[Token]:
    """At most MAX_PHRASE tokens, the root among them."""
    at = next(i for i, token in enumerate(tokens) if token.i == root.i)
    first = max(0, at - MAX_PHRASE + 1)
    return tokens[first : first + MAX_PHRASE]
