-- Entries of search, which that version kept itself, and a saved search.
SELECT index_row('rw-f7485774070795b7');
INSERT INTO saved_search (id, name, query, who, created_at, seen_number) VALUES ('se-0123456789abcdef', 'treaties', '{"text": "treaty"}', 'ana', '2025-07-20T08:00:00Z', 0);
