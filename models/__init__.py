"""What the pipeline knows, as data: pinned models, lexicons and the gazetteer, with a small loader."""
