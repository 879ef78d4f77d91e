-- What became of a theme.
INSERT INTO theme_event (at, fate, theme_id, members, reason) VALUES ('2025-07-20T08:00:00Z', 'born', 'th-0123456789abcdef', 1, 'first');
