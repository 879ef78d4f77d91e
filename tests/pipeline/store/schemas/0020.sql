-- An article that has no day any more: lists of claims have it last.
UPDATE revision SET published = NULL WHERE article_id = 'ar-441ac3dde4fc082c' AND published IS NULL;
