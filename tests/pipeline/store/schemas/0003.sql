-- Sketches of both articles, which share nothing, and the schedule of what failed.
INSERT INTO sketch (article_id, revision, size, hashes) VALUES ('ar-441ac3dde4fc082c', 1, 2, '{1, 2}');
INSERT INTO sketch (article_id, revision, size, hashes) VALUES ('ar-992f130348451ea6', 1, 2, '{1, 3}');
UPDATE quarantine SET next_try = '2025-07-20T08:00:00Z', given = '{"publisher": "The Post"}';
