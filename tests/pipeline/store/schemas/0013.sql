-- One article that was linked by likenesses.
UPDATE article SET linked_revision = 1, linked_fingerprint = 'v1' WHERE id = 'ar-441ac3dde4fc082c';
UPDATE link SET reason = 'founder', features = '{"core": ["=sudland", "=norland"], "date": "2025-07-17", "kind": "treaty", "name": "kestrel treaty", "label": "kestrel treaty", "shown": "Kestrel Treaty", "words": ["treaty", "kestrel"], "called": ["treaty", "kestrel"], "context": ["signed", "norland", "treaty", "17", "july", "2025", "sudland", "kestrel"], "parties": ["=sudland", "=norland"], "initials": ["kt"], "article_id": "ar-441ac3dde4fc082c", "agreement_id": "ag-7ad942493cd8a42d"}' WHERE agreement_id = 'ag-7ad942493cd8a42d';
INSERT INTO link_key (row_id, key, agreement_id) VALUES
    ('rw-f7485774070795b7', 'name:kestrel treaty', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'short:kt', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'with:kestrel =norland', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'with:kestrel =sudland', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'with:treaty =norland', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'with:treaty =sudland', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'word:kestrel', 'ag-7ad942493cd8a42d'),
    ('rw-f7485774070795b7', 'words:kestrel treaty', 'ag-7ad942493cd8a42d');
