import pytest

from pipeline.errors import StoreError
from pipeline.store.servers import check_extension


def test_an_extension_that_is_there(database_url):
    check_extension(database_url, "vector", setting="ENTENTE_X")
    check_extension(database_url.replace("postgresql://", "postgresql+asyncpg://"), "vector", setting="ENTENTE_X")


def test_one_that_is_not_is_named_with_the_setting(database_url):
    with pytest.raises(StoreError, match="ENTENTE_X lacks pg_trgm"):
        check_extension(database_url, "pg_trgm", setting="ENTENTE_X")


def test_a_server_that_is_not_there_tells_no_password():
    with pytest.raises(StoreError, match="ENTENTE_X cannot be reached") as caught:
        check_extension("postgresql://ana:s3cret@127.0.0.1:1/x", "pg_trgm", setting="ENTENTE_X")
    assert "s3cret" not in str(caught.value)
