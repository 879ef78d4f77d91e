"""The whole road on prose, on random text and on text made to hurt."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import BaseModel
from spacy.displacy import parse_spans
from spacy.displacy.render import SpanRenderer
from spacy.tokens import Doc, DocBin

import models
from pipeline.errors import ExtractError, ModelError
from pipeline.extraction.extract import extract
from pipeline.language.model import OURS, annotate
from pipeline.records import Article, Extraction, Span, Speaker
from pipeline.road import extract_article, load_extractor, pipeline_fingerprint
from pipeline.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
TEXTS = {path.stem[:3]: path.read_text("utf-8") for path in sorted(CORPUS.glob("0*.txt"))}
GROUPS = ("entities", "agreements", "claims")
PUBLISHED = "2025-09-17"


def make_article(text):
    return Article(id="ar-0123456789abcdef", address="/a.txt", text=text, published=PUBLISHED)


def find_spans(value):
    """Every Span anywhere in a record, and every Speaker that has words."""
    if isinstance(value, Span) or (isinstance(value, Speaker) and value.start is not None):
        yield value
    if isinstance(value, BaseModel):
        value = tuple(getattr(value, name) for name in type(value).model_fields)
    if isinstance(value, tuple):
        for part in value:
            yield from find_spans(part)


def check(extraction, text):
    """Every record points at its words; ids are unique; the number of spans."""
    spans = list(find_spans(extraction))
    assert [span for span in spans if text[span.start : span.end] != span.text] == []
    for records in (extraction.entities, extraction.agreements, extraction.claims):
        ids = [record.id for record in records]
        assert len(set(ids)) == len(ids)
    assert Extraction.model_validate_json(extraction.model_dump_json()) == extraction
    return len(spans)


@pytest.mark.parametrize("key", TEXTS)
def test_prose(nlp, key):
    extraction = extract_article(nlp, make_article(TEXTS[key]), fingerprint="f")
    assert check(extraction, TEXTS[key]) > 20
    assert extraction.entities
    assert extraction.fingerprint == "f"


def test_line_ends_of_other_systems_change_only_offsets(nlp):
    def words(text):
        extraction = extract_article(nlp, make_article(text), fingerprint="f")
        check(extraction, text)
        return [record.canonical for record in extraction.entities], [record.label for record in extraction.agreements]

    text = TEXTS["001"]
    assert words(text.replace("\n", "\r")) == words(text)


HOSTILE = {
    "no space": "x" * 200_000,
    "no space, with stops": "x." * 100_000,
    "quotation marks": "“" * 100_000,
    "quotation marks apart": '" ' * 3_000,
    "quotations in quotations": "“a ‘b " * 2_000,
    "closing quotation marks": "a” " * 2_000,
    "nested brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "nested brackets apart": "( " * 2_000 + "x" + " )" * 2_000,
    "acronyms": "(NATO) " * 1_500,
    "emoji": "🙂 👨‍👩‍👧‍👦 🇵🇱 " * 400,
    "emoji together": "👨‍👩‍👧‍👦🇵🇱" * 1_000,
    "right to left": "وقعت فرنسا معاهدة مع ألمانيا. \u202e" * 200,
    "combining": "a" + "\u0301" * 5_000 + " e\u0301" * 500,
    "control characters": "".join(map(chr, range(160))) * 60,
    "line breaks": "\n" * 100_000,
    "spaces": " " * 100_000,
    "empty": "",
    "NUL": "a\x00b",
    "one word": "the " * 3_000,
    "one name": "Poland " * 3_000,
    "names": "Poland, " * 2_000,
    "one treaty": "Treaty " * 3_000,
    "one verb": "agreed " * 3_000,
    "one sentence": "France and Germany signed the Kensington Treaty and " * 300,
    "of of of": "the treaty of " * 1_000,
    "dates": "12 September 2025 " * 600,
    "datelines": "KYIV — " * 1_500,
    "bullets": "- x\n" * 2_000,
    "links": "[x](http://y.example) " * 1_500,
    "numbers": "€1,000 " * 2_000,
    "who": "who said that " * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_bounded(nlp, name):
    """Prose takes about 40 CPU µs a character; junk, with up to five times the tokens, 200; machines are slow and shared."""
    text = HOSTILE[name]
    start = time.process_time()
    check(extract_article(nlp, make_article(text), fingerprint="f"), text)
    assert time.process_time() - start < 2 + 600e-6 * len(text)


WORDS = [
    "France",
    "Polish",
    "NATO",
    "Kyiv",
    "the",
    "treaty",
    "Kensington Treaty",
    "signed",
    "will",
    "not",
    "said",
    "that",
]
WORDS += [
    "according to",
    "“",
    "”",
    '"',
    "'",
    "’s",
    ",",
    ".",
    "\n\n",
    "\r\n",
    "(",
    ")",
    "—",
    "12 May",
    "2025",
    "26 ships",
    "and",
]
WORDS += [
    "🙂",
    "\u200b",
    "ألمانيا",
    "agreed to",
    "coalition",
    "must",
    "of",
    "in",
    "by",
    "joint",
    "headquarters",
    "- ",
    "…",
    "Mr.",
]
RANDOM = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=60).map("".join),
)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(RANDOM)
def test_any_text_gives_records_that_point_at_their_words(nlp, text):
    check(extract_article(nlp, make_article(text), fingerprint="f"), text)


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 4000), st.integers(0, 1500), st.sampled_from(WORDS))
def test_prose_that_is_cut_and_torn(nlp, key, start, length, word):
    piece = TEXTS[key][start : start + length]
    text = piece[: length // 2] + word + piece[length // 2 + 7 :]
    check(extract_article(nlp, make_article(text), fingerprint="f"), text)


def test_a_megabyte_of_prose_costs_our_components_what_its_length_says(nlp):
    """The model is linear by construction, so it is run once over 50 kB, and ours over that Doc repeated."""
    ours = [name for name in nlp.pipe_names if name.startswith(OURS) and name != "entente_paragraphs"]
    prose = "\n\n".join(TEXTS.values())[:50_000] + "\n\n"
    with nlp.select_pipes(disable=ours):
        base = annotate(nlp, prose)

    def run(times):
        doc = Doc.from_docs([base] * times, ensure_whitespace=False)
        start = time.process_time()
        for name in ours:
            doc = nlp.get_pipe(name)(doc)
        check(extract(doc, make_article(prose * times), fingerprint="f"), prose * times)
        return time.process_time() - start

    short, long = run(2), run(20)
    # Linear is 10; mentions that point back are looked up among more of them, and machines are noisy.
    assert long < 25 * short


def test_two_runs_give_the_same(nlp):
    article = make_article(TEXTS["004"])
    first = extract_article(nlp, article, fingerprint="f")
    extract_article(nlp, make_article(TEXTS["001"]), fingerprint="f")
    assert extract_article(nlp, article, fingerprint="f") == first


def state(doc):
    return {
        group: ([(s.start, s.end, s.label_, s.id_) for s in doc.spans[group]], doc.spans[group].attrs)
        for group in GROUPS
    }


@pytest.fixture(scope="module")
def doc(nlp):
    doc = nlp(TEXTS["004"])
    assert all(len(doc.spans[group]) > 3 for group in GROUPS)
    return doc


def test_a_doc_survives_bytes(nlp, doc):
    assert state(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == state(doc)


def test_a_doc_survives_a_docbin(nlp, doc):
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (loaded,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert state(loaded) == state(doc)


def test_records_can_be_made_of_a_doc_that_was_stored(nlp, doc):
    article = make_article(TEXTS["004"])
    loaded = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert extract(loaded, article, fingerprint="f") == extract(doc, article, fingerprint="f")


@pytest.mark.slow
def test_docs_come_back_whole_from_other_processes(tmp_path):
    code = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "from pathlib import Path\n"
        "from pipeline.road import load_extractor\n"
        "from pipeline.settings import Settings\n"
        "if __name__ == '__main__':\n"
        "    nlp = load_extractor(Settings(home=Path('x')))\n"
        "    texts = [Path(name).read_text('utf-8') for name in sys.argv[1:]]\n"
        "    def state(doc):\n"
        f"        return [([s.text + s.label_ + s.id_ for s in doc.spans[g]], doc.spans[g].attrs) for g in {GROUPS}]\n"
        "    there = [state(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)]\n"
        "    assert there == [state(doc) for doc in nlp.pipe(texts)]\n"
    )
    script = tmp_path / "pipe.py"
    script.write_text(code)
    files = [str(path) for path in sorted(CORPUS.glob("0*.txt"))[:3]]
    subprocess.run([sys.executable, str(script), *files], check=True, cwd=tmp_path)


@pytest.mark.parametrize("group", GROUPS)
def test_displacy_shows_our_spans(doc, group):
    page = SpanRenderer({}).render([parse_spans(doc, {"spans_key": group})], page=True)
    assert all(span.label_ in page for span in doc.spans[group])


def test_half_a_character_is_refused_with_the_articles_address(nlp):
    """Reading refuses such a text; who calls us from Python gets a clear error."""
    with pytest.raises(ExtractError, match=r"^/a\.txt: the text could not be analysed") as caught:
        extract_article(nlp, make_article("France \ud83d signed"), fingerprint="f")
    assert (caught.value.address, caught.value.stage) == ("/a.txt", "extract")


def test_a_model_that_is_not_pinned_is_refused(tmp_path):
    with pytest.raises(ModelError):
        load_extractor(Settings(home=tmp_path, spacy_model="other"))


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A copy of the data, and no digest remembered before or after."""
    remembered = (pipeline_fingerprint, models.load_manifest, models.data_digest, models.load_lexicon)
    for folder in ("lexicon", "gazetteer"):
        (tmp_path / folder).mkdir()
        for file in (models.ROOT / folder).iterdir():
            (tmp_path / folder / file.name).write_bytes(file.read_bytes())
    (tmp_path / "tagger").mkdir()
    for file in ("manifest.toml", "tagger/digests.toml"):
        (tmp_path / file).write_bytes((models.ROOT / file).read_bytes())

    def forget():
        for load in remembered:
            load.cache_clear()

    forget()
    yield tmp_path, forget
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    "path", ["lexicon/acts.toml", "gazetteer/places.jsonl", "manifest.toml", "tagger/digests.toml"]
)
def test_the_fingerprint_changes_with_what_decides(fresh, monkeypatch, path):
    root, forget = fresh
    before = pipeline_fingerprint(Settings())
    monkeypatch.setattr(models, "ROOT", root)
    forget()
    assert pipeline_fingerprint(Settings()) == before  # a copy is the same
    with (root / path).open("a") as file:
        file.write("\n")
    forget()
    assert pipeline_fingerprint(Settings()) != before


def test_the_fingerprint_is_of_the_model_and_of_nothing_that_does_not_decide(tmp_path):
    fingerprint = pipeline_fingerprint(Settings())
    assert len(fingerprint) == 16
    assert int(fingerprint, 16) >= 0
    assert (
        pipeline_fingerprint(Settings(home=tmp_path, log_level="DEBUG", database_url="postgresql://x")) == fingerprint
    )
    assert pipeline_fingerprint(Settings(spacy_model="other")) != fingerprint


def test_the_fingerprint_loads_no_model_and_is_the_same_in_another_process():
    code = (
        "import sys; from pipeline.road import pipeline_fingerprint; from pipeline.settings import Settings\n"
        "print(pipeline_fingerprint(Settings()))\n"
        "assert not [name for name in sys.modules if name.startswith('en_core')]\n"
        "import models; assert models.verified_path.cache_info().currsize == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == pipeline_fingerprint(Settings())
    assert spacy.__version__.startswith("3.8")
