"""Who may do what: one table, by the name of the route, which is the name of its function."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route

from pipeline.enumerations import Role

#: Routes for which it makes no difference who asks.
ANONYMOUS = frozenset({"show_health", "show_static", "sign_in", "choose_look"})
#: Routes that need nobody to be signed in.
PUBLIC = ANONYMOUS | {"show_sign_in"}

#: The least role that each route takes. A route that stands neither here nor above stops the start.
ACCESS: dict[str, Role] = {
    # The frame: people, sessions.
    "show_index": Role.READER,
    "show_account": Role.READER,
    "change_password": Role.READER,
    "end_own_session": Role.READER,
    "sign_out": Role.READER,
    "list_accounts": Role.ADMIN,
    "create_account": Role.ADMIN,
    "show_person": Role.ADMIN,
    "change_role": Role.ADMIN,
    "end_person_sessions": Role.ADMIN,
    "drop_account": Role.ADMIN,
    # Reading and deciding on an article.
    "show_article": Role.READER,
    "show_record": Role.READER,
    "decide_record": Role.REVIEWER,
    "show_same": Role.REVIEWER,
    "decide_same_words": Role.REVIEWER,
    "show_addition": Role.REVIEWER,
    "add_to_article": Role.REVIEWER,
    "change_places": Role.REVIEWER,
    "show_history": Role.READER,
    "show_steps": Role.REVIEWER,
    "undo_step": Role.REVIEWER,
    "redo_step": Role.REVIEWER,
    "undo_decision": Role.REVIEWER,
    # Queues, bulk, merge and split, what is learned.
    "show_queue": Role.READER,
    "show_next": Role.READER,
    "decide_item": Role.REVIEWER,
    "show_bulk": Role.REVIEWER,
    "decide_all_seen": Role.REVIEWER,
    "show_merge": Role.REVIEWER,
    "show_merge_entity": Role.REVIEWER,
    "merge_records": Role.REVIEWER,
    "show_split": Role.REVIEWER,
    "split_records": Role.REVIEWER,
    "show_precision": Role.READER,
    # The register.
    "list_register": Role.READER,
    "show_row": Role.READER,
    "show_row_part": Role.READER,
    "decide_row": Role.REVIEWER,
    "list_claims": Role.READER,
    "list_entities": Role.READER,
    "show_entity": Role.READER,
    "search": Role.READER,
    "list_saved_searches": Role.READER,
    "keep_search": Role.REVIEWER,
    "forget_search": Role.REVIEWER,
    "export_annotations": Role.READER,
    "export_table": Role.READER,
    "show_feed": Role.READER,
    # The brief, themes, changes, runs, quarantine.
    "show_brief": Role.READER,
    "show_changes": Role.READER,
    "mark_changes_seen": Role.READER,
    "mark_changes_unseen": Role.READER,
    "list_themes": Role.READER,
    "show_theme": Role.READER,
    "show_theme_map": Role.READER,
    "download_theme_map": Role.READER,
    "show_themes_over_time": Role.READER,
    "download_themes_over_time": Role.READER,
    "rename_theme": Role.REVIEWER,
    "list_runs": Role.READER,
    "show_run": Role.READER,
    "show_run_difference": Role.READER,
    "list_quarantine": Role.READER,
    "show_quarantined": Role.READER,
    "download_quarantined": Role.REVIEWER,
    "retry_quarantined": Role.REVIEWER,
    "dismiss_quarantined": Role.REVIEWER,
    "list_audit": Role.ADMIN,
    # The interface for programs, under /api/v1.
    "api_list_register": Role.READER,
    "api_show_row": Role.READER,
    "api_list_entities": Role.READER,
    "api_show_entity": Role.READER,
    "api_list_claims": Role.READER,
    "api_list_articles": Role.READER,
    "api_show_article": Role.READER,
    "api_list_records": Role.READER,
    "api_list_marks": Role.READER,
    "api_add_record": Role.REVIEWER,
    "api_show_record": Role.READER,
    "api_search": Role.READER,
    "api_list_saved_searches": Role.READER,
    "api_save_search": Role.REVIEWER,
    "api_look_for_new": Role.READER,
    "api_delete_search": Role.REVIEWER,
    "api_list_decisions": Role.READER,
    "api_decide": Role.REVIEWER,
    "api_undo": Role.REVIEWER,
    "api_undo_batch": Role.REVIEWER,
    "api_merge": Role.REVIEWER,
    "api_split": Role.REVIEWER,
    "api_create_agreement": Role.REVIEWER,
    "api_list_queue": Role.READER,
    "api_show_progress": Role.READER,
    "api_show_precision": Role.READER,
    "api_list_themes": Role.READER,
    "api_show_theme": Role.READER,
    "api_show_themes_over_time": Role.READER,
    "api_rename_theme": Role.REVIEWER,
    "api_show_changes": Role.READER,
    "api_show_last_look": Role.READER,
    "api_save_last_look": Role.READER,
    "api_show_brief": Role.READER,
    "api_list_runs": Role.READER,
    "api_show_run": Role.READER,
    "api_show_run_difference": Role.READER,
    "api_list_quarantine": Role.READER,
    "api_show_failure": Role.READER,
    "api_retry_failure": Role.REVIEWER,
    "api_dismiss_failure": Role.REVIEWER,
    "api_list_audit": Role.ADMIN,
    "api_show_document": Role.READER,
}


def check_routes(routes: Iterable[BaseRoute]) -> None:
    """Stop where a route has no place in the table, or where two bear one name: neither would be noticed otherwise.

    Raises:
        ValueError: with the names.
    """
    names = [route.name for route in routes if isinstance(route, Route)]
    missing = sorted({name for name in names if name not in ACCESS and name not in PUBLIC})
    if missing:
        raise ValueError(f"pipeline/review/access.py does not say who may use: {', '.join(missing)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two routes bear the name: {', '.join(twice)}")
