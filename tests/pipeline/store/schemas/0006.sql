-- Which source listed an article.
UPDATE raw_article SET source = 'post', listed = '{"title": "Part 1"}' WHERE id = 'ra-441ac3dde4fc082c';
