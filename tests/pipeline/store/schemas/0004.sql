-- An address that redirected.
UPDATE raw_article SET aliases = '["https://post.example/one"]' WHERE id = 'ra-441ac3dde4fc082c';
INSERT INTO address (address, article_id, raw_id, sha256, published, first_seen, last_seen, is_alias) VALUES ('https://post.example/one', 'ar-441ac3dde4fc082c', 'ra-441ac3dde4fc082c', 'a727cb2aa3975f9a118de964182edcb3ac8acee9b2c8744c596597f654a5ce25', '2025-07-18', '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z', true);
