import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.settings import Settings


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """No setting of whoever runs the tests; their home is a folder of ours."""
    for field in Settings.model_fields:
        monkeypatch.delenv(f"ENTENTE_{field.upper()}", raising=False)
    for shared in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(shared, raising=False)
        monkeypatch.delenv(shared.lower(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_defaults_need_no_environment():
    settings = Settings()
    assert settings.home.is_absolute()
    assert settings.database_url is None
    assert not settings.trust_unpinned_models
    assert not settings.fetch_allow_private


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("home", "/srv/entente", Path("/srv/entente")),
        ("database_url", "postgresql://u@h/d", "postgresql://u@h/d"),
        ("sources", "mine.toml", Path("mine.toml")),
        ("spacy_model", "en_core_web_lg", "en_core_web_lg"),
        ("embedding_model", "/m", "/m"),
        ("trust_unpinned_models", "1", True),
        ("fetch_timeout", "2.5", 2.5),
        ("fetch_max_bytes", "1000", 1000),
        ("fetch_allow_private", "yes", True),
        ("fetch_allow_hosts", "Wiki.corp.example, .corp.example:8080", ("wiki.corp.example", ".corp.example:8080")),
        ("fetch_contact", "https://example.org/bot", "https://example.org/bot"),
        ("fetch_pace", "0", 0.0),
        ("fetch_attempts", "1", 1),
        ("fetch_ca_bundle", "/etc/corp.pem", Path("/etc/corp.pem")),
        ("https_proxy", "http://me:secret@proxy.corp.example:3128", "http://me:secret@proxy.corp.example:3128"),
        ("http_proxy", "proxy:3128", "http://proxy:3128"),
        ("no_proxy", "10.0.0.0/8,.corp.example", ("10.0.0.0/8", ".corp.example")),
        ("max_text_bytes", "10", 10),
        ("review_url", "https://entente.corp.example", "https://entente.corp.example"),
        ("keep_text_days", "90", 90),
        ("backup_dir", "/backups", Path("/backups")),
        ("prefect_database_url", "postgresql://prefect@db/prefect", "postgresql://prefect@db/prefect"),
        ("dask", "tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("prefect_keep_days", "7", 7),
        ("log_level", "debug", "DEBUG"),
        ("log_json", "true", True),
    ],
)
def test_every_field_is_a_variable(monkeypatch, field, written, value):
    monkeypatch.setenv(f"ENTENTE_{field.upper()}", written)
    assert getattr(Settings(), field) == value


def test_the_table_above_is_complete():
    (mark,) = test_every_field_is_a_variable.pytestmark
    assert [row[0] for row in mark.args[1]] == list(Settings.model_fields)


@pytest.mark.parametrize("field", Settings.model_fields)
def test_an_empty_variable_is_unset_and_every_field_is_described(monkeypatch, field):
    monkeypatch.setenv(f"ENTENTE_{field.upper()}", "")
    assert getattr(Settings(), field) == getattr(Settings.model_construct(), field)
    assert (Settings.model_fields[field].description or "").endswith((".", "…"))


def test_a_users_home_is_found_where_no_shell_expands_it(monkeypatch, tmp_path):
    monkeypatch.setenv("ENTENTE_HOME", "~/store")
    assert Settings().home == tmp_path / "store"


@pytest.mark.parametrize("shared", ["HTTPS_PROXY", "https_proxy"])
def test_a_proxy_may_be_set_for_all_programs_or_for_us(monkeypatch, shared):
    monkeypatch.setenv(shared, "http://theirs:3128")
    assert Settings().https_proxy == "http://theirs:3128"
    monkeypatch.setenv("ENTENTE_HTTPS_PROXY", "http://ours:3128")
    assert Settings().https_proxy == "http://ours:3128"


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("fetch_contact", "a (comment) in it"),
        ("fetch_contact", "two\nlines"),
        ("fetch_pace", "-1"),
        ("fetch_attempts", "0"),
        ("fetch_timeout", "0"),
        ("fetch_timeout", "soon"),
        ("fetch_timeout", "nan"),
        ("fetch_max_bytes", "-1"),
        ("fetch_max_bytes", "1.5"),
        ("max_text_bytes", "many"),
        ("trust_unpinned_models", "maybe"),
        ("log_level", "LOUD"),
    ],
)
def test_a_wrong_value_names_its_field(monkeypatch, field, written):
    monkeypatch.setenv(f"ENTENTE_{field.upper()}", written)
    with pytest.raises(ValidationError) as caught:
        Settings()
    (problem,) = caught.value.errors()
    assert problem["loc"] == (field,)
    assert problem["input"] in (written, written.upper())


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Settings(homes="/srv")


def test_settings_are_frozen_and_can_be_a_key():
    settings = Settings(home=Path("/a"))
    with pytest.raises(ValidationError, match="frozen"):
        settings.home = Path("/b")
    assert hash(settings) == hash(Settings(home=Path("/a")))


def test_nothing_reads_the_environment_at_import(monkeypatch):
    monkeypatch.setenv("ENTENTE_FETCH_TIMEOUT", "soon")
    code = "import pipeline.settings, pipeline, models, pipeline.logs, pipeline.records"
    subprocess.run([sys.executable, "-c", code], check=True)
