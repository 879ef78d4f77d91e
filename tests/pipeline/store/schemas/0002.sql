-- The polling of one source.
INSERT INTO source_state (source, authority, polled_at, changed_at, failures) VALUES ('post', 'press', '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z', 0);
INSERT INTO source_document (source, address, digest, fetched_at) VALUES ('post', 'https://post.example/feed', 'c8bc2586cdd87cd6f970fc4262c4bbc49165811788825fbc1ba3366bfde45413', '2025-07-20T08:00:00Z');
INSERT INTO source_item (source, address, given, first_seen, done_at) VALUES ('post', 'https://post.example/1', '{}', '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z');
