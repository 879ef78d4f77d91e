"""The recipe gives what is kept in the repository, byte for byte."""

import pytest

import models
from pipeline.embedding.export import export_encoder


@pytest.mark.slow
def test_the_recipe_gives_the_files_that_are_pinned(tmp_path):
    assert export_encoder(tmp_path / "encoder") == models.load_manifest()["all-MiniLM-L6-v2-int8"].files
    assert {file.name for file in (tmp_path / "encoder").iterdir()} == {"config.json", "encoder.onnx", "modules.json"}


def test_the_graph_is_small_enough_to_be_kept_with_the_code():
    assert (models.ROOT / "encoder" / "encoder.onnx").stat().st_size < 12_000_000
