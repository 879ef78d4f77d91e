import subprocess
import sys

import pytest

import pipeline


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_public_name_is_there(name):
    assert getattr(pipeline, name).__name__ == name


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = pipeline.nothing


def test_the_import_is_light():
    heavy = ["spacy", "torch", "sqlalchemy", "prefect", "sklearn", "sentence_transformers", "pydantic"]
    code = f"import sys, pipeline; assert not [name for name in {heavy} if name in sys.modules]"
    subprocess.run([sys.executable, "-c", code], check=True)
