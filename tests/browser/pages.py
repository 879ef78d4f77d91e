"""Every page by its route, with addresses that show all of it. A route that stands nowhere here fails a test."""

#: By the name of the route; ``{row}`` and the like are ids of the seeded store.
PAGES: dict[str, tuple[str, ...]] = {
    "show_index": ("/",),
    "show_account": ("/account",),
    "list_accounts": ("/people",),
    "show_person": ("/people/ben",),
    "show_article": (
        "/articles/{forty}",
        "/articles/{spring}?record={agreement}&change=parties#record",
        "/articles/{spring}?record={agreement}&change=acts#record",
        "/articles/{spring}?record={claim}&change=cue#record",
        "/articles/{spring}?record={norland}&change=places#record",
        "/articles/{hostile}",
        "/articles/{hostile}?page=40",
    ),
    "show_same": ("/articles/{spring}/records/{norland}/same?number=1",),
    "show_addition": tuple(
        f"/articles/{{spring}}/add?words=Norland&sort={sort}" for sort in ("entity", "agreement", "claim")
    ),
    "show_history": ("/history",),
    "show_queue": ("/queue", "/queue?queue=disputed", "/queue?queue=unsure", "/queue?queue=reopened"),
    "show_merge": ("/merge/rows/{heron}?find=egret", "/merge/rows/{heron}?other={egret}"),
    "show_merge_entity": ("/merge/entities/{entity}?find=sudland",),
    "show_split": ("/split/{row}", "/split/{row}?part={agreement}"),
    "show_precision": ("/precision", "/precision?by=version"),
    "list_register": (
        "/register",
        "/register?view=time",
        "/register?text=nothing+like+it",
        "/register?as_of=2025-02-31",
    ),
    "show_row": ("/register/{row}", "/register/{row}?as_of=2025-04-01"),
    "show_row_part": tuple(f"/register/{{row}}/{part}" for part in ("quotes", "history", "parties", "differences")),
    "list_claims": ("/claims", "/claims?speaker=Mara+Lind"),
    "list_entities": ("/entities",),
    "show_entity": ("/entities/{entity}",),
    "search": ("/search", "/search?text=treaty", "/search?text=treaty&published_from=nonsense"),
    "list_saved_searches": ("/searches",),
    "show_brief": ("/brief?since=2025-01-01",),
    "show_changes": ("/changes", "/changes?since=2025-01-01"),
    "list_themes": ("/themes",),
    "show_theme": ("/themes/{theme}",),
    "show_theme_map": ("/themes/map",),
    "show_themes_over_time": ("/themes/over-time", "/themes/over-time?by=month"),
    "list_runs": ("/runs",),
    "show_run": ("/runs/{run}", "/runs/{failed}"),
    "show_run_difference": ("/runs/{failed}/difference",),
    "list_quarantine": ("/quarantine",),
    "show_quarantined": ("/quarantine/{failure}",),
    "list_audit": ("/audit",),
}
#: Pages for whom nobody knows, and for whom they are not.
APART: tuple[tuple[str | None, str], ...] = (
    (None, "/sign-in?next=/register"),
    ("ana", "/no-such-page"),
    ("cleo", "/audit"),
    ("cleo", "/articles/{spring}"),
    ("cleo", "/register/{row}"),
)
#: Answered with a file, a part of a page or a redirection.
NO_PAGES = frozenset(
    {
        "show_sign_in",
        "show_health",
        "show_static",
        "show_record",
        "show_steps",
        "show_next",
        "export_table",
        "export_annotations",
        "show_feed",
        "download_theme_map",
        "download_themes_over_time",
        "download_quarantined",
    }
)
