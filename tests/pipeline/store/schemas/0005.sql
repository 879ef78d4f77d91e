-- How an article was read.
UPDATE revision SET provenance = '{"body": "text", "confidence": null, "origins": {}}' WHERE article_id = 'ar-441ac3dde4fc082c';
