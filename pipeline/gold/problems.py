"""What is wrong in a gold file: where it stands, what it is, and how to mend it."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One line of a checker's report; a note is worth a look but does not make a file wrong."""

    line: int  #: from 1
    text: str
    is_note: bool = False


def say_nearest(word: str, known: Iterable[str]) -> str:
    """``; is "signed" meant?`` where one of the known words is near, otherwise all of them.

    Args:
        word: what was written.
        known: what could have been written.
    """
    words = [str(each) for each in known]
    folded = {each.casefold(): each for each in words}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f'; is "{folded[near[0]]}" meant?' if near else f"; known are {', '.join(words)}"
