"""The unit is what systemd takes."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.jobs.unit import make_unit, write_environment


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A unit for a program and a directory with odd names."""
    odd = tmp_path / "my files"
    odd.mkdir()
    path = tmp_path / "entente.service"
    argv = [sys.executable, "-m", "pipeline.cli", "up", "--home", str(odd), "100%", "$HOME"]
    path.write_text(make_unit(argv, environment=tmp_path / "entente.env", directory=tmp_path, docs=tmp_path / "x.md"))
    return path


def test_words_are_quoted_as_systemd_reads_them(unit: Path, tmp_path: Path):
    (line,) = [line for line in unit.read_text("utf-8").splitlines() if line.startswith("ExecStart=")]
    assert line.endswith(f' --home "{tmp_path}/my files" 100%% $$HOME')
    assert f"EnvironmentFile={tmp_path}/entente.env" in unit.read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_nothing_wrong(unit: Path):
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "entente" in line]
    assert said == []


def test_the_settings_are_for_their_owner_alone(tmp_path: Path):
    path = tmp_path / "home" / "entente.env"
    write_environment(path, {"ENTENTE_LOG_JSON": "true", "ENTENTE_DATABASE_URL": "postgresql://ana:s3 cret@h/d"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8").splitlines() == [
        "ENTENTE_DATABASE_URL='postgresql://ana:s3 cret@h/d'",
        "ENTENTE_LOG_JSON=true",
    ]
