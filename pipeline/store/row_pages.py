"""The page of one row: its time line, where its articles differ, what is due, and its observations by the page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from pipeline.errors import NotFoundError
from pipeline.records import IsoDate, Span
from pipeline.store.days import last_day
from pipeline.store.differences import Contrast, by_authority, find_differences
from pipeline.store.drafts import load_drafts, make_row
from pipeline.store.facts import Shown, load_originals, load_shown
from pipeline.store.observations import Deed, Seen, best_quote
from pipeline.store.originals import Originals
from pipeline.store.register_rows import (
    DifferenceRow,
    DueRow,
    EventRow,
    RegisterPage,
    Saying,
    ValueRow,
)
from pipeline.store.store import Store

# What fits on a page that is read: of a row of 5,000 articles the latest 200 points of the time line, three voices each.
_MOST_EVENTS = 200
_MOST_SAYINGS = 3
_MOST_VALUES = 20
_MOST_DUE = 50
OBSERVATIONS = 50  #: observations on one page


def load_row(store: Store, row_id: str, *, as_of: IsoDate | None = None, before: str | None = None) -> RegisterPage:
    """One row with all that is known of it, now or as a reader of the articles of a past day would have known it.

    Args:
        store: an open store.
        row_id: the whole id of the row.
        as_of: only what was published until that day counts, and what is due is judged by it.
        before: an observation of the row: the page has the fifty before it instead of the last fifty.

    Raises:
        NotFoundError: there is no such row, or nothing of it was published by then.
    """
    with store.read() as connection:
        return load_page(connection, row_id, as_of=as_of, before=before)


def load_page(
    connection: Connection, row_id: str, *, as_of: IsoDate | None = None, before: str | None = None
) -> RegisterPage:
    """The same within a transaction."""
    drafts = load_drafts(connection, [row_id], as_of=as_of)
    if not drafts:
        when = f" that was published until {as_of}" if as_of else ""
        raise NotFoundError(f"The row {row_id} has nothing{when}.")
    (draft,) = drafts
    page = _cut_page(draft.seen, before)
    events = _find_events(draft.seen)
    contrasts = find_differences(draft.seen)
    due = _find_due(draft.seen)
    chosen = [*page, *(each for _, told in events for each in told[:_MOST_SAYINGS])]
    chosen += [each for one in contrasts for value in one.values[:_MOST_VALUES] for each in value.seen[:_MOST_SAYINGS]]
    chosen += [each for _, each in due]
    ids = {each.agreement_id for each in chosen} | set(draft.shown_ids())
    shown = load_shown(connection, ids)
    originals = load_originals(connection, (each.article_id for each in draft.seen))
    today = last_day(as_of) if as_of else datetime.now(UTC).date()
    row = make_row(draft, shown)
    return RegisterPage(
        **{name: getattr(row, name) for name in type(row).model_fields if name != "observations"},
        observations=tuple(shown[each.agreement_id].observation for each in page),
        as_of=as_of,
        history=tuple(_make_event(deed, told, shown, originals) for deed, told in events),
        differences=tuple(_make_difference(each, shown, originals) for each in contrasts),
        due=tuple(_make_due(day, each, shown, today) for day, each in due),
        earlier=page[0].agreement_id if page and page[0] is not draft.seen[0] else None,
    )


def _cut_page(seen: Sequence[Seen], before: str | None) -> Sequence[Seen]:
    ids = [each.agreement_id for each in seen]
    if before is not None and before not in ids:
        raise NotFoundError(f"The row has no observation {before}, before which to go on.")
    end = ids.index(before) if before is not None else len(seen)
    return seen[max(end - OBSERVATIONS, 0) : end]


def _find_events(seen: Sequence[Seen]) -> list[tuple[Deed, list[Seen]]]:
    """What happened, each with those who tell of it: the same act of the same day is one, and so is one without a day."""
    told: dict[Deed, dict[str, Seen]] = defaultdict(dict)
    for each in seen:
        for deed in each.acts:
            told[deed].setdefault(each.agreement_id, each)
    events = [(deed, sorted(found.values(), key=by_authority)) for deed, found in told.items()]
    events.sort(key=lambda event: (_day_of(*event) is None, _day_of(*event) or "", event[0].act))
    return events[-_MOST_EVENTS:]


def _day_of(deed: Deed, told: Iterable[Seen]) -> str | None:
    return deed.date or min((each.published for each in told if each.published), default=None)


def _find_due(seen: Sequence[Seen]) -> list[tuple[str, Seen]]:
    said: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        for day in each.due:
            said[day].append(each)
    return [(day, min(found, key=by_authority)) for day, found in sorted(said.items())][-_MOST_DUE:]


def _make_event(deed: Deed, told: Sequence[Seen], shown: Mapping[str, Shown], originals: Originals) -> EventRow:
    return EventRow(
        act=deed.act,
        polarity=deed.polarity,
        basis=deed.basis,
        date=deed.date,
        day=_day_of(deed, told),
        articles=originals.count(each.article_id for each in told),
        sayings=tuple(
            _say(shown[each.agreement_id], _words_of_act(shown, each, deed)) for each in told[:_MOST_SAYINGS]
        ),
    )


def _words_of_act(shown: Mapping[str, Shown], seen: Seen, deed: Deed) -> Span | None:
    agreement = shown[seen.agreement_id].agreement
    same = (act for act in agreement.acts if (act.act, act.polarity, act.basis, act.date) == deed)
    return next(same, None) or best_quote(agreement)


def _make_difference(contrast: Contrast, shown: Mapping[str, Shown], originals: Originals) -> DifferenceRow:
    def make_value(value: str | float, seen: Sequence[Seen]) -> ValueRow:
        told = [(each, _words_of_value(shown[each.agreement_id], contrast, value)) for each in seen[:_MOST_SAYINGS]]
        return ValueRow(
            value=value,
            articles=originals.count(each.article_id for each in seen),
            sayings=tuple(_say(shown[each.agreement_id], words) for each, words in told),
        )

    values = tuple(make_value(each.value, each.seen) for each in contrast.values[:_MOST_VALUES])
    return DifferenceRow(name=contrast.name, unit=contrast.unit, values=values)


def _words_of_value(shown: Shown, contrast: Contrast, value: str | float) -> Span | None:
    """Where an article has that value: its figure, or the act of that day."""
    figures = (each for each in shown.agreement.figures if (each.name, each.unit) == (contrast.name, contrast.unit))
    acts = (each for each in shown.agreement.acts if (each.act, each.date) == (contrast.name, value))
    found = next((each for each in figures if each.value == value), None) or next(acts, None)
    return found or best_quote(shown.agreement)


def _make_due(day: str, seen: Seen, shown: Mapping[str, Shown], today: date) -> DueRow:
    found = shown[seen.agreement_id]
    due = next((each for each in found.agreement.due if each.date == day), None)
    return DueRow(
        date=day,
        date_text=due.date_text if due else day,
        is_passed=last_day(day) < today,
        saying=_say(found, due or best_quote(found.agreement)),
    )


def _say(shown: Shown, words: Span | None) -> Saying:
    same = ("agreement_id", "article_id", "address", "title", "publisher", "published", "authority")
    quote = Span(start=words.start, end=words.end, text=words.text) if words else None
    return Saying(**{name: getattr(shown.observation, name) for name in same}, quote=quote)


def quoted_articles(page: RegisterPage) -> list[str]:
    """The articles that a page quotes, each once."""
    sayings = [each for event in page.history for each in event.sayings]
    sayings += [each for one in page.differences for value in one.values for each in value.sayings]
    sayings += [each.saying for each in page.due]
    ids = [each.article_id for each in page.observations] + [each.article_id for each in page.parties]
    told = dict.fromkeys([*ids, *(each.article_id for each in sayings)])
    return [each for each in told if each.startswith("ar-")]  # what a person entered has no article
