"""Writers and readers at once, for a moment; `make soak` has more of them, and for longer."""

import pytest

from pipeline.settings import Settings
from tests.soak.servers import serve
from tests.soak.together import run_together
from tests.soak.workers import choose_seed

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")]


@pytest.mark.parametrize("kind", ["embedded", "url"])
def test_three_writers_and_three_readers_at_once(settings, tmp_path, kind):
    if kind == "embedded":
        done = run_together(settings, tmp_path, each=3, seconds=4, seed=choose_seed())
    else:
        with serve(tmp_path / "server") as url:
            by_url = Settings(home=tmp_path, database_url=url)
            done = run_together(by_url, tmp_path, each=3, seconds=4, seed=choose_seed())
    assert min(done["article"], done["read"]) > 0
