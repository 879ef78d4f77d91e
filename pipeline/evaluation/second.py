"""The second marking: some articles marked again from the bare text, to see how far two people agree."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.scores import Scored
from pipeline.gold.read import DIVIDER, SUFFIX, load_gold
from pipeline.gold.records import GoldArticle
from pipeline.gold.tables import SECTIONS
from pipeline.records import Extraction


def make_blank(path: Path) -> str:
    """A gold file with its head and its bare text and nothing marked: what the second marker is given.

    Raises:
        InputError: the file has mistakes.
    """
    (gold,) = load_gold([path])
    head = path.read_text("utf-8").split(f"\n{DIVIDER}\n", maxsplit=1)[0].removeprefix(DIVIDER + "\n")
    sections = "".join(f"[{name}]\n" for name in SECTIONS)
    return f"{DIVIDER}\n{head}\n{DIVIDER}\n{gold.text}{DIVIDER}\n{sections}"


def pair_markings(folder: Path, *, second: Path) -> list[Scored]:
    """The first marking of each article that was marked twice, with the second one as if a pipeline had found it.

    Args:
        folder: gold files of the first marking.
        second: gold files of the second, of the same names.

    Raises:
        InputError: a file has mistakes, has no first marking, or the texts differ.
    """
    paths = sorted(second.glob("*" + SUFFIX))
    if not paths:
        raise InputError(f"{second}: has no {SUFFIX} file; write the second marking there (entente corpus blank)")
    missing = [path.name for path in paths if not (folder / path.name).exists()]
    if missing:
        raise InputError(f"{folder}: has no {', '.join(missing)}; a second marking bears the name of the first")
    return _pair(load_gold([folder / path.name for path in paths]), load_gold(paths))


def _pair(first: Sequence[GoldArticle], second: Sequence[GoldArticle]) -> list[Scored]:
    differing = [a.slug for a, b in zip(first, second, strict=True) if a.text != b.text]
    if differing:
        raise InputError(f"the two markings of {', '.join(differing)} have differing texts; mark the same text")
    return [Scored(a, _call_as(a, to_extraction(b))) for a, b in zip(first, second, strict=True)]


def _call_as(first: GoldArticle, second: Extraction) -> Extraction:
    """The second marking with its parties called as the first calls them, by the words both marked.

    Who is meant is what two markers must agree on: "DUP" and "Democratic Unionist Party" for the same mentions are the same.
    """
    names = _match_names(first, second)
    rows = [
        row.model_copy(
            update={
                "parties": tuple(
                    party.model_copy(update={"entity": names.get(party.entity, party.entity)}) for party in row.parties
                )
            }
        )
        for row in second.agreements
    ]
    return second.model_copy(update={"agreements": tuple(rows)})


def _match_names(first: GoldArticle, second: Extraction) -> dict[str, str]:
    """For each entity of the second marking the name of the one in the first that has most of its mentions."""
    owner = {(mention.start, mention.end): entity.name for entity in first.entities for mention in entity.mentions}
    found = {}
    for entity in second.entities:
        shared = Counter(owner[m.start, m.end] for m in entity.mentions if (m.start, m.end) in owner)
        if shared:
            found[entity.canonical] = shared.most_common(1)[0][0]
    return found
