"""Claims against PolNeAR's attributions of political news (Newell et al. 2018): how many are found with their speaker.

    python tests/benchmarks/attribution.py POLNEAR/data/dev

The set has no licence, so nothing of it is kept here, nothing is trained on it, and its test split is never opened. It marks
attributions as source, cue and content; what our pipeline holds to be the author's own is none. A claim and an attribution are
a pair where they share half of all the characters of both; end to end also the speaker's words must share a character with
the source, or both have none. Articles that several people marked are taken by the first of them.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipeline.records import AUTHOR, Article, Claim
from pipeline.road import extract_article, load_extractor
from pipeline.settings import Settings


class Attribution(NamedTuple):
    """What a person marked: characters of the content and of the source."""

    content: frozenset[int]
    source: frozenset[int]


def read_marks(path: Path) -> list[Attribution]:
    """The attributions of one brat file."""
    spans: dict[str, frozenset[int]] = {}
    found = []
    for line in path.read_text("utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.partition("\t")[0].partition(" ")[2]
            ranges = [part.split(" ") for part in places.split(";")]
            spans[key] = frozenset(i for start, end in ranges for i in range(int(start), int(end)))
        elif key.startswith("E"):
            parts: dict[str, frozenset[int]] = {}
            for part in rest.split():
                role, _, target = part.partition(":")
                name = role.rstrip("0123456789")
                parts[name] = parts.get(name, frozenset()) | spans.get(target, frozenset())
            if parts.get("Content"):
                found.append(Attribution(parts["Content"], parts.get("Source", frozenset())))
    return found


def read_claims(claims: tuple[Claim, ...]) -> list[Attribution]:
    """Our claims in the same form, without the author's own."""
    found = []
    for claim in claims:
        if claim.speaker is not None and claim.speaker.name == AUTHOR:
            continue
        content = frozenset(i for span in claim.content for i in range(span.start, span.end))
        speaker = claim.speaker
        has_words = speaker is not None and speaker.start is not None and speaker.end is not None
        source = frozenset(range(speaker.start, speaker.end)) if has_words else frozenset()
        found.append(Attribution(content, source))
    return found


def count(marked: list[Attribution], found: list[Attribution]) -> Counter[str]:
    """Pairs, the closest first, each once."""
    closeness = sorted(
        (
            (-len(a.content & b.content) / len(a.content | b.content), i, j)
            for i, a in enumerate(marked)
            for j, b in enumerate(found)
            if a.content & b.content
        )
    )
    counts = Counter({"marked": len(marked), "found": len(found)})
    ours, theirs = set(), set()
    for close, i, j in closeness:
        if -close >= 0.5 and i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            counts["content"] += 1
            a, b = marked[i].source, found[j].source
            counts["both"] += bool(a & b) or (not a and not b)
    return counts


def main() -> None:
    """Read the folder and print the figures."""
    folder = Path(sys.argv[1])
    nlp = load_extractor(Settings())
    total: Counter[str] = Counter()
    for path in sorted((folder / "text").glob("*.txt")):
        marks = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if not marks:
            continue
        text = path.read_bytes().decode("utf-8")
        article = Article(id="ar-polnear", address=path.name, text=text)
        extraction = extract_article(nlp, article, fingerprint="benchmark")
        total += count(read_marks(marks[0]), read_claims(extraction.claims))
    for name in ("content", "both"):
        precision, recall = total[name] / total["found"], total[name] / total["marked"]
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"{name}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({total['marked']} marked, {total['found']} found)"
        )


if __name__ == "__main__":
    main()
