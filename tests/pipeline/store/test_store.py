import os
import signal

import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.settings import Settings
from pipeline.store.embedded import server_status, stop_server
from pipeline.store.store import make_engine, open_store


def test_it_opens_on_an_empty_home_and_again_after_a_kill(tmp_path):
    settings = Settings(home=tmp_path / "home")
    try:
        with open_store(settings) as store, store.begin() as connection:
            connection.execute(text("INSERT INTO register_row VALUES ('rw-1', now())"))
        os.kill(server_status(settings.home).pid, signal.SIGKILL)
        with open_store(settings) as store, store.begin() as connection:
            assert connection.execute(text("SELECT id FROM register_row")).scalars().all() == ["rw-1"]
    finally:
        stop_server(settings.home)


def test_a_server_that_went_away_and_came_back_is_no_error_for_an_open_store(tmp_path):
    settings = Settings(home=tmp_path / "home")
    try:
        with open_store(settings) as store:
            stop_server(settings.home)
            with pytest.raises(StoreError, match="cannot be reached any more"):
                ask_one(store)
            open_store(settings).close()
            assert ask_one(store) == 1
    finally:
        stop_server(settings.home)


def ask_one(store) -> int:
    with store.begin() as connection:
        return connection.execute(text("SELECT 1")).scalar()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/x", r"nobody:\*\*\*@127.0.0.1:1/x cannot be reached"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/x", "cannot be reached"),
        ("mysql://someone:secret@host/x", "must begin with postgresql://$"),
        ("no url: secret", "must begin with postgresql://$"),
        ("postgresql://host:port/x", "looks like postgresql://"),
    ],
)
def test_a_url_that_leads_nowhere_is_one_clear_line_without_its_password(tmp_path, url, message):
    with pytest.raises(StoreError, match=message) as caught:
        open_store(Settings(home=tmp_path, database_url=url))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "postgres").exists()


def test_a_transaction_is_whole_or_nothing(store):
    def insert_and_die():
        with store.begin() as connection:
            connection.execute(text("INSERT INTO register_row VALUES ('rw-1', now())"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        insert_and_die()
    with pytest.raises(StoreError, match="refused"), store.begin() as connection:
        connection.execute(text("INSERT INTO register_row VALUES ('rw-1', now()), ('rw-1', now())"))
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM register_row")).scalar() == 0


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_text_that_cannot_be_kept_is_named_as_such(store, bad):
    def keep():
        with store.begin() as connection:
            connection.execute(text("SELECT CAST(:bad AS text)"), {"bad": bad})

    with pytest.raises(StoreError, match="cannot keep this text"):
        keep()


def test_an_engine_connects_to_nothing_yet():
    assert make_engine("postgresql://h/x").url.drivername == "postgresql+psycopg"


def test_one_look_sees_what_was_there_at_its_first_query(store, save):
    save("/1")
    count = text("SELECT count(*) FROM article")
    with store.read() as connection:
        before = connection.execute(count).scalar()
        save("/2", text="Norland left.")
        assert connection.execute(count).scalar() == before == 1
    with store.read() as connection:
        assert connection.execute(count).scalar() == 2


def test_one_look_writes_nothing(store):
    with pytest.raises(StoreError, match="read-only"), store.read() as connection:
        connection.execute(text("DELETE FROM article"))
