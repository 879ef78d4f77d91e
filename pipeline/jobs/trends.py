"""Themes over time and on a map: what the store counts, the tests of chance and the pictures brought together."""

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.records import Record
from pipeline.store.rows import ThemeRow
from pipeline.store.store import Store
from pipeline.store.theme_articles import Unit, load_newest_day, load_periods
from pipeline.store.theme_rows import SampleRow
from pipeline.store.theme_tracks import load_samples
from pipeline.store.themes import load_themes
from pipeline.themes.pictures import ALONE, Frame, Series, draw_map, draw_over_time
from pipeline.themes.places import MapTheme
from pipeline.themes.trends import Direction, Trend, find_trends

PERIODS = 12  #: a quarter of weeks, a year of months


class ThemeOverTime(Record):
    """A theme's articles and their share in each period, and whether it rises or falls."""

    id: str
    label: str
    direction: Direction  #: rising, falling, or steady
    p_value: float  #: how likely chance alone makes such a difference, however many themes are looked at
    recent: int  #: articles of the recent periods
    recent_share: float  #: of all articles of that time
    before: int
    before_share: float
    articles: tuple[int, ...]  #: of each period
    shares: tuple[float, ...]


class OverTime(Record):
    """Themes over the periods before a day, the surest trends first."""

    unit: str  #: week or month
    periods: tuple[str, ...]  #: Mondays or months, the oldest first
    recent: int  #: how many of the last periods are called recent
    articles: tuple[int, ...]  #: all, of each period, those without a theme too
    themes: tuple[ThemeOverTime, ...]


def load_over_time(store: Store, unit: Unit = "week", *, periods: int = PERIODS, until: str | None = None) -> OverTime:
    """The themes in the weeks or months up to a day, the newest publication's by default.

    The last third of the periods is compared with those before. Articles are counted, each for the theme of most of its
    passages; those that repeat others are left out.
    """
    last = until or load_newest_day(store)
    names = find_periods(unit, last, periods) if last else ()
    recent = max(1, periods // 3)
    if not names or not last:
        return OverTime(unit=unit, periods=(), recent=recent, articles=(), themes=())
    counts: dict[str | None, dict[str, int]] = {}
    for row in load_periods(store, unit, since=names[0], until=last):
        counts.setdefault(row.theme_id, {})[row.period] = row.articles
    totals = tuple(sum(found.get(name, 0) for found in counts.values()) for name in names)
    by_theme = {each: tuple(found.get(name, 0) for name in names) for each, found in counts.items() if each}
    trends = find_trends(
        {each: sum(found[-recent:]) for each, found in by_theme.items()},
        {each: sum(found[:-recent]) for each, found in by_theme.items()},
        recent_total=sum(totals[-recent:]),
        before_total=sum(totals[:-recent]),
    )
    labels = {row.id: row.label for row in load_themes(store)}
    themes = [
        _make_theme(trend, labels[trend.theme_id], by_theme[trend.theme_id], totals)
        for trend in trends
        if trend.theme_id in labels
    ]
    return OverTime(unit=unit, periods=names, recent=recent, articles=totals, themes=tuple(themes))


def find_periods(unit: Unit, last: str, number: int) -> tuple[str, ...]:
    """The periods up to the one that a day is in: ``find_periods("week", "2025-07-17", 2)`` is 2025-07-07, 2025-07-14."""
    day = date.fromisoformat((last + "-01-01")[:10] if len(last) < 7 else (last + "-01")[:10])
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return tuple((monday - timedelta(weeks=back)).isoformat() for back in reversed(range(number)))
    months = [day.year * 12 + day.month - 1 - back for back in reversed(range(number))]
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in months)


def draw_themes_over_time(found: OverTime, frame: Frame = ALONE) -> str:
    """The picture of what :func:`load_over_time` found, as SVG; the themes of most articles first."""
    ordered = sorted(found.themes, key=lambda each: (each.direction is Direction.STEADY, -sum(each.articles), each.id))
    series = [Series(each.id, each.label, each.shares, each.articles, each.direction) for each in ordered]
    return draw_over_time(series, found.periods, unit=found.unit, frame=frame)


def draw_theme_map(store: Store, frame: Frame = ALONE) -> str:
    """The map of the current themes, as SVG."""
    rows = {row.id: row for row in load_themes(store)}
    return draw_map(
        [_make_map_theme(rows[each.theme_id], each) for each in load_samples(store) if each.theme_id in rows], frame
    )


def _make_map_theme(row: ThemeRow, sample: SampleRow) -> MapTheme:
    return MapTheme(
        id=row.id,
        label=row.label,
        size=row.size,
        center=sample.center,
        vectors=sample.vectors,
        texts=sample.texts,
        broad_id=row.broad_id or row.id,
    )


def _make_theme(trend: Trend, label: str, articles: Sequence[int], totals: Sequence[int]) -> ThemeOverTime:
    return ThemeOverTime(
        id=trend.theme_id,
        label=label,
        direction=trend.direction,
        p_value=trend.p_value,
        recent=trend.recent,
        recent_share=trend.recent_share,
        before=trend.before,
        before_share=trend.before_share,
        articles=tuple(articles),
        shares=tuple(number / total if total else 0.0 for number, total in zip(articles, totals, strict=True)),
    )
