"""What the body of a page is: three well-kept extractors are asked, and the answer most like the others' is taken.

On the 93 building pages of the scrapinghub benchmark trafilatura alone has F1 .972 with .32 of the pages identical,
readability .967 and newspaper4k .932; the choice has .980 and .42. Who is on his own is mostly wrong, so how alike the
chosen body and its nearest neighbour are is also how sure it is (:attr:`Body.confidence`).
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import lxml.html
import readability
import trafilatura
from lxml import etree

from pipeline.reading.blocks import to_text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns on import that nltk is missing, which is for its summaries only
    from newspaper.cleaners import DocumentCleaner
    from newspaper.configuration import Configuration
    from newspaper.extractors.articlebody_extractor import ArticleBodyExtractor
    from newspaper.outputformatters import OutputFormatter

# Above this one extractor alone decides: the largest page of the building half has 1,709 elements, and a page of 19,000
# paragraphs keeps all three busy for 21 s on two shared cores.
_MOST_FOR_THREE = 10_000

# Tables have no vote: readability and newspaper4k drop small ones, which is no reason to drop them here.
_TABLE_ROW = re.compile(r"^.* \| .*$", re.MULTILINE)

_SHINGLE = 4  # words: as the benchmark compares


@dataclass(frozen=True, kw_only=True)
class Body:
    """The article in a page.

    Attributes:
        text: an empty line between paragraphs; empty where none was found.
        extractor: who found it.
        confidence: from 0 to 1, how alike it is to the nearest other extractor's; None where only one was asked.
    """

    text: str
    extractor: str
    confidence: float | None = None


def find_body(page: str, *, elements: int) -> Body:
    """The body that agrees most with the others, the earlier in :data:`EXTRACTORS` where two agree as much.

    Args:
        page: the HTML, without an XML declaration.
        elements: how many there are in it.
    """
    if elements > _MOST_FOR_THREE:
        name = next(iter(EXTRACTORS))
        return Body(text=EXTRACTORS[name](page), extractor=name)
    texts = {name: extract(page) for name, extract in EXTRACTORS.items()}
    shingles = {name: find_shingles(_TABLE_ROW.sub("", text)) for name, text in texts.items()}
    likeness = {
        name: sorted(measure_likeness(shingles[name], shingles[other]) for other in texts if other != name)
        for name in texts
    }
    # Rounded: a difference of one word in a thousand is no reason against the better structure of the first.
    best = max(texts, key=lambda name: (bool(texts[name]), round(sum(likeness[name]), 3)))
    return Body(text=texts[best], extractor=best, confidence=round(likeness[best][-1], 3))


def find_shingles(text: str) -> Counter[tuple[str, ...]]:
    """All runs of four words, counted: ``a b c d e`` -> ``abcd``, ``bcde``; of a shorter text the whole."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[place : place + _SHINGLE]) for place in range(max(1, len(words) - _SHINGLE + 1)))
    return Counter(run for run in runs if run)


def measure_likeness(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    """F1 of two texts' shingles: 1 for the same words in the same order, 0 for none in common or an empty text."""
    both, all_of = (one & other).total(), one.total() + other.total()
    return 2 * both / all_of if all_of else 0.0


def parse_page(page: str) -> lxml.html.HtmlElement:
    """The tree of a page.

    Raises:
        lxml.etree.LxmlError: there is nothing in it.
    """
    return lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def _by_trafilatura(page: str) -> str:
    for precision in (True, False):  # some short pages are all boilerplate to the precise way
        document = trafilatura.bare_extraction(
            parse_page(page),
            favor_precision=precision,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
        if document is not None and not isinstance(document, dict) and document.text:
            return to_text(document.body)
    return ""


def _by_readability(page: str) -> str:
    try:
        found = readability.Document(page).summary(html_partial=True)
        return to_text(parse_page(found))
    except (readability.readability.Unparseable, etree.LxmlError, ValueError):
        return ""


class _SteadyExtractor(ArticleBodyExtractor):  # type: ignore[misc]  # newspaper4k has no types
    """newspaper4k sorts candidates out of a set, whose order changes from run to run; here they keep the page's."""

    def compute_gravity_scores(self, nodes: list[lxml.html.HtmlElement]) -> list[lxml.html.HtmlElement]:
        found = super().compute_gravity_scores(nodes)
        order = {id(element): place for place, element in enumerate(found[0].getroottree().iter())} if found else {}
        return sorted(found, key=lambda element: order.get(id(element), 0))


def _by_newspaper(page: str) -> str:
    configuration = Configuration()
    configuration.fetch_images = False
    try:
        extractor = _SteadyExtractor(configuration)
        extractor.parse(parse_page(page))
        if extractor.top_node is None:
            return ""
        cleaned = DocumentCleaner(configuration).clean(extractor.top_node_complemented)
        _, found = OutputFormatter(configuration).get_formatted(cleaned, "")
        return to_text(parse_page(found)) if found.strip() else ""
    except (etree.LxmlError, AttributeError, TypeError, ValueError):  # its code trips over odd trees now and then
        return ""


#: those who are asked, the one with the best structure first
EXTRACTORS: dict[str, Callable[[str], str]] = {
    "trafilatura": _by_trafilatura,
    "readability": _by_readability,
    "newspaper": _by_newspaper,
}
