"""PostgreSQL's programs: found, run, and their errors told."""

import subprocess

import pytest

from pipeline.errors import StoreError
from pipeline.store.programs import close_pipe, find_program, run_program


def test_programs_are_those_of_the_package():
    told = subprocess.run([find_program("pg_dump"), "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("pg_dump (PostgreSQL)")


def test_what_a_program_says_of_its_error_is_told():
    with pytest.raises(StoreError, match=r"psql: .*unrecognized option"), run_program(["psql", "--nonsense"], None):
        pass


def test_a_password_goes_by_the_environment(monkeypatch, tmp_path):
    program = tmp_path / "psql"
    program.write_text('#!/bin/sh\necho "$PGPASSWORD $PGHOST $*"\n')
    program.chmod(0o755)
    monkeypatch.setattr("pipeline.store.programs.find_program", lambda name: tmp_path / name)
    monkeypatch.setenv("PGHOST", "elsewhere")
    url = "postgresql://ann:se%20cret@db.example:5432/entente"
    with run_program(["psql"], url, stdout=subprocess.PIPE) as running:
        said = running.stdout.read().decode().strip()
    assert said == "se cret  --dbname=postgresql://ann@db.example:5432/entente"


def test_a_pipe_to_a_program_that_is_gone_is_closed():
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as program:
        program.wait()
        program.stdin.write(b"for nobody")
        close_pipe(program.stdin)
        assert program.stdin.closed
    close_pipe(None)
