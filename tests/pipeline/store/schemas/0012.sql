-- What a run took, and what it made.
UPDATE run SET timings = '[{"stage": "save", "wall": 0.1, "cpu": 0.1, "times": 2}]';
INSERT INTO run_extraction (run_id, article_id, revision, fingerprint) VALUES ('ru-0123456789abcdef', 'ar-441ac3dde4fc082c', 1, 'v1');
