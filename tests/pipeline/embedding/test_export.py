"""The recipe gives what is kept in the repository, byte for byte."""

import numpy as np
import pytest

import models
from pipeline.embedding.export import export_encoder, quantise_matrix


@pytest.mark.slow
def test_the_recipe_gives_the_files_that_are_pinned(tmp_path):
    assert export_encoder(tmp_path / "encoder") == models.load_manifest()["all-MiniLM-L6-v2-int8"].files
    assert {file.name for file in (tmp_path / "encoder").iterdir()} == {"config.json", "encoder.onnx", "modules.json"}


def test_a_block_of_weights_has_a_scale_of_its_own():
    matrix = np.zeros((64, 2), dtype=np.float32)
    matrix[0, 0], matrix[1, 0], matrix[40, 0] = 1.27, -0.5, 12.7
    numbers, scales = quantise_matrix(matrix)
    assert (numbers.shape, numbers.dtype, scales.dtype) == ((2, 2, 32), np.uint8, np.float32)
    np.testing.assert_allclose(scales, [0.01, 0.1, 1e-12, 1e-12], rtol=1e-6)
    assert (numbers[0, 0, :3].tolist(), numbers[0, 1, 8], numbers[1].min(), numbers[1].max()) == (
        [255, 78, 128],
        255,
        128,
        128,
    )


def test_the_graph_is_small_enough_to_be_kept_with_the_code():
    assert (models.ROOT / "encoder" / "encoder.onnx").stat().st_size < 14_000_000
