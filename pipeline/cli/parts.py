"""The parts that a record's page is made of: lines with their indentation, facts, titles and quotes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from pipeline.brief.phrases import say_day, say_number, say_value
from pipeline.brief.quotes import cut_quote
from pipeline.cli.print import mark_words
from pipeline.records import Figure, Span
from pipeline.store.rows import FoundRecord


@dataclass(frozen=True, slots=True)
class Part:
    """A line or paragraph of a page, and how far it stands to the right."""

    text: Text
    indent: int = 0


def head(record_id: str, title: Text) -> Part:
    """What a page begins with."""
    return Part(Text.assemble(title, "  ", (record_id, "cyan")))


def title(words: str) -> Part:
    """The title of a section, below an empty line."""
    return Part(Text(f"\n{words}", style="bold blue"))


def list_facts(*facts: tuple[str, str]) -> Iterator[Part]:
    """Facts below each other, those without a value left out."""
    for name, value in facts:
        if value:
            yield Part(Text.assemble((f"{name:<12}", "dim"), value))


def quote(found: FoundRecord, article_id: str, span: Span) -> Part:
    """Words with what stands around them; of what a person entered there is no text around."""
    text = next((each.text for each in found.articles if each.article.id == article_id), None)
    if text is None:
        return Part(mark_words("", span.text, ""), 3)
    cut = cut_quote(text, span.start, span.end)
    return Part(mark_words(cut.before, cut.words, cut.after), 3)


def say_figures(figures: Iterable[Figure]) -> str:
    """Figures in words: ``members 26, percent of gdp 5``."""
    said = (f"{say_value(each.name)} {say_number(each.value)} {each.unit or ''}".strip() for each in figures)
    return ", ".join(said)


def say_source(name: str | None, publisher: str | None, published: str | None) -> str:
    """Where something stands: title, publisher, day."""
    return ", ".join(part for part in (name, publisher, say_day(published) if published else "") if part)


def count(number: int, one: str) -> str:
    """A number of things: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {one}" + ("" if number == 1 else "s")
