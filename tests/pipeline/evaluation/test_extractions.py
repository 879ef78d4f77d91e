"""Trials of the pipeline on marked articles."""

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.extractions import choose_split, extract_all
from pipeline.settings import Settings
from tests.pipeline.conftest import GOLD_FILES

PATHS = sorted(GOLD_FILES.glob("*.gold"))


def test_a_split_and_its_digest(change):
    chosen = choose_split(PATHS, "train")
    assert [gold.slug for gold in chosen.articles] == ["901-arden-treaty", "902-arden-suspended"]
    assert chosen.digest == choose_split(PATHS[::-1], "train").digest
    assert chosen.digest != choose_split([change("26 ships", "27 ships"), PATHS[1]], "train").digest


def test_a_split_without_articles():
    with pytest.raises(InputError, match="no gold file has split = 'test'"):
        choose_split(PATHS, "test")


@pytest.mark.slow
def test_the_road_is_run_on_the_bare_texts():
    steps = []
    trial = extract_all(choose_split(PATHS, "train"), settings=Settings(), step=steps.append)
    assert steps == ["901-arden-treaty", "902-arden-suspended"]
    assert all(scored.found.fingerprint == trial.fingerprint for scored in trial.articles)
    names = {entity.canonical for scored in trial.articles for entity in scored.found.entities}
    assert "Mara Lind" in names
