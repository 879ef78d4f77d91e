-- One entity that was linked to its actor; the articles are still due, as after a job that was broken off.
INSERT INTO actor (id, type, found_type, canonical, words, articles, mentions, first_published, last_published, first_seen, last_seen) VALUES ('ac-faf50fc1d09d3483', 'STATE', 'STATE', 'Norland', 'norland', 1, 1, '2025-07-18', '2025-07-18', '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z');
INSERT INTO actor_key (key, actor_id, text, uses) VALUES ('name STATE norland', 'ac-faf50fc1d09d3483', 'Norland', 1);
INSERT INTO actor_link (entity_id, article_id, base_id, actor_id, keys, traits, mentions, published, reason, score, first_seen, linked_at)
    VALUES ('en-3c91bce54fd3d8e6', 'ar-441ac3dde4fc082c', 'ac-faf50fc1d09d3483', 'ac-faf50fc1d09d3483', ARRAY['name STATE norland']::text[], '{}', 1, '2025-07-18', 'first', 1, '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z');
INSERT INTO actor_todo (id) VALUES ('ar-441ac3dde4fc082c'), ('ar-992f130348451ea6') ON CONFLICT DO NOTHING;
