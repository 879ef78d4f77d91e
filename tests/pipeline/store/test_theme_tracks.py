"""What is known of themes when newcomers come."""

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.records import Theme
from pipeline.store.decisions import decide
from pipeline.store.theme_tracks import count_current, load_current_members, load_named, load_state, load_theme_ids
from pipeline.store.themes import load_themes, save_themes
from tests.pipeline.themed import save_articles


def test_a_store_without_themes_is_to_be_clustered(store):
    save_articles(store, "r", [(0, 0)])
    assert load_state(store, "r") is None
    assert (count_current(store), load_theme_ids(store), load_current_members(store)) == (0, set(), {})


def test_a_name_that_a_person_gave_is_shown_and_known(store, save, make):
    article, _ = save()
    member = make.passages(article)[0].id
    theme = Theme(id="th-0123456789", label="found", terms=(), size=1, members=(member,), exemplars=(member,))
    save_themes(store, [theme], "r")
    assert load_state(store, "r") is None  # an older version's themes have no centre
    new = NewDecision(who="ana", record_id="th-012345", field="label", action=DecisionAction.CORRECT, value="Sea mines")
    assert decide(store, new).decision.before == "found"
    (row,) = load_themes(store)
    assert (row.label, row.is_named) == ("Sea mines", True)
    assert load_named(store) == {"th-0123456789"}
    decide(store, NewDecision(who="ana", record_id="th-0123456789", action=DecisionAction.REJECT))
    assert load_themes(store) == []
