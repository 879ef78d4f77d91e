-- What was read came from a source of the catalogue, and was compared with what there was.
UPDATE article SET authorities = '{press}', compared_revision = revision WHERE id = 'ar-441ac3dde4fc082c';
