"""Speed and memory of the road, apart from the tests: `make bench`. CPU seconds and ratios, since machines are shared.

The bars: one article into a running store in at most 12 CPU s, start-up included; a second run over the same folder loads no
model; extraction at most 2.5 times the CPU of the bare spaCy model on the same texts.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import spacy

import models
from pipeline.reading.article import read_article
from pipeline.records import Article
from pipeline.road import extract_article, load_extractor
from pipeline.settings import Settings
from pipeline.sources.inputs import fetch_article

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
ENTENTE = Path(sys.executable).with_name("entente")


def run_entente(*arguments: str, home: Path) -> float:
    """CPU seconds of one command, its children included (not the database server, which is nobody's child)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [ENTENTE, *arguments], env={**os.environ, "ENTENTE_HOME": str(home)}, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def load_articles() -> list[Article]:
    settings = Settings()
    found = [fetch_article(str(path), settings=settings, given={}) for path in sorted(CORPUS.glob("0*.txt"))]
    return [read_article(raw, max_text_bytes=settings.max_text_bytes) for raw in found]


def test_one_article_and_a_second_run(tmp_path):
    first, *others = map(str, sorted(set(CORPUS.glob("0*")) - set(CORPUS.glob("*.json"))))
    try:
        run_entente("db", "start", home=tmp_path)
        one = run_entente("ingest", first, home=tmp_path)
        run_entente("ingest", *others, home=tmp_path)
        again = run_entente("ingest", *others, home=tmp_path)
        register = run_entente("register", home=tmp_path)
    finally:
        run_entente("db", "stop", home=tmp_path)
    print(f"\none article {one:.1f} CPU s · second run over 20 articles {again:.1f} · register {register:.1f}")

    assert one <= 12


def test_extraction_against_the_bare_model():
    articles = load_articles()
    bare, ours = spacy.load(models.verified_path("en_core_web_sm")), load_extractor(Settings())
    ratios, seconds = [], []
    for _ in range(5):  # interleaved, so that a neighbour's load meets both
        start = time.process_time()
        list(bare.pipe(article.text for article in articles))
        middle = time.process_time()
        for article in articles:
            extract_article(ours, article, fingerprint="bench")
        end = time.process_time()
        ratios.append((end - middle) / (middle - start))
        seconds.append((end - middle) / len(articles))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio, cost = statistics.median(ratios), statistics.median(seconds)
    print(f"\nextraction {ratio:.2f} x bare nlp.pipe · {cost:.2f} CPU s an article · peak {peak:.0f} MB")

    assert ratio <= 2.5


def test_extraction_is_linear_in_length():
    nlp = load_extractor(Settings())
    text = "\n".join(article.text for article in load_articles())
    costs = {}
    for times in (1, 4, 15):  # the last is a megabyte
        article = Article(id="ar-bench", address="bench", text="\n".join([text] * times))
        start = time.process_time()
        extract_article(nlp, article, fingerprint="bench")
        costs[len(article.text)] = time.process_time() - start
    print("\n" + " · ".join(f"{length:,} characters {cost:.1f} CPU s" for length, cost in costs.items()))
    (small, cheap), *longer = costs.items()

    assert all(dear / cheap <= 1.5 * large / small for large, dear in longer)
