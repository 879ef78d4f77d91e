"""The systemd unit of ``entente up``, so that it is there again after a reboot."""

import getpass
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

_UNIT = """\
[Unit]
Description=Entente: the register of agreements and claims
Documentation=file://{docs}
After=network-online.target
Wants=network-online.target
# However often it fails, it is tried again: nobody is looking.
StartLimitIntervalSec=0

[Service]
Type=exec
User={user}
WorkingDirectory={directory}
EnvironmentFile={environment}
ExecStart={command}
Restart=always
RestartSec=5
# Only the first process is told to end: it ends the others in their order. What is left after two minutes is killed.
KillMode=mixed
TimeoutStopSec=120
UMask=0077
NoNewPrivileges={no_new}

[Install]
WantedBy=multi-user.target
"""


def make_unit(argv: Sequence[str], *, environment: Path, directory: Path, docs: Path) -> str:
    """The text of the unit.

    Args:
        argv: the command, its program with its whole path.
        environment: the file that holds the settings, made by :func:`write_environment`.
        directory: where it runs.
        docs: what to read when something is wrong.
    """
    return _UNIT.format(
        user=getpass.getuser(),
        directory=directory,
        environment=environment,
        command=" ".join(_quote(word) for word in argv),
        docs=docs,
        # As root the database runs in a user namespace, which takes privileges that are new to it.
        no_new="no" if os.geteuid() == 0 else "yes",
    )


def write_environment(path: Path, environment: Mapping[str, str]) -> None:
    """Write the settings for the unit into a file for its owner alone: a database's address may hold a password."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in sorted(environment.items())]
    path.touch(mode=0o600)
    path.chmod(0o600)  # one that was there
    path.write_text("".join(lines), "utf-8")


def _quote(word: str) -> str:
    """As systemd reads it: in quotes where it has blanks; a per cent sign begins a name of its own, a dollar a variable."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(c.isspace() for c in word) else escaped
