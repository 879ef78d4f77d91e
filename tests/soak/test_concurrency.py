"""Eight writers and eight readers at once for a minute, on the embedded server and on one that is reached by URL."""

import os
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.store.embedded import stop_server
from tests.soak.servers import serve
from tests.soak.together import run_together
from tests.soak.workers import choose_seed

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
FORKS = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

EACH, SECONDS = 8, float(os.environ.get("SOAK_SECONDS", "60"))


@FORKS
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["embedded", "url"])
def test_eight_writers_and_eight_readers_at_once(tmp_path: Path, kind: str) -> None:
    seed = choose_seed()
    home = tmp_path / "home"
    if kind == "embedded":
        try:
            print(run_together(Settings(home=home), tmp_path, each=EACH, seconds=SECONDS, seed=seed))
        finally:
            stop_server(home)
    else:
        with serve(home) as url:
            settings = Settings(home=tmp_path, database_url=url)
            print(run_together(settings, tmp_path, each=EACH, seconds=SECONDS, seed=seed))
