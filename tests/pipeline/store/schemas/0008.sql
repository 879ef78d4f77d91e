-- The row as that version had made it when it was used: the upgrade to it leaves that to the program.
UPDATE agreement SET quote_start = 0;
UPDATE register_row SET
    date = '2025-08-03',
    kind = 'treaty',
    name = 'Kestrel Treaty',
    label = 'Kestrel Treaty',
    record = '{"id": "rw-f7485774070795b7", "date": "2025-08-03", "kind": "treaty", "name": "Kestrel Treaty", "label": "Kestrel Treaty", "review": null, "status": "signed", "aliases": ["the Kestrel pact"], "differs": false, "parties": [{"role": "party", "quote": {"end": 7, "text": "Norland", "start": 0}, "entity": "Norland", "is_past": false, "articles": 2, "is_minor": false, "published": "2025-07-18", "article_id": "ar-441ac3dde4fc082c", "first_seen": "2025-07-20T08:00:00Z", "agreement_ids": ["ag-7ad942493cd8a42d", "ag-c1ba16fdc58f7cd1"]}, {"role": "party", "quote": {"end": 19, "text": "Sudland", "start": 12}, "entity": "Sudland", "is_past": false, "articles": 1, "is_minor": false, "published": "2025-07-18", "article_id": "ar-441ac3dde4fc082c", "first_seen": "2025-07-20T08:00:00Z", "agreement_ids": ["ag-7ad942493cd8a42d"]}, {"role": "party", "quote": {"end": 18, "text": "Westia", "start": 12}, "entity": "Westia", "is_past": false, "articles": 1, "is_minor": false, "published": "2025-08-04", "article_id": "ar-992f130348451ea6", "first_seen": "2025-07-20T08:00:00Z", "agreement_ids": ["ag-c1ba16fdc58f7cd1"]}], "subject": null, "observed": 2, "last_seen": "2025-07-20T08:00:00Z", "confidence": 0.9, "first_seen": "2025-07-20T08:00:00Z", "independent": 2, "status_date": "2025-08-03", "observations": [{"url": "https://post.example/1", "date": "2025-07-17", "kind": "treaty", "name": "Kestrel Treaty", "label": "Kestrel Treaty", "quote": {"end": 61, "text": "Norland and Sudland signed the Kestrel Treaty on 17 July 2025", "start": 0}, "score": 1.0, "title": "Part 1", "origin": "article", "reason": "name", "status": "signed", "address": "https://post.example/1", "figures": [], "subject": null, "authority": "press", "published": "2025-07-18", "publisher": "The Norland Post", "article_id": "ar-441ac3dde4fc082c", "confidence": 0.9, "first_seen": "2025-07-20T08:00:00Z", "agreement_id": "ag-7ad942493cd8a42d"}, {"url": "https://watch.example/2", "date": "2025-08-03", "kind": "treaty", "name": "Kestrel Treaty", "label": "Kestrel Treaty", "quote": {"end": 63, "text": "Norland and Westia ratified the Kestrel Treaty on 3 August 2025", "start": 0}, "score": 1.0, "title": "Part 2", "origin": "article", "reason": "name", "status": "signed", "address": "https://watch.example/2", "figures": [{"end": 97, "name": "members", "text": "26 members", "unit": null, "start": 87, "value": 26.0}], "subject": null, "authority": null, "published": "2025-08-04", "publisher": "Coast Watch", "article_id": "ar-992f130348451ea6", "confidence": 0.9, "first_seen": "2025-07-20T08:00:00Z", "agreement_id": "ag-c1ba16fdc58f7cd1"}], "last_published": "2025-08-04", "first_published": "2025-07-18"}',
    status = 'signed',
    aliases = ARRAY['the Kestrel pact']::text[],
    differs = false,
    parties = ARRAY['norland', 'sudland', 'westia']::text[],
    is_shown = true,
    last_seen = '2025-07-20T08:00:00+00:00',
    confidence = 0.9,
    publishers = ARRAY['coast watch', 'the norland post']::text[],
    authorities = ARRAY['press']::text[],
    independent = 2,
    status_date = '2025-08-03',
    observations = 2,
    first_observed = '2025-07-20T08:00:00+00:00',
    last_published = '2025-08-04',
    first_published = '2025-07-18',
    words = '''kestrel'' ''pact'' ''the'' ''treaty''', refreshed_at = '2025-07-20T08:00:00Z'
WHERE id = 'rw-f7485774070795b7';
INSERT INTO row_party (role, entity, normal, row_id, is_past, articles, is_minor) VALUES ('party', 'Norland', 'norland', 'rw-f7485774070795b7', false, 2, false);
INSERT INTO row_party (role, entity, normal, row_id, is_past, articles, is_minor) VALUES ('party', 'Sudland', 'sudland', 'rw-f7485774070795b7', false, 1, false);
INSERT INTO row_party (role, entity, normal, row_id, is_past, articles, is_minor) VALUES ('party', 'Westia', 'westia', 'rw-f7485774070795b7', false, 1, false);
INSERT INTO row_status (row_id, status, from_day, until_day, independent, status_date, observations) VALUES ('rw-f7485774070795b7', 'signed', '2025-07-18', '2025-08-04', 1, '2025-07-17', 1);
INSERT INTO row_status (row_id, status, from_day, independent, status_date, observations) VALUES ('rw-f7485774070795b7', 'signed', '2025-08-04', 2, '2025-08-03', 2);
