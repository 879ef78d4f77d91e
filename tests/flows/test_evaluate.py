"""The evaluate flow on a small corpus."""

import json
import shutil
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from flows.evaluate import CORPUS, evaluate
from pipeline.errors import EntenteError
from pipeline.store.runs import load_runs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect", "settings")]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two marked articles of the dev split."""
    (tmp_path / "gold").mkdir()
    chosen = [path for path in sorted((CORPUS / "gold").iterdir()) if 'split = "dev"' in path.read_text("utf-8")][:2]
    assert len(chosen) == 2
    for path in chosen:
        shutil.copy(path, tmp_path / "gold" / path.name)
    return tmp_path


def test_figures_are_a_table_and_a_gate_without_floors_is_shut(store, corpus: Path):
    with pytest.raises(EntenteError, match="there are no floors yet"):
        evaluate(corpus, gate=True)
    figures = evaluate(corpus)
    assert 0.0 < (figures["entity_exact_f1"] or 0.0) <= 1.0
    assert [run.state for run in load_runs(store)] == ["completed", "failed"]
    with get_client(sync_client=True) as client:
        table = next(json.loads(str(each.data)) for each in client.read_artifacts() if each.key == "scores")
    assert {row["name"] for row in table} == set(figures)
