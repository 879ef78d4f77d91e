"""How much memory the embedded server keeps pages of its tables in: more on a larger machine, and never much of it."""

import os
from pathlib import Path

# An eighth: models and whatever else runs beside it need the rest, and the system keeps files in memory too. Of 20,000
# articles the index of vectors has half a gigabyte: a search by meaning looks at 6,000 places of it, and took 47 CPU ms in
# the database with 64 MB of pages, 15 with all of them in memory. Saving an article looks at some 150 places of indexes
# of 1.2 GB. Pages that nobody asks for take none.
_SHARE = 8
_LEAST, _MOST = 64, 4_096  # megabytes
_LIMIT = Path("/sys/fs/cgroup/memory.max")


def choose_buffers() -> str:
    """PostgreSQL's ``shared_buffers`` for this machine, such as ``512MB`` where there are 8 GB."""
    return f"{min(max(find_memory() // _SHARE // 1_000_000, _LEAST), _MOST)}MB"


def find_memory(limit: Path = _LIMIT) -> int:
    """Bytes of memory of this machine, or of the container that this is, if it may have less."""
    try:
        have = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0  # a system that does not say
    try:
        return min(have, int(limit.read_text("ascii")))
    except (OSError, ValueError):
        return have  # no container, or one without a limit ("max")
