"""``entente up``: its unit, and what it refuses. All of it, started and stopped: tests/test_offline.py."""

import stat
import sys


def test_the_unit_starts_this_program_with_these_settings(entente, monkeypatch, tmp_path):
    monkeypatch.setenv("ENTENTE_LOG_JSON", "true")
    said = entente("up", "--systemd", "-", "--port", "9000", "--no-review")
    command = f"ExecStart={sys.executable} -m pipeline.cli up --port 9000 --prefect-port 4200 --no-review"
    assert (said.code, command in said.out.splitlines()) == (0, True)
    assert not (tmp_path / "home" / "entente.env").exists()
    unit = tmp_path / "entente.service"
    assert entente("up", "--systemd", unit).code == 0
    environment = tmp_path / "home" / "entente.env"
    assert f"EnvironmentFile={environment}" in unit.read_text("utf-8")
    assert stat.S_IMODE(environment.stat().st_mode) == 0o600
    assert "ENTENTE_LOG_JSON=true" in environment.read_text("utf-8")


def test_a_prefect_database_without_pg_trgm_is_refused(entente, settings, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENTENTE_PREFECT_DATABASE_URL", settings.database_url)
    said = entente("up")
    assert (said.code, "ENTENTE_PREFECT_DATABASE_URL lacks pg_trgm" in said.err) == (4, True)
