"""How right the bodies, titles and dates of web pages are, on two public benchmarks that are not part of this repository.

    git clone https://github.com/scrapinghub/article-extraction-benchmark
    git clone https://github.com/adbar/trafilatura
    python tests/benchmarks/bodies.py article-extraction-benchmark trafilatura [--half building|held-out|all] [--single]

The *building* half are the pages whose file name's SHA-256 begins with an even hex digit; the method was chosen on them.
"""

import argparse
import gzip
import hashlib
import json
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.reading.bodies import EXTRACTORS
from pipeline.reading.decoding import Encoded, decode_text
from pipeline.reading.html import find_declared_encoding, read_html


def is_chosen(name, half):
    is_even = int(hashlib.sha256(name.encode()).hexdigest()[0], 16) % 2 == 0
    return half == "all" or is_even == (half == "building")


def decode(body):
    return decode_text(Encoded(body=body, address="page", declared=find_declared_encoding(body), is_page=True))


def shingles(text):
    words = re.findall(r"\w+", text)
    return Counter(run for i in range(max(1, len(words) - 3)) if (run := tuple(words[i : i + 4])))


def measure_body(gold, found):
    """Precision, recall and F1 of one page, as the scrapinghub benchmark's evaluate.py counts them."""
    both, gold_count, found_count = (gold & found).total(), gold.total(), found.total()
    precision = both / found_count if found_count else None
    recall = both / gold_count if gold_count else None
    return precision, recall, 2 * both / (gold_count + found_count)


def score_scrapinghub(folder, half, read):
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    rows, identical, errors, start = {}, 0, 0, time.process_time()
    for key, gold in truth.items():
        if not is_chosen(f"{key}.html.gz", half):
            continue
        try:
            text = read(gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()))
        except Exception as error:  # noqa: BLE001 -- a page that raises is a figure of its own
            print(f"  raises: {key} {error!r}")
            text, errors = "", errors + 1
        identical += re.findall(r"\w+", text) == re.findall(r"\w+", gold["articleBody"])
        rows[gold["url"]] = measure_body(shingles(gold["articleBody"]), shingles(text))
    precision = statistics.mean(p for p, _, _ in rows.values() if p is not None)
    recall = statistics.mean(r for _, r, _ in rows.values() if r is not None)
    return {
        "pages": len(rows),
        "F1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "identical": round(identical / len(rows), 4),
        "lost whole": sum(f1 < 0.1 for _, _, f1 in rows.values()),
        "raising": errors,
        "CPU s": round(time.process_time() - start, 1),
    }


def score_trafilatura(folder, half):
    truth = json.loads((folder / "tests" / "evaldata.json").read_text("utf-8"))
    counts, right, asked = Counter(), Counter(), Counter()
    for gold in truth.values():
        paths = [folder / "tests" / place / gold["file"] for place in ("cache", "eval")]
        path = next((path for path in paths if path.is_file()), None)
        if path is None or not is_chosen(gold["file"], half):
            continue
        counts["pages"] += 1
        try:
            reading = read_html(decode(path.read_bytes()))
        except Exception as error:  # noqa: BLE001 -- a page that raises is a figure of its own
            print(f"  raises: {gold['file']} {error!r}")
            counts["raising"] += 1
            continue
        text = " ".join(reading.text.split())
        counts["lost whole"] += not text
        counts["tp"] += (found := sum(" ".join(words.split()) in text for words in gold["with"]))
        counts["fn"] += len(gold["with"]) - found
        counts["fp"] += sum(" ".join(words.split()) in text for words in gold["without"])
        for field, value in (("title", reading.metadata.title), ("date", reading.metadata.published)):
            if gold.get(field):
                asked[field] += 1
                right[field] += " ".join(gold[field].split()) == value
    f1 = 2 * counts["tp"] / (2 * counts["tp"] + counts["fn"] + counts["fp"])
    shares = {f"{field}s exact": round(right[field] / asked[field], 4) for field in asked}
    kept = {name: counts[name] for name in ("pages", "lost whole", "raising")}
    return {**kept, "F1 of segments": round(f1, 4), **shares}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scrapinghub", type=Path)
    parser.add_argument("trafilatura", type=Path, nargs="?")
    parser.add_argument("--half", choices=["building", "held-out", "all"], default="building")
    parser.add_argument("--single", action="store_true", help="each extractor alone, too")
    options = parser.parse_args()
    print("scrapinghub", score_scrapinghub(options.scrapinghub, options.half, lambda b: read_html(decode(b)).text))
    for name, extract in EXTRACTORS.items() if options.single else ():
        print(name, score_scrapinghub(options.scrapinghub, options.half, lambda b, e=extract: e(decode(b))))
    if options.trafilatura:
        print("trafilatura", score_trafilatura(options.trafilatura, options.half))


if __name__ == "__main__":
    sys.exit(main())
